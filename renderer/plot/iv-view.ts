import type { Conditioned, Leg } from '../../src/conditioning/conditioned.ts';
import { formatQuantity } from '../../src/model/format-quantity.ts';
import type { BranchName, Overlay } from '../../src/model/quantity.ts';
import type { FitWindow } from '../../src/model/recipe.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { columnExponent, showUnit } from '../../src/units/prefixes.ts';
import type { ScaleId } from '../state/view-state.ts';
import { domainOf } from './domain.ts';
import { legInk, legLook, legWord, type RowSplit, splitRows, takeRows, writeCauses } from './legs.ts';
import { fitOf, fitsOf, overlayFlags, overlaySeries, overlaysFor, writeRunsTest } from './overlays.ts';
import { LINEAR, LOG, type PlotScale, symlogScale, symlogThreshold } from './scales.ts';
import type {
  CurveView,
  FlagView,
  LegendView,
  LegMark,
  PanelView,
  SeriesView,
  StripView,
} from './view-model.ts';

/** A simulated curve to lay over the measured one, in SI. */
export interface SimulatedLine {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly compared?: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
}

export interface ViewOptions {
  readonly scale: ScaleId;
  readonly residuals: boolean;
  readonly leg: BranchName | null;
  /** Windows set by hand, and one in the hand. */
  readonly windows: readonly FitWindow[];
  readonly simulated: SimulatedLine | null;
}

interface LegPart {
  readonly leg: Leg;
  readonly split: RowSplit;
  readonly window: { readonly from: number; readonly to: number } | null;
  readonly own: boolean;
}

const MANY_LEGS = 8;

function windowOf(outcome: MeasurementOutcome, leg: Leg, options: ViewOptions) {
  const own =
    options.windows.find((window) => window.branch === leg.name) ??
    options.windows.find((window) => window.branch === '*');
  const fit = fitOf(outcome, leg.name);
  if (own) return { window: own, own: true };
  return { window: fit ? { from: fit.window.from, to: fit.window.to } : null, own: false };
}

function partLegs(outcome: MeasurementOutcome, conditioned: Conditioned, options: ViewOptions): LegPart[] {
  const first = conditioned.legs[0]?.cycle;
  return conditioned.legs.map((leg) => {
    const { window, own } =
      leg.cycle === first ? windowOf(outcome, leg, options) : { window: null, own: false };
    return { leg, window, own, split: splitRows(conditioned, leg, window) };
  });
}

function pointSeries(part: LegPart, conditioned: Conditioned, faded: boolean): SeriesView[] {
  const { leg, split } = part;
  const of = (rows: readonly number[], id: string, more: Pick<SeriesView, 'look' | 'ink' | 'strength'>) =>
    rows.length === 0
      ? []
      : [
          {
            id: `${leg.index}-${id}`,
            x: takeRows(conditioned.voltage, rows),
            y: takeRows(conditioned.current, rows),
            ...more,
          } satisfies SeriesView,
        ];
  if (faded) {
    const rows = [...split.used, ...split.outside].sort((a, b) => a - b);
    return of(rows, 'context', { look: 'line', ink: 'ctx' });
  }
  return [
    ...of(split.used, 'used', { look: legLook(leg.name), ink: legInk(leg.name) }),
    ...of(split.outside, 'outside', { look: 'hollow', ink: 'masked' }),
    ...of(split.masked, 'masked', { look: 'cross', ink: 'masked' }),
  ];
}

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

function residualPanel(
  outcome: MeasurementOutcome,
  overlays: readonly Overlay[],
  active: BranchName | null,
): PanelView | null {
  const series = overlays.flatMap((overlay): SeriesView[] =>
    overlay.residuals && overlay.branch
      ? [
          {
            id: `residual-${overlay.id}-${overlay.branch}`,
            x: overlay.residuals.x,
            y: overlay.residuals.sigma,
            look: legLook(overlay.branch),
            ink: legInk(overlay.branch),
            strength: active && overlay.branch !== active ? 0.5 : 1,
          },
        ]
      : [],
  );
  if (series.length === 0) return null;
  const [lo, hi] = domainOf(series, 'y', LINEAR);
  // a handful of far residuals must not flatten the rest: +-6 sigma at most, the note says when points lie beyond
  const limit = Math.min(6, Math.max(3, Math.abs(lo), Math.abs(hi)));
  const report = active ? fitOf(outcome, active)?.report : fitsOf(outcome)[0]?.report;
  return {
    id: 'residual',
    symbol: '',
    title: 'residual, σ',
    share: 20,
    scale: LINEAR,
    threshold: 1,
    unit: '1',
    exponent: 0,
    domain: [-limit, limit],
    series,
    band: [-2, 2],
    zeroLine: true,
    signed: true,
    note: writeRunsTest(report?.runsTest ?? null),
    flags: [],
  };
}

