import { useRef, useState } from 'react';
import type { BranchName } from '../../src/model/quantity.ts';
import { formatFixed } from '../../src/units/format-value.ts';
import { type Geometry, PLOT } from './geometry.ts';
import { inkVar } from './palette.ts';
import type { PlotScale } from './scales.ts';
import { moveStop, snapTo } from './snap.ts';
import type { StripView } from './view-model.ts';

type Edge = 'lower' | 'upper';
type Range = readonly [from: number, to: number];

interface Props {
  readonly strips: readonly StripView[];
  readonly active: BranchName | null;
  readonly geometry: Geometry;
  readonly scale: PlotScale;
  readonly unit: string;
  readonly editable: boolean;
  readonly onActivate: (branch: BranchName) => void;
  /** The range while it moves. */
  readonly onHold: (branch: BranchName, range: Range) => void;
  /** The range when the hand lets go; null puts the old one back. */
  readonly onDrop: (branch: BranchName, range: Range | null) => void;
}

function writeRange(strip: StripView): string {
  const origin = strip.own ? 'this device only' : 'from recipe';
  const range = strip.whole
    ? 'all unmasked'
    : `${formatFixed(strip.from, 2)} – ${formatFixed(strip.to, 2)} V`;
  return `${strip.name}, ${origin}: ${range}${strip.points === null ? '' : `, ${strip.points} points`}`;
}

/**
 * The fit window over the plot: a strip per leg, and for the leg in hand two edges through all panels. Elements of our own,
 * because plotly's shapes report no continuous motion and take no focus.
 */
export function FitWindow({
  strips,
  active,
  geometry,
  scale,
  unit,
  editable,
  onActivate,
  onHold,
  onDrop,
}: Props) {
  const strip = strips.find((one) => one.branch === active);
  const [moving, setMoving] = useState<Edge | 'both' | null>(null);
  const grab = useRef<{ readonly edge: Edge | 'both'; readonly range: Range; readonly at: number } | null>(
    null,
  );
  const last = useRef<Range | null>(null);
  const toPx = (value: number) => geometry.toPx(scale.forward(value));
  const clamp = (px: number) => Math.min(geometry.right, Math.max(geometry.left, px));
  if (!strip) return null;
  const isInView = (value: number) => Math.abs(clamp(toPx(value)) - toPx(value)) < 1;
  const range: Range = [strip.from, strip.to];
  const lowerPx = clamp(toPx(strip.from));
  const upperPx = clamp(toPx(strip.to));

  const moveTo = (edge: Edge | 'both', value: number, from: Range, free: boolean): Range => {
    const { stops } = strip;
    const snap = (wanted: number) => (free ? wanted : snapTo(stops, wanted));
    if (edge === 'both') {
      const by = value;
      const least = stops[0] ?? from[0];
      const most = stops.at(-1) ?? from[1];
      const kept = Math.max(least - from[0], Math.min(most - from[1], by));
      return [snap(from[0] + kept), snap(from[1] + kept)];
    }
    return edge === 'lower'
      ? [Math.min(snap(value), moveStop(stops, from[1], -1)), from[1]]
      : [from[0], Math.max(snap(value), moveStop(stops, from[0], 1))];
  };

  const press = (edge: Edge | 'both') => (event: React.PointerEvent<HTMLElement>) => {
    if (!editable || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    if (edge !== 'both') event.currentTarget.focus();
    grab.current = { edge, range, at: event.clientX };
    setMoving(edge);
  };
  const move = (event: React.PointerEvent<HTMLElement>) => {
    const hand = grab.current;
    if (!hand) return;
    const perPx = (geometry.xDomain[1] - geometry.xDomain[0]) / (geometry.right - geometry.left);
    const by = (event.clientX - hand.at) * perPx;
    const start = hand.edge === 'upper' ? hand.range[1] : hand.range[0];
    const value = hand.edge === 'both' ? by : scale.inverse(scale.forward(start) + by);
    const next = moveTo(hand.edge, value, hand.range, event.altKey);
    if (last.current && next[0] === last.current[0] && next[1] === last.current[1]) return;
    last.current = next;
    onHold(strip.branch, next);
  };
  const release = () => {
    if (!grab.current) return;
    const { range: before } = grab.current;
    const now = last.current;
    grab.current = null;
    last.current = null;
    setMoving(null);
    onDrop(strip.branch, now && (now[0] !== before[0] || now[1] !== before[1]) ? now : null);
  };
  const restore = () => {
    grab.current = null;
    last.current = null;
    setMoving(null);
    onDrop(strip.branch, null);
  };
  const key = (edge: Edge) => (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && grab.current) {
      event.preventDefault();
      restore();
      return;
    }
    const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!sign || !editable) return;
    event.preventDefault();
    const from = edge === 'lower' ? strip.from : strip.to;
    const value = moveStop(strip.stops, from, sign * (event.shiftKey ? 10 : 1));
    onDrop(strip.branch, moveTo(edge, value, range, false));
  };

  const edgeOf = (edge: Edge, px: number, value: number) => (
    <div
      key={edge}
      className={`edge ${moving === edge ? 'moving' : ''}`}
      role="slider"
      tabIndex={editable ? 0 : -1}
      aria-label={`${edge === 'lower' ? 'Lower' : 'Upper'} edge, ${strip.name}`}
      aria-valuemin={strip.stops[0] ?? 0}
      aria-valuemax={strip.stops.at(-1) ?? 1}
      aria-valuenow={value}
      aria-valuetext={`${formatFixed(value, 2)} ${unit === 'V' ? 'volts' : unit}`}
      aria-disabled={!editable}
      style={{ left: px, top: PLOT.legend, height: geometry.bottom - PLOT.legend }}
      onPointerDown={press(edge)}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={restore}
      onKeyDown={key(edge)}
    >
      <span className="grip" />
      {moving === edge && (
        <span className={`edge-tag ${px > geometry.right - 70 ? 'before' : ''}`}>
          {formatFixed(value, 2)} {unit}
        </span>
      )}
    </div>
  );

  return (
    <div className="fit-window">
      {strips.map((one, index) => (
        <div
          key={one.branch}
          className="strip"
          style={{
            left: geometry.left,
            width: geometry.right - geometry.left,
            top: PLOT.legend + index * PLOT.strip,
          }}
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: for the hand only; keys choose the leg in the inspector and move the edges */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
          <div
            className="strip-range"
            style={{
              left: clamp(toPx(one.from)) - geometry.left,
              width: Math.max(6, clamp(toPx(one.to)) - clamp(toPx(one.from))),
              ['--leg' as string]: inkVar(one.ink),
            }}
            onClick={() => onActivate(one.branch)}
            onPointerDown={one.branch === active ? press('both') : undefined}
            onPointerMove={one.branch === active ? move : undefined}
            onPointerUp={one.branch === active ? release : undefined}
          >
            <span className="el">{writeRange(one)}</span>
          </div>
        </div>
      ))}
      {geometry.panels.map((panel) => (
        <div key={panel.id}>
          <div
            className="veil"
            style={{
              left: geometry.left,
              width: Math.max(0, lowerPx - geometry.left),
              top: panel.top,
              height: panel.height,
            }}
          />
          <div
            className="veil"
            style={{
              left: upperPx,
              width: Math.max(0, geometry.right - upperPx),
              top: panel.top,
              height: panel.height,
            }}
          />
        </div>
      ))}
      {isInView(strip.from) && edgeOf('lower', lowerPx, strip.from)}
      {isInView(strip.to) && edgeOf('upper', upperPx, strip.to)}
    </div>
  );
}
