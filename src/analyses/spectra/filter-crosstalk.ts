import { info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { SpectrumMember } from './spectrum-members.ts';

/** Above this share of the wrong colour a filter read-out needs more than one threshold. */
const DISTURBING = 0.1;

/** Linear interpolation on an ascending grid, 0 outside of it. */
function interpolate(x: Float64Array, y: Float64Array, at: number): number {
  let low = 0;
  let high = x.length - 1;
  if (!(at >= x[0]! && at <= x[high]!)) return 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  const share = high > low ? (at - x[low]!) / (x[high]! - x[low]!) : 0;
  return y[low]! + share * (y[high]! - y[low]!);
}

/** ∫S T dλ on the pixels of the spectrum, and its k = 1 from their noise. */
export function integrateThrough(
  source: NonNullable<SpectrumMember['spectrum']>,
  filter: NonNullable<SpectrumMember['spectrum']>,
): { value: number; u: number } {
  const { wavelength_m: x, intensity, noise } = source;
  let value = 0;
  let variance = 0;
  for (let i = 0; i < x.length; i++) {
    const width = 0.5 * (x[Math.min(i + 1, x.length - 1)]! - x[Math.max(i - 1, 0)]!);
    const through = interpolate(filter.wavelength_m, filter.intensity, x[i]!) * width;
    value += intensity[i]! * through;
    variance += (noise[i]! * through) ** 2;
  }
  return { value, u: Math.sqrt(variance) };
}

/**
 * Share of the wrong colour behind a filter, ∫S1·T2/∫S2·T2 for each filter (METHODS 5.2); the right colour is the one that passes more,
 * each normalised to its own peak.
 */
export function reportCrosstalk(
  pair: readonly [SpectrumMember, SpectrumMember] | null,
  filters: readonly SpectrumMember[],
): Quantity[] {
  return filters.flatMap((filter) => {
    const context = {
      method: '∫S1·T2/∫S2·T2',
      convention: `crosstalk through ${filter.label}`,
    };
    const [one, other] = pair ?? [];
    if (!one?.spectrum || !other?.spectrum || !filter.spectrum)
      return [
        refused(
          'stateResolution',
          [
            warning(
              'INPUT_MISSING',
              `The crosstalk through ${filter.label} needs the emission of both states.`,
              {
                subject: 'second spectrum',
              },
            ),
          ],
          context,
        ),
      ];
    const passed = [one, other].map((member) => integrateThrough(member.spectrum!, filter.spectrum!));
    const [right, wrong] = passed[0]!.value >= passed[1]!.value ? [0, 1] : [1, 0];
    const [signal, disturbance] = [passed[right]!, passed[wrong]!];
    if (!(signal.value > 3 * signal.u))
      return [
        refused(
          'stateResolution',
          [
            warning(
              'BELOW_NOISE_FLOOR',
              `No light of either state passes ${filter.label} (${signal.value.toPrecision(2)} ± ${signal.u.toPrecision(2)}).`,
            ),
          ],
          context,
        ),
      ];
    const value = disturbance.value / signal.value;
    const u = Math.hypot(disturbance.u, value * signal.u) / signal.value;
    const labels = [one.label, other.label];
    return [
      determined('stateResolution', {
        ...context,
        value,
        standardUncertainty: u,
        interval95: [value - 1.96 * u, value + 1.96 * u],
        reasons: [
          info(
            'NOTE',
            `${labels[wrong]} gives ${(100 * value).toPrecision(3)} % of the signal of ${labels[right]} behind this filter, as recorded${value > DISTURBING ? ': the level of the read-out depends on both' : ''}.`,
          ),
        ],
      }),
    ];
  });
}
