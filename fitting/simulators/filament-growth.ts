import { advanceRate, readLogOdds, type SwitchingKinetics, shareOfLogOdds } from './switching-kinetics.ts';

/** One step of the forming: the front of a virgin filament grows by these kinetics until it reaches `until`. */
export interface FormingStep {
  readonly kinetics: SwitchingKinetics;
  /** Voltage of this step on a 0.1 V/s ramp [V], a magnitude. */
  readonly voltage_V: number;
  readonly until: number;
}

/** Beyond this the filament counts as formed: what is left moves no current. */
const FORMED = 0.999;

/**
 * Growth of a filament at frozen voltage (v > 0), exact within each law. Behind the front it once reached it regrows by the SET
 * kinetics; the front itself moves by the forming kinetics, step after step. Once bridged, it goes on no faster than the forming did at
 * its own voltage, so that a limited source stops it where it would stop a SET. `share` and `formed` are the results.
 */
export class FilamentGrowth {
  share = 0;
  /** Largest share ever reached; 1 from the end of the forming on. */
  formed = 1;
  private readonly set: SwitchingKinetics;
  private readonly steps: readonly FormingStep[];

  constructor(set: SwitchingKinetics, steps: readonly FormingStep[]) {
    this.set = set;
    this.steps = steps;
  }

  grow(share: number, formed: number, voltage_V: number, step_s: number): void {
    this.share = share;
    this.formed = formed;
    let left_s = step_s;
    if (share < formed) left_s = this.move(this.set, advanceRate(this.set, voltage_V), formed, left_s);
    for (const step of this.steps) {
      if (!(left_s > 0) || this.formed >= step.until) continue;
      left_s = this.move(step.kinetics, advanceRate(step.kinetics, voltage_V), step.until, left_s);
      this.formed = Math.max(this.formed, this.share);
    }
    if (left_s > 0 && this.formed < 1) {
      const last = this.steps.at(-1)!;
      const own = Math.max(advanceRate(last.kinetics, voltage_V), advanceRate(last.kinetics, last.voltage_V));
      this.move(this.set, Math.min(advanceRate(this.set, voltage_V), own), 1, left_s);
    }
    this.formed = Math.max(this.formed, this.share);
    if (this.formed >= FORMED) this.formed = 1;
  }

  /** @returns time left after the share reached `until` [s], 0 where it did not */
  private move(kinetics: SwitchingKinetics, rate: number, until: number, step_s: number): number {
    const from = readLogOdds(kinetics, this.share);
    const way = until >= 1 ? Number.POSITIVE_INFINITY : readLogOdds(kinetics, until) - from;
    const advance = rate * step_s;
    if (advance < 1e-18) return 0;
    if (advance < way) {
      this.share = Math.max(this.share, shareOfLogOdds(kinetics, from + advance));
      return 0;
    }
    this.share = Math.max(this.share, until);
    return step_s - way / rate;
  }
}
