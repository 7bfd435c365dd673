/** Below this ratio of the conducting to the other side the sign is not decided. */
const DECISION_RATIO = 3;

/**
 * Sign of the conducting quadrant from the integral of |I| over equal |V| ranges (METHODS 0.4-4).
 * @param v voltage [V], @param i current [A], finite, any order
 * @returns `polarity` null and the ratio where both signs conduct alike; a sweep on one sign has that sign
 */
export function decidePolarity(
  v: Float64Array,
  i: Float64Array,
): { polarity: 1 | -1 | null; ratio: number | null } {
  let positive = 0;
  let negative = 0;
  for (const voltage of v) {
    if (voltage > positive) positive = voltage;
    if (-voltage > negative) negative = -voltage;
  }
  const common = Math.min(positive, negative);
  const largest = Math.max(positive, negative);
  if (!(largest > 0)) return { polarity: null, ratio: null };
  if (common < 0.02 * largest) return { polarity: positive >= negative ? 1 : -1, ratio: null };
  let onPositive = 0;
  let onNegative = 0;
  for (let k = 1; k < v.length; k++) {
    if (Math.max(Math.abs(v[k]!), Math.abs(v[k - 1]!)) > common) continue;
    const area = 0.5 * (Math.abs(i[k]!) + Math.abs(i[k - 1]!)) * Math.abs(v[k]! - v[k - 1]!);
    if (v[k]! + v[k - 1]! > 0) onPositive += area;
    else onNegative += area;
  }
  const ratio = Math.max(onPositive, onNegative) / Math.max(Math.min(onPositive, onNegative), 1e-300);
  if (ratio < DECISION_RATIO) return { polarity: null, ratio };
  return { polarity: onPositive > onNegative ? 1 : -1, ratio };
}
