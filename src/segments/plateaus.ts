import type { StateLevels, Trace } from './waveforms.ts';

/** A stretch of the record that stays at one level for a while. */
export interface Plateau {
  /** In the unit of the channel. */
  readonly level: number;
  /** Samples of all stretches at this level. */
  readonly samples: number;
}

/** Half width of a stretch: the larger of 3 noise widths and this share of the amplitude. */
const BAND = 0.005;
/** Halves and middle of a flat stretch agree to this share of the band: a ramp or a crest differs by over half of it. */
const FLAT = 0.35;
/** A stretch has this share of the record at least, a level with all its stretches twice as much. */
const SHARE = 0.01;
/** Levels closer than this share of the amplitude are one. */
const APART = 0.1;

function isFlat(values: Float64Array, from: number, to: number, band: number): boolean {
  const mean = (a: number, b: number): number => {
    let sum = 0;
    for (let i = a; i < b; i++) sum += values[i]!;
    return sum / (b - a);
  };
  const half = (from + to) >> 1;
  const third = Math.floor((to - from) / 3);
  const whole = mean(from, to);
  return (
    Math.abs(mean(from, half) - mean(half, to)) <= FLAT * band &&
    Math.abs(mean(from + third, to - third) - whole) <= FLAT * band
  );
}

/**
 * Levels at which the record rests beside its low and its high state: a staircase has several, and no edge of it leads from one
 * state to the other. Rests within a tenth of the amplitude of a state belong to it (ringing, a slow tail).
 */
export function findFurtherStates(trace: Trace, levels: StateLevels): readonly Plateau[] {
  const { value } = trace;
  const { low, high, amplitude, sigma } = levels;
  if (levels.missing.length > 0 || !(amplitude > 0)) return [];
  const band = Math.max(3 * sigma, BAND * amplitude);
  const apart = Math.max(10 * sigma, APART * amplitude);
  const least = Math.max(10, Math.ceil(SHARE * value.length));
  const found: { level: number; samples: number }[] = [];
  let from = 0;
  while (from < value.length) {
    let sum = value[from]!;
    let to = from + 1;
    while (to < value.length && Math.abs(value[to]! - sum / (to - from)) <= band) sum += value[to++]!;
    const level = sum / (to - from);
    const own = Math.abs(level - low) < apart || Math.abs(level - high) < apart;
    if (!own && to - from >= least && isFlat(value, from, to, band)) {
      const same = found.find((one) => Math.abs(one.level - level) < apart);
      if (same) same.samples += to - from;
      else found.push({ level, samples: to - from });
    }
    from = to;
  }
  return found.filter((one) => one.samples >= 2 * SHARE * value.length).sort((a, b) => b.samples - a.samples);
}
