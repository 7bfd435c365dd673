/** How instruments spell numbers; each function is one habit. */

/** 15 significant digits of a single-precision reading, exponent of two digits below 1E-04: KickStart, ACS. */
export function formatSingle(value: number): string {
  return formatGeneral(Math.fround(value), 15);
}

/** General format with `E-05` exponents as Windows programs write it. */
export function formatGeneral(value: number, digits: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const exponent = Math.floor(Math.log10(Math.abs(rounded)) + 1e-15);
  if (exponent > -5 && exponent < 15) return expandPlain(rounded);
  const [mantissa, power] = rounded.toExponential().split('e') as [string, string];
  const size = Math.abs(Number(power)).toString().padStart(2, '0');
  return `${mantissa}E${Number(power) < 0 ? '-' : '+'}${size}`;
}

function expandPlain(value: number): string {
  const text = value.toString();
  if (!text.includes('e')) return text;
  return value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '');
}

/** `1.899451490317e-05` or `0.2305213212967`: 13 digits, small exponents in lower case (touch-screen instruments). */
export function formatThirteen(value: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(13));
  if (Math.abs(rounded) >= 1e-4) return expandPlain(rounded);
  const [mantissa, power] = rounded.toExponential().split('e') as [string, string];
  return `${mantissa}e-${Math.abs(Number(power)).toString().padStart(2, '0')}`;
}

/** `+160.80401838E-03`: explicit sign, exponent a multiple of three. */
export function formatEngineering(value: number, decimals: (exponent: number) => number): string {
  const sign = value < 0 ? '-' : '+';
  const size = Math.abs(value);
  if (size < 1e-15) return `${sign}0.0E+00`;
  let exponent = Math.floor(Math.log10(size) / 3) * 3;
  let mantissa = (size / 10 ** exponent).toFixed(decimals(exponent));
  if (Number(mantissa) >= 1000) {
    exponent += 3;
    mantissa = (size / 10 ** exponent).toFixed(decimals(exponent));
  }
  const power = Math.abs(exponent).toString().padStart(2, '0');
  return `${sign}${mantissa}E${exponent < 0 ? '-' : '+'}${power}`;
}

/** C's `%.{decimals}e`: `-2.0000e-04`. */
export function formatExponent(value: number, decimals: number): string {
  const [mantissa, power] = value.toExponential(decimals).split('e') as [string, string];
  return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${power.slice(1).padStart(2, '0')}`;
}

/** C's `%g`: six significant digits, no trailing zeros. */
export function formatSix(value: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(6));
  if (Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e6) return expandPlain(rounded);
  const [mantissa, power] = rounded.toExponential().split('e') as [string, string];
  return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${power.slice(1).padStart(2, '0')}`;
}
