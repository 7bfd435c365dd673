import type { SimulationEvent } from '../../../fitting/index.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { formatParts } from '../../../src/units/format-value.ts';
import type { BandView } from '../view-model.ts';

/** A line through all panels where something switches, with what and where. */
export interface EdgeView {
  readonly x: number;
  readonly name: string;
  readonly text: string;
  /** Share of the first panel's height where its words stand. */
  readonly at: number;
  readonly side: 1 | -1;
}

const EDGES = ['I/II', 'II/III', 'III/IV'] as const;
/** What happens at the edges for V > 0; for V < 0 the devices change places. */
const EDGE_NAMES = ['SET left', 'RESET right', 'light from'] as const;
const REGION_NAMES = ['left OFF', 'both ON', 'right OFF', 'right emits'] as const;
const NUMERALS = ['I', 'II', 'III', 'IV'] as const;
/** Words stand where the curve is not: low after a SET, high after a RESET. */
const HEIGHTS = [0.86, 0.3, 0.3] as const;

function mirror(name: string): string {
  return name.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'));
}

function edgesOf(outcome: MeasurementOutcome, branch: string): readonly (Quantity | undefined)[] {
  const all = outcome.results.flatMap((result) => result.quantities);
  return EDGES.map((edge) =>
    all.find(
      (one) =>
        one.id === 'regionBoundary' &&
        one.branch === branch &&
        one.convention === edge &&
        typeof one.value === 'number',
    ),
  );
}

/** Regions of a four-region sweep as the analysis found them: alternating bands with numerals, and their edges. */
export function findRegions(
  outcome: MeasurementOutcome | null,
  range: readonly [number, number],
): { readonly bands: readonly BandView[]; readonly edges: readonly EdgeView[] } {
  const bands: BandView[] = [];
  const edges: EdgeView[] = [];
  for (const sign of [1, -1] as const) {
    const found = outcome ? edgesOf(outcome, sign > 0 ? '+forward' : '-forward') : [];
    const other = outcome && found.every((one) => !one) ? edgesOf(outcome, 'forward') : [];
    const boundary = sign > 0 && other.some(Boolean) ? other : found;
    if (!boundary.some(Boolean)) continue;
    const word = (name: string) => (sign > 0 ? name : mirror(name));
    const end = sign > 0 ? range[1] : range[0];
    let from = 0;
    NUMERALS.forEach((numeral, k) => {
      const edge = boundary[k];
      const to = edge ? (edge.value as number) : k === 3 || !boundary.slice(k).some(Boolean) ? end : from;
      if (to !== from)
        bands.push({
          from: Math.min(from, to),
          to: Math.max(from, to),
          numeral,
          text: word(REGION_NAMES[k]!),
          shaded: k % 2 === 1,
        });
      if (edge)
        edges.push({
          x: to,
          name: word(EDGE_NAMES[k]!),
          text: formatParts(to, edge.standardUncertainty, edge.unit, { exponent: 0 }).text,
          at: HEIGHTS[k]!,
          side: (k === 2 ? -sign : sign) as 1 | -1,
        });
      from = to;
    });
  }
  return { bands, edges };
}

const MOST_EVENTS = 8;

/** Where nothing was measured: the switching events of the simulation itself. */
export function simulatedEdges(events: readonly SimulationEvent[], isTime: boolean): readonly EdgeView[] {
  return events
    .filter((event) => event.kind !== 'floor')
    .slice(0, MOST_EVENTS)
    .map((event): EdgeView => {
      const voltage = event.voltage_V[1];
      const device = event.device === 'single' ? '' : ` ${event.device}`;
      const text = isTime
        ? formatParts(event.time_s, null, 's', { digits: 3 }).text
        : formatParts(voltage, null, 'V', { digits: 3, exponent: 0 }).text;
      return {
        x: isTime ? event.time_s : voltage,
        name: `${event.kind === 'set' ? 'SET' : 'RESET'}${device}`,
        text,
        at: event.kind === 'set' ? HEIGHTS[0] : HEIGHTS[1],
        side: voltage < 0 && !isTime ? -1 : 1,
      };
    });
}
