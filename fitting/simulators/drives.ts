import { refuse } from './parameters.ts';
import type { Drive, SimulationRefusal } from './simulator.ts';

/** More points than any screen or fit uses; beyond it a typing error is likelier than a wish. */
const MAXIMUM_POINTS = 2_000_000;
/** Rows a pulse period is recorded with. */
const POINTS_PER_PERIOD = 500;

/**
 * A ramp with turning points, 'A:B:STEP[:B2...]' in volts: from A to B in steps of STEP, on to B2, and so on. Each turning point is
 * one row; a step that does not divide a leg ends it early.
 * @param rate_V_per_s sweep rate [V/s], > 0
 */
export function buildSweep(text: string, rate_V_per_s: number): Drive | SimulationRefusal {
  const parts = text.split(':');
  if (parts.length < 3)
    return refuse(
      null,
      `A sweep is written A:B:STEP[:B2...], in volts; "${text}" has ${parts.length} parts.`,
    );
  const values = parts.map((part) => readNumber(part, 'V'));
  const wrong = values.indexOf(null);
  if (wrong >= 0) return refuse(null, `"${parts[wrong]}" in the sweep "${text}" is not a voltage.`);
  const [start, first, step, ...rest] = values as number[];
  if (!(step! > 0)) return refuse(null, `The step of a sweep must be above 0 V; ${step} V was given.`);
  if (!(rate_V_per_s > 0 && Number.isFinite(rate_V_per_s)))
    return refuse('sweepRate', `The sweep rate must be above 0 V/s; ${rate_V_per_s} V/s was given.`);
  const turns = [start!, first!, ...rest];
  let count = 1;
  for (let i = 1; i < turns.length; i++) count += countSteps(turns[i]! - turns[i - 1]!, step!);
  if (count > MAXIMUM_POINTS) return refuseLength('sweep', count);
  const voltage_V = new Float64Array(count);
  const time_s = new Float64Array(count);
  voltage_V[0] = start!;
  let k = 0;
  let legStart_s = 0;
  for (let i = 1; i < turns.length; i++) {
    const from = turns[i - 1]!;
    const to = turns[i]!;
    const steps = countSteps(to - from, step!);
    for (let j = 1; j <= steps; j++) {
      k++;
      const exact = j === steps ? to : from + Math.sign(to - from) * j * step!;
      // 12 digits: 0.3, not 0.30000000000000004; and 0 V is 0
      const v = Math.abs(exact) < 1e-9 * step! ? 0 : Number(exact.toPrecision(12));
      voltage_V[k] = v;
      time_s[k] = legStart_s + Math.abs(v - from) / rate_V_per_s;
    }
    legStart_s += Math.abs(to - from) / rate_V_per_s;
  }
  return { time_s, voltage_V };
}

/**
 * A train of rectangular pulses, 'LOW:HIGH:WIDTH:PERIOD:COUNT' (V, V, s, s, 1), with 500 rows a period; it starts with the edge to
 * HIGH at t = 0 and ends with the last period.
 * @param edge_s time of a linear edge [s], part of WIDTH; 0 gives ideal edges (two rows at one time)  @default 0
 */
export function buildPulses(text: string, edge_s = 0): Drive | SimulationRefusal {
  const parts = text.split(':');
  if (parts.length !== 5)
    return refuse(
      null,
      `A pulse train is written LOW:HIGH:WIDTH:PERIOD:COUNT; "${text}" has ${parts.length} parts.`,
    );
  const values = parts.map((part, i) => readNumber(part, i < 2 ? 'V' : i < 4 ? 's' : ''));
  const wrong = values.indexOf(null);
  if (wrong >= 0) return refuse(null, `"${parts[wrong]}" in the pulse train "${text}" is not a number.`);
  const [low, high, width, period, count] = values as [number, number, number, number, number];
  if (!(width > 0)) return refuse(null, `The pulse width must be above 0 s; ${width} s was given.`);
  if (!(period >= width))
    return refuse(null, `The period ${period} s is shorter than the pulse of ${width} s.`);
  if (!(Number.isInteger(count) && count >= 1))
    return refuse(null, `The number of pulses must be a whole number from 1; ${count} was given.`);
  if (!(edge_s >= 0 && edge_s < width && edge_s <= period - width + 1e-9 * period))
    return refuse(
      'edgeTime',
      `An edge of ${edge_s} s does not fit a pulse of ${width} s in a period of ${period} s.`,
    );
  const perPeriod = POINTS_PER_PERIOD + 4;
  if (count * perPeriod > MAXIMUM_POINTS) return refuseLength('pulse train', count * perPeriod);
  const time: number[] = [0];
  const voltage: number[] = [low];
  const push = (t: number, v: number): void => {
    time.push(t);
    voltage.push(v);
  };
  for (let k = 0; k < count; k++) {
    const t0 = k * period;
    // one number for the end of a period and the start of the next: times must not fall by a rounding
    const end = (k + 1) * period;
    const fallen = Math.min(t0 + width + edge_s, end);
    push(t0 + edge_s, high);
    pushPlateau(time, voltage, t0 + edge_s, Math.min(t0 + width, fallen), high, period);
    push(fallen, low);
    pushPlateau(time, voltage, fallen, end, low, period);
  }
  return { time_s: Float64Array.from(time), voltage_V: Float64Array.from(voltage) };
}

