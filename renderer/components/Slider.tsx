import { useRef } from 'react';

const STEP = 0.01;

/** A value on a track, with a tick where the preset stands. Arrow 1 %, Shift 10 %, Page a decade on a log track. */
export function Slider({
  label,
  value,
  lower,
  upper,
  tick,
  scale,
  text,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly tick: number | null;
  readonly scale: 'linear' | 'log';
  readonly text: string;
  readonly onChange: (value: number) => void;
}) {
  const track = useRef<HTMLDivElement>(null);
  const log = scale === 'log' && lower > 0;
  const toShare = (v: number): number => {
    const share = log
      ? Math.log(Math.max(v, lower) / lower) / Math.log(upper / lower)
      : (v - lower) / (upper - lower);
    return Math.min(1, Math.max(0, share));
  };
  const toValue = (share: number): number => {
    const bounded = Math.min(1, Math.max(0, share));
    return log ? lower * (upper / lower) ** bounded : lower + bounded * (upper - lower);
  };
  const at = toShare(value);
  const from = tick === null ? at : toShare(tick);
  const drag = (event: React.PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box) onChange(toValue((event.clientX - box.left) / box.width));
  };
  return (
    <div
      ref={track}
      className="tr"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={lower}
      aria-valuemax={upper}
      aria-valuetext={text}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
      }}
      onKeyDown={(event) => {
        const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -1, PageUp: 1 }[
          event.key
        ];
        if (!sign) return;
        event.preventDefault();
        event.stopPropagation();
        const page = event.key.startsWith('Page');
        if (page && log) onChange(Math.min(upper, Math.max(lower, value * 10 ** sign)));
        else onChange(toValue(at + sign * STEP * (page || event.shiftKey ? 10 : 1)));
      }}
    >
      <em style={{ left: `${Math.min(at, from) * 100}%`, width: `${Math.abs(at - from) * 100}%` }} />
      {tick !== null && <i style={{ left: `${from * 100}%` }} />}
      <b className={Math.abs(at - from) > 1e-6 ? 'on' : ''} style={{ left: `${at * 100}%` }} />
    </div>
  );
}
