/** How a value becomes a height on the paper. plotly draws linear axes only; the transform and the ticks are ours. */
export interface PlotScale {
  readonly kind: 'linear' | 'log' | 'symlog';
  forward(value: number): number;
  inverse(position: number): number;
}

export const LINEAR: PlotScale = {
  kind: 'linear',
  forward: (value) => value,
  inverse: (position) => position,
};

/** log10 of the magnitude; zero has no place. */
export const LOG: PlotScale = {
  kind: 'log',
  forward: (value) => (value === 0 ? Number.NaN : Math.log10(Math.abs(value))),
  inverse: (position) => 10 ** position,
};

/**
 * Signed logarithm: linear within +-threshold, one decade an equal step outside, continuous in value and slope:
 * s = sign(y) log10(1 + |y| / t).
 */
export function symlogScale(threshold: number): PlotScale {
  return {
    kind: 'symlog',
    forward: (value) => Math.sign(value) * Math.log10(1 + Math.abs(value) / threshold),
    inverse: (position) => Math.sign(position) * threshold * (10 ** Math.abs(position) - 1),
  };
}

/** Half width of the linear zone: the decade below which the smallest tenth of the magnitudes lies, at most 5 decades down. */
export function symlogThreshold(values: ArrayLike<number>): number {
  const sizes: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > 0 && Number.isFinite(size)) sizes.push(size);
  }
  sizes.sort((a, b) => a - b);
  const top = sizes.at(-1);
  const low = sizes[Math.floor(sizes.length / 10)];
  if (top === undefined || low === undefined) return 1;
  return 10 ** Math.floor(Math.log10(Math.max(low, top / 1e5)));
}