function pushPlateau(
  time: number[],
  voltage: number[],
  from: number,
  to: number,
  v: number,
  period: number,
): void {
  const steps = Math.max(1, Math.ceil((POINTS_PER_PERIOD * (to - from)) / period - 1e-9));
  if (to <= from) return;
  for (let j = 1; j <= steps; j++) {
    time.push(j === steps ? to : from + ((to - from) * j) / steps);
    voltage.push(v);
  }
}

/**
 * A drive from a record, such as the stimulus channel of a scope or the source column of a sweep.
 * @param time_s null where the record has no clock: the voltage steps then take their time from `rate_V_per_s`
 */
export function buildRecordedDrive(
  time_s: Float64Array | null,
  voltage_V: Float64Array,
  rate_V_per_s: number,
): Drive | SimulationRefusal {
  if (time_s !== null) return { time_s, voltage_V };
  if (!(rate_V_per_s > 0))
    return refuse('sweepRate', 'A record without times needs a sweep rate above 0 V/s.');
  const clock = new Float64Array(voltage_V.length);
  for (let i = 1; i < clock.length; i++)
    clock[i] = clock[i - 1]! + Math.abs(voltage_V[i]! - voltage_V[i - 1]!) / rate_V_per_s;
  return { time_s: clock, voltage_V };
}

/** Why a drive cannot be simulated, or null: rows missing, times that fall, values that are not numbers. */
export function checkDrive(drive: Drive): SimulationRefusal | null {
  const { time_s, voltage_V } = drive;
  if (time_s.length !== voltage_V.length)
    return refuse(null, `The drive has ${time_s.length} times but ${voltage_V.length} voltages.`);
  if (time_s.length < 2) return refuse(null, `A drive needs 2 points; it has ${time_s.length}.`);
  if (time_s.length > MAXIMUM_POINTS) return refuseLength('drive', time_s.length);
  for (let i = 0; i < time_s.length; i++) {
    const t = time_s[i]!;
    const v = voltage_V[i]!;
    if (!Number.isFinite(t) || !Number.isFinite(v))
      return refuse(
        null,
        `The drive has a gap: row ${i + 1} of ${time_s.length} has no ${Number.isFinite(t) ? 'voltage' : 'time'}.`,
      );
    if (Math.abs(v) > 1e6)
      return refuse(null, `The drive reaches ${v} V in row ${i + 1}; 1 MV is the limit.`);
    if (i > 0 && t < time_s[i - 1]!)
      return refuse(null, `The time of the drive falls from ${time_s[i - 1]} s to ${t} s in row ${i + 1}.`);
  }
  return null;
}

function countSteps(span: number, step: number): number {
  return Math.ceil(Math.abs(span) / step - 1e-9);
}

function refuseLength(what: string, count: number): SimulationRefusal {
  return refuse(
    null,
    `The ${what} has ${count.toLocaleString('en-GB')} points; the limit is ${MAXIMUM_POINTS.toLocaleString('en-GB')}.`,
  );
}

const PREFIXES: Readonly<Record<string, number>> = {
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  µ: 1e-6,
  μ: 1e-6,
  m: 1e-3,
  k: 1e3,
};

/** '1.5', '50mV', '3.8us', '20u'. */
function readNumber(text: string, unit: string): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([pnuµμmk]?)([A-Za-z]*)\s*$/.exec(text);
  if (match === null || (match[3] !== '' && match[3] !== unit)) return null;
  const value = Number(match[1]) * (match[2] === '' ? 1 : PREFIXES[match[2]!]!);
  return Number.isFinite(value) ? value : null;
}
