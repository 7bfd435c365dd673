import { CURRENT, type Diode, solveDiode } from './diode-equation.ts';

/** Starts are sought on at most this many points: they need the shape, not the precision. */
const MOST_POINTS = 80;
const SHUNT_FACTORS = [1.2, 1, 0.95, 0.9, 0.8, 0.6, 0.4, 0.2, 0.1, 0.03, 0.01];

interface Candidate {
  readonly misfit: number;
  readonly parameters: Float64Array;
}

/**
 * Automatic starts of the modified Shockley fit (FITTING 4): for about 15 shunt conductances the shunt current is subtracted and
 * V = a ln I_d + b + R_s I regressed where I_d > 5 sigma, in four reweighted passes; ranked by the asinh chi-square.
 * @param thermal_V k T / q
 * @returns up to three distinct parameter vectors, best first; empty without a forward branch above the noise
 */
export function findDiodeStarts(
  voltage_V: Float64Array,
  current_A: Float64Array,
  sigma_A: Float64Array | null,
  thermal_V: number,
): Float64Array[] {
  const points = thinSweep(voltage_V, current_A, sigma_A);
  const candidates: Candidate[] = [];
  for (const conductance of listShunts(points)) {
    const candidate = regress(points, conductance, thermal_V);
    if (candidate !== null) candidates.push(candidate);
  }
  candidates.sort((a, b) => a.misfit - b.misfit);
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length === 3) break;
    if (chosen.every((other) => differ(other.parameters, candidate.parameters))) chosen.push(candidate);
  }
  return chosen.map((candidate) => candidate.parameters);
}

/** A sweep thinned for the search of starts, with its standard deviations and a guess of the photocurrent. */
export interface DiodePoints {
  readonly V: Float64Array;
  readonly I: Float64Array;
  readonly sigma: Float64Array;
  readonly photocurrent: number;
}

export function thinSweep(V: Float64Array, I: Float64Array, sigma: Float64Array | null): DiodePoints {
  const stride = Math.max(1, Math.ceil(V.length / MOST_POINTS));
  const count = Math.ceil(V.length / stride);
  let highest = 0;
  for (const value of I) highest = Math.max(highest, Math.abs(value));
  const points = { V: new Float64Array(count), I: new Float64Array(count), sigma: new Float64Array(count) };
  // From the far end, so that the point of largest current is kept on a rising leg.
  for (let k = count - 1, i = V.length - 1; k >= 0; k--, i -= stride) {
    points.V[k] = V[i]!;
    points.I[k] = I[i]!;
    points.sigma[k] = sigma?.[i] ?? Math.hypot(0.01 * I[i]!, 1e-7 * highest);
  }
  return { ...points, photocurrent: findPhotocurrent(points.V, points.I, points.sigma) };
}

/** -I at the smallest |V| when that is clearly negative there, else 0. */
function findPhotocurrent(V: Float64Array, I: Float64Array, sigma: Float64Array): number {
  let nearest = 0;
  for (let i = 1; i < V.length; i++) if (Math.abs(V[i]!) < Math.abs(V[nearest]!)) nearest = i;
  return V[nearest]! >= 0 && I[nearest]! < -5 * sigma[nearest]! ? -I[nearest]! : 0;
}

function listShunts({ V, I, sigma, photocurrent }: DiodePoints): number[] {
  let highest = 0;
  for (const v of V) highest = Math.max(highest, Math.abs(v));
  const order = Array.from(V.keys())
    .filter((i) => V[i] !== 0)
    .sort((i, j) => Math.abs(V[i]!) - Math.abs(V[j]!));
  let vi = 0;
  let vv = 0;
  for (const i of order.slice(0, Math.max(4, Math.ceil(0.08 * V.length)))) {
    const weight = 1 / sigma[i]! ** 2;
    vi += weight * V[i]! * (I[i]! + photocurrent);
    vv += weight * V[i]! ** 2;
  }
  const slope = vv > 0 ? vi / vv : 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const i of order) {
    const current = I[i]! + photocurrent;
    if (Math.abs(current) > 2 * sigma[i]! && Math.abs(V[i]!) > 0.02 * highest) {
      smallest = Math.min(smallest, current / V[i]!);
    }
  }
  const list = [0];
  for (const factor of [0.5, 0.9, 1]) list.push(factor * slope);
  if (Number.isFinite(smallest)) for (const factor of SHUNT_FACTORS) list.push(factor * smallest);
  return list.filter((conductance) => conductance >= 0);
}

