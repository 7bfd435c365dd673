import {
  evaluatePiecewise,
  type FitReport,
  median,
  type PiecewiseLine,
  type Segmentation,
  segmentLogLog,
} from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { type AnalysisInput, recallOr } from '../analysis.ts';
import { readVoltageOf, surveySwitching } from '../memory/switching-survey.ts';
import { findHoldVoltage } from '../memory/volatile-switching.ts';
import { applyWindow, buildRisingCurve, type RisingCurve } from '../sweep-legs.ts';
import { resolveTemperature } from '../temperature.ts';
import { fitAdditiveLaw, weightAdditiveLaw } from './additive-law.ts';

/** One power-law stretch of a leg. */
export interface Regime {
  /** [V], magnitudes. */
  readonly from: number;
  readonly to: number;
  readonly slope: number;
  readonly slopeError: number;
  readonly label: string;
  /** Decades of voltage it spans. */
  readonly decades: number;
}

export interface RegimeSurvey {
  readonly leg: Leg;
  /** Magnitudes on equal steps of log V: what all models are fitted to. */
  readonly voltage: Float64Array;
  readonly logCurrent: Float64Array;
  /** Scatter of each log current in units of one reading's: medians of many readings scatter less. */
  readonly sigma: Float64Array;
  /** Zero-current offset that was taken off [V]. */
  readonly offset_V: number;
  readonly segmentation: Segmentation;
  readonly regimes: readonly Regime[];
  /** The additive law, where it describes the same points better by more than 4 in AICc. */
  readonly additive: FitReport | null;
  /** AICc of the segments minus that of the additive law. */
  readonly gain: number | null;
  /** The leg is a low-resistance (filament) state. */
  readonly filament: boolean;
  readonly notes: readonly Issue[];
}

const BINS_PER_DECADE = 40;
const LARGEST_OFFSET_V = 0.05;
const ADDITIVE_GAIN = 4;
/** A label must hold over this many decades of voltage. */
export const LASTING_DECADES = 0.2;

export function labelSlope(slope: number): string {
  if (slope >= 0.85 && slope <= 1.15) return 'ohmic';
  if (slope >= 1.7 && slope <= 2.3) return 'Child or Mott-Gurney';
  if (slope >= 1.3 && slope < 1.7) return 'mixed or V^1.5';
  if (slope > 2.3) return 'trap filling or injection';
  return slope < 0.85 ? 'sublinear' : 'between ohmic and mixed';
}

interface ZeroOffset {
  /** Voltage at which the current changes sign; 0 where that is not significant. */
  readonly offset_V: number;
  /** Currents below this belong to an offset that is no shift of the voltage. */
  readonly floor_A: number;
}

/**
 * Where the current of a leg changes sign, interpolated (or extrapolated below a reading at 0 V). The wrong sign must
 * exceed 3 noise widths or, with unknown noise, last over one step: a curved start is no offset. A current at 0 V that a
 * line takes to zero only far away is an offset of the current: readings within ten times of it say nothing.
 */
export function findZeroOffset(curve: RisingCurve): ZeroOffset {
  const { v, i, leg, step_V } = curve;
  const none = { offset_V: 0, floor_A: 0 };
  const threshold = 3 * (leg.noise_A ?? 0);
  let last = -1;
  for (let k = 0; k < v.length; k++) if (v[k]! > 0 && i[k]! < -threshold) last = k;
  if (last >= 0 && last + 1 < v.length) {
    const offset = v[last]! + ((v[last + 1]! - v[last]!) * -i[last]!) / (i[last + 1]! - i[last]!);
    return leg.noise_A !== null || offset > step_V ? { offset_V: offset, floor_A: 0 } : none;
  }
  const [v0, v1, i0, i1] = [v[0], v[1], i[0], i[1]];
  if (v0 === undefined || v1 === undefined || i0 === undefined || i1 === undefined) return none;
  if (leg.noise_A === null || v0 > 1e-6 * v1 || i0 <= threshold) return none;
  const offset = v0 - (i0 * (v1 - v0)) / (i1 - i0);
  const near = i1 > i0 && Math.abs(offset) < Math.max(5 * step_V, LARGEST_OFFSET_V);
  return near ? { offset_V: offset, floor_A: 0 } : { offset_V: 0, floor_A: 10 * i0 };
}

