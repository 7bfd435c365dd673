import type { Column, ColumnRole } from '../../model/curve.ts';
import { columnOf } from '../../model/curve.ts';
import { formatQuantity } from '../../model/format-quantity.ts';
import { QUANTITIES, type QuantityId } from '../../model/quantities.ts';
import type { BranchName, Overlay, Quantity } from '../../model/quantity.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { columnExponent, showUnit } from '../../units/prefixes.ts';
import { toSI, type Unit } from '../../units/units.ts';
import { escapeMarkup, symbolMarkup } from '../layout/markup.ts';

/** Bits of the row mask that hide a row in a figure: no reading, and rows the file or the user excluded. */
export const HIDDEN_ROWS = 1 | 16;

/** Column of a role, with hidden rows as NaN. */
export function drawnColumn(outcome: MeasurementOutcome, role: ColumnRole): Column | undefined {
  const column = columnOf(outcome.measurement.curve, role);
  const mask = outcome.conditioned?.mask;
  if (!column || !mask) return column;
  const data = column.data.map((v, row) => ((mask[row] ?? 0) & HIDDEN_ROWS ? Number.NaN : v));
  return { ...column, data };
}

export function allQuantities(outcome: MeasurementOutcome, id: QuantityId): readonly Quantity[] {
  return outcome.results.flatMap((result) => result.quantities.filter((quantity) => quantity.id === id));
}

/**
 * The caution that stands beside trap densities and mobilities of a film with mobile ions, for the caption of the figure they are read
 * from; null where the outcome has none of them.
 */
export function ionCaution(outcome: MeasurementOutcome, ids: readonly QuantityId[]): string | null {
  const reasons = ids
    .flatMap((id) => allQuantities(outcome, id))
    .filter(({ value }) => value !== null)
    .flatMap(({ reasons }) => reasons);
  return reasons.find(({ subject }) => subject === 'mobile ions')?.message ?? null;
}

/** A quantity that carries a number. */
export type Determined = Quantity & { readonly value: number };

export function isDetermined(quantity: Quantity): quantity is Determined {
  return typeof quantity.value === 'number' && quantity.status !== 'refused';
}

/**
 * The quantity in force: the first of its id and branch that carries a number (the first cycle, the convention in force),
 * limits only where `bounds` is set. Undefined where it was refused: a figure then leaves it out.
 */
export function findQuantity(
  outcome: MeasurementOutcome,
  id: QuantityId,
  branch?: BranchName | null,
  bounds = false,
): Determined | undefined {
  return allQuantities(outcome, id)
    .filter(isDetermined)
    .find(
      (quantity) =>
        (branch === undefined || quantity.branch === branch) && (bounds || quantity.status !== 'bound'),
    );
}

/** The quantity in force in SI (energies in eV), for placing it on an axis; null where it was refused. */
export function valueSI(
  outcome: MeasurementOutcome,
  id: QuantityId,
  branch?: BranchName | null,
): number | null {
  const quantity = findQuantity(outcome, id, branch);
  return quantity ? toSI(quantity.value, quantity.unit) : null;
}

export function findOverlays(
  outcome: MeasurementOutcome,
  ...kinds: readonly Overlay['kind'][]
): readonly Overlay[] {
  return outcome.results.flatMap((result) =>
    result.overlays.filter((overlay) => kinds.includes(overlay.kind)),
  );
}

/** Legend text of a fit: the model's name, once; its parameters belong to the table. */
export function modelKey(overlay: Overlay): string {
  const name = escapeMarkup(overlay.label.split(/[,;:(]/)[0]!.trim());
  return overlay.kind !== 'fit' || /fit$/i.test(name) ? name : `${name} fit`;
}

export function quantitySymbol(id: QuantityId): string {
  return symbolMarkup(QUANTITIES[id].symbol);
}

/** One prefix for some values in a figure; voltages stay in V down to 0.1 V, as their axes do. */
export function figureExponent(values: readonly number[], unit: Unit): number {
  const isVolts = unit === 'V' && values.some((value) => Math.abs(value) >= 0.1);
  return isVolts ? 0 : columnExponent(values, unit);
}

/** A value with its uncertainty and unit as figures write it: `3.76 ± 0.05 V`. */
export function writtenValue(quantity: Determined): string {
  const isVolts = quantity.unit === 'V' ? { exponent: figureExponent([quantity.value], 'V') } : {};
  const parts = formatQuantity(quantity, { style: 'plus-minus', ...isVolts });
  // A setting without uncertainty (a compliance of 1 mA) claims no digits it has not.
  if (parts.uncertainty !== '' || !parts.value.includes('.')) return parts.text;
  return parts.text.replace(parts.value, parts.value.replace(/\.?0+$/, ''));
}

/** `*V*_{on} = 3.76 ± 0.05 V`. */
export function quantityLabel(quantity: Determined): string {
  const written = writtenValue(quantity);
  const sign = quantity.status === 'bound' ? '' : '= ';
  return `${quantitySymbol(quantity.id)} ${sign}${written}`;
}

export interface TableColumn {
  readonly title: string;
  readonly series: number;
  readonly branch: BranchName | null;
}

/** One row of a table of values: symbol with unit, then one value per column with one prefix for all; null where none was determined. */
export function quantityRow(
  outcome: MeasurementOutcome,
  id: QuantityId,
  columns: readonly TableColumn[],
  suffix = '',
): readonly string[] | null {
  const found = columns.map((column) => findQuantity(outcome, id, column.branch, true));
  const known = found.filter((quantity) => quantity !== undefined);
  const [first] = known;
  if (!first) return null;
  const exponent = figureExponent(
    known.map((quantity) => quantity.value),
    first.unit,
  );
  const unit = showUnit(first.unit, exponent);
  const head = quantitySymbol(id) + (unit ? ` (${unit})` : suffix);
  const cells = found.map((quantity) =>
    quantity
      ? formatQuantity(quantity, { style: 'plus-minus', exponent, withUnit: false }).text
      : 'not determined',
  );
  return [head, ...cells];
}
