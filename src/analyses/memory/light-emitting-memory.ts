import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { describeReading } from '../reading-scatter.ts';
import { missingLegs } from '../sweep-legs.ts';
import {
  checkBoundary,
  checkRegion,
  findSingleDevice,
  type SingleDevice,
} from '../synapse/pair-consistency.ts';
import { resolveTemperature } from '../temperature.ts';
import { describeEmitter, lightThreshold } from './emitting-device.ts';
import { currentAt } from './event-search.ts';
import { type Boundary, findRegions, type Region } from './memory-regions.ts';
import { headOf, type LegRegions } from './region-legs.ts';
import { type LegSwitching, readVoltageOf, surveySwitching } from './switching-survey.ts';

const IDS = [
  'regionBoundary',
  'regionCurrent',
  'regionResistance',
  'regionSlope',
  'mirrorDifference',
  'emittingDevice',
] as const satisfies readonly QuantityId[];

/** The four regions of two devices in anti-series, one polarity at a time (METHODS 7.1). */
export const lightEmittingMemory: Analysis = defineAnalysis({
  id: 'light-emitting-memory',
  version: 3,
  label: 'Light-emitting memory',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const { thermalVoltage_V } = resolveTemperature(input.conditions);
    const read_V = readVoltageOf(input.conditions.readVoltage?.value);
    const legs = (conditioned ? surveySwitching(conditioned, read_V, thermalVoltage_V) : []).filter(
      (one) => input.branches === 'all' || input.branches.includes(one.leg.name),
    );
    if (!conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: IDS.map((id) => refused(id, reasons, { method: 'regions' })),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const all = legs.map((one): LegRegions => {
      const light_V = lightThreshold(input, one);
      return { one, found: findRegions(one.curve, one.candidates, one.reset, light_V), light_V };
    });
    const single = findSingleDevice(input, read_V, thermalVoltage_V);
    return {
      quantities: [
        ...all.flatMap((leg) => describeBoundaries(leg, single, input)),
        ...all.flatMap((leg) => describeRegions(leg, single)),
        ...describeMirror(all),
        describeEmitter(input, all),
      ],
      fits: [],
      overlays: all.flatMap(drawBoundaries),
      issues: [],
    };
  },
});

function missingRegions({ one, found }: LegRegions): Issue {
  const s = one.leg.polarity;
  const top = s * (one.curve.v.at(-1) ?? 0);
  const events =
    found.boundaries.map((b) => `${b.name} at ${(s * b.voltage_V).toFixed(2)} V`).join(', ') || 'none';
  return warning(
    'REGION_MISSING',
    `Boundaries not found up to ${top.toFixed(2)} V: ${found.missing.join(', ')} (found: ${events}).`,
    { subject: found.missing.join(' ') },
  );
}

function describeBoundaries(leg: LegRegions, single: SingleDevice | null, input: AnalysisInput): Quantity[] {
  const { one, found } = leg;
  const s = one.leg.polarity;
  const records = (['I/II', 'II/III', 'III/IV'] as const).map((name) => {
    const boundary = found.boundaries.find((b) => b.name === name);
    const head = headOf(one, boundary?.from ?? 'event', name);
    if (!boundary) return refused('regionBoundary', [missingRegions(leg)], head);
    const value = s * boundary.voltage_V;
    return determined('regionBoundary', {
      ...head,
      value,
      ...describeGrid(value, boundary, s),
      reasons: [
        ...(boundary.from === 'light'
          ? [
              warning(
                'REGIME',
                'The current shows no rise above its power law; this is the threshold of the light.',
              ),
            ]
          : []),
        ...checkBoundary(boundary, single, found.regions, input),
      ],
    });
  });
  return [...records, ...describeLightThreshold(leg)];
}

/** The threshold of the light beside the boundary that the current shows: a detector sees it where it is sensitive enough. */
function describeLightThreshold({ one, found, light_V }: LegRegions): Quantity[] {
  const rise = found.boundaries.find(({ name }) => name === 'III/IV');
  if (rise?.from !== 'current-rise' || light_V === null) return [];
  const step = one.curve.step_V;
  const value = one.leg.polarity * light_V;
  return [
    determined('regionBoundary', {
      ...headOf(one, 'light', 'III/IV'),
      value,
      standardUncertainty: step / Math.sqrt(12),
      interval95: [value - 0.475 * step, value + 0.475 * step],
      reasons: [
        info(
          'NOTE',
          'Five standard deviations of the dark, three points in a row: it depends on the detector.',
        ),
      ],
    }),
  ];
}

/**
 * What a grid can know: an event lies anywhere in its step; a rise is named by its first point, so it lies in the step before that point,
 * and noise moves it by a tenth of a step or more.
 */
