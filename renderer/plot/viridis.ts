const STOPS = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
];

function channel(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 2), 16);
}

/** viridis at t in 0..1, straight between its nine stops. */
export function viridis(t: number): string {
  const place = Math.min(1, Math.max(0, t)) * (STOPS.length - 1);
  const low = Math.min(STOPS.length - 2, Math.floor(place));
  const part = place - low;
  const mix = [1, 3, 5].map((at) => {
    const a = channel(STOPS[low]!, at);
    const b = channel(STOPS[low + 1]!, at);
    return Math.round(a + (b - a) * part)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${mix.join('')}`;
}

export const VIRIDIS_STOPS: readonly string[] = STOPS;

function linear(value: number): number {
  const c = value / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** Black or white, whichever contrasts more with a colour. */
export function textOn(colour: string): '#000' | '#fff' {
  const luminance =
    0.2126 * linear(channel(colour, 1)) +
    0.7152 * linear(channel(colour, 3)) +
    0.0722 * linear(channel(colour, 5));
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000' : '#fff';
}
