import type { FitRecord, JointRecord, ParameterRecord } from '../../pipeline/record.types.ts';
import { formatParts } from '../../units/format-value.ts';
import { isUnit } from '../../units/units.ts';
import { layoutTable } from '../text-table.ts';

/** A fit for people: parameters with errors, then what a methods section needs. */
export function describeFit(record: FitRecord): string {
  const rows = record.parameters.map((parameter) => [
    parameter.symbol,
    writeParameter(parameter),
    parameter.fixed ? 'fixed' : (parameter.atBound && `at its ${parameter.atBound} bound`) || '',
    parameter.reasons.map((reason) => reason.message).join(' '),
  ]);
  const masked = record.masked > 0 ? `, ${record.masked} left out` : '';
  const dropped = record.dropped > 0 ? `, ${record.dropped} outliers dropped` : '';
  const branch = record.branch ? ` ${record.branch}` : '';
  const lines = [
    `${record.file}${branch}: ${record.model}, ${record.formula}\n`,
    layoutTable(rows, { indent: '  ' }),
    `  ${record.points} points${masked}${dropped}, weights ${record.weights}, errors ${record.errors}, ${record.termination} after ${record.evaluations} evaluations from ${record.starts} ${record.starts === 1 ? 'start' : 'starts'}\n`,
    `  minimised: ${record.objective}\n`,
    `  rmse ${write(record.rmse)}, reduced chi-square ${write(record.reducedChiSquare)}, condition number ${write(record.conditionNumber)}, runs test p ${write(record.runsTest)}\n`,
    ...(record.joint ? [describeJoint(record.joint)] : []),
    ...(record.comparison ?? []).map(
      (one) =>
        `  ${one.model}: delta AICc ${one.deltaAicc.toFixed(1)}, Akaike weight ${one.akaikeWeight.toPrecision(3)}\n`,
    ),
    ...record.issues.map((issue) => `  ${issue.severity}: ${issue.message}\n`),
  ];
  if (record.secondOpinion) {
    const { solver, agrees } = record.secondOpinion;
    lines.push(`  second opinion (${solver}): ${agrees ? 'agrees' : 'disagrees'}\n`);
  }
  return lines.join('');
}

function describeJoint(joint: JointRecord): string {
  const test = joint.sharingTest === null ? '' : `, F test of sharing p ${write(joint.sharingTest)}`;
  return `  ${joint.shared.join(', ')} shared by ${joint.curves} curves, ${joint.points} points together${test}\n`;
}

/** A value no error belongs to is a place in the box, not a result: plain digits, for it may be 1e-90 A. */
function writeParameter({ value, unit, standardError, status }: ParameterRecord): string {
  if (value === null) return 'not determined';
  if (status === 'refused') return `${Number(value.toPrecision(4))} ${unit}`;
  return formatParts(value, standardError, isUnit(unit) ? unit : '1').text;
}

function write(value: number | null): string {
  return value?.toPrecision(4) ?? 'not determined';
}
