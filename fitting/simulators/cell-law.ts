import { lambertWExp } from '../special.ts';

/**
 * Static law of the light-emitting cell without its shunt, written for the inner loop of a circuit: current and derivative
 * from one Lambert W (METHODS 1.1 with g = 0).
 */
export class CellLaw {
  /** Current [A] and its derivative [A/V] of the last `evaluate`. */
  current = 0;
  conductance = 0;

  private lnSaturation: number;
  private saturation_A = 0;
  private offset = 0;
  private readonly scale_V: number;
  private readonly resistance_ohm: number;

  constructor(lnSaturationCurrent: number, idealityVoltage_V: number, seriesResistance_ohm: number) {
    this.scale_V = idealityVoltage_V;
    this.resistance_ohm = seriesResistance_ohm;
    this.lnSaturation = Number.NaN;
    this.setLnSaturation(lnSaturationCurrent);
  }

  /** The ionic state moves ln I_s between steps. */
  setLnSaturation(value: number): void {
    if (value === this.lnSaturation) return;
    this.lnSaturation = value;
    this.saturation_A = Math.exp(value);
    const r = this.resistance_ohm;
    this.offset = r > 0 ? Math.log(r / this.scale_V) + value + (r * this.saturation_A) / this.scale_V : 0;
  }

  /** At a forward voltage >= 0; nothing flows below (the memory branch conducts there). */
  evaluate(voltage_V: number): void {
    const a = this.scale_V;
    const r = this.resistance_ohm;
    if (voltage_V <= 0) {
      this.current = 0;
      this.conductance = 0;
    } else if (r > 0) {
      const w = lambertWExp(this.offset + voltage_V / a);
      this.current = Math.max(0, (a / r) * w - this.saturation_A);
      this.conductance = w / ((1 + w) * r);
    } else {
      const growth = Math.exp(Math.min(voltage_V / a + this.lnSaturation, 600));
      this.current = Math.max(0, growth - this.saturation_A);
      this.conductance = growth / a;
    }
  }
}
