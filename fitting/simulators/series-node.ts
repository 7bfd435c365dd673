import type { MemoryDevice } from './memory-device.ts';

/**
 * Inner node of two devices in opposite series with a resistance: x = voltage on the backward device,
 * f(x) = A(V - x - R B(x)) - B(x) falls strictly, so the root is bracketed by [0, V]. One Newton iteration with the exact
 * slope inside the bracket, halved whenever it leaves; no nesting (METHODS 8.4-1).
 */
export class SeriesNode {
  /** Voltages [V, magnitudes], current [A] and the cell's share on the backward device, of the last `solve`. */
  forwardVoltage = 0;
  backwardVoltage = 0;
  current = 0;
  cellCurrent = 0;

  private last_V = 0;
  private slope = 0.5;

  /**
   * @param forward   device with v > 0, frozen
   * @param backward  device with v < 0, frozen
   * @param total_V   magnitude of the programmed voltage, > 0
   * @param resistance_ohm load and source resistance together
   */
  solve(forward: MemoryDevice, backward: MemoryDevice, total_V: number, resistance_ohm: number): void {
    let low = 0;
    let high = total_V;
    // continue from the neighbouring voltage along dx/dV
    let x = this.backwardVoltage + this.slope * (total_V - this.last_V);
    if (!(x > 0 && x < total_V)) x = total_V / 2;
    let rest = 0;
    for (let i = 0; i < 80; i++) {
      backward.evaluateBackward(x);
      const b = backward.current;
      rest = total_V - x - resistance_ohm * b;
      forward.evaluateForward(rest);
      const f = forward.current - b;
      if (f > 0) low = x;
      else high = x;
      const slope = forward.conductance * (1 + resistance_ohm * backward.conductance) + backward.conductance;
      const step = f / slope;
      let next = x + step;
      if (!(next > low && next < high)) {
        if (Math.abs(step) <= 1e-13 * total_V) break;
        next = (low + high) / 2;
      }
      const done = Math.abs(step) <= 1e-13 * next + 1e-16;
      x = next;
      if (done) break;
    }
    this.backwardVoltage = x;
    this.last_V = total_V;
    this.slope = forward.conductance / (forward.conductance + backward.conductance);
    backward.evaluateBackward(x);
    this.cellCurrent = backward.cellCurrent;
    const b = backward.current;
    this.forwardVoltage = Math.max(0, total_V - x - resistance_ohm * b);
    forward.evaluateForward(this.forwardVoltage);
    // the device with the larger voltage knows the current to more digits
    this.current = this.forwardVoltage > x ? forward.current : b;
  }
}
