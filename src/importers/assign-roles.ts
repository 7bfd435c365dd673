import { type Issue, warning } from '../base/issues.ts';
import { COLUMN_ROLES, type ColumnRole } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { OptionSpec, OptionValue } from '../model/recipe.ts';

/** Scope files say volts, not what a channel was connected to: this option does. */
export const ROLES_OPTION: OptionSpec = {
  id: 'roles',
  label: 'Roles of the columns',
  type: 'text',
  default: '',
  help: 'Such as CH1=stimulus, CH2=light: what a channel was connected to where the file does not say it.',
};

function isRole(text: string): text is ColumnRole {
  return (COLUMN_ROLES as readonly string[]).includes(text);
}

/** Gives columns the roles of `CH1=stimulus, CH2=light`; a name that is no column of the file is a remark. */
export function assignRoles(
  measurements: readonly Measurement[],
  option: OptionValue | undefined,
): { readonly measurements: readonly Measurement[]; readonly issues: readonly Issue[] } {
  if (typeof option !== 'string' || option.trim() === '') return { measurements, issues: [] };
  const wanted = new Map<string, ColumnRole>();
  const issues: Issue[] = [];
  for (const part of option.split(/[,;]/)) {
    const [name = '', role = ''] = part.split('=').map((text) => text.trim());
    if (name !== '' && isRole(role)) wanted.set(name, role);
    else if (part.trim() !== '') {
      issues.push(
        warning('WRONG_USE', `"${part.trim()}" is not COLUMN=ROLE; roles are ${COLUMN_ROLES.join(', ')}.`),
      );
    }
  }
  const used = new Set<string>();
  const changed = measurements.map((measurement) => ({
    ...measurement,
    curve: {
      ...measurement.curve,
      columns: measurement.curve.columns.map((column) => {
        const role = wanted.get(column.label);
        if (role === undefined) return column;
        used.add(column.label);
        return { ...column, role };
      }),
    },
  }));
  for (const name of wanted.keys()) {
    if (!used.has(name)) issues.push(warning('WRONG_USE', `There is no column "${name}" to give a role to.`));
  }
  return { measurements: changed, issues };
}
