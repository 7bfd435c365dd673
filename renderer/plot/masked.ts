import type { Conditioned, MaskCause } from '../../src/conditioning/conditioned.ts';
import { MASK } from '../../src/conditioning/conditioned.ts';
import { type Column, ROW_FLAG } from '../../src/model/curve.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { takeRows } from './legs.ts';
import type { MaskedView, SeriesView } from './view-model.ts';

const CAUSE_WORDS: Readonly<Record<MaskCause, string>> = {
  excluded: 'left out by you',
  sentinel: 'no reading',
  compliance: 'current limit',
  glitch: 'range glitch',
  noiseFloor: 'noise floor',
  complianceNeighbour: 'beside the limit',
  nonMonotonic: 'turned back',
};
const CAUSES = Object.keys(CAUSE_WORDS) as MaskCause[];

/** Causes the analyses of waveforms and spectra name. */
const ANALYSIS_WORDS: Readonly<Record<string, string>> = {
  glitch: 'glitch',
  turnedBack: 'turned back in time',
  saturated: 'end of the range',
  noisyEnd: 'noisy end',
  spike: 'spike',
};

const FLAG_WORDS: readonly (readonly [bit: number, words: string])[] = [
  [ROW_FLAG.excluded, 'left out by you'],
  [ROW_FLAG.overRange, 'over range'],
];

/** Every row of a sweep that is left out, under the first of its causes; each row once, also where two legs meet in it. */
export function maskedOfSweep(conditioned: Conditioned): MaskedView[] {
  const rows = new Map<MaskCause, number[]>();
  conditioned.mask.forEach((bits, row) => {
    const cause = bits === 0 ? undefined : CAUSES.find((one) => (bits & MASK[one]) !== 0);
    if (!cause) return;
    const list = rows.get(cause);
    if (list) list.push(row);
    else rows.set(cause, [row]);
  });
  return CAUSES.filter((cause) => rows.has(cause)).map((cause) => ({
    cause: CAUSE_WORDS[cause],
    panel: null,
    unit: 'A',
    x: takeRows(conditioned.voltage, rows.get(cause)!),
    y: takeRows(conditioned.current, rows.get(cause)!),
  }));
}

/** A gap of a record is a reading that failed; columns of a table may simply be of different lengths. */
const GAPS_MATTER: readonly Measurement['kind'][] = ['waveform', 'spectrum'];

/** Points of one channel that its analyses, the file or the user left out. */
export function maskedOfChannel(
  outcome: MeasurementOutcome,
  x: Column,
  column: Column,
  panel: string,
): MaskedView[] {
  const { measurement } = outcome;
  const { flags, length } = measurement.curve;
  const view = (cause: string, xs: Float64Array, ys: Float64Array): MaskedView[] =>
    xs.length === 0 ? [] : [{ cause, panel, unit: column.unit, x: xs, y: ys }];
  const flagged = FLAG_WORDS.flatMap(([bit, words]) => {
    const rows: number[] = [];
    for (let row = 0; row < length; row++) if ((flags[row]! & bit) !== 0) rows.push(row);
    return view(words, takeRows(x.data, rows), takeRows(column.data, rows));
  });
  const gaps: number[] = [];
  if (GAPS_MATTER.includes(measurement.kind)) {
    for (let row = 0; row < length; row++)
      if (flags[row] === 0 && !Number.isFinite(column.data[row]!) && Number.isFinite(x.data[row]!))
        gaps.push(row);
  }
  const missing = gaps.length < length / 2 ? gaps : [];
  const named = outcome.results
    .flatMap((result) => result.overlays)
    .filter((one) => one.kind === 'masked' && one.x.role === x.role && one.y.role === column.role)
    .filter((one) => one.id.endsWith(`-${column.label}`) || measurement.kind === 'spectrum')
    .flatMap((one) => view(ANALYSIS_WORDS[one.label] ?? one.label, one.x.data, one.y.data));
  return [
    ...flagged,
    ...view('no reading', takeRows(x.data, missing), takeRows(column.data, missing)),
    ...named,
  ];
}

/** `range glitch 3` and so on: causes with how many points, over all panels. */
export function countCauses(
  masked: readonly MaskedView[],
): readonly (readonly [cause: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { cause, x } of masked) counts.set(cause, (counts.get(cause) ?? 0) + x.length);
  return [...counts];
}

/** The crosses of one panel. */
export function crossesOf(masked: readonly MaskedView[], panel: string | null): SeriesView[] {
  return masked
    .filter((one) => one.panel === panel)
    .map(({ cause, x, y }): SeriesView => ({ id: `masked-${cause}`, x, y, look: 'cross', ink: 'masked' }));
}
