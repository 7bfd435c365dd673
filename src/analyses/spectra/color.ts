import { CIE_1931, X_BAR, Y_BAR, Z_BAR } from './cie-1931.ts';

/** Chromaticity of the white points offered; D65 as sRGB prints it. */
export const WHITE_POINTS = { D65: [0.3127, 0.329], E: [1 / 3, 1 / 3] } as const;
export type WhitePoint = keyof typeof WHITE_POINTS;

/** Lumens per watt at 555 nm. */
const LUMINOUS_EFFICACY = 683;

export interface ColorSums {
  readonly X: number;
  readonly Y: number;
  readonly Z: number;
  /** Integral of the spectrum itself over the same weights. */
  readonly total: number;
  readonly x: number;
  readonly y: number;
  /** Variances and covariance of x and y from the noise of one pixel. */
  readonly covariance: readonly [xx: number, xy: number, yy: number];
  /** Standard uncertainty of Y over `total`, from the noise of one pixel. */
  readonly shareError: number;
}

/** Four-point Lagrange interpolation of a 1-nm table; 0 outside 360 to 830 nm. */
function interpolateTable(table: Float64Array, wavelength_nm: number): number {
  const u = (wavelength_nm - CIE_1931.from_nm) / CIE_1931.step_nm;
  if (!(u >= 0 && u <= table.length - 1)) return 0;
  const i = Math.max(1, Math.min(table.length - 3, Math.floor(u)));
  const t = u - i;
  const a = table[i - 1]!;
  const b = table[i]!;
  const c = table[i + 1]!;
  const d = table[i + 2]!;
  return (
    (-a * t * (t - 1) * (t - 2)) / 6 +
    (b * (t + 1) * (t - 1) * (t - 2)) / 2 -
    (c * (t + 1) * t * (t - 2)) / 2 +
    (d * (t + 1) * t * (t - 1)) / 6
  );
}

/**
 * CIE 1931 tristimulus sums on the pixels of the spectrum (trapezoid), with the noise carried along.
 * Negative pixels stay: clipping each would turn dark noise into white light.
 * @param wavelength_m ascending [m]; @param intensity per wavelength; @param noise standard deviation of each pixel
 * @returns null where nothing is left of the visible spectrum
 */
export function sumColor(
  wavelength_m: Float64Array,
  intensity: Float64Array,
  noise: Float64Array,
): ColorSums | null {
  const n = wavelength_m.length;
  const rows: (readonly [number, number, number, number])[] = [];
  let X = 0;
  let Y = 0;
  let Z = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const nm = wavelength_m[i]! * 1e9;
    const step_nm = 0.5e9 * (wavelength_m[Math.min(n - 1, i + 1)]! - wavelength_m[Math.max(0, i - 1)]!);
    const xBar = interpolateTable(X_BAR, nm);
    const yBar = interpolateTable(Y_BAR, nm);
    const zBar = interpolateTable(Z_BAR, nm);
    rows.push([step_nm, xBar, yBar, zBar]);
    const s = intensity[i]! * step_nm;
    X += s * xBar;
    Y += s * yBar;
    Z += s * zBar;
    total += s;
  }
  const sum = X + Y + Z;
  if (!(sum > 0 && Y > 0 && total > 0)) return null;
  const x = X / sum;
  const y = Y / sum;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  let share = 0;
  for (let i = 0; i < n; i++) {
    const [step, xBar, yBar, zBar] = rows[i]!;
    const all = xBar + yBar + zBar;
    const dx = (noise[i]! * step * (xBar - x * all)) / sum;
    const dy = (noise[i]! * step * (yBar - y * all)) / sum;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
    share += ((noise[i]! * step * (yBar - Y / total)) / total) ** 2;
  }
  return { X, Y, Z, total, x, y, covariance: [xx, xy, yy], shareError: Math.sqrt(share) };
}

/** Luminous efficacy of radiation [lm/W] and its standard uncertainty. */
export function computeLuminousEfficacy(sums: ColorSums): { readonly value: number; readonly error: number } {
  return { value: (LUMINOUS_EFFICACY * sums.Y) / sums.total, error: LUMINOUS_EFFICACY * sums.shareError };
}

/** The spectral locus closes on itself below and beyond these: the table's noise, and the purple line. */
const LOCUS_NM = [380, 700] as const;

/**
 * Dominant wavelength [m] and excitation purity: the ray from the white point through (x, y) meets the 1-nm locus.
 * @returns null where it leaves through the purple line, or where the colour is the white point
 */
export function findDominantWavelength(
  x: number,
  y: number,
  white: WhitePoint,
): { wavelength_m: number; purity: number } | null {
  const [wx, wy] = WHITE_POINTS[white];
  const dx = x - wx;
  const dy = y - wy;
  const length = Math.hypot(dx, dy);
  if (length < 1e-9) return null;
  const locus = (i: number): readonly [number, number] => {
    const sum = X_BAR[i]! + Y_BAR[i]! + Z_BAR[i]!;
    return [X_BAR[i]! / sum - wx, Y_BAR[i]! / sum - wy];
  };
  const first = LOCUS_NM[0] - CIE_1931.from_nm;
  const last = LOCUS_NM[1] - CIE_1931.from_nm;
  for (let i = first; i < last; i++) {
    const [ax, ay] = locus(i);
    const [bx, by] = locus(i + 1);
    const crossA = dx * ay - dy * ax;
    const crossB = dx * by - dy * bx;
    if (crossA > 0 === crossB > 0) continue;
    const share = crossA / (crossA - crossB);
    const px = ax + share * (bx - ax);
    const py = ay + share * (by - ay);
    if (px * dx + py * dy <= 0) continue;
    return {
      wavelength_m: (CIE_1931.from_nm + i + share) * 1e-9,
      purity: length / Math.hypot(px, py),
    };
  }
  return null;
}

const SRGB = [
  [3.2406, -1.5372, -0.4986],
  [-0.9689, 1.8758, 0.0415],
  [0.0557, -0.204, 1.057],
] as const;

export interface Swatch {
  /** Linear sRGB at Y = 1 before any mapping: negative = outside the gamut of a screen. */
  readonly linear: readonly [number, number, number];
  readonly rgb: readonly [number, number, number];
  readonly hex: string;
  readonly outOfGamut: boolean;
}

function encode(linear: number): number {
  const c = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.max(0, Math.min(1, c)));
}

/**
 * The colour as a screen can show it: out-of-gamut colours are desaturated towards white of the same luminance until no
 * channel is negative, then scaled to full brightness. Clipping each channel makes 526 and 533 nm the same green.
 * @see IEC 61966-2-1:1999
 */
export function renderSwatch(x: number, y: number): Swatch {
  const xyz = [x / y, 1, (1 - x - y) / y] as const;
  const linear = SRGB.map((row) => row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]) as [
    number,
    number,
    number,
  ];
  const least = Math.min(...linear);
  const share = least < 0 ? 1 / (1 - least) : 1;
  const mapped = linear.map((c) => 1 + (c - 1) * share);
  const most = Math.max(...mapped);
  const rgb = mapped.map((c) => encode(c / most)) as [number, number, number];
  const hex = `#${rgb.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
  return { linear, rgb, hex, outOfGamut: least < -1e-6 };
}
