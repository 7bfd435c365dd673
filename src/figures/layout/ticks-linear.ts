/** Step of a linear axis and the number of parts between two labels. */
export interface LinearStep {
  readonly step: number;
  readonly parts: number;
}

/** Simplicity of a leading digit, and the parts its minor ticks divide it into. */
const LEADS = [
  { lead: 1, cost: 0, parts: 5 },
  { lead: 2, cost: 0.05, parts: 4 },
  { lead: 5, cost: 0.05, parts: 5 },
  { lead: 4, cost: 0.25, parts: 4 },
  { lead: 3, cost: 0.45, parts: 3 },
  { lead: 2.5, cost: 0.6, parts: 5 },
] as const;

/**
 * The step with the best score of STYLE 3: simple digits, about `target` labels, and labels on the ends of the axis.
 * 4, 2.5 and 3 win only where they reach both ends.
 */
export function chooseStep(from: number, to: number, target: number): LinearStep {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const span = high - low;
  const power = Math.floor(Math.log10(span));
  let best = { score: Number.NEGATIVE_INFINITY, step: span, parts: 1 };
  for (const { lead, cost, parts } of LEADS) {
    for (let e = power - 2; e <= power + 1; e++) {
      const step = lead * 10 ** e;
      const count = Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1;
      if (count < 2 || count > target * 1.6 + 1) continue;
      const isOn = (v: number): number => (Math.abs(v / step - Math.round(v / step)) < 1e-6 ? 1 : 0);
      const score =
        -cost -
        0.9 * Math.abs(Math.log2(count / target)) +
        0.22 * (isOn(from) + isOn(to)) -
        (count < 3 ? 0.8 : 0);
      if (score > best.score) best = { score, step, parts };
    }
  }
  return best;
}

/** Parts of a given step; fewer (2, then none) where minor ticks would stand closer than 3.6 pt. @param length_pt of one step */
export function partsOf(step: number, length_pt: number): number {
  const closest = 3.6;
  const lead = Math.round((step / 10 ** Math.floor(Math.log10(step) + 1e-9)) * 10) / 10;
  const full = LEADS.find((entry) => entry.lead === lead)?.parts ?? 5;
  if (length_pt / full >= closest) return full;
  const halves = full === 4 || lead === 1;
  return halves && length_pt / 2 >= closest ? 2 : 1;
}
