import { labOf, labOfLinear, linearOf, mapTriple, multiply, RGB_TO_XYZ, type Triple } from './color.ts';

/** Distances of colours as four visions and a grey printer see them: the gate of STYLE 5. */
export type Vision = 'normal' | 'protan' | 'deutan' | 'tritan' | 'grey';
type Dichromacy = Exclude<Vision, 'normal' | 'grey'>;

const RADIANS = Math.PI / 180;

/** CIEDE2000 of two L*a*b* colours, kL = kC = kH = 1. @see Sharma, Wu & Dalal, Color Res. Appl. 30, 21 (2005) */
export function colorDifference(p: Triple, q: Triple): number {
  const mean = (Math.hypot(p[1], p[2]) + Math.hypot(q[1], q[2])) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [a1, a2] = [p[1] * (1 + g), q[1] * (1 + g)];
  const [c1, c2] = [Math.hypot(a1, p[2]), Math.hypot(a2, q[2])];
  const hue = (b: number, a: number): number =>
    a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / RADIANS + 360) % 360;
  const [h1, h2] = [hue(p[2], a1), hue(q[2], a2)];
  const isGrey = c1 * c2 === 0;
  let dh = isGrey ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  else if (dh < -180) dh += 360;
  const dL = q[0] - p[0];
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((dh / 2) * RADIANS);
  const lightness = (p[0] + q[0]) / 2;
  const chroma = (c1 + c2) / 2;
  let h = h1 + h2;
  if (!isGrey) {
    if (Math.abs(h1 - h2) <= 180) h /= 2;
    else h = h < 360 ? (h + 360) / 2 : (h - 360) / 2;
  }
  const t =
    1 -
    0.17 * Math.cos((h - 30) * RADIANS) +
    0.24 * Math.cos(2 * h * RADIANS) +
    0.32 * Math.cos((3 * h + 6) * RADIANS) -
    0.2 * Math.cos((4 * h - 63) * RADIANS);
  const sL = 1 + (0.015 * (lightness - 50) ** 2) / Math.sqrt(20 + (lightness - 50) ** 2);
  const sC = 1 + 0.045 * chroma;
  const sH = 1 + 0.015 * chroma * t;
  const turn = 60 * Math.exp(-(((h - 275) / 25) ** 2));
  const rT = -2 * Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) * Math.sin(turn * RADIANS);
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH));
}

/** Full-severity matrices on linear sRGB. @see Machado, Oliveira & Fernandes, IEEE TVCG 15, 1291 (2009) */
const MACHADO: Readonly<Record<Dichromacy, readonly number[]>> = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** Smith-Pokorny cone weights on XYZ, and the colours of the anchor wavelengths [nm] of Brettel's half planes. */
const XYZ_TO_LMS = [0.15514, 0.54312, -0.03286, -0.15514, 0.45684, 0.03286, 0, 0, 0.01608];
const ANCHORS: Readonly<Record<475 | 575 | 485 | 660, Triple>> = {
  475: [0.1421, 0.1126, 1.0419],
  575: [0.8425, 0.9154, 0.0018],
  485: [0.05795, 0.1693, 0.6162],
  660: [0.1649, 0.061, 0],
};

function multiplyMatrices(a: readonly number[], b: readonly number[]): number[] {
  return [0, 3, 6].flatMap((row) =>
    [0, 1, 2].map(
      (column) => a[row]! * b[column]! + a[row + 1]! * b[3 + column]! + a[row + 2]! * b[6 + column]!,
    ),
  );
}

function invert(m: readonly number[]): number[] {
  const [a, b, c, d, e, f, g, h, i] = m as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * A + b * B + c * C;
  return [
    A,
    c * h - b * i,
    b * f - c * e,
    B,
    a * i - c * g,
    c * d - a * f,
    C,
    b * g - a * h,
    a * e - b * d,
  ].map((v) => v / determinant);
}

const RGB_TO_LMS = multiplyMatrices(XYZ_TO_LMS, RGB_TO_XYZ);
const LMS_TO_RGB = invert(RGB_TO_LMS);
const WHITE = multiply(RGB_TO_LMS, [1, 1, 1]);

/** Projection onto the half planes a dichromat sees. @see Brettel, Vienot & Mollon, J. Opt. Soc. Am. A 14, 2647 (1997) */
function simulateBrettel(rgb: Triple, vision: Dichromacy): Triple {
  const lms = multiply(RGB_TO_LMS, rgb);
  const lost = vision === 'protan' ? 0 : vision === 'deutan' ? 1 : 2;
  const [i, j] = vision === 'tritan' ? [0, 1] : vision === 'protan' ? [2, 1] : [2, 0];
  const isBelow = lms[i]! * WHITE[j]! < WHITE[i]! * lms[j]!;
  const anchors = vision === 'tritan' ? ([660, 485] as const) : ([575, 475] as const);
  const anchor = multiply(XYZ_TO_LMS, ANCHORS[isBelow ? anchors[0] : anchors[1]]);
  const normal: Triple = [
    WHITE[1] * anchor[2] - WHITE[2] * anchor[1],
    WHITE[2] * anchor[0] - WHITE[0] * anchor[2],
    WHITE[0] * anchor[1] - WHITE[1] * anchor[0],
  ];
  const [p, q] = [0, 1, 2].filter((k) => k !== lost) as [number, number];
  const seen = [...lms] as [number, number, number];
  seen[lost] = -(normal[p]! * lms[p]! + normal[q]! * lms[q]!) / normal[lost]!;
  return multiply(LMS_TO_RGB, seen);
}

const clip = (rgb: Triple): Triple => mapTriple(rgb, (v) => Math.min(1, Math.max(0, v)));

/** CIEDE2000 in a vision, the worse of two simulations for dichromacies; in grey the difference of L*. */
export function pairDistance(a: string, b: string, vision: Vision): number {
  if (vision === 'normal') return colorDifference(labOf(a), labOf(b));
  if (vision === 'grey') return Math.abs(labOf(a)[0] - labOf(b)[0]);
  const seen = (simulate: (rgb: Triple) => Triple): number =>
    colorDifference(labOfLinear(clip(simulate(linearOf(a)))), labOfLinear(clip(simulate(linearOf(b)))));
  return Math.min(
    seen((rgb) => simulateBrettel(rgb, vision)),
    seen((rgb) => multiply(MACHADO[vision], rgb)),
  );
}
