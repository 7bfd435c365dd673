import type { Conditioned, Leg } from '../../src/conditioning/conditioned.ts';
import { formatQuantity } from '../../src/model/format-quantity.ts';
import type { Overlay } from '../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { columnExponent, showUnit } from '../../src/units/prefixes.ts';
import type { ScaleId } from '../state/view-state.ts';
import { domainOf } from './domain.ts';
import { nameEvents } from './event-names.ts';
import { legendOf } from './iv-legend.ts';
import { partLegs, pointSeries, stripOf } from './leg-parts.ts';
import { legInk } from './legs.ts';
import { lightPanel } from './light-panel.ts';
import { crossesOf, maskedOfSweep } from './masked.ts';
import { overlayFlags, overlaySeries, overlaysFor } from './overlays.ts';
import { residualPanel } from './residual-panel.ts';
import { LINEAR, LOG, type PlotScale, symlogScale, symlogThreshold } from './scales.ts';
import { findRegions } from './simulator/regions.ts';
import type { CurveView, FlagView, LegMark, PanelView, SeriesView } from './view-model.ts';
import type { SimulatedLine, ViewOptions } from './view-options.ts';

const MANY_LEGS = 8;

/** Feet of the tangents: where the dashed line meets zero current. */
function tangentFeet(overlays: readonly Overlay[], outcome: MeasurementOutcome): FlagView[] {
  const all = outcome.results.flatMap((result) => result.quantities);
  return overlays
    .filter((overlay) => overlay.kind === 'tangent' && overlay.x.data.length > 1)
    .map((overlay): FlagView => {
      const found = all.find(
        (one) => one.id === 'turnOnVoltage' && one.branch === overlay.branch && one.value !== null,
      );
      return {
        x: overlay.x.data[0]!,
        y: 0,
        ...(found ? { symbol: found.symbol } : {}),
        text: found ? formatQuantity(found).text : overlay.label,
        ink: overlay.branch ? legInk(overlay.branch) : 'text',
        kind: 'foot',
        above: overlay.branch?.startsWith('-') ?? false,
      };
    });
}

function simulatedSeries(line: SimulatedLine | null): SeriesView[] {
  if (!line) return [];
  const compared: SeriesView[] = line.compared
    ? [{ id: 'compared', ...line.compared, look: 'dots', ink: 'ctx', width: 1.2 }]
    : [];
  return [...compared, { id: 'simulated', x: line.x, y: line.y, look: 'dash', ink: 'sim', width: 1.5 }];
}

/** Share of a panel that the name of a foot takes below the line of zero current. */
const FOOT_SHARE = 0.14;

/** The names of the feet stand below zero, inside their panel. */
function makeRoomBelow([lo, hi]: readonly [number, number]): readonly [number, number] {
  return hi > 0 ? [Math.min(lo, (-FOOT_SHARE * hi) / (1 - FOOT_SHARE)), hi] : [lo, hi];
}

interface PanelPlan {
  readonly id: 'log' | 'lin' | 'symlog';
  readonly share: number;
}

const PLANS: Readonly<Record<ScaleId, readonly PanelPlan[]>> = {
  'log+lin': [
    { id: 'log', share: 46 },
    { id: 'lin', share: 34 },
  ],
  log: [{ id: 'log', share: 80 }],
  lin: [{ id: 'lin', share: 80 }],
  symlog: [{ id: 'symlog', share: 80 }],
};

