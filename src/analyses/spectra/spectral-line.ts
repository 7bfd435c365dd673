import { fitLine, fitParabola, median } from '../../../fitting/index.ts';

/** One emission line on an ascending axis (wavelength or photon energy). */
export interface SpectralLine {
  readonly peak: number;
  readonly peakError: number;
  /** Height above the baseline at the peak. */
  readonly height: number;
  /** Half-height crossings: nearest to the peak, and outermost; null on a side that never falls to half. */
  readonly nearest: readonly [number | null, number | null];
  readonly outermost: readonly [number | null, number | null];
  /** Mean of the two widths, or the nearest alone where they differ by more than 10 %. */
  readonly fwhm: number | null;
  readonly fwhmError: number;
  readonly widthsDiffer: boolean;
  /** The parabola: points used, the level its run was taken at, and its coefficients about `peak`. */
  readonly run: {
    readonly from: number;
    readonly to: number;
    readonly level: number;
    readonly points: number;
  };
  readonly curvature: number;
  readonly argmax: number;
  /** Points above half height around the peak. */
  readonly pixels: number;
  /** Distance of the pixels at the peak. */
  readonly pitch: number;
  readonly atEdge: boolean;
  readonly runTooShort: boolean;
}

const LOCAL_WINDOW = 25;
/** Fourth differences below this share of the second ones: the curve bends within a few pixels. */
const BENT = 0.7;
const WIDTHS_AGREE = 0.1;

/** Local noise of each pixel from second and fourth differences over 25 pixels: a smooth line has no fourth differences. */
export function estimateLocalNoise(y: Float64Array): Float64Array {
  const n = y.length;
  const second = new Float64Array(n);
  const fourth = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = (k: number): number => y[Math.max(0, Math.min(n - 1, k))]!;
    const j = Math.max(2, Math.min(n - 3, i));
    second[i] = Math.abs(at(j - 1) - 2 * at(j) + at(j + 1));
    fourth[i] = Math.abs(at(j - 2) - 4 * at(j - 1) + 6 * at(j) - 4 * at(j + 1) + at(j + 2));
  }
  const half = LOCAL_WINDOW >> 1;
  const noise = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const from = Math.max(0, Math.min(i - half, n - LOCAL_WINDOW));
    const to = Math.min(n, from + LOCAL_WINDOW);
    const bent = (1.4826 * median(second.subarray(from, to))) / Math.sqrt(6);
    const flat = (1.4826 * median(fourth.subarray(from, to))) / Math.sqrt(70);
    // the smaller of two estimates of the same noise is too small: second differences stand unless a line bends them
    noise[i] = flat < BENT * bent ? flat : bent;
  }
  return noise;
}

const NOISY = 10;
/** Pixels on each side of the top of a spike that it may have touched. */
const SPIKE_REACH = 3;
const GAP = 50;

/** Rows left after cutting noisy ends (division by a dark lamp): [from, to). @param range largest minus smallest intensity */
export function cutNoisyEnds(noise: Float64Array, range: number): readonly [number, number] {
  const n = noise.length;
  // noise that matters: a thousandth of the record at least, or the curvature of a clean line would count
  const limit = Math.max(NOISY * median(noise), 1e-3 * range);
  // a coarse scan has no dark-lamp ends, and its line would look like noise
  if (n < 4 * GAP) return [0, n];
  let from = 0;
  for (let i = 0; i < n && i - from <= GAP; i++) if (noise[i]! > limit) from = i + 1;
  let to = n;
  for (let i = n - 1; i >= 0 && to - 1 - i <= GAP; i--) if (noise[i]! > limit) to = i;
  return to - from >= 5 ? [from, to] : [0, n];
}

/** The intensities with each spike (narrower than 3 pixels) bridged by a straight line between the pixels beside it. */
export function bridgeSpikes(y: Float64Array, spikes: readonly number[]): Float64Array {
  const out = y.slice();
  const last = y.length - 1;
  for (const top of spikes) {
    const [from, to] = [Math.max(0, top - SPIKE_REACH), Math.min(last, top + SPIKE_REACH)];
    for (let k = from; k <= to; k++) out[k] = y[from]! + ((y[to]! - y[from]!) * (k - from)) / (to - from);
  }
  return out;
}

