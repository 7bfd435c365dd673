import type { FitReport } from '../../../fitting/index.ts';
import type { Overlay } from '../../model/quantity.ts';
import type { PulseChannel } from './pulse-channels.ts';
import type { EdgeTimes } from './pulse-edges.ts';

/** Level lines, and the reference crossings of each timed edge. */
export function drawChannel(
  channel: PulseChannel,
  rise: EdgeTimes | null,
  fall: EdgeTimes | null,
): Overlay[] {
  const { column, levels, inverted } = channel;
  const sign = inverted ? -1 : 1;
  const span = Float64Array.of(levels.trace.time[0]!, levels.trace.time.at(-1)!);
  const draw = (
    id: string,
    kind: Overlay['kind'],
    label: string,
    x: Float64Array,
    y: Float64Array,
  ): Overlay => ({
    id: `${id}-${column.label}`,
    kind,
    label: `${label} (${column.label})`,
    branch: null,
    x: { role: 'time', data: x },
    y: { role: column.role, data: y.map((v) => sign * v) },
  });
  const overlays = [
    draw('low-level', 'level', 'Low', span, Float64Array.of(levels.low, levels.low)),
    draw('high-level', 'level', 'High', span, Float64Array.of(levels.high, levels.high)),
  ];
  for (const [id, label, times, rising] of [
    ['rise', '10-90 %', rise, true],
    ['fall', '90-10 %', fall, false],
  ] as const) {
    if (!times) continue;
    const at = (share: number): number => levels.low + share * levels.amplitude;
    const [near, far] = rising ? [at(0.1), at(0.9)] : [at(0.9), at(0.1)];
    overlays.push(
      draw(
        `${id}-marks`,
        'event',
        label,
        Float64Array.from(times.transitions.flatMap((one) => [one.start, one.end])),
        Float64Array.from(times.transitions.flatMap(() => [near, far])),
      ),
    );
  }
  return overlays;
}

/** The delayed rise that gave the onset. */
export function drawFit(channel: PulseChannel, report: FitReport, from: number, to: number): Overlay {
  const value = (id: string): number => report.parameters.find((parameter) => parameter.id === id)!.value;
  const count = 200;
  const x = Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const sign = channel.inverted ? -1 : 1;
  return {
    id: `onset-fit-${channel.column.label}`,
    kind: 'fit',
    label: `Delayed rise (${channel.column.label})`,
    branch: null,
    x: { role: 'time', data: x },
    y: {
      role: channel.column.role,
      data: x.map((t) => {
        const since = t - from - value('delayTime');
        return (
          sign *
          (value('offset') +
            (since > 0 ? -value('amplitude') * Math.expm1(-since / value('timeConstant')) : 0))
        );
      }),
    },
  };
}
