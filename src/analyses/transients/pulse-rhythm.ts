import { median } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import type { Quantity } from '../../model/quantity.ts';
import { measureWidths } from '../../segments/edges.ts';
import { isIrregular, type PulseChannel } from './pulse-channels.ts';
import type { EdgeTimes } from './pulse-edges.ts';
import { type ChannelRecords, seconds } from './pulse-records.ts';

/** Width, period, duty cycle and jitter from the edges of the whole record. */
export function reportRhythm(
  records: ChannelRecords,
  channel: PulseChannel,
  rise: EdgeTimes | null,
  fall: EdgeTimes | null,
  shared: readonly Issue[],
): Quantity[] {
  const { spacing } = channel;
  const widths = measureWidths(channel.periods > 1 ? channel.wholeEdges : channel.edges);
  const quantities: Quantity[] = [];
  const middle = Math.hypot(
    rise?.transitions[0]?.middleError ?? channel.levels.trace.interval_s / 2,
    fall?.transitions[0]?.middleError ?? channel.levels.trace.interval_s / 2,
  );
  const width = widths.length > 0 ? median(widths) : null;
  const widthError = middle / Math.sqrt(Math.max(1, widths.length));
  quantities.push(
    width === null
      ? records.refuse('pulseWidth', '50 % crossings', [
          warning('NO_EDGE', `No rise with a fall after it: ${channel.edges.length} edges in the record.`),
        ])
      : records.give('pulseWidth', '50 % crossings', width, widthError, { reasons: shared }),
  );
  const name = 'spacing of like edges';
  const few = warning(
    'TOO_FEW_POINTS',
    `A period needs two like edges; the record has ${channel.wholeEdges.length} edges.`,
  );
  if (!spacing || isIrregular(spacing)) {
    const why = spacing
      ? warning(
          'AMBIGUOUS',
          `No single period: spacings ${seconds(spacing.shortest)} to ${seconds(spacing.longest)}.`,
        )
      : few;
    for (const id of ['dutyCycle', 'period', 'frequency', 'jitter'] as const)
      quantities.push(records.refuse(id, name, [why]));
    return quantities;
  }
  const edgeError = (middle / Math.SQRT2) * Math.SQRT2;
  const u =
    spacing.jitter === null
      ? edgeError
      : Math.max(spacing.periodError, edgeError / spacing.count / Math.SQRT2);
  const { period } = spacing;
  quantities.push(
    width === null
      ? records.refuse('dutyCycle', 'width over period', [
          warning('NO_EDGE', 'No complete pulse in the record.'),
        ])
      : records.give(
          'dutyCycle',
          'width over period',
          width / period,
          (width / period) * Math.hypot(widthError / width, u / period),
          { reasons: shared },
        ),
    records.give('period', name, period, u, { reasons: shared }),
    records.give('frequency', name, 1 / period, u / period ** 2, { reasons: shared }),
    spacing.jitter === null
      ? records.refuse('jitter', 'standard deviation of the spacings', [
          warning('TOO_FEW_POINTS', `Jitter needs two spacings; there is ${spacing.count}.`),
        ])
      : records.give(
          'jitter',
          'standard deviation of the spacings',
          spacing.jitter,
          // neighbouring spacings share an edge: their correlation of -1/2 widens the scatter of their variance by 1 + 2/4
          spacing.jitter * Math.sqrt(0.75 / Math.max(1, spacing.count - 1)),
          { reasons: shared },
        ),
  );
  return quantities;
}
