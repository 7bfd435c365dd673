import { median } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { measureTransition, type Transition } from '../../segments/edges.ts';
import type { AnalysisInput } from '../analysis.ts';
import { collectInputs, findChoice, findInput } from '../given-inputs.ts';
import type { PulseChannel } from './pulse-channels.ts';
import { type ChannelRecords, seconds } from './pulse-records.ts';

/** An edge of fewer samples than this is not resolved. */
export const SAMPLES_ON_EDGE = 5;
/** Above this share of the measured time the instrument decides. */
const INSTRUMENT_SHARE = 0.7;

/** Two edges that differ by more than this factor are not of one kind. */
const UNLIKE = 2;

/** Reference levels as shares of the amplitude. */
export const REFERENCES = { '10:90': [0.1, 0.9], '20:80': [0.2, 0.8] } as const;

/** Edges of one direction, timed. */
export interface EdgeTimes {
  readonly transitions: readonly Transition[];
  readonly duration: number;
  readonly error: number;
  readonly samples: number;
  readonly limit: number;
  /** Shortest and longest, an edge between two samples counted with its limit. */
  readonly span: readonly [number, number];
  readonly note: readonly Issue[];
}

/** All edges of one direction; the median where there are several. */
export function timeEdges(
  channel: PulseChannel,
  rising: boolean,
  references: readonly [number, number],
): EdgeTimes | null {
  const { levels, edges, pulse } = channel;
  const transitions: Transition[] = [];
  for (let k = 0; k < edges.length; k++) {
    const edge = edges[k]!;
    if (edge.rising !== rising) continue;
    // the edge that answers the stimulus: the first after its 50 % point
    if (pulse && edge.time < (rising ? pulse.rise : pulse.fall) - 2 * levels.trace.interval_s) continue;
    const transition = measureTransition(levels.trace, levels, edges, k, references);
    if (transition) transitions.push(transition);
    if (pulse && transition) break;
  }
  if (transitions.length === 0) return null;
  const durations = transitions.map((one) => one.duration);
  const resolved = transitions.map((one) => (one.samples < SAMPLES_ON_EDGE ? one.limit : one.duration));
  const m = transitions.length;
  // more edges do not make the levels they share any better
  const common = median(transitions.map((one) => one.commonError));
  const own = median(
    transitions.map((one) => Math.sqrt(Math.max(0, one.durationError ** 2 - one.commonError ** 2))),
  );
  const note =
    m > 1
      ? [
          info(
            'NOTE',
            `Median of ${m} edges from ${seconds(Math.min(...durations))} to ${seconds(Math.max(...durations))}.`,
          ),
        ]
      : [];
  return {
    transitions,
    duration: median(durations),
    error: Math.hypot(own / Math.sqrt(m), common),
    samples: median(transitions.map((one) => one.samples)),
    limit: median(transitions.map((one) => one.limit)),
    span: [Math.min(...resolved), Math.max(...resolved)],
    note,
  };
}

/** 10-90 % time with what limits it: samples on the edge, and the instrument's own rise time taken off in quadrature. */
export function reportEdge(
  input: AnalysisInput,
  records: ChannelRecords,
  channel: PulseChannel,
  rising: boolean,
  blocked: readonly Issue[],
  shared: readonly Issue[],
): Quantity[] {
  const id = rising ? 'riseTime' : 'fallTime';
  const chosen = findChoice(input.conditions, 'transition') === '20:80' ? '20:80' : '10:90';
  const order = chosen === '20:80' ? (['20:80', '10:90'] as const) : (['10:90', '20:80'] as const);
  const instrument = findInput(input.conditions, 'instrumentRiseTime');
  const inputs = collectInputs(input.conditions, ['instrumentRiseTime']);
  const [block, ...moreBlocks] = blocked;
  const quantities: Quantity[] = [];
  for (const convention of order) {
    const name = 'crossings';
    const context = { convention: `${convention.replace(':', '-')} %`, inputs };
    if (block) {
      quantities.push(records.refuse(id, name, [block, ...moreBlocks], context));
      continue;
    }
    const times = timeEdges(channel, rising, REFERENCES[convention]);
    if (!times) {
      const edge = rising ? 'rising' : 'falling';
      quantities.push(
        records.refuse(
          id,
          name,
          [
            warning(
              'NO_EDGE',
              `No complete ${edge} edge in the record (${channel.edges.length} edges in ${seconds(channel.levels.trace.time.at(-1)! - channel.levels.trace.time[0]!)}).`,
            ),
          ],
          context,
        ),
      );
      continue;
    }
    const reasons = [...shared, ...times.note];
    const bound = (code: Issue['code'], message: string): Quantity =>
      bounded(
        id,
        'upper',
        code === 'UNDERSAMPLED' ? times.limit : times.duration,
        [warning(code, message), ...reasons],
        {
          ...context,
          method: records.method(name),
        },
      );
    // the middle of two unlike edges is a time no edge has
    if (times.transitions.length === 2 && times.span[1] > UNLIKE * times.span[0]) {
      quantities.push(
        records.refuse(
          id,
          name,
          [
            warning(
              'AMBIGUOUS',
              `The two edges take ${seconds(times.span[0])} and ${seconds(times.span[1])}: no one time describes both.`,
              { hint: 'Cut the record to the edge that is meant.' },
            ),
            ...shared,
          ],
          context,
        ),
      );
      continue;
    }
    if (times.samples < SAMPLES_ON_EDGE) {
      quantities.push(
        bound(
          'UNDERSAMPLED',
          `${times.samples} samples lie on the edge, ${SAMPLES_ON_EDGE} are needed: the time is below ${seconds(times.limit)}.`,
        ),
      );
      continue;
    }
    if (instrument && instrument.value >= INSTRUMENT_SHARE * times.duration) {
      quantities.push(
        bound(
          'INSTRUMENT_LIMITED',
          `The instrument's ${seconds(instrument.value)} is ${(instrument.value / times.duration).toFixed(2)} of the measured ${seconds(times.duration)}: above ${INSTRUMENT_SHARE} nothing can be taken off.`,
        ),
      );
      continue;
    }
    const value = instrument ? Math.sqrt(times.duration ** 2 - instrument.value ** 2) : times.duration;
    quantities.push(
      records.give(id, name, value, (times.duration / value) * times.error, { ...context, reasons }),
    );
  }
  return quantities;
}
