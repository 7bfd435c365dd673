/** Slow ionic state p of a cell: it lowers the turn-on voltage by p * shift (METHODS 8.2). */
export class IonicState {
  private readonly lnSaturation: number;
  private readonly lnShift: number;
  private readonly charge_C: number;
  private readonly relaxationTime_s: number;
  private readonly relaxationVoltage_V: number;

  /** @param lnShift ln I_s(p = 1) - ln I_s(p = 0) = shift / a */
  constructor(
    lnSaturation: number,
    lnShift: number,
    charge_C: number,
    relaxationTime_s: number,
    relaxationVoltage_V: number,
  ) {
    this.lnSaturation = lnSaturation;
    this.lnShift = lnShift;
    this.charge_C = charge_C;
    this.relaxationTime_s = relaxationTime_s;
    this.relaxationVoltage_V = relaxationVoltage_V;
  }

  findLnSaturation(state: number): number {
    return this.lnSaturation + state * this.lnShift;
  }

  /** Exact step of dp/dt = (1 - p) I/Q - p/tau at frozen current [A] and voltage [V]. */
  advance(state: number, current_A: number, voltage_V: number, step_s: number): number {
    const gain = current_A / this.charge_C;
    const loss = Math.exp(-Math.abs(voltage_V) / this.relaxationVoltage_V) / this.relaxationTime_s;
    const rate = gain + loss;
    if (!(rate > 0)) return state;
    const rest = gain / rate;
    return rest + (state - rest) * Math.exp(-step_s * rate);
  }
}