function stripOf(part: LegPart, outcome: MeasurementOutcome, conditioned: Conditioned): StripView[] {
  const { leg, split, window, own } = part;
  const fit = fitOf(outcome, leg.name);
  if (!fit && !own) return [];
  const stops = takeRows(conditioned.voltage, [...split.used, ...split.outside])
    .filter(Number.isFinite)
    .sort();
  const low = stops[0] ?? 0;
  const high = stops.at(-1) ?? 1;
  return [
    {
      branch: leg.name,
      name: legWord(leg.name),
      ink: legInk(leg.name),
      from: Math.max(low, window?.from ?? low),
      to: Math.min(high, window?.to ?? high),
      own,
      whole: !own && split.outside.length === 0,
      points: fit?.report.points ?? null,
      stops,
    },
  ];
}

function legendOf(
  parts: readonly LegPart[],
  conditioned: Conditioned,
  outcome: MeasurementOutcome,
  options: ViewOptions,
): LegendView[] {
  const legend: LegendView[] = [];
  const named = new Set<string>();
  for (const { leg } of parts) {
    const word = legWord(leg.name).replace(/,.*/, '');
    if (named.has(word)) continue;
    named.add(word);
    const fitted = fitOf(outcome, leg.name) !== undefined && !options.simulated;
    legend.push({
      look: legLook(leg.name),
      ink: legInk(leg.name),
      ...(fitted ? { line: 'line' as const, lineInk: 'text' as const } : {}),
      text: fitted ? `${word}, fit` : word,
    });
  }
  const outside = parts.reduce((sum, part) => sum + part.split.outside.length, 0);
  const masked = parts.flatMap((part) => part.split.masked);
  if (outside > 0) legend.push({ look: 'hollow', ink: 'masked', text: `outside window ${outside}` });
  if (masked.length > 0)
    legend.push({ look: 'cross', ink: 'masked', text: `masked: ${writeCauses(conditioned, masked)}` });
  if (options.simulated) legend.push({ look: 'dash', ink: 'sim', text: options.simulated.label });
  if (options.simulated?.compared) legend.push({ look: 'dots', ink: 'ctx', text: 'preset, for comparison' });
  return legend;
}

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
  const usable = points.filter((series) => series.look !== 'cross');
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
      domain: domainOf(usable, 'y', scale),
      series: [
        ...points,
        ...overlaySeries(lines),
        ...(plan.id === 'lin' ? overlaySeries(tangents) : []),
        ...simulated,
      ],
      flags: [
        ...(plan.id === 'lin' ? tangentFeet(tangents, outcome) : []),
        ...(index === 0 ? overlayFlags(overlays) : []),
      ],
    };
  });
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
  return {
    name: `Current of ${outcome.measurement.title} against voltage${residual ? ', with fits and weighted residuals' : ''}`,
    x: {
      title: 'Voltage, V',
      unit: 'V',
      exponent: 0,
      scale: LINEAR,
      domain: domainOf(usable, 'x', LINEAR),
    },
    panels: residual ? [...panels, residual] : panels,
    strips: options.simulated
      ? []
      : parts
          .filter((part) => part.leg.cycle === firstCycle)
          .flatMap((part) => stripOf(part, outcome, conditioned)),
    legs,
    legend: legendOf(
      parts.filter((part) => !faded(part.leg)),
      conditioned,
      outcome,
      options,
    ),
  };
}

function shortAmpere(value: number): string {
  const exponent = columnExponent([value], 'A');
  return `${Number((value / 10 ** exponent).toPrecision(2))}\u202f${showUnit('A', exponent)}`;
}
