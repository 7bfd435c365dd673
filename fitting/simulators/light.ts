/** Time constants of the light of a cell [s] and its static law P = gain * I^exponent (METHODS 8.2). */
export interface LightParameters {
  readonly gain: number;
  readonly exponent: number;
  readonly delay_s: number;
  readonly riseConstant_s: number;
  readonly fallConstant_s: number;
  readonly tailConstant_s: number;
  /** Share of the light at turn-off where the tail begins. */
  readonly tailFraction: number;
}

/**
 * Light [W] for every row of a simulation, exact for a current that is linear between the rows (two rows at one time are a jump).
 * 1. P_ss = K I^m. 2. Input = min(P_ss(t), P_ss(t - delay)): the delay acts on rises only. 3. dP/dt = (input - P)/tau with the rise
 * constant while the input is above P, the fall constant below, and the tail constant once P - input is a fixed share of what it was.
 * @param time_s           never falls
 * @param cellCurrent_A    same length; what makes light
 */
export function traceLight(
  time_s: Float64Array,
  cellCurrent_A: Float64Array,
  parameters: LightParameters,
): Float64Array {
  const count = time_s.length;
  const steady = new Float64Array(count);
  for (let i = 0; i < count; i++)
    steady[i] = parameters.gain * Math.max(0, cellCurrent_A[i]!) ** parameters.exponent;
  const light = new Float64Array(count);
  const follower = new LightFollower(parameters, steady[0]!);
  const delay = parameters.delay_s;
  light[0] = steady[0]!;
  // `late`: interval of the delayed input
  let late = 0;
  for (let k = 0; k + 1 < count; k++) {
    const t0 = time_s[k]!;
    const t1 = time_s[k + 1]!;
    let s = t0;
    while (s < t1) {
      while (late + 1 < count && time_s[late + 1]! + delay <= s) late++;
      const boundary = late + 1 < count ? time_s[late + 1]! + delay : Number.POSITIVE_INFINITY;
      const e = s < time_s[0]! + delay ? Math.min(t1, time_s[0]! + delay) : Math.min(t1, boundary);
      const direct0 = interpolate(time_s, steady, k, s);
      const direct1 = interpolate(time_s, steady, k, e);
      const late0 = s < time_s[0]! + delay ? steady[0]! : interpolate(time_s, steady, late, s - delay);
      const late1 = s < time_s[0]! + delay ? steady[0]! : interpolate(time_s, steady, late, e - delay);
      const gap0 = direct0 - late0;
      const gap1 = direct1 - late1;
      if (delay > 0 && gap0 * gap1 < 0) {
        // the smaller of two lines: bend where they cross
        const share = gap0 / (gap0 - gap1);
        const meeting = direct0 + (direct1 - direct0) * share;
        follower.follow(Math.min(direct0, late0), meeting, (e - s) * share);
        follower.follow(meeting, Math.min(direct1, late1), (e - s) * (1 - share));
      } else follower.follow(Math.min(direct0, late0), Math.min(direct1, late1), e - s);
      s = e;
    }
    light[k + 1] = follower.value;
  }
  return light;
}

/** One-pole follower with its own constants for rise, fall and tail; every step is exact for a linear input. */
class LightFollower {
  value: number;
  private falling = false;
  private tail = false;
  /** P - input at the start of the fall. */
  private depth = 0;
  private readonly parameters: LightParameters;

  constructor(parameters: LightParameters, start: number) {
    this.parameters = parameters;
    this.value = start;
  }

  follow(input0: number, input1: number, duration_s: number): void {
    const { riseConstant_s, fallConstant_s, tailConstant_s, tailFraction } = this.parameters;
    const excess = this.value - (input0 + input1) / 2;
    if (excess <= 0) {
      this.falling = false;
      this.tail = false;
      this.value = relax(this.value, input0, input1, duration_s, riseConstant_s);
      return;
    }
    if (!this.falling) {
      this.falling = true;
      this.depth = excess;
    }
    if (!this.tail && excess > this.depth) this.depth = excess;
    let rest = duration_s;
    if (!this.tail && fallConstant_s > 0) {
      const toTail = fallConstant_s * Math.log(excess / (tailFraction * this.depth));
      if (input0 === input1 && toTail < rest) {
        this.value = relax(this.value, input0, input1, Math.max(0, toTail), fallConstant_s);
        rest -= Math.max(0, toTail);
        this.tail = true;
      } else {
        this.value = relax(this.value, input0, input1, rest, fallConstant_s);
        return;
      }
    }
    const constant = this.tail ? tailConstant_s : fallConstant_s;
    this.value = relax(this.value, input0, input1, rest, constant);
  }
}

/** dP/dt = (input - P)/tau, input linear over the step. */
function relax(value: number, input0: number, input1: number, step_s: number, constant_s: number): number {
  if (!(constant_s > 0)) return input1;
  if (!(step_s > 0)) return value;
  const lag = ((input1 - input0) / step_s) * constant_s;
  return input1 - lag + (value - input0 + lag) * Math.exp(-step_s / constant_s);
}

function interpolate(time_s: Float64Array, values: Float64Array, k: number, t: number): number {
  if (k + 1 >= time_s.length) return values[values.length - 1]!;
  const t0 = time_s[k]!;
  const span = time_s[k + 1]! - t0;
  if (!(span > 0)) return values[k + 1]!;
  const share = (t - t0) / span;
  return share <= 0
    ? values[k]!
    : share >= 1
      ? values[k + 1]!
      : values[k]! + (values[k + 1]! - values[k]!) * share;
}
