import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { MathSymbol } from '../components/Symbol.tsx';
import type { Geometry, PanelBox } from './geometry.ts';
import { legWord } from './legs.ts';
import { inkVar } from './palette.ts';
import { BandName } from './simulator/RegionLabels.tsx';
import type { CurveView, FlagView, LegMark, PanelView } from './view-model.ts';

interface Place {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

const NARROW_LEG = 12;

/** Where along a leg the arrowhead sits: a share of its way on the paper, turned with the curve. */
function placeOnLeg(
  leg: LegMark,
  share: number,
  outcome: MeasurementOutcome | null,
  view: CurveView,
  panel: PanelView,
  box: PanelBox,
  geometry: Geometry,
): Place | null {
  const conditioned = outcome?.conditioned;
  if (!conditioned) return null;
  const [start, end] = leg.rows;
  if (end - start < NARROW_LEG) return null;
  const at = (row: number): { x: number; y: number } | null => {
    const x = geometry.toPx(view.x.scale.forward(conditioned.voltage[row]!));
    const y = box.toPx(panel.scale.forward(conditioned.current[row]!));
    return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
  };
  const row = Math.round(start + (end - 1 - start) * share);
  const here = at(row);
  const before = at(Math.max(start, row - 3));
  const after = at(Math.min(end - 1, row + 3));
  if (!here || !before || !after || here.y < box.top || here.y > box.top + box.height) return null;
  return { ...here, angle: (Math.atan2(after.y - before.y, after.x - before.x) * 180) / Math.PI };
}

function Arrow({ place, ink }: { readonly place: Place; readonly ink: string }) {
  return (
    <path
      transform={`translate(${place.x} ${place.y}) rotate(${place.angle})`}
      d="M-5-5 4 0-5 5z"
      fill={ink}
      stroke="var(--canvas)"
      strokeWidth="1.2"
    />
  );
}

function LegArrows({ view, geometry, outcome }: LabelProps) {
  return view.panels.slice(0, 2).flatMap((panel, index) => {
    if (panel.id === 'residual') return [];
    const box = geometry.panels[index]!;
    return view.legs.map((leg) => {
      const forward = leg.branch.endsWith('forward');
      const share = index === 0 ? (forward ? 0.4 : 0.72) : forward ? 0.72 : 0.36;
      const place = placeOnLeg(leg, share, outcome, view, panel, box, geometry);
      if (!place) return null;
      const word = legWord(leg.branch).replace(/,.*/, '');
      return (
        <g key={`${panel.id}-${leg.rows[0]}`}>
          <Arrow place={place} ink={inkVar(leg.ink)} />
          {index === 0 && view.legs.length <= 2 && (
            <text
              className="an halo"
              x={place.x + (forward ? 15 : -13)}
              y={place.y + 5}
              textAnchor={forward ? 'start' : 'end'}
              style={{ fill: inkVar(leg.ink), fontWeight: 600 }}
            >
              {forward ? `${word} →` : `← ${word}`}
            </text>
          )}
        </g>
      );
    });
  });
}

/** `V_on` inside an SVG text: italic serif, upright subscript. */
function SvgSymbol({ text }: { readonly text: string }) {
  const [base, below] = text.split('_');
  return (
    <>
      <tspan className="mi">{base}</tspan>
      <tspan style={{ fontSize: 9 }} dy="3">
        {below}
      </tspan>
      <tspan dy="-3"> </tspan>
    </>
  );
}

function Foot({
  flag,
  x,
  y,
  side,
}: {
  readonly flag: FlagView;
  readonly x: number;
  readonly y: number;
  readonly side: 1 | -1;
}) {
  return (
    <g>
      <path d={`M${x} ${y}m-4 8 4-7 4 7z`} fill={inkVar(flag.ink)} />
      <text
        className="an halo"
        x={x + 9 * side}
        y={flag.above ? y - 7 : y + 18}
        textAnchor={side > 0 ? 'start' : 'end'}
      >
        {flag.symbol && <SvgSymbol text={flag.symbol} />}
        {flag.text}
      </text>
    </g>
  );
}

const FLAG_ROOM = 96;

function EventFlag({
  flag,
  x,
  top,
  bottom,
  right,
  level,
}: {
  readonly flag: FlagView;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
  readonly level: number;
}) {
  const y = top + 14 + level * 15;
  const side = x > right - FLAG_ROOM ? -1 : 1;
  return (
    <g>
      <path d={`M${x} ${top}V${bottom}`} stroke="var(--text-3)" shapeRendering="crispEdges" />
      <path
        d="M0-9h9l-2.5 3.5 2.5 3.5h-9z"
        transform={`translate(${x} ${y}) scale(${side} 1)`}
        fill={inkVar(flag.ink)}
      />
      <text className="an halo" x={x + 13 * side} y={y - 1} textAnchor={side > 0 ? 'start' : 'end'}>
        {flag.text}
      </text>
    </g>
  );
}

const ARROW_FROM_PX = 16;

/** The two marks of an edge and the time between them: a double arrow where it has room, dotted levels out to the words. */
function EdgeSpan({
  flag,
  from,
  to,
  right,
}: {
  readonly flag: FlagView;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly right: number;
}) {
  const ink = inkVar(flag.ink);
  const reach = Math.max(from.x, to.x) + 14;
  const before = reach > right - FLAG_ROOM;
  const middle = (from.y + to.y) / 2;
  const wide = Math.abs(to.x - from.x) >= ARROW_FROM_PX;
  return (
    <g>
      {[from, to].map((at) => (
        <g key={at.y}>
          <circle cx={at.x} cy={at.y} r="3" fill="var(--canvas)" stroke={ink} strokeWidth="1.3" />
          {flag.text && (
            <path
              d={`M${at.x + 4} ${at.y}H${Math.max(at.x + 4, reach)}`}
              stroke={ink}
              strokeDasharray="1.5 2.5"
            />
          )}
        </g>
      ))}
      {wide && (
        <path
          d={`M${from.x} ${from.y}V${middle}M${to.x} ${to.y}V${middle}`}
          stroke={ink}
          strokeDasharray="1.5 2.5"
        />
      )}
      {wide && (
        <path
          d={`M${from.x} ${middle}H${to.x}m-5-3 5 3-5 3M${from.x + 5} ${middle - 3}l-5 3 5 3`}
          fill="none"
          stroke={ink}
          strokeWidth="1.2"
        />
      )}
      {flag.text && (
        <text
          className="an halo"
          x={before ? Math.min(from.x, to.x) - 8 : reach + 4}
          y={middle + 4}
          textAnchor={before ? 'end' : 'start'}
        >
          {flag.text}
        </text>
      )}
    </g>
  );
}

interface LabelProps {
  readonly view: CurveView;
  readonly geometry: Geometry;
  /** Null where nothing was measured. */
  readonly outcome: MeasurementOutcome | null;
}

/** The name of a foot stands away from the other foot, and inside the paper. */
function sideOf(flag: FlagView, flags: readonly FlagView[], x: number, geometry: Geometry): 1 | -1 {
  if (x > geometry.right - FLAG_ROOM) return -1;
  if (x < geometry.left + FLAG_ROOM) return 1;
  return flags.some((other) => other.kind === 'foot' && other.x > flag.x) ? -1 : 1;
}

function Flags({ view, geometry }: Omit<LabelProps, 'outcome'>) {
  return view.panels.flatMap((panel, index) => {
    const box = geometry.panels[index]!;
    return panel.flags.map((flag, number) => {
      const x = geometry.toPx(view.x.scale.forward(flag.x));
      if (!(x >= geometry.left && x <= geometry.right)) return null;
      const key = `${panel.id}-${flag.text}-${flag.x}`;
      if (flag.to && flag.y !== null) {
        const place = (at: { readonly x: number; readonly y: number }) => ({
          x: geometry.toPx(view.x.scale.forward(at.x)),
          y: box.toPx(panel.scale.forward(at.y)),
        });
        return (
          <EdgeSpan
            key={key}
            flag={flag}
            from={place({ x: flag.x, y: flag.y })}
            to={place(flag.to)}
            right={geometry.right}
          />
        );
      }
      return flag.kind === 'foot' ? (
        <Foot
          key={key}
          flag={flag}
          x={x}
          y={box.toPx(panel.scale.forward(0))}
          side={sideOf(flag, panel.flags, x, geometry)}
        />
      ) : (
        <EventFlag
          key={key}
          flag={flag}
          x={x}
          top={geometry.top}
          bottom={geometry.bottom}
          right={geometry.right}
          level={number}
        />
      );
    });
  });
}

/** Words and marks over the paper: panel titles, names of legs, feet of tangents, events. Never under the mouse. */
export function PlotLabels({ view, geometry, outcome }: LabelProps) {
  return (
    <div className="plot-labels" aria-hidden="true">
      <svg width={geometry.width} height={geometry.height} aria-hidden="true">
        <LegArrows view={view} geometry={geometry} outcome={outcome} />
        <Flags view={view} geometry={geometry} />
        {view.bands?.map((one) => (
          <BandName key={one.from} band={one} geometry={geometry} />
        ))}
        <text className="at" x={geometry.right} y={geometry.height - 8} textAnchor="end">
          {view.x.title}
        </text>
      </svg>
      {view.panels.map((panel, index) => {
        const box = geometry.panels[index]!;
        return (
          <div key={panel.id}>
            <span className="panel-title halo-box" style={{ left: geometry.left + 34, top: box.top + 3 }}>
              {panel.symbol === '|I|' ? (
                <>
                  |<span className="m">I</span>|
                </>
              ) : (
                panel.symbol && <MathSymbol text={panel.symbol} />
              )}
              {panel.title}
            </span>
            {panel.note && (
              <span
                className="panel-note halo-box"
                style={{ right: geometry.width - geometry.right + 34, top: box.top + 3 }}
              >
                {panel.note}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
