import { columnExponent, showUnit } from '../../../src/units/prefixes.ts';
import type { Unit } from '../../../src/units/units.ts';
import type { BelowId } from '../../state/view-state.ts';
import type { SimulatedCurve } from '../../workers/simulator-tasks.ts';
import { LINEAR } from '../scales.ts';
import type { Ink, LineView, Look, PanelView } from '../view-model.ts';
import { steppedDomain } from './steady-domain.ts';

type Columns = Readonly<Record<string, Float64Array>>;

interface Trace {
  readonly column: string;
  readonly text: string;
  readonly ink: Ink;
  readonly look: Look;
  /** Of the right device: its voltage is counted from its own Ag. */
  readonly turned?: boolean;
}

interface Part {
  readonly id: string;
  readonly symbol: string;
  readonly title: string;
  readonly unit: Unit;
  readonly share: number;
  readonly range?: readonly [number, number];
  readonly traces: readonly Trace[];
}

const SHARE_LINE = { look: 'line' } as const;
const LEFT = { text: 'left device', ink: 'd1', ...SHARE_LINE } as const;
const RIGHT = { text: 'right device', ink: 'd2', look: 'dash' } as const;
const SINGLE = { text: 'device', ink: 'd1', ...SHARE_LINE } as const;
const UNIT_RANGE = [-0.06, 1.06] as const;

const PARTS: Readonly<Record<Exclude<BelowId, 'residual' | 'none'>, readonly Part[]>> = {
  devices: [
    {
      id: 'across',
      symbol: '',
      title: 'voltage across',
      unit: 'V',
      share: 31,
      traces: [
        { column: 'leftVoltage_V', ...LEFT },
        { column: 'rightVoltage_V', ...RIGHT, turned: true },
        { column: 'deviceVoltage_V', ...SINGLE },
      ],
    },
    {
      id: 'filament',
      symbol: '',
      title: 'filament λ',
      unit: '1',
      share: 22,
      range: UNIT_RANGE,
      traces: [
        { column: 'leftState', ...LEFT, text: 'left' },
        { column: 'rightState', ...RIGHT, text: 'right' },
        { column: 'state', ...SINGLE, text: '' },
      ],
    },
  ],
  light: [
    {
      id: 'emitted',
      symbol: '',
      title: 'light',
      unit: 'W',
      share: 38,
      traces: [
        { column: 'leftLight_W', ...LEFT, text: 'left emits' },
        { column: 'rightLight_W', ...RIGHT, text: 'right emits' },
        { column: 'light_W', text: 'light', ink: 'd3', look: 'line' },
      ],
    },
  ],
  ionic: [
    {
      id: 'ions',
      symbol: '',
      title: 'ionic state p',
      unit: '1',
      share: 30,
      range: UNIT_RANGE,
      traces: [{ column: 'ionicState', ...SINGLE, text: '' }],
    },
  ],
};

const NAMES: Readonly<Record<BelowId, string>> = {
  devices: 'Below: devices',
  light: 'Below: light',
  ionic: 'Below: ionic state',
  residual: 'Below: residual',
  none: 'Below: nothing',
};

function hasPart(columns: Columns, part: Part): boolean {
  return part.traces.some(({ column }) => columns[column] !== undefined);
}

/** What can be drawn below this simulation. */
export function belowOptions(curve: SimulatedCurve | null): readonly { id: BelowId; text: string }[] {
  const columns = curve?.simulation.columns ?? {};
  const ids: BelowId[] = (['devices', 'light', 'ionic'] as const).filter((id) =>
    PARTS[id].some((part) => hasPart(columns, part)),
  );
  if (curve?.response) ids.push('residual');
  return [...ids, 'none' as const].map((id) => ({ id, text: NAMES[id] }));
}

