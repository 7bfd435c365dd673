import type { Drive } from './simulator.ts';

/**
 * Latency of a change between the two functions of a device: from each reversal of the polarity on, the trace passes a first-order
 * low-pass that starts at the value before the reversal (METHODS 8.2). Unipolar on/off pulses are not touched. In place; nothing without a constant.
 */
export function delayAfterReversals(drive: Drive, trace: Float64Array, constant_s: number): void {
  if (!(constant_s > 0)) return;
  const { time_s, voltage_V } = drive;
  let sign = 0;
  let delayed: number | null = null;
  for (let i = 0; i < trace.length; i++) {
    const now = Math.sign(voltage_V[i]!);
    const before = i > 0 ? trace[i - 1]! : trace[i]!;
    if (now !== 0) {
      if (sign !== 0 && now !== sign) delayed = delayed ?? before;
      sign = now;
    }
    if (delayed === null) continue;
    const step_s = i > 0 ? time_s[i]! - time_s[i - 1]! : 0;
    delayed = trace[i]! + (delayed - trace[i]!) * Math.exp(-step_s / constant_s);
    trace[i] = delayed;
  }
}
