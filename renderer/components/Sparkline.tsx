import { columnOf } from '../../src/model/curve.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import { abscissaOf } from '../plot/xy-view.ts';

const WIDTH = 58;
const HEIGHT = 16;
const PAD = 1.4;
const MOST_POINTS = 90;

const known = new WeakMap<Measurement, string>();

/** log |I| of a sweep, the plain channel of anything else: a shape is recognised faster than a number. */
export function sparkPath(measurement: Measurement): string {
  const cached = known.get(measurement);
  if (cached !== undefined) return cached;
  const x = abscissaOf(measurement);
  const current = measurement.kind === 'iv' ? columnOf(measurement.curve, 'current') : undefined;
  const light = columnOf(measurement.curve, 'light');
  const y = current ?? light ?? measurement.curve.columns.find((column) => column !== x);
  const [from, to] = rowsShown(measurement);
  const path =
    x && y ? draw(x.data.subarray(from, to), y.data.subarray(from, to), current !== undefined) : '';
  known.set(measurement, path);
  return path;
}

/** A loop of one sign is shown by its first leg: the way back would only thicken the line. */
function rowsShown({ branches, curve }: Measurement): readonly [number, number] {
  const first = branches[0];
  const oneSign = branches.every((branch) => branch.polarity === first?.polarity);
  return first && oneSign && branches.length > 1 ? [first.start, first.end] : [0, curve.length];
}

function draw(x: Float64Array, y: Float64Array, log: boolean): string {
  const stride = Math.max(1, Math.floor(x.length / MOST_POINTS));
  const places: [number, number][] = [];
  for (let i = 0; i < x.length; i += stride) {
    const height = log ? Math.log10(Math.abs(y[i]!)) : y[i]!;
    if (Number.isFinite(x[i]!) && Number.isFinite(height)) places.push([x[i]!, height]);
  }
  if (places.length < 2) return '';
  const xs = places.map(([a]) => a);
  const ys = places.map(([, b]) => b);
  const x0 = Math.min(...xs);
  const y0 = Math.min(...ys);
  const sx = (WIDTH - 2 * PAD) / (Math.max(...xs) - x0 || 1);
  const sy = (HEIGHT - 2 * PAD) / (Math.max(...ys) - y0 || 1);
  return places
    .map(
      ([a, b], i) =>
        `${i === 0 ? 'M' : 'L'}${(PAD + (a - x0) * sx).toFixed(1)} ${(HEIGHT - PAD - (b - y0) * sy).toFixed(1)}`,
    )
    .join('');
}

export function Sparkline({
  measurement,
  faded = false,
}: {
  readonly measurement: Measurement;
  readonly faded?: boolean;
}) {
  return (
    <svg className="sk" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path className={faded ? 'cx' : ''} d={sparkPath(measurement)} />
    </svg>
  );
}
