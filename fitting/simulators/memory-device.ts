import type { CellLaw } from './cell-law.ts';
import { FilamentGrowth, type FormingStep } from './filament-growth.ts';
import { type Relaxation, relaxState } from './relaxation.ts';
import { type SwitchingKinetics, stepSwitching } from './switching-kinetics.ts';

/** What a filament device is made of; all in SI, voltages of the kinetics as magnitudes. */
export interface MemoryDeviceParameters {
  readonly lowResistance_ohm: number;
  readonly highResistance_ohm: number;
  readonly reverseHighResistance_ohm: number;
  readonly crossoverVoltage_V: number;
  readonly hrsSymmetric: boolean;
  readonly set: SwitchingKinetics;
  readonly reset: SwitchingKinetics;
  /** Steps of the forming of a virgin device; none where devices come formed. */
  readonly forming?: readonly FormingStep[];
  /** High resistance of a virgin device over that of a formed one, >= 1.  @default 1 */
  readonly virginRatio?: number;
  /** How the state goes back at rest; null where it stays. */
  readonly relaxation?: Relaxation | null;
}

/**
 * Filament of the W-model, in parallel with a light-emitting cell that conducts at v < 0 (METHODS 8.3);
 * v = V(Ag) - V(ITO). |I_mem| = |I_HRS|^(1 - state) |I_LRS|^state, strictly rising in v for a frozen state.
 * `freeze` once a solve, then any number of evaluations without allocation.
 */
export class MemoryDevice {
  /** Of the last evaluation: magnitude [A], derivative [A/V], share of the cell [A]. */
  current = 0;
  conductance = 0;
  cellCurrent = 0;
  /** Of the last `advance`: share of the filament, largest share ever reached, time at rest [s]. */
  nextState = 0;
  nextFormed = 1;
  nextAge_s = 0;

  readonly parameters: MemoryDeviceParameters;
  readonly cell: CellLaw | null;
  private state = Number.NaN;
  private formed = 1;
  private forwardConductance = 0;
  private backwardConductance = 0;
  private readonly lnLow: number;
  private readonly lnHigh: number;
  private readonly lnReverse: number;
  private readonly crossover_V: number;
  private readonly symmetric: boolean;
  private readonly lnVirgin: number;
  private readonly growth: FilamentGrowth | null;

  constructor(parameters: MemoryDeviceParameters, cell: CellLaw | null) {
    this.parameters = parameters;
    this.cell = cell;
    this.lnLow = Math.log(parameters.lowResistance_ohm);
    this.lnHigh = Math.log(parameters.highResistance_ohm);
    this.lnReverse = Math.log(parameters.reverseHighResistance_ohm);
    this.crossover_V = parameters.crossoverVoltage_V;
    this.symmetric = parameters.hrsSymmetric;
    const forming = parameters.forming ?? [];
    this.lnVirgin = Math.log(parameters.virginRatio ?? 1);
    this.growth = forming.length > 0 ? new FilamentGrowth(parameters.set, forming) : null;
  }

  /**
   * @param state   share of the filament that conducts, in [0, 1]
   * @param formed  largest share ever reached, 1 where the device is formed  @default 1
   */
  freeze(state: number, formed = 1): void {
    if (state === this.state && formed === this.formed) return;
    this.state = state;
    this.formed = formed;
    const high = 1 - state;
    const virgin = formed < 1 ? (1 - formed) * this.lnVirgin : 0;
    this.forwardConductance = Math.exp(-high * (this.lnHigh + virgin) - state * this.lnLow);
    this.backwardConductance = Math.exp(-high * (this.lnReverse + virgin) - state * this.lnLow);
  }

  /** Largest share ever reached of a device that starts with this state: a virgin one only what it has. */
  startFormed(state: number): number {
    return this.growth === null ? 1 : state;
  }

  /** v = +voltage, the SET side. Below 0 (an iterate on its way) it goes on as a straight line. */
  evaluateForward(voltage_V: number): void {
    this.cellCurrent = 0;
    if (voltage_V <= 0) {
      this.current = this.forwardConductance * voltage_V;
      this.conductance = this.forwardConductance;
    } else this.evaluateCurved(this.forwardConductance, voltage_V);
  }

  /** v = -voltage, the RESET side, where the cell conducts too. */
  evaluateBackward(voltage_V: number): void {
    this.cellCurrent = 0;
    if (this.symmetric && voltage_V > 0) this.evaluateCurved(this.backwardConductance, voltage_V);
    else {
      this.current = this.backwardConductance * voltage_V;
      this.conductance = this.backwardConductance;
    }
    const cell = this.cell;
    if (cell !== null && voltage_V > 0) {
      cell.evaluate(voltage_V);
      this.cellCurrent = cell.current;
      this.current += cell.current;
      this.conductance += cell.conductance;
    }
  }

  /** Magnitude of the voltage at which the device carries a current: what a limiting source leaves on it. */
  findVoltage(current_A: number, forward: boolean, upper_V: number): number {
    let low = 0;
    let high = upper_V;
    let v = upper_V / 2;
    for (let i = 0; i < 200; i++) {
      if (forward) this.evaluateForward(v);
      else this.evaluateBackward(v);
      const excess = current_A - this.current;
      if (excess > 0) low = v;
      else high = v;
      const step = excess / this.conductance;
      if (Math.abs(step) <= 1e-14 * v) break;
      const next = v + step;
      v = next > low && next < high ? next : (low + high) / 2;
    }
    return v;
  }

  /**
   * States after `step_s` at the frozen voltage v [V, signed], into `nextState`, `nextFormed`, `nextAge_s`. Relaxation acts in two halves
   * around the switching, which keeps the second order.
   */
  advance(state: number, formed: number, age_s: number, voltage_V: number, step_s: number): void {
    const { relaxation } = this.parameters;
    if (!relaxation) {
      this.move(state, formed, voltage_V, step_s);
      this.nextAge_s = age_s;
      return;
    }
    const half = step_s / 2;
    const before = relaxState(relaxation, state, age_s, half);
    this.move(before, formed, voltage_V, step_s);
    const grown = this.nextState;
    // what has just grown is new: the age is that of the share that was there
    const age = grown > before ? (age_s + half) * ((1 - grown) / (1 - before)) : age_s + half;
    this.nextState = relaxState(relaxation, grown, age, half);
    this.nextAge_s = age + half;
  }

  private move(state: number, formed: number, voltage_V: number, step_s: number): void {
    this.nextFormed = formed;
    const { set, reset } = this.parameters;
    if (voltage_V < 0) this.nextState = 1 - stepSwitching(reset, 1 - state, -voltage_V, step_s);
    else if (!(voltage_V > 0)) this.nextState = state;
    else if (formed < 1 && this.growth !== null) {
      this.growth.grow(state, formed, voltage_V, step_s);
      this.nextState = this.growth.share;
      this.nextFormed = this.growth.formed;
    } else this.nextState = stepSwitching(set, state, voltage_V, step_s);
  }

  private evaluateCurved(conductance: number, voltage_V: number): void {
    const high = 1 - this.state;
    const curve = high > 0 ? (1 + voltage_V / this.crossover_V) ** high : 1;
    this.current = conductance * voltage_V * curve;
    this.conductance = (this.current / voltage_V) * (1 + (high * voltage_V) / (this.crossover_V + voltage_V));
  }
}