export interface Maximum {
  readonly index: number;
  readonly prominence: number;
}

/** Half of the pixels the noise of a region is taken over: 25 pixels alone scatter so much that noise finds lines in itself. */
const REGION = 75;

/** Noise of the region around each pixel: the median of the local ones, which a line does not reach. */
function smoothNoise(noise: Float64Array): Float64Array {
  const n = noise.length;
  const step = 8;
  const out = new Float64Array(n);
  for (let block = 0; block < n; block += step) {
    const middle = block + (step >> 1);
    const region = median(noise.subarray(Math.max(0, middle - REGION), Math.min(n, middle + REGION + 1)));
    out.fill(region, block, Math.min(n, block + step));
  }
  return out;
}

/** Local maxima at least 3 pixels wide at half prominence and 10 local noise widths prominent, highest first; `spikes`: tops that are narrower. */
export function findMaxima(
  y: Float64Array,
  noise: Float64Array,
): { maxima: readonly Maximum[]; spikes: readonly number[] } {
  const n = y.length;
  const maxima: Maximum[] = [];
  const typical = 3 * median(noise);
  const regional = smoothNoise(noise);
  const spikes: number[] = [];
  for (let i = 0; i < n; i++) {
    const v = y[i]!;
    if ((i > 0 && y[i - 1]! >= v) || (i < n - 1 && y[i + 1]! > v)) continue;
    let left = v;
    let first = i;
    while (first > 0 && y[first - 1]! <= v) left = Math.min(left, y[--first]!);
    let right = v;
    let last = i;
    while (last < n - 1 && y[last + 1]! <= v) right = Math.min(right, y[++last]!);
    // an end of the record is no valley: for the highest point of all the deeper side decides
    const highest = first === 0 && last === n - 1;
    const base = highest ? Math.min(left, right) : Math.max(left, right);
    const prominence = v - base;
    // a line of a few coarse pixels is all curvature: its own differences are no noise
    if (!(prominence > 0 && prominence >= NOISY * Math.min(Math.max(noise[i]!, regional[i]!), typical)))
      continue;
    const half = v - prominence / 2;
    let width = 1;
    for (let j = i - 1; j >= 0 && y[j]! > half; j--) width++;
    for (let j = i + 1; j < n && y[j]! > half; j++) width++;
    if (width < 3) spikes.push(i);
    else maxima.push({ index: i, prominence });
  }
  maxima.sort((a, b) => y[b.index]! - y[a.index]! || a.index - b.index);
  return { maxima, spikes };
}

function smooth(y: Float64Array, width: number): Float64Array {
  const half = (width - 1) >> 1;
  if (half < 1) return y;
  const n = y.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const reach = Math.min(half, i, n - 1 - i);
    let sum = 0;
    for (let j = i - reach; j <= i + reach; j++) sum += y[j]!;
    out[i] = sum / (2 * reach + 1);
  }
  return out;
}

/** Pixels above `level` around `index`, over gaps of up to `gap`: [first, last]. */
function findRun(y: Float64Array, index: number, level: number, gap: number): [number, number] {
  let first = index;
  for (let j = index - 1, missing = 0; j >= 0 && missing <= gap; j--) {
    if (y[j]! >= level) {
      first = j;
      missing = 0;
    } else missing++;
  }
  let last = index;
  for (let j = index + 1, missing = 0; j < y.length && missing <= gap; j++) {
    if (y[j]! >= level) {
      last = j;
      missing = 0;
    } else missing++;
  }
  return [first, last];
}

function crossAt(x: Float64Array, y: Float64Array, i: number, level: number): number {
  const share = (level - y[i]!) / (y[i + 1]! - y[i]!);
  return x[i]! + share * (x[i + 1]! - x[i]!);
}

