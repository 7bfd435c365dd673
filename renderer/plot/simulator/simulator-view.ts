import { columnExponent, showUnit } from '../../../src/units/prefixes.ts';
import { isUnit, type Unit } from '../../../src/units/units.ts';
import { drivesItself, type Scene } from '../../state/simulator/simulation-view.ts';
import type { BelowId, ScaleId } from '../../state/view-state.ts';
import type { SimulatedCurve } from '../../workers/simulator-tasks.ts';
import { domainOf } from '../domain.ts';
import { partLegs, pointSeries } from '../leg-parts.ts';
import { legInk, legLook, legWord } from '../legs.ts';
import { LINEAR, LOG, type PlotScale, symlogScale, symlogThreshold } from '../scales.ts';
import type { CurveView, LegendView, LineView, PanelView, SeriesView } from '../view-model.ts';
import { belowPanels } from './below-panels.ts';
import { type EdgeView, findRegions, simulatedEdges } from './regions.ts';
import { widenDomain } from './steady-domain.ts';

export interface SimulatorViewInput {
  readonly scene: Scene;
  readonly curve: SimulatedCurve | null;
  /** The unedited preset, for comparison. */
  readonly preset: SimulatedCurve | null;
  readonly scale: ScaleId;
  readonly below: BelowId;
  /** Other simulated curves, such as a family. */
  readonly family?: readonly LineView[];
}

export interface SimulatorView extends CurveView {
  readonly edges: readonly EdgeView[];
  /** Abscissa of every row of the simulation. */
  readonly rows: Float64Array;
  readonly isTime: boolean;
  /** The simulated answer of every row, on the scale of the first panel. */
  readonly output: Float64Array;
  /** What the painted points were made from: equal identities, equal points. */
  readonly points: unknown;
}

type MainId = 'log' | 'lin' | 'symlog';
const MAIN: Readonly<Record<ScaleId, readonly { readonly id: MainId; readonly share: number }[]>> = {
  'log+lin': [
    { id: 'log', share: 46 },
    { id: 'lin', share: 34 },
  ],
  log: [{ id: 'log', share: 80 }],
  lin: [{ id: 'lin', share: 80 }],
  symlog: [{ id: 'symlog', share: 80 }],
};

/** Traces against time where the drive is one: pulses, and the record of a scope. */
export function isAgainstTime({ setup, measurement }: Scene): boolean {
  if (setup.drive.kind === 'measurement') return measurement?.kind === 'waveform';
  return setup.drive.kind !== 'sweep';
}

interface Measured {
  readonly series: readonly SeriesView[];
  readonly legend: readonly LegendView[];
}
const NOTHING: Measured = { series: [], legend: [] };

const MANY_POINTS = 600;

/** Legs of a sweep in their own marks; a pair, whose devices own the colours, in one. */
function measuredSweep({ outcome, setup }: Scene): Measured {
  const conditioned = outcome?.conditioned;
  if (!outcome || !conditioned) return NOTHING;
  const options = { scale: 'log' as const, residuals: false, leg: null, windows: [], simulated: null };
  const parts = partLegs(outcome, conditioned, options).map((part) => ({
    ...part,
    split: {
      ...part.split,
      used: [...part.split.used, ...part.split.outside].sort((a, b) => a - b),
      outside: [],
    },
  }));
  const series = parts.flatMap((part) => pointSeries(part, conditioned, false));
  const points = `${conditioned.voltage.length} points`;
  if (setup.model === 'light-emitting-memory') {
    const own = series.map(
      (one): SeriesView => (one.look === 'cross' ? one : { ...one, look: 'disc', ink: 'd3' }),
    );
    return { series: own, legend: [{ look: 'disc', ink: 'd3', text: `measured, ${points}` }] };
  }
  const names = new Map<string, LegendView>();
  for (const { leg } of parts) {
    const text = `measured, ${legWord(leg.name).replace(/,.*/, '')}`;
    names.set(text, { look: legLook(leg.name), ink: legInk(leg.name), text });
  }
  return { series, legend: [...names.values()] };
}

function measuredResponse(curve: SimulatedCurve | null, x: Float64Array): Measured {
  const response = curve?.response;
  if (!response) return NOTHING;
  const look = x.length > MANY_POINTS ? 'line' : 'disc';
  return {
    series: [{ id: 'measured', x, y: response.measured, look, ink: 'd3', width: 1.3 }],
    legend: [{ look, ink: 'd3', text: `measured ${response.label}, ${x.length} points` }],
  };
}

function outputOf(curve: SimulatedCurve | null, scene: Scene): Float64Array {
  const own = drivesItself(scene) ? null : curve?.response?.simulated;
  return own ?? curve?.simulation.columns['current_A'] ?? new Float64Array();
}

function abscissaOf(curve: SimulatedCurve | null, isTime: boolean): Float64Array {
  return curve?.simulation.columns[isTime ? 'time_s' : 'voltage_V'] ?? new Float64Array();
}

/** A law without memory answers the same on the way back: dashes drawn twice would read as a solid line. */
function onceOnly(output: Float64Array, x: Float64Array, { setup }: Scene): Float64Array {
  if (setup.model !== 'modified-shockley') return output;
  return output.map((value, k) => (k > 0 && Math.abs(x[k]!) < Math.abs(x[k - 1]!) ? Number.NaN : value));
}

