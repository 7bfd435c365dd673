import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { COLUMN_ROLES, type Column, type Curve, columnOf } from '../model/curve.ts';

/**
 * A column by its label, its header as the file has it, its role, or its place (1 is the first); letters' case does not matter
 * where the exact name is not there.
 */
export function findColumn(curve: Curve, wanted: string): Result<Column> {
  const { columns } = curve;
  const lower = wanted.toLowerCase();
  const role = COLUMN_ROLES.find((name) => name === lower);
  const place = /^\d+$/.test(wanted) ? columns[Number(wanted) - 1] : undefined;
  const found =
    columns.find((column) => column.label === wanted || column.origin?.header === wanted) ??
    (role && columnOf(curve, role)) ??
    columns.find((column) => column.label.toLowerCase() === lower) ??
    place;
  if (found) return succeed(found);
  const known = columns.map((column) => `'${column.label}' (${column.role})`).join(', ');
  return fail(
    error('WRONG_USE', `There is no column '${wanted}'.`, {
      subject: wanted,
      hint: `The file has ${known}.`,
    }),
  );
}
