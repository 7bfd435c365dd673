export const MINUS = '\u2212';

/** Decimals that write multiples of a step exactly, at most 12. */
export function decimalsOf(step: number): number {
  for (let d = 0; d < 12; d++) {
    const scaled = step * 10 ** d;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return d;
  }
  return 12;
}

/** A tick label: plain 0, U+2212 minus, thin spaces from five digits, never `e` notation. */
export function numberLabel(value: number, decimals: number): string {
  if (Math.abs(value) < 10 ** -(decimals + 1)) return '0';
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\\,') : whole;
  return (value < 0 ? MINUS : '') + grouped + (fraction === undefined ? '' : `.${fraction}`);
}

/** `10^{-3}` in markup, with a sign for the negative arm of a signed-log axis. */
export function powerLabel(exponent: number, sign: 1 | -1 = 1): string {
  return `${sign < 0 ? MINUS : ''}10^{${exponent < 0 ? MINUS : ''}${Math.abs(exponent)}}`;
}