/** Half-height crossings left or right of `index`: nearest and outermost. */
function findHalf(
  x: Float64Array,
  y: Float64Array,
  index: number,
  level: number,
  side: -1 | 1,
): readonly [number | null, number | null] {
  let nearest: number | null = null;
  let outermost: number | null = null;
  const end = side < 0 ? 0 : y.length - 1;
  for (let i = index; i !== end; i += side) {
    const [a, b] = [y[i]!, y[i + side]!];
    if (a >= level === b >= level) continue;
    const at = crossAt(x, y, side < 0 ? i - 1 : i, level);
    // a record that ends above half never fell for good: only the nearest crossing stands
    nearest ??= at;
    outermost = at;
  }
  return [nearest, outermost];
}

function findNearest(x: Float64Array, at: number): number {
  let i = 0;
  while (i < x.length - 1 && x[i + 1]! <= at) i++;
  return i;
}

/** u of one half-height crossing; the mean of nearest and outermost averages the pixels inside the noise band. */
function estimateCrossingError(
  x: Float64Array,
  y: Float64Array,
  at: number,
  height: number,
  noise: number,
): number {
  const xs: number[] = [];
  const ys: number[] = [];
  let centre = 0;
  while (centre < x.length - 1 && x[centre]! < at) centre++;
  for (const side of [-1, 1]) {
    for (let i = side < 0 ? centre - 1 : centre; i >= 0 && i < x.length; i += side) {
      if (y[i]! < 0.25 * height || y[i]! > 0.75 * height) {
        if (xs.length > 1) break;
      }
      xs.push(x[i]!);
      ys.push(y[i]!);
      if (xs.length > 200) break;
    }
  }
  const slope = Math.abs(fitLine(xs, ys)?.slope ?? Number.NaN);
  const pitch = Math.abs(x[Math.min(x.length - 1, centre + 1)]! - x[Math.max(0, centre)]!) || 1;
  const width = noise / slope;
  return width / Math.sqrt(1 + width / pitch);
}

/**
 * Peak and width of the line around a maximum (METHODS 5.1): vertex of a parabola through the contiguous run above 90 %
 * (found on a running mean, fitted to the raw points), half height by linear interpolation.
 * @param x ascending; @param y above the baseline; @param noise standard deviation of each pixel
 */
