/** Colour arithmetic on '#RRGGBB': sRGB, CIE L*a*b* (D65), contrast and opaque tints. */

/** Red, green, blue (or the three coordinates of another space); sRGB components lie within 0..1. */
export type Triple = readonly [number, number, number];

/** Linear sRGB to CIE XYZ, D65 (IEC 61966-2-1), row-major. */
export const RGB_TO_XYZ: readonly number[] = [
  0.4123907993, 0.3575843394, 0.1804807884, 0.2126390059, 0.7151686788, 0.0721923154, 0.0193308187,
  0.1191947798, 0.9505321522,
];
const XYZ_TO_RGB: readonly number[] = [
  3.2409699419, -1.5373831776, -0.4986107603, -0.9692436363, 1.8759675015, 0.0415550574, 0.0556300797,
  -0.2039769589, 1.0569715142,
];
const WHITE: Triple = [0.9504559271, 1, 1.0890577508];

export function multiply(matrix: readonly number[], v: Triple): Triple {
  const row = (i: number): number => matrix[i]! * v[0] + matrix[i + 1]! * v[1] + matrix[i + 2]! * v[2];
  return [row(0), row(3), row(6)];
}

export function mapTriple(v: Triple, f: (x: number) => number): Triple {
  return [f(v[0]), f(v[1]), f(v[2])];
}

export function parseHex(hex: string): Triple {
  const component = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [component(1), component(3), component(5)];
}

export function toHex(rgb: Triple): string {
  const two = (v: number): string =>
    Math.round(Math.min(1, Math.max(0, v)) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${(two(rgb[0]) + two(rgb[1]) + two(rgb[2])).toUpperCase()}`;
}

const decode = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encode = (v: number): number => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

/** Linear-light components of a colour. */
export function linearOf(hex: string): Triple {
  return mapTriple(parseHex(hex), decode);
}

export function labOfLinear(rgb: Triple): Triple {
  const xyz = multiply(RGB_TO_XYZ, rgb);
  const f = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  const [x, y, z] = [f(xyz[0] / WHITE[0]), f(xyz[1] / WHITE[1]), f(xyz[2] / WHITE[2])];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export function labOf(hex: string): Triple {
  return labOfLinear(linearOf(hex));
}

export function hexOfLab(lab: Triple): string {
  const f = (t: number): number => (t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29));
  const y = (lab[0] + 16) / 116;
  const xyz: Triple = [WHITE[0] * f(y + lab[1] / 500), f(y), WHITE[2] * f(y - lab[2] / 200)];
  return toHex(mapTriple(multiply(XYZ_TO_RGB, xyz), (v) => encode(Math.min(1, Math.max(0, v)))));
}

/** Relative luminance 0..1. */
export function luminanceOf(hex: string): number {
  return multiply(RGB_TO_XYZ, linearOf(hex))[1];
}

/** Contrast ratio against white, 1..21 (WCAG 2). */
export function contrastOnWhite(hex: string): number {
  return 1.05 / (luminanceOf(hex) + 0.05);
}

/** The colour at strength 0..1 over white: opaque, so that no writer needs transparency. */
export function tint(hex: string, strength: number): string {
  return toHex(mapTriple(parseHex(hex), (v) => 1 - strength * (1 - v)));
}

const darkened = new Map<string, string>();

/** The same hue, darkened until small text in it has a contrast of at least 4.5 : 1 on white. */
export function forText(hex: string): string {
  const known = darkened.get(hex);
  if (known !== undefined) return known;
  let result = hex;
  for (let k = 1; contrastOnWhite(result) < 4.5 && k > 0.2; k -= 0.02) {
    result = toHex(mapTriple(parseHex(hex), (v) => v * k));
  }
  darkened.set(hex, result);
  return result;
}
