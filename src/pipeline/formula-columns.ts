import { COLUMN_ROLES, type Column, type Curve, columnOf } from '../model/curve.ts';

/** `SMU-1 Voltage (V)` can be written `SMU_1_Voltage_V` in a formula. */
function spell(text: string): string {
  const word = text.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  return /^\d/.test(word) ? `_${word}` : word;
}

/**
 * Names under which the columns of a curve can stand in a formula, the abscissa `x` first: label and header, as they are or with everything
 * but letters and digits as `_`, and the role. The plainer name wins where two columns claim one.
 * @param abscissa the column asked for as x; without one a column called x, else the first
 */
export function nameColumns(curve: Curve, abscissa?: Column): ReadonlyMap<string, Column> {
  const names = new Map<string, Column>();
  const add = (name: string | undefined, column: Column | undefined): void => {
    if (name && column && /^[A-Za-z_]\w*$/.test(name) && !names.has(name)) names.set(name, column);
  };
  add('x', abscissa ?? curve.columns.find((column) => column.label === 'x') ?? curve.columns[0]);
  for (const column of curve.columns) add(column.label, column);
  for (const column of curve.columns) add(column.origin?.header, column);
  for (const column of curve.columns) add(spell(column.label), column);
  for (const column of curve.columns) add(spell(column.origin?.header ?? ''), column);
  for (const role of COLUMN_ROLES) if (role !== 'other') add(role, columnOf(curve, role));
  return names;
}
