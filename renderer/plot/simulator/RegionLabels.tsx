import type { Geometry } from '../geometry.ts';
import type { BandView } from '../view-model.ts';
import type { EdgeView } from './regions.ts';
import type { SimulatorView } from './simulator-view.ts';

const LETTER_PX = 5.8;
const BAND_TEXT_Y = 15;

export function BandName({ band, geometry }: { readonly band: BandView; readonly geometry: Geometry }) {
  const from = Math.max(geometry.left, geometry.toPx(band.from));
  const to = Math.min(geometry.right, geometry.toPx(band.to));
  const room = to - from;
  const words = `${band.numeral} ${band.text}`;
  const whole = room > words.length * LETTER_PX + 10;
  if (room < band.numeral.length * 4 + 6) return null;
  return (
    <text className="tl" x={(from + to) / 2} y={geometry.top - 20 + BAND_TEXT_Y} textAnchor="middle">
      <tspan className="b">{band.numeral}</tspan>
      {whole && ` ${band.text}`}
      <title>{words}</title>
    </text>
  );
}

interface PlacedEdge {
  readonly edge: EdgeView;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

const WORDS_HEIGHT = 34;

/** Words beside their lines, further from the curve where others stand already. */
function placeEdges(edges: readonly EdgeView[], geometry: Geometry): readonly PlacedEdge[] {
  const box = geometry.panels[0]!;
  const taken: { readonly from: number; readonly to: number; readonly y: number }[] = [];
  return edges.flatMap((edge) => {
    const x = geometry.toPx(edge.x);
    if (!(x >= geometry.left && x <= geometry.right)) return [];
    const room = (Math.max(edge.name.length, edge.text.length) + 1) * LETTER_PX + 8;
    const flip = edge.side > 0 ? x + room > geometry.right : x - room < geometry.left;
    const side = flip ? -edge.side : edge.side;
    const [from, to] = side > 0 ? [x, x + room] : [x - room, x];
    let y = box.top + box.height * edge.at;
    const meets = () =>
      taken.some((one) => one.from < to && from < one.to && Math.abs(one.y - y) < WORDS_HEIGHT);
    const step = edge.at < 0.5 ? -WORDS_HEIGHT : WORDS_HEIGHT;
    for (let k = 0; k < edges.length && meets() && y + step > box.top + 24; k++) y += step;
    taken.push({ from, to, y });
    return [{ edge, x, y, side }];
  });
}

function Edge({
  placed: { edge, x, y, side },
  geometry,
}: {
  readonly placed: PlacedEdge;
  readonly geometry: Geometry;
}) {
  return (
    <g>
      <path
        d={`M${x} ${geometry.top - 14}V${geometry.bottom}`}
        stroke="var(--text-3)"
        shapeRendering="crispEdges"
      />
      <path
        d="M0 0h9v7h-9z"
        transform={`translate(${x} ${geometry.top - 14}) scale(${side} 1)`}
        className="edge-flag"
      />
      <text className="an halo" x={x + 7 * side} y={y} textAnchor={side > 0 ? 'start' : 'end'}>
        <tspan className="b">{edge.name}</tspan>
        <tspan x={x + 7 * side} dy="15">
          {edge.text}
        </tspan>
      </text>
    </g>
  );
}

/** Names of the regions above the paper, and the lines where they meet. */
export function RegionLabels({
  view,
  geometry,
}: {
  readonly view: SimulatorView;
  readonly geometry: Geometry;
}) {
  return (
    <svg className="line-layer" width={geometry.width} height={geometry.height} aria-hidden="true">
      {view.bands?.map((band) => (
        <BandName key={`${band.from}`} band={band} geometry={geometry} />
      ))}
      {placeEdges(view.edges, geometry).map((placed) => (
        <Edge key={`${placed.edge.name}-${placed.edge.x}`} placed={placed} geometry={geometry} />
      ))}
    </svg>
  );
}
