import type { EvidencePlot } from '../../../src/model/quantity.ts';
import { formatFixed, MINUS } from '../../../src/units/format-value.ts';
import { legInk } from '../../plot/legs.ts';
import { inkVar } from '../../plot/palette.ts';
import { niceStep } from '../../plot/ticks.ts';

const WIDTH = 156;
const HEIGHT = 112;
/** On 118 pixels more points are a line. */
const MOST_POINTS = 160;
const BOX = { left: 34, right: 152, top: 16, bottom: 86 } as const;

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly step: number;
  /** Power of ten taken off the ticks. */
  readonly exponent: number;
}

const PREFIX: Readonly<Record<number, string>> = {
  9: 'G',
  6: 'M',
  3: 'k',
  0: '',
  [-3]: 'm',
  [-6]: 'µ',
  [-9]: 'n',
  [-12]: 'p',
};

/** Limits a little outside the data, two or three round ticks, and the prefix that makes them short. */
function axisOf(series: readonly ArrayLike<number>[]): Axis {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const data of series) {
    for (let k = 0; k < data.length; k++) {
      const value = data[k]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(high > low)) [low, high] = [low - 1, low + 1];
  const margin = 0.06 * (high - low);
  low -= margin;
  high += margin;
  const step = niceStep(high - low, 2.4);
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step)
    ticks.push(Math.abs(at) < step / 1e6 ? 0 : at);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const exponent = Math.max(-12, Math.min(9, 3 * Math.floor(Math.log10(largest) / 3)));
  return { low, high, ticks, step, exponent };
}

function tickText(value: number, { step, exponent }: Axis): string {
  const scaled = step / 10 ** exponent;
  const digits = Math.max(0, -Math.floor(Math.log10(scaled) + 1e-9));
  return formatFixed(value / 10 ** exponent, digits).replace('-', MINUS);
}

/** `I, mA`; a unit that takes no prefix (1/A) gets its power of ten. */
function axisTitle(symbol: string, unit: string, { exponent }: Axis): string {
  if (exponent === 0) return `${symbol}, ${unit}`;
  const prefix = PREFIX[exponent];
  return prefix && /^[AVSΩ]$/.test(unit)
    ? `${symbol}, ${prefix}${unit}`
    : `${symbol}, 10^${exponent} ${unit}`;
}

function Superscript({ text }: { readonly text: string }) {
  const [before, power] = text.split('^');
  if (power === undefined) return text;
  const [digits, ...rest] = power.split(' ');
  return (
    <>
      {before}
      <tspan dy="-3" style={{ fontSize: 8 }}>
        {digits!.replace('-', MINUS)}
      </tspan>
      <tspan dy="3"> {rest.join(' ')}</tspan>
    </>
  );
}

function isInside(plot: EvidencePlot, x: Float64Array, y: Float64Array): boolean {
  return x.every(Number.isFinite) && y.every(Number.isFinite) && x.length > 1 && plot.x.data.length > 1;
}

/** One method as it was read: its points, its own line in the colour of the leg, the global fit in ink. */
export function SmallPlot({ plot }: { readonly plot: EvidencePlot }) {
  const lines = plot.lines.filter(({ x, y }) => isInside(plot, x, y));
  const x = axisOf([plot.x.data]);
  // a fit far from the points leaves the frame rather than flattening them
  const y = axisOf([plot.y.data]);
  const px = (value: number) => BOX.left + ((value - x.low) / (x.high - x.low)) * (BOX.right - BOX.left);
  const py = (value: number) => BOX.bottom - ((value - y.low) / (y.high - y.low)) * (BOX.bottom - BOX.top);
  const ink = inkVar(plot.branch ? legInk(plot.branch) : 'd1');
  const path = (xs: Float64Array, ys: Float64Array) =>
    Array.from(xs.keys())
      .sort((a, b) => xs[a]! - xs[b]!)
      .map((k, index) => `${index === 0 ? 'M' : 'L'}${px(xs[k]!).toFixed(1)} ${py(ys[k]!).toFixed(1)}`)
      .join('');
  const stride = Math.ceil(plot.x.data.length / MOST_POINTS);
  const shown = Array.from(plot.x.data.keys()).filter((k) => k % stride === 0);
  const clip = `clip-${plot.id.replace('/', '-')}-${plot.branch ?? 'all'}`;
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      className="small-plot"
      role="img"
      aria-label={`${plot.title}: ${plot.y.symbol} against ${plot.x.symbol}, ${plot.x.data.length} points`}
    >
      <clipPath id={clip}>
        <rect x={BOX.left} y={BOX.top} width={BOX.right - BOX.left} height={BOX.bottom - BOX.top} />
      </clipPath>
      {y.ticks.map((at) => (
        <g key={at}>
          <path d={`M${BOX.left} ${py(at)}H${BOX.right}`} className="grid" />
          <text x={BOX.left - 4} y={py(at) + 3.5} textAnchor="end">
            {tickText(at, y)}
          </text>
        </g>
      ))}
      {x.ticks.map((at) => (
        <g key={at}>
          <path d={`M${px(at)} ${BOX.bottom}v3`} className="tick" />
          <text x={px(at)} y={BOX.bottom + 13} textAnchor="middle">
            {tickText(at, x)}
          </text>
        </g>
      ))}
      <path d={`M${BOX.left} ${BOX.top}V${BOX.bottom}H${BOX.right}`} className="frame" />
      <g clipPath={`url(#${clip})`}>
        {shown.map((k) => (
          <circle key={k} cx={px(plot.x.data[k]!)} cy={py(plot.y.data[k]!)} r="1.6" fill={ink} />
        ))}
        {lines.map(({ role, x: xs, y: ys }) => (
          <path key={role} d={path(xs, ys)} className={role} style={role === 'own' ? { stroke: ink } : {}} />
        ))}
      </g>
      <text x={BOX.left - 30} y={10}>
        <Superscript text={axisTitle(plot.y.symbol, plot.y.unit, y)} />
      </text>
      <text x={BOX.right} y={HEIGHT - 1} textAnchor="end">
        <Superscript text={axisTitle(plot.x.symbol, plot.x.unit, x)} />
      </text>
    </svg>
  );
}
