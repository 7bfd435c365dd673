import type { ColumnRole } from '../model/curve.ts';
import type { Overlay } from '../model/quantity.ts';
import type { PulseChannel } from './transients/pulse-channels.ts';

/** Why a point of a waveform or a spectrum is left out; sweeps have their masks in `Conditioned`. */
export type LeftOut = 'glitch' | 'turnedBack' | 'saturated' | 'noisyEnd' | 'spike';

/** Points that were left out, to be shown as such: nothing that was measured disappears from the plot. */
export function drawLeftOut(
  cause: LeftOut,
  channel: string,
  x: { readonly role: ColumnRole; readonly data: Float64Array },
  y: { readonly role: ColumnRole; readonly data: Float64Array },
): Overlay[] {
  if (x.data.length === 0) return [];
  return [{ id: `${cause}-${channel}`, kind: 'masked', label: cause, branch: null, x, y }];
}

/**
 * Samples of a response that its levels do not rest on: those masked as glitches, those after a step back in time, and those at an end of
 * the range. @param time of the record [s]
 */
export function drawChannelLeftOut(time: Float64Array, channel: PulseChannel): Overlay[] {
  const { column, wholeLevels, inverted } = channel;
  const kept = wholeLevels.trace.time;
  const rows: Record<'glitch' | 'turnedBack' | 'saturated', number[]> = {
    glitch: [],
    turnedBack: [],
    saturated: [],
  };
  const extreme = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  for (const v of wholeLevels.trace.value) {
    if (v < extreme.low) extreme.low = v;
    if (v > extreme.high) extreme.high = v;
  }
  let k = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let back = false;
  for (let row = 0; row < time.length; row++) {
    const t = time[row]!;
    const v = inverted ? -column.data[row]! : column.data[row]!;
    if (!Number.isFinite(t) || !Number.isFinite(v)) continue;
    back ||= t < latest;
    latest = t;
    if (back) {
      rows.turnedBack.push(row);
      continue;
    }
    while (k < kept.length && kept[k]! < t) k++;
    if (kept[k] !== t) rows.glitch.push(row);
    else if (wholeLevels.saturated.some((side) => v === extreme[side])) rows.saturated.push(row);
  }
  const pick = (data: Float64Array, of: readonly number[]) => Float64Array.from(of, (row) => data[row]!);
  return (['glitch', 'turnedBack', 'saturated'] as const).flatMap((cause) =>
    drawLeftOut(
      cause,
      column.label,
      { role: 'time', data: pick(time, rows[cause]) },
      { role: column.role, data: pick(column.data, rows[cause]) },
    ),
  );
}
