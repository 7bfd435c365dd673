import { type Column, type Curve, columnOf } from '../../model/curve.ts';

/** What is activated: its sign in the exponent and its prefactor follow from it. */
export type ActivatedForm = 'electronic' | 'ionic' | 'rate';

export interface ActivationTable {
  readonly temperature: Column;
  readonly activated: Column;
  /** Standard uncertainty of the activated column, same unit. */
  readonly uncertainty: Column | null;
  readonly form: ActivatedForm;
  /** The column is the inverse of what is activated: a resistance, a time constant. */
  readonly inverted: boolean;
}

const UNCERTAINTY = /^\s*(?:u|err(?:or)?|uncertainty|sigma|std|sd|\u00b1)\b/i;
const RATE = /\brate\b|frequency|1 ?\/ ?tau/i;
const TIME = /\btau\b|time|lifetime/i;
const RESISTANCE = /resist/i;
const IONIC = /\bion(?:ic|s)?\b/i;

function words(column: Column): string {
  return column.label.replace(/[_\-.]+/g, ' ');
}

/** Temperature and what follows it, by role and header; null without both. Several activated columns: the first. */
export function readActivationTable(curve: Curve): ActivationTable | null {
  const temperature = columnOf(curve, 'temperature');
  const rest = curve.columns.filter((column) => column !== temperature);
  const activated = rest.find((column) => !UNCERTAINTY.test(words(column)));
  if (!temperature || !activated) return null;
  const name = words(activated);
  const isTime = activated.unit === 's' || (activated.unit === '1' && TIME.test(name));
  const form: ActivatedForm = IONIC.test(name)
    ? 'ionic'
    : isTime || activated.unit === 'Hz' || RATE.test(name)
      ? 'rate'
      : 'electronic';
  return {
    temperature,
    activated,
    uncertainty: rest.find((column) => column !== activated && UNCERTAINTY.test(words(column))) ?? null,
    form,
    inverted: isTime || activated.unit === 'ohm' || RESISTANCE.test(name),
  };
}