function drivePanel(curve: SimulatedCurve, x: Float64Array): PanelView {
  const lines: LineView[] = [
    {
      id: 'drive',
      x,
      y: curve.simulation.columns['voltage_V']!,
      look: 'line',
      ink: 'd1',
      width: 1.3,
      reads: true,
    },
  ];
  return {
    id: 'drive',
    symbol: '',
    title: 'drive, V',
    share: 30,
    scale: LINEAR,
    threshold: 1,
    unit: 'V',
    exponent: 0,
    domain: widenDomain([], lines, LINEAR),
    series: [],
    lines,
    flags: [],
  };
}

/** A simulation over what was measured, or alone: the curve, and below it what the model knows besides. */
export function buildSimulatorView(input: SimulatorViewInput): SimulatorView {
  const { scene, curve, preset, scale, below, family = [] } = input;
  const isTime = isAgainstTime(scene);
  const own = !drivesItself(scene);
  const x = abscissaOf(curve, isTime);
  const measured = !own ? NOTHING : isTime ? measuredResponse(curve, x) : measuredSweep(scene);
  const output = outputOf(curve, scene);
  const response = own ? curve?.response : null;
  const unit: Unit = response && isUnit(response.unit) ? response.unit : 'A';
  const isCurrent = !response || response.role === 'current';
  const simulated: LineView[] = curve
    ? [{ id: 'simulated', x, y: onceOnly(output, x, scene), look: 'dash', ink: 'sim', width: 1.5 }]
    : [];
  const compared: LineView[] = preset
    ? [
        {
          id: 'preset',
          x: abscissaOf(preset, isTime),
          y: onceOnly(outputOf(preset, scene), abscissaOf(preset, isTime), scene),
          look: 'dots',
          ink: 'masked',
          width: 1.2,
        },
      ]
    : [];
  const usable = measured.series.filter((series) => series.look !== 'cross');
  const values = usable.length > 0 ? usable.flatMap((one) => Array.from(one.y)) : Array.from(output);
  const largest = values.reduce((most, v) => (Math.abs(v) > most ? Math.abs(v) : most), 0);
  const exponent = columnExponent([largest], unit);
  const threshold = symlogThreshold(values);
  const plans = isTime && scale === 'log+lin' ? MAIN.lin : MAIN[scale];
  const main = plans.map((plan): PanelView => {
    const placed: PlotScale = plan.id === 'log' ? LOG : plan.id === 'lin' ? LINEAR : symlogScale(threshold);
    const shown = showUnit(unit, exponent);
    return {
      id: plan.id,
      symbol: isCurrent ? (plan.id === 'log' ? '|I|' : 'I') : '',
      title: `${isCurrent ? '' : 'light'}${plan.id === 'log' ? ', log' : plan.id === 'lin' ? `, ${shown}` : ', ±log'}`,
      share: plan.share,
      scale: placed,
      threshold,
      unit,
      exponent,
      domain: widenDomain(usable, [...simulated, ...family], placed),
      series: measured.series,
      lines: [...compared, ...family, ...(family.length > 0 ? [] : simulated)],
      flags: [],
    };
  });
  const xDomain = domainOf(usable.length > 0 ? usable : [...simulated, ...family], 'x', LINEAR);
  const regions = isTime ? { bands: [], edges: [] } : findRegions(own ? scene.outcome : null, trim(xDomain));
  const events = own && !isTime ? [] : simulatedEdges(curve?.simulation.events ?? [], isTime);
  const xLargest = Math.max(Math.abs(xDomain[0]), Math.abs(xDomain[1]));
  const xExponent = isTime ? columnExponent([xLargest], 's') : 0;
  return {
    name: `Simulation of ${scene.measurement ? scene.measurement.title : 'a device'} against ${isTime ? 'time' : 'voltage'}${own && measured.series.length > 0 ? ', over the measured curve' : ''}`,
    x: {
      title: isTime ? `Time, ${showUnit('s', xExponent)}` : 'Voltage, V',
      unit: isTime ? 's' : 'V',
      exponent: xExponent,
      scale: LINEAR,
      domain: xDomain,
    },
    panels: [...(isTime && curve ? [drivePanel(curve, x)] : []), ...main, ...belowPanels(below, curve, x)],
    strips: [],
    legs: [],
    masked: [],
    legend: [
      ...measured.legend,
      ...(family.length === 0 ? [{ look: 'dash' as const, ink: 'sim' as const, text: 'simulation' }] : []),
      ...(preset
        ? [
            {
              look: 'dots' as const,
              ink: 'masked' as const,
              text: `preset ${scene.setup.preset}, for comparison`,
            },
          ]
        : []),
    ],
    bands: regions.bands,
    edges: [...regions.edges, ...events],
    rows: x,
    isTime,
    output,
    points: own ? (isTime ? scene.measurement : scene.outcome) : null,
  };
}

/** The margin beside the traces belongs to no region. */
function trim([lo, hi]: readonly [number, number]): readonly [number, number] {
  const margin = (0.03 / 1.06) * (hi - lo);
  return [lo + margin, hi - margin];
}