/** Medians in bins of equal width in log V, so that a linear sweep does not overweight high voltages. */
export function resampleLogarithmic(
  voltage: Float64Array,
  current: Float64Array,
): { voltage: Float64Array; logCurrent: Float64Array; sigma: Float64Array } {
  const bins = new Map<number, number[]>();
  for (let k = 0; k < voltage.length; k++) {
    const bin = Math.floor(Math.log10(voltage[k]!) * BINS_PER_DECADE + 1e-9);
    const list = bins.get(bin);
    if (list) list.push(k);
    else bins.set(bin, [k]);
  }
  const groups = [...bins.entries()].sort((a, b) => a[0] - b[0]).map(([, list]) => list);
  const logV = groups.map((list) => median(list.map((k) => Math.log10(voltage[k]!))));
  const middle = groups.map((list) => median(list.map((k) => Math.log10(current[k]!))));
  // along the trend a median would be the middle reading, and average nothing where the curve is steep; a bend would shift it
  const logCurrent = groups.map((list, b) => {
    const [before, after] = [Math.max(0, b - 1), Math.min(groups.length - 1, b + 1)];
    const rise = (from: number, to: number): number =>
      to > from ? (middle[to]! - middle[from]!) / (logV[to]! - logV[from]!) : 0;
    const slope = rise(before, after);
    const inner = before < b && b < after;
    const bend = inner ? (rise(b, after) - rise(before, b)) / (logV[after]! - logV[before]!) : 0;
    return median(
      list.map((k) => {
        const x = Math.log10(voltage[k]!) - logV[b]!;
        return Math.log10(current[k]!) - slope * x - bend * x * x;
      }),
    );
  });
  return {
    voltage: Float64Array.from(logV, (x) => 10 ** x),
    logCurrent: Float64Array.from(logCurrent),
    sigma: Float64Array.from(groups, (list) => estimateMedianError(list.length)),
  };
}

/** Standard deviation of the median of n normal readings in units of one reading's (n = 1 and 2: the mean). */
function estimateMedianError(n: number): number {
  return n <= 2 ? 1 / Math.sqrt(n) : Math.sqrt(Math.PI / 2 / (n + (n % 2 === 1 ? 0.5 : 1)));
}

function listRegimes(segmentation: Segmentation): Regime[] {
  const { chosen, from, to } = segmentation;
  const edges = [from, ...chosen.breaks, to];
  return Array.from(chosen.slopes, (slope, k) => ({
    from: 10 ** edges[k]!,
    to: 10 ** edges[k + 1]!,
    slope,
    slopeError: chosen.slopeErrors[k]!,
    label: labelSlope(slope),
    decades: edges[k + 1]! - edges[k]!,
  }));
}

interface LegState {
  /** Points beyond this |V| belong to another state. */
  readonly limit_V: number;
  readonly filament: boolean;
  readonly note: Issue | null;
}

/** Where a leg switches, and whether it is the filament's: a regime belongs to one state. */
export function findLegStates(input: AnalysisInput): ReadonlyMap<number, LegState> {
  const states = new Map<number, LegState>();
  const { conditioned } = input;
  if (!conditioned) return states;
  const read = readVoltageOf(input.conditions.readVoltage?.value);
  const { thermalVoltage_V } = resolveTemperature(input.conditions);
  for (const one of surveySwitching(conditioned, read, thermalVoltage_V)) {
    const events = [...one.set, ...one.reset];
    const event = events.sort((a, b) => a.start_V - b.start_V)[0];
    if (!event) continue;
    const limit_V = event.start_V - one.curve.step_V;
    states.set(one.leg.index, {
      limit_V,
      filament: event.sign < 0,
      note: warning(
        'MULTIPLE_EVENTS',
        `The leg switches at ${event.interval_V[0].toPrecision(3)} V: the regimes are those below.`,
      ),
    });
    if (one.nextLeg && event.sign > 0) {
      const hold = findHoldVoltage(one, event);
      states.set(one.nextLeg.index, {
        limit_V: Number.POSITIVE_INFINITY,
        filament: true,
        note:
          hold === null
            ? null
            : warning(
                'MULTIPLE_EVENTS',
                `The leg leaves the on state near ${hold.toPrecision(3)} V: the regimes are those of both states.`,
              ),
      });
    }
  }
  return states;
}

export type RegimeAnswer =
  | { readonly ok: true; readonly survey: RegimeSurvey }
  | { readonly ok: false; readonly leg: Leg; readonly reasons: readonly [Issue, ...Issue[]] };