/** Regression and asinh misfit for one shunt conductance; null where fewer than four points remain or the slope is not positive. */
function regress(points: DiodePoints, conductance: number, thermal_V: number): Candidate | null {
  const { V, I, sigma, photocurrent } = points;
  const rows: number[] = [];
  const logs = new Float64Array(V.length);
  for (let i = 0; i < V.length; i++) {
    const junction = I[i]! + photocurrent - conductance * V[i]!;
    if (V[i]! > 0 && junction > 5 * sigma[i]!) {
      rows.push(i);
      logs[i] = Math.log(junction);
    }
  }
  if (rows.length < 4) return null;
  const line = fitJunction(points, rows, logs, true) ?? fitJunction(points, rows, logs, false);
  if (line === null) return null;
  let largest = 0;
  for (const i of rows) largest = Math.max(largest, I[i]!);
  const seriesResistance =
    line.seriesResistance > 0 ? line.seriesResistance : (1e-2 * line.slope_V) / largest;
  const diode: Diode = {
    saturationCurrent: Math.exp(Math.max(-690, -line.intercept_V / line.slope_V)),
    slope_V: line.slope_V,
    seriesResistance,
    shuntConductance: conductance,
    photocurrent,
    saturationCurrent2: 0,
    slope2_V: 1,
    physical: 1,
  };
  const misfit = computeMisfit(points, diode);
  if (!Number.isFinite(misfit)) return null;
  const parameters = Float64Array.of(
    diode.saturationCurrent,
    Math.min(Math.max(line.slope_V / thermal_V, 0.5), 200),
    seriesResistance,
    conductance > 0 ? 1 / conductance : 1e12,
    photocurrent,
    0,
    Math.sqrt(diode.saturationCurrent * 1e-12),
    Math.max(0.6, (0.5 * line.slope_V) / thermal_V),
  );
  return { misfit, parameters };
}

interface JunctionLine {
  slope_V: number;
  intercept_V: number;
  seriesResistance: number;
}

/** V = a ln I_d + b + R_s I by weighted least squares, weights 1/[sigma (a/I_d + R_s)]^2, four passes; null where it makes no diode. */
function fitJunction(
  points: DiodePoints,
  rows: readonly number[],
  logs: Float64Array,
  series: boolean,
): JunctionLine | null {
  const { V, I, sigma } = points;
  const line: JunctionLine = { slope_V: 0.1, intercept_V: 0, seriesResistance: 0 };
  for (let pass = 0; pass < 4; pass++) {
    let w = 0;
    let wl = 0;
    let wi = 0;
    let wv = 0;
    for (const i of rows) {
      const weight = weigh(line, logs[i]!, sigma[i]!);
      w += weight;
      wl += weight * logs[i]!;
      wi += weight * I[i]!;
      wv += weight * V[i]!;
    }
    const ml = wl / w;
    const mi = wi / w;
    const mv = wv / w;
    let ll = 0;
    let li = 0;
    let ii = 0;
    let lv = 0;
    let iv = 0;
    for (const i of rows) {
      const weight = weigh(line, logs[i]!, sigma[i]!);
      const l = logs[i]! - ml;
      const c = I[i]! - mi;
      const v = V[i]! - mv;
      ll += weight * l * l;
      li += weight * l * c;
      ii += weight * c * c;
      lv += weight * l * v;
      iv += weight * c * v;
    }
    const determinant = ll * ii - li * li;
    const joint = series && determinant > 1e-10 * ll * ii;
    const slope = joint ? (lv * ii - iv * li) / determinant : lv / ll;
    const resistance = joint ? (iv * ll - lv * li) / determinant : 0;
    if (!(slope > 0) || resistance < 0 || !Number.isFinite(slope)) return null;
    line.slope_V = slope;
    line.seriesResistance = resistance;
    line.intercept_V = mv - slope * ml - resistance * mi;
  }
  return line;
}

function weigh(line: JunctionLine, log: number, sigma: number): number {
  const error = sigma * (line.slope_V * Math.exp(-log) + line.seriesResistance);
  return 1 / (error * error);
}

const solution = new Float64Array(4);

/** Chi-square of the asinh residual; its rel and abs are read back from sigma: sigma^2 = (rel I)^2 + abs^2. */
export function computeMisfit({ V, I, sigma }: DiodePoints, diode: Diode): number {
  let largest = 0;
  for (let i = 1; i < I.length; i++) if (Math.abs(I[i]!) > Math.abs(I[largest]!)) largest = i;
  const relative = sigma[largest]! / Math.abs(I[largest]!);
  let sum = 0;
  for (let i = 0; i < V.length; i++) {
    solveDiode(diode, V[i]!, solution);
    const total = sigma[i]! / relative;
    const scale = Math.sqrt(Math.max(total * total - I[i]! * I[i]!, sigma[i]! * sigma[i]!));
    const residual = (Math.asinh(solution[CURRENT]! / scale) - Math.asinh(I[i]! / scale)) / relative;
    sum += residual * residual;
  }
  return sum;
}

/** Starts that differ by more than 10 % in n or by a factor 1.5 in a resistance lead to different basins often enough to be tried. */
function differ(a: Float64Array, b: Float64Array): boolean {
  const apart = (j: number): number => Math.abs(Math.log(a[j]! / b[j]!));
  return apart(1) > 0.1 || apart(2) > 0.4 || apart(3) > 0.4;
}
