/** Ranges and converters of the instruments the sample files imitate. */

/** Reading of a source meter: the lowest range that holds it, resolved to a millionth of the range (6 1/2 digits). */
export function readCurrent(current_A: number, lowestRange_A = 1e-8): number {
  let range = lowestRange_A;
  while (Math.abs(current_A) > 1.05 * range && range < 1) range *= 10;
  const step = range * 1e-6;
  return Math.round(current_A / step) * step;
}

/** Voltage a source meter reads back: a few ten microvolt of noise, 6 1/2 digits. */
export function readVoltage(voltage_V: number, normal: number): number {
  const noisy = voltage_V + (1e-5 + 2e-5 * Math.abs(voltage_V)) * normal;
  const step = Math.abs(voltage_V) > 2.1 ? 1e-5 : 1e-6;
  return Math.round(noisy / step) * step;
}

/** An 8-bit converter: 256 codes over the screen. */
export function digitise(value: number, fullScale: number, offset = 0): number {
  const step = fullScale / 256;
  const code = Math.max(-128, Math.min(127, Math.round((value - offset) / step)));
  return code * step + offset;
}