function describeGrid(
  value: number,
  { width_V, from }: Boundary,
  s: 1 | -1,
): { standardUncertainty: number; interval95: readonly [number, number] } {
  if (from === 'event') {
    const half = 0.475 * width_V;
    return { standardUncertainty: width_V / Math.sqrt(12), interval95: [value - half, value + half] };
  }
  const [before, after] = [value - s * 1.1 * width_V, value + s * 0.15 * width_V];
  return {
    standardUncertainty: width_V / Math.sqrt(3),
    interval95: [Math.min(before, after), Math.max(before, after)],
  };
}

function describeRegions(leg: LegRegions, single: SingleDevice | null): Quantity[] {
  const { one, found } = leg;
  const missing = missingRegions(leg);
  const ids = ['regionCurrent', 'regionResistance', 'regionSlope'] as const;
  return (['I', 'II', 'III', 'IV'] as const).flatMap((name): Quantity[] => {
    const region = found.regions.find((r) => r.name === name);
    if (!region) return ids.map((id) => refused(id, [missing], headOf(one, 'regions', name)));
    return describeRegion(one, region, single);
  });
}

function describeRegion(one: LegSwitching, region: Region, single: SingleDevice | null): Quantity[] {
  const s = one.leg.polarity;
  const range = { role: 'voltage', from: s * region.from_V, to: s * region.to_V } as const;
  const head = (method: string): QuantityContext => ({
    ...headOf(one, method, region.name),
    range,
    points: region.points,
  });
  const { scatter } = region;
  const mean = scatter === null ? null : scatter / Math.sqrt(region.points);
  const current = (method: string, value: number, relative: number | null): Quantity =>
    describeReading('regionCurrent', s * value, relative, head(method));
  const noSlope = warning(
    'TOO_FEW_POINTS',
    `Region ${region.name} has ${region.points} points above the floor (4 needed).`,
  );
  return [
    current('geometric-mean', region.meanCurrent_A, mean),
    current('at-start', region.startCurrent_A, scatter),
    current('at-end', region.endCurrent_A, scatter),
    region.resistance_ohm === null
      ? refused('regionResistance', [noSlope], head('chord-at-centre'))
      : describeReading(
          'regionResistance',
          region.resistance_ohm,
          scatter,
          head('chord-at-centre'),
          checkRegion(region, single),
        ),
    region.slope === null
      ? refused('regionSlope', [noSlope], head('log-log-line'))
      : determined('regionSlope', {
          ...head('log-log-line'),
          value: region.slope,
          standardUncertainty: region.slopeError,
          interval95:
            region.slopeError === null
              ? null
              : [region.slope - 1.96 * region.slopeError, region.slope + 1.96 * region.slopeError],
        }),
  ];
}

/** ||V_b| on one sign - |V_b| on the other| per boundary and cycle. */
function describeMirror(all: readonly LegRegions[]): Quantity[] {
  const names = ['I/II', 'II/III', 'III/IV'] as const;
  const find = (sign: 1 | -1, cycle: number, name: string): Boundary | undefined =>
    all
      .find(({ one }) => one.leg.polarity === sign && one.leg.cycle === cycle)
      ?.found.boundaries.find((b) => b.name === name);
  const cycles = [...new Set(all.map(({ one }) => one.leg.cycle))];
  const quantities = cycles.flatMap((cycle) =>
    names.flatMap((name): Quantity[] => {
      const positive = find(1, cycle, name);
      const negative = find(-1, cycle, name);
      if (!positive || !negative) return [];
      const u = Math.hypot(positive.width_V, negative.width_V) / Math.sqrt(12);
      const value = positive.voltage_V - negative.voltage_V;
      return [
        determined('mirrorDifference', {
          method: 'mirror',
          convention: name,
          cycle,
          value,
          standardUncertainty: u,
          interval95: [value - 1.96 * u, value + 1.96 * u],
        }),
      ];
    }),
  );
  if (quantities.length > 0) return quantities;
  const signs = [...new Set(all.map(({ one }) => one.leg.polarity))];
  const reason =
    signs.length < 2
      ? warning(
          'BRANCH_MISSING',
          `Only ${signs[0]! > 0 ? 'V > 0' : 'V < 0'} was swept: no mirror image to compare.`,
        )
      : missingRegions(all.find(({ found }) => found.boundaries.length === 0) ?? all[0]!);
  return [refused('mirrorDifference', [reason], { method: 'mirror' })];
}

function drawBoundaries({ one, found }: LegRegions): Overlay[] {
  const s = one.leg.polarity;
  return found.boundaries.map((boundary) => ({
    id: `boundary-${boundary.name.replace('/', '-')}-${one.leg.name}-${one.leg.cycle}`,
    kind: 'event',
    label: `${boundary.name} ${(s * boundary.voltage_V).toFixed(2)} V`,
    branch: one.leg.name,
    x: { role: 'voltage', data: Float64Array.of(s * boundary.voltage_V) },
    y: { role: 'current', data: Float64Array.of(s * (currentAt(one.curve, boundary.voltage_V) ?? 0)) },
  }));
}