/** A current-voltage curve: log and linear panels over one voltage axis, residuals below. */
export function buildIvView(
  outcome: MeasurementOutcome,
  conditioned: Conditioned,
  options: ViewOptions,
): CurveView {
  const parts = partLegs(outcome, conditioned, options);
  const cycles = new Set(conditioned.legs.map((leg) => leg.cycle)).size;
  const firstCycle = conditioned.legs[0]?.cycle;
  const faded = (leg: Leg) => cycles > 1 && conditioned.legs.length > MANY_LEGS && leg.cycle !== firstCycle;
  const points = [
    ...parts.filter((part) => faded(part.leg)).flatMap((part) => pointSeries(part, conditioned, true)),
    ...parts.filter((part) => !faded(part.leg)).flatMap((part) => pointSeries(part, conditioned, false)),
  ];
  const masked = maskedOfSweep(conditioned);
  const overlays = overlaysFor(outcome, 'voltage', 'current');
  const lines = overlays.filter(
    (overlay) => overlay.kind !== 'tangent' && !(options.simulated && overlay.kind === 'fit'),
  );
  const tangents = options.simulated ? [] : overlays.filter((overlay) => overlay.kind === 'tangent');
  const simulated = simulatedSeries(options.simulated);
  const currents = Array.from(conditioned.current).filter(Number.isFinite);
  const largest = currents.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const exponent = columnExponent([largest], 'A');
  const threshold = symlogThreshold(currents);
  const scales: Readonly<Record<PanelPlan['id'], PlotScale>> = {
    log: LOG,
    lin: LINEAR,
    symlog: symlogScale(threshold),
  };
  const panels = PLANS[options.scale].map((plan, index): PanelView => {
    const scale = scales[plan.id];
    const isLog = plan.id === 'log';
    return {
      id: plan.id,
      symbol: isLog ? '|I|' : 'I',
      title: isLog
        ? ', log'
        : plan.id === 'lin'
          ? `, ${showUnit('A', exponent)}`
          : `, ±log, linear within ±${shortAmpere(threshold)}`,
      share: plan.share,
      scale,
      threshold,
      unit: 'A',
      exponent,
      domain:
        plan.id === 'lin' && tangents.length > 0
          ? makeRoomBelow(domainOf(points, 'y', scale))
          : domainOf(points, 'y', scale),
      series: [
        ...points,
        ...crossesOf(masked, null),
        ...overlaySeries(lines),
        ...(plan.id === 'lin' ? overlaySeries(tangents) : []),
        ...simulated,
      ],
      flags: [
        ...(plan.id === 'lin' ? tangentFeet(tangents, outcome) : []),
        ...(index === 0 ? overlayFlags(overlays, nameEvents(overlays, outcome)) : []),
      ],
    };
  });
  const light = lightPanel(
    outcome,
    conditioned,
    parts.filter((part) => !faded(part.leg)),
  );
  const residual = options.residuals ? residualPanel(outcome, overlays, options.leg) : null;
  const legs = parts
    .filter((part) => !faded(part.leg))
    .map(
      (part): LegMark => ({
        branch: part.leg.name,
        ink: legInk(part.leg.name),
        rows: [part.leg.start, part.leg.end],
      }),
    );
  const xDomain = domainOf(points, 'x', LINEAR);
  const { bands } = findRegions(outcome, xDomain);
  return {
    name: `Current${light ? ' and light' : ''} of ${outcome.measurement.title} against voltage${residual ? ', with fits and weighted residuals' : ''}`,
    x: {
      title: 'Voltage, V',
      unit: 'V',
      exponent: 0,
      scale: LINEAR,
      domain: xDomain,
    },
    panels: [...panels, ...(light ? [light] : []), ...(residual ? [residual] : [])],
    strips: options.simulated
      ? []
      : parts
          .filter((part) => part.leg.cycle === firstCycle)
          .flatMap((part) => stripOf(part, outcome, conditioned)),
    legs,
    legend: legendOf(
      parts.filter((part) => !faded(part.leg)),
      outcome,
      options,
    ),
    masked,
    ...(bands.length > 0 ? { bands } : {}),
  };
}

function shortAmpere(value: number): string {
  const exponent = columnExponent([value], 'A');
  return `${Number((value / 10 ** exponent).toPrecision(2))}\u202f${showUnit('A', exponent)}`;
}
