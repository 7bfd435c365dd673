import { type FitReport, mean, standardDeviation } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchFit, Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { dropRepeats, toIssue } from '../fit-issues.ts';
import { listHeaders } from '../table-columns.ts';
import { type PairTable, readPairTable } from './pair-table.ts';
import { describeForm, explainDepression, explainSuperposition } from './pair-wording.ts';
import { fitPairedPulse } from './paired-pulse-model.ts';
import { describeSpikeResponse } from './spike-response.ts';
import { readSpikeTrace } from './spike-trace.ts';

const FITTED = [
  'pairedPulseAmplitude1',
  'pairedPulseAmplitude2',
  'pairedPulseTime1',
  'pairedPulseTime2',
] as const;

const IDS = [
  'responsePeak',
  'pairedPulseIndex',
  'residualIndex',
  ...FITTED,
  'shortTermShare',
] as const satisfies readonly QuantityId[];

function groupByInterval(table: PairTable): { interval_s: number; rows: number[] }[] {
  const groups = new Map<number, number[]>();
  for (const [row, interval_s] of table.interval_s.entries()) {
    const rows = groups.get(interval_s);
    if (rows) rows.push(row);
    else groups.set(interval_s, [row]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([interval_s, rows]) => ({ interval_s, rows }));
}

/** Mean of repeated pairs and its standard error, null for a single one. */
function averageRows(values: ArrayLike<number>): { value: number; error: number | null } {
  const error = values.length > 1 ? standardDeviation(values) / Math.sqrt(values.length) : null;
  return { value: mean(values), error };
}

function describeTable(input: AnalysisInput, table: PairTable): AnalysisOutput {
  const { form, interval, offset } = describeForm(input);
  const quantities: Quantity[] = [];
  const base: QuantityContext = { method: 'table of pairs' };
  if (table.first) {
    const { value, error } = averageRows(table.first);
    quantities.push(
      determined('responsePeak', {
        ...base,
        convention: 'first pulse, mean of the pairs',
        unit: table.unit,
        value,
        standardUncertainty: error,
        points: table.first.length,
        reasons: error === null ? [info('NOTE', 'A single pair: its scatter is not known.')] : [],
      }),
    );
  } else
    quantities.push(
      refused('responsePeak', [warning('NO_DATA', 'The table holds ratios only, no response.')], base),
    );
  for (const { interval_s, rows } of groupByInterval(table)) {
    const convention = `${form}, ${interval_s.toPrecision(3)} s ${interval}`;
    const index = averageRows(rows.map((row) => table.index[row]!));
    const { first, residual } = table;
    const expected =
      first && residual ? averageRows(rows.map((row) => 1 + residual[row]! / first[row]!)) : null;
    quantities.push(
      determined('pairedPulseIndex', {
        ...base,
        convention,
        value: index.value - offset,
        standardUncertainty: index.error,
        points: rows.length,
        reasons: [
          ...table.issues,
          ...explainDepression(index.value),
          ...(expected === null ? [] : [explainSuperposition(index.value, expected.value)]),
        ],
      }),
    );
    if (expected !== null)
      quantities.push(
        determined('residualIndex', {
          method: 'superposition',
          convention,
          value: expected.value - offset,
          standardUncertainty: expected.error,
          points: rows.length,
        }),
      );
  }
  if (!table.residual)
    quantities.push(
      refused(
        'residualIndex',
        [
          warning(
            'NO_DATA',
            'The response left before the second pulse is not in the table: what superposition alone would give is not known.',
          ),
        ],
        { method: 'superposition' },
      ),
    );
  const fitted = describeLaw(table.interval_s, table.index, interval);
  quantities.push(...fitted.quantities);
  quantities.push(
    refused(
      'shortTermShare',
      [warning('NO_DATA', 'A table of pairs has no decay: the short-term share needs a trace.')],
      { method: 'decay' },
    ),
  );
  return { ...fitted, quantities };
}

function describeLaw(
  interval_s: Float64Array,
  index: Float64Array,
  interval: string,
): Omit<AnalysisOutput, 'quantities'> & { quantities: Quantity[] } {
  const head: QuantityContext = { method: 'paired-pulse', convention: interval, points: index.length };
  const none = (reason: Issue) => ({
    quantities: FITTED.map((id) => refused(id, [reason], head)),
    fits: [],
    overlays: [],
    issues: [],
  });
  const distinct = new Set(interval_s).size;
  const fit = fitPairedPulse(interval_s, index);
  if (!fit)
    return none(
      warning(
        'TOO_FEW_POINTS',
        `A time constant needs 3 intervals, there ${distinct === 1 ? 'is 1' : `are ${distinct}`}: the index only.`,
      ),
    );
  const { report, terms, single } = fit;
  const quantities = FITTED.map((id): Quantity => {
    const isSecond = id.endsWith('2');
    if (isSecond && terms === 1)
      return refused(id, [warning('NOT_IDENTIFIABLE', `One term only: ${single}.`, { subject: id })], head);
    return readParameter(report, id, head);
  });
  const from = Math.min(...interval_s);
  const to = Math.max(...interval_s);
  const fits: BranchFit[] = [{ branch: null, cycle: null, report, window: { role: 'other', from, to } }];
  return { quantities, fits, overlays: [drawLaw(report, from, to)], issues: [] };
}

function readParameter(report: FitReport, id: (typeof FITTED)[number], head: QuantityContext): Quantity {
  const parameter = report.parameters.find((one) => one.id === id)!;
  return determined(id, {
    ...head,
    value: parameter.value,
    standardUncertainty: parameter.standardError,
    interval95: parameter.interval95,
    reasons: dropRepeats(
      [...parameter.reasons, ...report.verdicts.filter((one) => one.subject === undefined)].map(toIssue),
    ),
  });
}

function drawLaw(report: FitReport, from: number, to: number): Overlay {
  const value = (id: string): number => report.parameters.find((one) => one.id === id)?.value ?? 0;
  const x = Float64Array.from({ length: 120 }, (_, k) => from * (to / from) ** (k / 119));
  const y = x.map(
    (t) =>
      1 +
      value('pairedPulseAmplitude1') * Math.exp(-t / value('pairedPulseTime1')) +
      value('pairedPulseAmplitude2') * Math.exp(-t / (value('pairedPulseTime2') || 1)),
  );
  return {
    id: 'paired-pulse',
    kind: 'fit',
    label: 'paired-pulse law',
    branch: null,
    x: { role: 'other', data: x },
    y: { role: 'other', data: y },
  };
}

function run(input: AnalysisInput): AnalysisOutput {
  const { curve, kind } = input.measurement;
  const none = (reason: Issue): AnalysisOutput => ({
    quantities: IDS.map((id) => refused(id, [reason], { method: 'paired pulses' })),
    fits: [],
    overlays: [],
    issues: [],
  });
  if (kind === 'waveform') {
    const trace = readSpikeTrace(curve);
    if (!trace)
      return none(
        warning(
          'NO_DATA',
          `A response and the pulses that cause it are needed over time; the columns are ${listHeaders(curve)}.`,
        ),
      );
    if (trace.spikes.length === 0)
      return none(
        warning('NO_EDGE', `"${trace.stimulus.label}" shows no pulse: it never leaves its rest level.`),
      );
    const few = warning(
      'TOO_FEW_POINTS',
      'A time constant of the index needs pairs at 3 intervals or more; a trace is one interval.',
    );
    return {
      quantities: [
        ...describeSpikeResponse(input, trace),
        ...FITTED.map((id) => refused(id, [few], { method: 'paired-pulse' })),
      ],
      fits: [],
      overlays: [],
      issues: [],
    };
  }
  const table = readPairTable(curve);
  if (!table || table.index.length === 0)
    return none(
      warning(
        'NO_DATA',
        `A table of pairs needs an interval and an index or two responses; the columns are ${listHeaders(curve)}.`,
      ),
    );
  return describeTable(input, table);
}

/** Paired-pulse facilitation: index against interval, its law, and what the residual alone would give (METHODS 7). */
export const pairedPulse: Analysis = defineAnalysis({
  id: 'paired-pulse',
  version: 2,
  label: 'Paired pulses',
  kinds: ['series', 'generic', 'waveform'],
  quantities: IDS,
  options: [],
  run,
});
