import { type ReactNode, useId, useState } from 'react';
import type { DeviceId } from '../../../src/model/ids.ts';
import { pickDevice } from '../../state/device-selection.ts';
import { useSession } from '../../state/session.ts';

/** A device placed in a panel, in CSS pixels of its drawing. */
export interface PlacedDevice {
  /** Unique in the panel: a device stands in it once per leg. */
  readonly key: string;
  readonly device: DeviceId;
  readonly x: number;
  readonly y: number;
  /** Place in the list of markers and colours, as legs have it. */
  readonly look: number;
  /** What is read out and shown on hover: name, value, status. */
  readonly text: string;
  readonly flagged: boolean;
  /** Marked as outlier: drawn hollow and grey, counted nowhere. */
  readonly apart: boolean;
  /** Off the scale: an arrow at the edge that points this way. */
  readonly off?: 'left' | 'right' | 'up' | 'down' | undefined;
}

const RING = 6.5;
const ARROWS = {
  left: 'M-7 0l7 -4v8z',
  right: 'M7 0l-7 -4v8z',
  up: 'M0 -7l4 7h-8z',
  down: 'M0 7l4 -7h-8z',
} as const;

function Marker({ look, filled }: { readonly look: number; readonly filled: boolean }) {
  const ink = `var(--d${(look % 4) + 1})`;
  switch (look % 4) {
    case 0:
      return <circle r="3.4" fill={ink} />;
    case 1:
      return (
        <rect
          x="-3.2"
          y="-3.2"
          width="6.4"
          height="6.4"
          fill={filled ? ink : 'var(--canvas)'}
          stroke={ink}
          strokeWidth="1.2"
        />
      );
    case 2:
      return <path d="M0 -4.2l4 7h-8z" fill={ink} />;
    default:
      return (
        <path
          d="M0 -4.6l4.2 4.6l-4.2 4.6l-4.2 -4.6z"
          fill={filled ? ink : 'var(--canvas)'}
          stroke={ink}
          strokeWidth="1.2"
        />
      );
  }
}

/** The marker of a leg by itself, for a legend. */
export function LegMark({ look }: { readonly look: number }) {
  return (
    <svg width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true">
      <Marker look={look} filled={false} />
    </svg>
  );
}

function Shape({ point, chosen }: { readonly point: PlacedDevice; readonly chosen: boolean }) {
  if (point.off) return <path d={ARROWS[point.off]} fill="var(--flag)" />;
  if (point.apart) return <circle r="3.4" fill="none" stroke="var(--masked)" strokeWidth="1.4" />;
  if (point.flagged)
    return (
      <>
        <Marker look={point.look} filled={chosen} />
        <path d="M0 -9.5l2.8 4.6h-5.6z" fill="var(--flag)" />
      </>
    );
  return <Marker look={point.look} filled={chosen} />;
}

/** Next of the points in the direction of an arrow key, by the order they stand in. */
function move(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, at + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/**
 * A drawing whose points are the options of a list: arrows walk them, Space chooses, Shift with it or a click with Shift adds.
 * @param points in the order of the walk
 * @param under what lies below the points @param over what lies above
 */
export function DevicePlot({
  label,
  width,
  height,
  points,
  selected,
  under,
  over,
}: {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly points: readonly PlacedDevice[];
  readonly selected: ReadonlySet<DeviceId>;
  readonly under: ReactNode;
  readonly over?: ReactNode;
}) {
  const session = useSession();
  const base = useId();
  const [at, setAt] = useState(0);
  const [walking, setWalking] = useState(false);
  const active = points[Math.min(at, points.length - 1)];
  const drawing = (
    // biome-ignore lint/a11y/noSvgWithoutTitle: the list around it has the name
    <svg width={width} height={height}>
      {under}
      {points.map((point, index) => {
        const chosen = selected.has(point.device);
        return (
          <g
            key={point.key}
            id={`${base}-${index}`}
            role="option"
            aria-selected={chosen}
            aria-label={point.text}
            transform={`translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`}
            data-device={point.device}
            onClick={(event) => {
              setAt(index);
              pickDevice(session, point.device, event.shiftKey || event.ctrlKey || event.metaKey);
            }}
            onDoubleClick={() => session.setView({ view: 'curves' })}
          >
            <title>{point.text}</title>
            <circle r="6" fill="transparent" />
            <Shape point={point} chosen={chosen} />
            {chosen && <circle r={RING} fill="none" stroke="var(--accent)" strokeWidth="1.6" />}
            {walking && point === active && (
              <circle r="10" fill="none" stroke="var(--focus)" strokeWidth="1.4" strokeDasharray="2 2" />
            )}
          </g>
        );
      })}
      {over}
    </svg>
  );
  if (points.length === 0)
    return (
      <div className="points" role="img" aria-label={label}>
        {drawing}
      </div>
    );
  return (
    <div
      className="points"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={active ? `${base}-${points.indexOf(active)}` : undefined}
      onFocus={(event) => setWalking(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => setWalking(false)}
      onKeyDown={(event) => {
        if (event.key === ' ' && active) {
          event.preventDefault();
          pickDevice(session, active.device, event.shiftKey || event.ctrlKey);
          return;
        }
        const next = move(event.key, at, points.length - 1);
        if (next === undefined) return;
        event.preventDefault();
        setWalking(true);
        setAt(next);
      }}
    >
      {drawing}
    </div>
  );
}
