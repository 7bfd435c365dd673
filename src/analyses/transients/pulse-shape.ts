import { type Issue, info, warning } from '../../base/issues.ts';
import type { Quantity } from '../../model/quantity.ts';
import { findFirstCrossing, smoothBoxcar } from '../../segments/edges.ts';
import { findIndex } from '../../segments/waveforms.ts';
import type { PulseChannel } from './pulse-channels.ts';
import type { EdgeTimes } from './pulse-edges.ts';
import type { ChannelRecords } from './pulse-records.ts';

/** Overshoot after an edge and settling to the top, on the running mean of the edge. */
export function reportShape(
  records: ChannelRecords,
  channel: PulseChannel,
  rise: EdgeTimes | null,
  fall: EdgeTimes | null,
  blocked: readonly Issue[],
  shared: readonly Issue[],
): Quantity[] {
  const { levels } = channel;
  const { amplitude, low, high, sigma } = levels;
  const [block, ...more] = blocked;
  const noEdge = (edge: string): Issue => warning('NO_EDGE', `No complete ${edge} edge in the record.`);
  const excess = (id: 'overshoot' | 'undershoot', times: EdgeTimes | null, edge: string): Quantity => {
    const transition = times?.transitions[0];
    if (block) return records.refuse(id, 'extreme after the edge', [block, ...more]);
    if (!times || !transition) return records.refuse(id, 'extreme after the edge', [noEdge(edge)]);
    const box = sigma < 2e-3 * amplitude ? 1 : transition.box;
    const trace = smoothBoxcar(levels.trace, box);
    const index = channel.edges.indexOf(transition.edge);
    const next = channel.edges[index + 1]?.a ?? trace.value.length - 1;
    const from = findIndex(trace.time, transition.edge.time);
    const to = Math.min(next, findIndex(trace.time, transition.edge.time + 3 * times.duration));
    let extreme = id === 'overshoot' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    for (let i = from; i <= to && i < trace.value.length; i++)
      extreme = id === 'overshoot' ? Math.max(extreme, trace.value[i]!) : Math.min(extreme, trace.value[i]!);
    const value = id === 'overshoot' ? (extreme - high) / amplitude : (low - extreme) / amplitude;
    const u =
      Math.hypot(sigma / Math.sqrt(box), id === 'overshoot' ? levels.highError : levels.lowError) / amplitude;
    const reasons = [...shared];
    if (value < -3 * u * Math.sqrt(2))
      reasons.push(
        warning(
          'NOT_SETTLED',
          `Three edge times after the edge the response is still ${(-100 * value).toPrecision(2)} % short of the level: it creeps, nothing overshoots.`,
        ),
      );
    // the largest of many noisy samples lies above the level even where nothing overshoots
    if (value < 3 * u * Math.sqrt(2))
      reasons.push(info('NOTE', `Within the noise of the level (${(100 * u).toPrecision(2)} %).`));
    return records.give(id, 'extreme after the edge', value, u, {
      convention: 'within 3 edge times',
      reasons,
    });
  };
  const settle = (band: number): Quantity => {
    const name = 'last exit from the band';
    const context = { convention: `±${100 * band} %` };
    const transition = rise?.transitions[0];
    if (block) return records.refuse('settlingTime', name, [block, ...more], context);
    if (!transition) return records.refuse('settlingTime', name, [noEdge('rising')], context);
    const trace = smoothBoxcar(levels.trace, transition.box);
    const index = channel.edges.indexOf(transition.edge);
    const follows = channel.edges[index + 1];
    const noise = sigma / Math.sqrt(transition.box);
    if (band * amplitude < 3 * noise)
      return records.refuse(
        'settlingTime',
        name,
        [
          warning(
            'BELOW_NOISE_FLOOR',
            `Three noise widths are ${((300 * noise) / amplitude).toPrecision(2)} % of the amplitude: a band of ±${100 * band} % is left by noise.`,
          ),
          ...shared,
        ],
        context,
      );
    const outside = (i: number): boolean => Math.abs(trace.value[i]! - high) > band * amplitude;
    let end = follows ? follows.a : trace.value.length - 1;
    if (channel.pulse && channel.pulse.fall > transition.edge.time)
      end = Math.min(end, findIndex(trace.time, channel.pulse.fall) - 1 - (transition.box >> 1));
    // without a stimulus the plateau ends where the next edge leaves the band
    else if (follows) while (end > transition.edge.b && outside(end)) end--;
    // one sample alone outside, long after the edge, is a spike (as wide as the running mean)
    const close = findIndex(trace.time, transition.end + 3 * transition.duration);
    const isSpike = (i: number): boolean => {
      let from = i;
      while (from > close && outside(from - 1)) from--;
      return from > close && i - from < transition.box && i < end;
    };
    let last = end;
    while (last > transition.edge.a && !(outside(last) && !isSpike(last)))
      last -= outside(last) ? transition.box : 1;
    last = Math.max(last, transition.edge.a);
    if (last >= end)
      return records.refuse(
        'settlingTime',
        name,
        [
          warning(
            'NOT_SETTLED',
            `The response is ${((100 * Math.abs(trace.value[end]! - high)) / amplitude).toFixed(1)} % off the top at the end of the plateau.`,
          ),
          ...shared,
        ],
        context,
      );
    const target = trace.value[last]! > high ? high + band * amplitude : high - band * amplitude;
    const crossing = findFirstCrossing(trace, target, last, last + 1);
    const time = (Number.isFinite(crossing) ? crossing : trace.time[last + 1]!) - transition.edge.time;
    const slope = Math.abs(trace.value[last + 1]! - trace.value[last]!) / trace.interval_s;
    // a slow approach crosses the band over the local time constant, whatever one noisy step says
    const local = Math.max(slope, (band * amplitude) / Math.max(time, trace.interval_s));
    return records.give(
      'settlingTime',
      name,
      time,
      // the last of several crossings in noise scatters wider than one
      Math.hypot((1.4 * noise) / local, trace.interval_s / Math.sqrt(12)),
      {
        ...context,
        reasons: shared,
      },
    );
  };
  return [
    excess('overshoot', rise, 'rising'),
    excess('undershoot', fall, 'falling'),
    settle(0.05),
    settle(0.02),
  ];
}