/** Power-law regimes of one leg and the additive law on the same points (METHODS 3.1). */
export function surveyRegimes(
  input: AnalysisInput,
  leg: Leg,
  state: LegState | undefined,
  correct: (v: number, i: number) => number = (v) => v,
): RegimeAnswer {
  const whole = buildRisingCurve(input.conditioned!, leg);
  const { offset_V: offset, floor_A } = findZeroOffset(whole);
  const floor = Math.max(leg.floor_A, floor_A);
  if (Math.abs(offset) > LARGEST_OFFSET_V)
    return {
      ok: false,
      leg,
      reasons: [
        warning(
          'REGIME',
          `The current is zero at ${(1e3 * offset).toPrecision(3)} mV, more than ${1e3 * LARGEST_OFFSET_V} mV from 0: log V has no meaning here.`,
        ),
      ],
    };
  const limit = state?.limit_V ?? Number.POSITIVE_INFINITY;
  const curve = applyWindow(whole, input.windows);
  const pairs: [number, number][] = [];
  for (let k = 0; k < curve.v.length; k++) {
    if (!(curve.i[k]! > floor && curve.v[k]! <= limit)) continue;
    const v = correct(curve.v[k]! - offset, curve.i[k]!);
    if (v > 0) pairs.push([v, curve.i[k]!]);
  }
  const points = resampleLogarithmic(
    Float64Array.from(pairs, (pair) => pair[0]),
    Float64Array.from(pairs, (pair) => pair[1]),
  );
  const logVoltage = points.voltage.map(Math.log10);
  const segmentation = recallOr(input, 'segments', [logVoltage, points.logCurrent], () =>
    segmentLogLog(logVoltage, points.logCurrent),
  );
  if (!segmentation) {
    const few = pairs.length < 6;
    return {
      ok: false,
      leg,
      reasons: [
        few
          ? warning(
              whole.v.length < 6 ? 'TOO_FEW_POINTS' : 'BELOW_NOISE_FLOOR',
              `Regimes need 6 points above the noise floor of ${floor.toPrecision(2)} A; the leg has ${pairs.length} of ${whole.v.length}.`,
            )
          : warning(
              'TOO_FEW_POINTS',
              `Regimes need 6 points over 0.15 decade of voltage; there are ${points.voltage.length} over ${(logVoltage.at(-1)! - logVoltage[0]!).toFixed(2)}.`,
            ),
      ],
    };
  }
  const report = recallOr(input, 'additive law', [points.voltage, points.logCurrent], () =>
    fitAdditiveLaw(points.voltage, points.logCurrent),
  );
  const crossover = report.parameters.find((parameter) => parameter.id === 'transitionVoltage');
  const gain =
    report.aicc === null || segmentation.chosen.aicc === null ? null : segmentation.chosen.aicc - report.aicc;
  // a law whose crossover lies outside the data is a single power law in disguise
  const inside =
    crossover !== undefined &&
    crossover.value > points.voltage[0]! &&
    crossover.value < 2 * points.voltage.at(-1)!;
  const converged = report.termination.startsWith('converged');
  return {
    ok: true,
    survey: {
      leg,
      voltage: points.voltage,
      logCurrent: points.logCurrent,
      sigma: points.sigma,
      offset_V: offset,
      segmentation,
      regimes: listRegimes(segmentation),
      additive:
        converged && inside && gain !== null && gain > ADDITIVE_GAIN
          ? weightAdditiveLaw(report, points.voltage, points.logCurrent, points.sigma)
          : null,
      gain,
      filament: state?.filament ?? false,
      notes: state?.note ? [state.note] : [],
    },
  };
}

/** Current of a segmented line [A] at a voltage [V]. */
export function evaluateSegments(line: PiecewiseLine, from: number, voltage: number): number {
  return 10 ** evaluatePiecewise(line, from, Math.log10(voltage));
}

/** Value and k = 1 uncertainty of a parameter of a fit. */
export function readParameter(
  report: FitReport,
  id: string,
): { value: number; error: number | null; interval95: readonly [number, number] | null; fixed: boolean } {
  const parameter = report.parameters.find((one) => one.id === id)!;
  return {
    value: parameter.value,
    error: parameter.standardError,
    interval95: parameter.interval95,
    fixed: parameter.fixed,
  };
}