/** What is wished for where the simulation has it, else what suits the model. */
export function belowInForce(wished: BelowId | null, curve: SimulatedCurve | null): BelowId {
  const ids = belowOptions(curve).map(({ id }) => id);
  if (wished && ids.includes(wished)) return wished;
  const columns = curve?.simulation.columns ?? {};
  if (columns['state'] || columns['leftState']) return 'devices';
  if (columns['ionicState']?.some((p) => p > 0)) return 'ionic';
  return curve?.response ? 'residual' : columns['light_W'] ? 'light' : (ids[0] ?? 'none');
}

/** A row of the first leg where a name has room; of a trace against time, one late in it. */
function labelRow(x: ArrayLike<number>, share: number): number {
  let turn = 1;
  if (x[0]! < 0) return Math.round((x.length - 1) * share);
  while (turn < x.length && Math.abs(x[turn]!) >= Math.abs(x[turn - 1]!)) turn += 1;
  return Math.min(x.length - 1, Math.round((turn - 1) * share));
}

function linesOf(part: Part, { simulation, colours }: SimulatedCurve, x: Float64Array): LineView[] {
  const { columns } = simulation;
  return part.traces.flatMap((trace, index): LineView[] => {
    const data = columns[trace.column];
    if (!data) return [];
    const y = trace.turned ? data.map((value) => 0 - value) : data;
    const colour = colours.find((one) => one.column === trace.column);
    const words = colour ? `${trace.text}, ${Math.round(colour.peak_m * 1e9)} nm` : trace.text;
    const row = labelRow(x, index === 0 ? 0.94 : 0.7);
    const label = trace.text
      ? { label: { text: words, row, ...(colour ? { swatch: colour.hex } : {}) } }
      : {};
    return [
      {
        id: `${part.id} ${trace.text}`.trim(),
        x,
        y,
        look: trace.look,
        ink: trace.ink,
        width: 1.6,
        reads: true,
        ...label,
      },
    ];
  });
}

function largestOf(values: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) if (Math.abs(values[k]!) > most) most = Math.abs(values[k]!);
  return most;
}

function panelOf(part: Part, curve: SimulatedCurve, x: Float64Array): PanelView {
  const lines = linesOf(part, curve, x);
  const largest = lines.reduce((most, { y }) => Math.max(most, largestOf(y)), 0);
  const exponent = part.unit === 'W' ? columnExponent([largest], part.unit) : 0;
  const shown = showUnit(part.unit, exponent);
  return {
    id: part.id,
    symbol: part.symbol,
    title: `${part.title}${shown ? `, ${shown}` : ''}`,
    share: part.share,
    scale: LINEAR,
    threshold: 1,
    unit: part.unit,
    exponent,
    domain: part.range ?? steppedDomain(lines, LINEAR),
    series: [],
    lines,
    flags: [],
  };
}

function residualPanel(curve: SimulatedCurve, x: Float64Array): PanelView | null {
  const { response, comparison } = curve;
  if (!response || !comparison) return null;
  const lines: LineView[] = [
    { id: 'residual', x, y: comparison.residuals, look: 'line', ink: 'd3', width: 1.1, reads: true },
  ];
  const unit: Unit = response.role === 'current' ? 'A' : response.unit === 'V' ? 'V' : '1';
  const largest = largestOf(comparison.residuals);
  const exponent = columnExponent([largest], unit);
  const shown = showUnit(unit, exponent);
  return {
    id: 'residual',
    symbol: '',
    title: `measured − simulated${shown ? `, ${shown}` : ''}`,
    share: 34,
    scale: LINEAR,
    threshold: 1,
    unit,
    exponent,
    domain: steppedDomain(lines, LINEAR),
    series: [],
    lines,
    zeroLine: true,
    flags: [],
  };
}

/** Panels below the curve over the same axis: what the model knows that no probe saw. */
export function belowPanels(below: BelowId, curve: SimulatedCurve | null, x: Float64Array): PanelView[] {
  if (!curve || below === 'none') return [];
  if (below === 'residual') {
    const panel = residualPanel(curve, x);
    return panel ? [panel] : [];
  }
  const { columns } = curve.simulation;
  return PARTS[below].filter((part) => hasPart(columns, part)).map((part) => panelOf(part, curve, x));
}
