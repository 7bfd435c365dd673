import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import { columnsOf } from '../../model/curve.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchName, Quantity } from '../../model/quantity.ts';
import { toSI } from '../../units/units.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs } from '../given-inputs.ts';
import { findByLabel, listHeaders } from '../table-columns.ts';
import { clusterLevels, countResolved, type Level, measureGap } from './cluster-levels.ts';

const IDS = ['stateCount', 'stateGap', 'storedBits'] as const satisfies readonly QuantityId[];
const LEAST_VALUES = 6;
const CONTROL = /compliance|\bI ?cc\b|limit|stop|program|pulse|write|gate/i;

/** States of one sign of V only: a state that is not ohmic reads differently on the other, which is no further level. */
function isOfSign(branch: BranchName | null, sign: string | undefined): boolean {
  return (sign !== '+' && sign !== '-') || branch?.charAt(0) === sign;
}

/** log10 of every resistance there is: the states read on the loops of a sweep, or the resistance columns of a table. */
function collectLogs(input: AnalysisInput): number[] {
  const { kind, curve } = input.measurement;
  const sign = input.earlier
    .flatMap((result) => result.quantities)
    .find((one) => one.id === 'lowResistance')
    ?.branch?.charAt(0);
  const values =
    kind === 'iv'
      ? input.earlier
          .flatMap((result) => result.quantities)
          .flatMap((one) =>
            isOfSign(one.branch, sign) &&
            (one.id === 'highResistance' || one.id === 'lowResistance') &&
            (one.status === 'ok' || one.status === 'flagged') &&
            (one.convention === null || one.convention === 'chord') &&
            typeof one.value === 'number'
              ? [toSI(one.value, one.unit)]
              : [],
          )
      : columnsOf(curve, 'resistance').flatMap((column) => [...column.data]);
  return values.filter((value) => value > 0).map(Math.log10);
}

/** What set the level is part of the claim of a multilevel memory. */
function checkControl(input: AnalysisInput): Issue[] {
  const { kind, curve } = input.measurement;
  const named = kind !== 'iv' && findByLabel(curve, CONTROL) !== null;
  if (named || Number.isFinite(Number(input.conditions.complianceCurrent?.value))) return [];
  return [
    warning(
      'INPUT_MISSING',
      'What set the levels (compliance current or stop voltage) is not recorded with them.',
      {
        subject: 'control',
        hint: 'Add a column of the compliance or stop voltage, or set complianceCurrent.',
      },
    ),
  ];
}

function describeLevels(levels: readonly Level[]): string {
  return levels
    .map(
      ({ mean, deviation, count }) =>
        `${(10 ** mean).toPrecision(3)} ohm (${deviation.toPrecision(2)} decades, ${count})`,
    )
    .join(', ');
}

function run(input: AnalysisInput): AnalysisOutput {
  const logs = collectLogs(input);
  const head: QuantityContext = {
    method: 'groups of log10 R, least description',
    inputs: collectInputs(input.conditions, ['readVoltage', 'complianceCurrent']),
    points: logs.length,
  };
  const give = (quantities: readonly Quantity[]): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays: [],
    issues: [],
  });
  if (logs.length < LEAST_VALUES) {
    const where =
      input.measurement.kind === 'iv'
        ? 'cycles of this run'
        : `table (${listHeaders(input.measurement.curve)})`;
    const reason = warning(
      'TOO_FEW_POINTS',
      `States are told from ${LEAST_VALUES} resistances on; the ${where} give${input.measurement.kind === 'iv' ? '' : 's'} ${logs.length}.`,
    );
    return give(IDS.map((id) => refused(id, [reason], head)));
  }
  const levels = clusterLevels(logs);
  const resolved = countResolved(levels);
  const control = checkControl(input);
  const note = info('NOTE', `Levels: ${describeLevels(levels)}.`);
  const count = determined('stateCount', {
    ...head,
    convention: 'resolved by 3 standard deviations',
    value: resolved,
    reasons: [...control, note],
  });
  const bits = determined('storedBits', {
    ...head,
    convention: 'log2 of the resolved states',
    value: Math.log2(resolved),
    reasons: control,
  });
  const gaps = levels.slice(1).map((level, k) => {
    const below = levels[k]!;
    const gap = measureGap(below, level);
    const closed =
      gap > 0
        ? []
        : [
            warning(
              'AMBIGUOUS',
              `The levels at ${(10 ** below.mean).toPrecision(3)} and ${(10 ** level.mean).toPrecision(3)} ohm overlap within three standard deviations.`,
            ),
          ];
    return determined('stateGap', {
      ...head,
      convention: `${(10 ** below.mean).toPrecision(3)} to ${(10 ** level.mean).toPrecision(3)} ohm`,
      value: gap,
      standardUncertainty: Math.hypot(
        below.deviation / Math.sqrt(below.count),
        level.deviation / Math.sqrt(level.count),
      ),
      reasons: closed,
    });
  });
  const single = refused(
    'stateGap',
    [
      warning(
        'NO_SWITCHING',
        `All ${logs.length} resistances are one level, ${describeLevels(levels)}: there is no gap.`,
      ),
    ],
    head,
  );
  return give([count, ...(gaps.length > 0 ? gaps : [single]), bits]);
}

/** How many resistance levels can be told apart, and by how much (METHODS 2.5). */
export const multilevelStates: Analysis = defineAnalysis({
  id: 'multilevel-states',
  version: 1,
  label: 'Multilevel states',
  kinds: ['iv', 'series', 'generic'],
  quantities: IDS,
  options: [],
  run,
});