export function measureLine(
  x: Float64Array,
  y: Float64Array,
  index: number,
  noise: Float64Array,
): SpectralLine {
  const [halfFirst, halfLast] = findRun(y, index, 0.5 * y[index]!, 3);
  const pixels = halfLast - halfFirst + 1;
  const soft = smooth(y, oddShare(pixels));
  let top = index;
  for (let i = halfFirst; i <= halfLast; i++) if (soft[i]! > soft[top]!) top = i;
  let level = 0.9;
  let [first, last] = findRun(soft, top, level * soft[top]!, 0);
  while (last - first + 1 < 5 && level > 0.5 + 1e-9) {
    level -= 0.05;
    [first, last] = findRun(soft, top, level * soft[top]!, 0);
  }
  const runTooShort = last - first + 1 < 5;
  let centre = x[top]!;
  let fit = fitParabola(
    Float64Array.from(x.subarray(first, last + 1), (v) => v - centre),
    y.subarray(first, last + 1),
  );
  if (fit && fit.quadratic < 0) {
    const shifted = centre - fit.linear / (2 * fit.quadratic);
    // about its own vertex the slope is 0 and its error alone moves the vertex
    if (shifted >= x[first]! && shifted <= x[last]!) {
      centre = shifted;
      fit = fitParabola(
        Float64Array.from(x.subarray(first, last + 1), (v) => v - centre),
        y.subarray(first, last + 1),
      );
    } else fit = null;
  } else fit = null;
  const height = fit ? fit.constant : soft[top]!;
  const half = 0.5 * height;
  const left = findHalf(x, y, top, half, -1);
  const right = findHalf(x, y, top, half, 1);
  const narrow = left[0] !== null && right[0] !== null ? right[0] - left[0] : null;
  const wide = left[1] !== null && right[1] !== null ? right[1] - left[1] : null;
  const widthsDiffer = narrow !== null && wide !== null && wide - narrow > WIDTHS_AGREE * narrow;
  const fwhm = narrow === null || wide === null ? null : widthsDiffer ? narrow : 0.5 * (narrow + wide);
  const pitch = Math.abs(x[Math.min(x.length - 1, top + 1)]! - x[Math.max(0, top - 1)]!) / 2;
  const sides = [left, right].map(([near, far]) => {
    if (near === null || far === null) return { own: Number.NaN, height: Number.NaN };
    // light has more noise at the top of a line than half way up
    const at = widthsDiffer ? near : 0.5 * (near + far);
    const sigma = noise[findNearest(x, at)]!;
    const own = estimateCrossingError(x, y, at, height, sigma);
    // half height moves with the height: both crossings shift by u(h)/2 over the slope
    const perHeight = sigma > 0 ? (own * Math.sqrt(1 + own / pitch)) / sigma : 0;
    return { own, height: fit ? 0.5 * fit.constantError * perHeight : 0 };
  });
  const [one, other] = [sides[0]!, sides[1]!];
  return {
    peak: centre,
    peakError: fit ? Math.hypot(fit.linearError / (2 * Math.abs(fit.quadratic)), pitch / 100) : pitch,
    height,
    nearest: [left[0], right[0]],
    outermost: [left[1], right[1]],
    fwhm,
    fwhmError: Math.hypot(one.own, other.own, one.height + other.height, pitch / 100),
    widthsDiffer,
    run: { from: x[first]!, to: x[last]!, level, points: last - first + 1 },
    curvature: fit ? fit.quadratic : 0,
    argmax: x[index]!,
    pixels,
    pitch,
    atEdge: fit === null || narrow === null,
    runTooShort,
  };
}

/**
 * Intensity-weighted mean of the axis over the line, down to 5 % of its height on both sides (ends found on a running mean), and its
 * standard uncertainty: the noise of the pixels inside, and what it moves the ends.
 * @param pixels those above half height
 */
export function computeCentroid(
  x: Float64Array,
  y: Float64Array,
  index: number,
  noise: Float64Array,
  pixels: number,
): { readonly value: number; readonly error: number } {
  const size = oddShare(pixels);
  const soft = smooth(y, size);
  const [first, last] = findRun(soft, index, 0.05 * soft[index]!, 3);
  const stepAt = (i: number): number => 0.5 * (x[Math.min(x.length - 1, i + 1)]! - x[Math.max(0, i - 1)]!);
  let weight = 0;
  let moment = 0;
  for (let i = first; i <= last; i++) {
    weight += y[i]! * stepAt(i);
    moment += y[i]! * stepAt(i) * (x[i]! - x[index]!);
  }
  const value = x[index]! + moment / weight;
  let variance = 0;
  for (let i = first; i <= last; i++) variance += ((noise[i]! * stepAt(i) * (x[i]! - value)) / weight) ** 2;
  for (const end of [first, last]) {
    const [before, behind] = [Math.max(0, end - size), Math.min(x.length - 1, end + size)];
    const slope = Math.abs((soft[behind]! - soft[before]!) / (x[behind]! - x[before]!));
    const shift = Math.min(noise[end]! / Math.sqrt(size) / slope, Math.abs(x[end]! - value));
    // the run ends at the last of several crossings, which scatters wider than one
    variance += 2 * ((shift * soft[end]! * (x[end]! - value)) / weight) ** 2;
  }
  return { value, error: Math.sqrt(variance) };
}

/** Largest odd number up to an eighth of the pixels of a line, at least 1: the width of its running mean. */
function oddShare(pixels: number): number {
  const size = Math.floor(pixels / 8);
  return Math.max(1, size % 2 === 1 ? size : size - 1);
}
