export interface NordeMinimum {
  readonly voltage_V: number;
  readonly current_A: number;
  /** F without the Richardson term: V/gamma - (kT/q) ln I [V]. */
  readonly value_V: number;
  readonly resistance_ohm: number;
}

/** F(V) = V/gamma - (kT/q) ln I without the Richardson term [V]; @param v,i magnitudes [V], [A], I > 0 */
export function evaluateNorde(
  v: Float64Array,
  i: Float64Array,
  gamma: number,
  thermalVoltage_V: number,
): Float64Array {
  return v.map((voltage, k) => voltage / gamma - thermalVoltage_V * Math.log(i[k]!));
}

/**
 * Minimum of Norde's function F(V) = V/gamma - (kT/q) ln[I/(A A* T^2)] and R_s = (gamma - n)(kT/q)/I_0 (METHODS 1.6). The Richardson term
 * is a constant of F: the minimum and R_s need neither the area nor A*.
 * @param v,i magnitudes, |V| rising; points without a positive current are passed over; @param gamma larger than n
 * @returns null where the minimum lies at an end of the data
 * @see Norde, J. Appl. Phys. 50, 5052 (1979), doi:10.1063/1.325607; Bohlin, J. Appl. Phys. 60, 1223 (1986)
 */
export function findNordeMinimum(
  v: Float64Array,
  i: Float64Array,
  gamma: number,
  ideality: number,
  thermalVoltage_V: number,
): NordeMinimum | null {
  const kept = Array.from(v.keys()).filter((k) => v[k]! > 0 && i[k]! > 0);
  const f = kept.map((k) => v[k]! / gamma - thermalVoltage_V * Math.log(i[k]!));
  let best = 0;
  for (let k = 1; k < f.length; k++) if (f[k]! < f[best]!) best = k;
  // a minimum within two points of an end is the end of the data, not of F
  if (kept.length < 7 || best < 2 || best > kept.length - 3) return null;
  const [a, b, c] = [kept[best - 1]!, kept[best]!, kept[best + 1]!];
  const left = (f[best]! - f[best - 1]!) / (v[b]! - v[a]!);
  const right = (f[best + 1]! - f[best]!) / (v[c]! - v[b]!);
  const curvature = (2 * (right - left)) / (v[c]! - v[a]!);
  if (!(curvature > 0)) return null;
  const slope = (left * (v[c]! - v[b]!) + right * (v[b]! - v[a]!)) / (v[c]! - v[a]!);
  const shift = -slope / curvature;
  const voltage_V = v[b]! + shift;
  const neighbour = shift >= 0 ? c : a;
  const share = (voltage_V - v[b]!) / (v[neighbour]! - v[b]!);
  const current_A = Math.exp((1 - share) * Math.log(i[b]!) + share * Math.log(i[neighbour]!));
  return {
    voltage_V,
    current_A,
    value_V: f[best]! + 0.5 * slope * shift,
    resistance_ohm: ((gamma - ideality) * thermalVoltage_V) / current_A,
  };
}

/** Barrier from the minimum: F_0 + V_0 (1/n - 1/gamma) - (gamma - n)(kT/q)/n [eV]. */
export function computeBarrier(
  minimum: NordeMinimum,
  gamma: number,
  ideality: number,
  thermalVoltage_V: number,
  /** A A* T^2 [A]. */
  emission_A: number,
): number {
  const full = minimum.value_V + thermalVoltage_V * Math.log(emission_A);
  return (
    full + minimum.voltage_V * (1 / ideality - 1 / gamma) - ((gamma - ideality) * thermalVoltage_V) / ideality
  );
}
