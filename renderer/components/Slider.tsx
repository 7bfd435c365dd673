import { useRef } from 'react';

const STEP = 0.01;
/** Share of a log track that stands for 0. */
const OFF_SHARE = 0.06;

/**
 * A number as an attribute without a power of ten: assistive technology reads `3e-7` as no number at all. React writes the text as it
 * is, though its types ask for a number.
 */
function plainNumber(value: number): number {
  const text = String(value);
  const [digits = '', exponent] = text.split('e');
  const places = (digits.split('.')[1]?.length ?? 0) - Number(exponent ?? 0);
  const plain =
    exponent === undefined
      ? text
      : places > 0
        ? value.toFixed(Math.min(100, places))
        : BigInt(value).toString();
  return plain as unknown as number;
}

/** A value on a track, with a tick where the preset stands. Arrow 1 %, Shift 10 %, Page a decade on a log track. */
export function Slider({
  label,
  value,
  lower,
  upper,
  tick,
  scale,
  off = false,
  text,
  onChange,
  onSettle,
}: {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly tick: number | null;
  readonly scale: 'linear' | 'log';
  /** The far left of a log track is 0: the effect is off. */
  readonly off?: boolean;
  readonly text: string;
  readonly onChange: (value: number) => void;
  /** The hand let go of the knob, or of the key. */
  readonly onSettle?: () => void;
}) {
  const track = useRef<HTMLDivElement>(null);
  const log = scale === 'log' && lower > 0;
  const toShare = (v: number): number => {
    if (log && off && v <= 0) return 0;
    const share = log
      ? Math.log(Math.max(v, lower) / lower) / Math.log(upper / lower)
      : (v - lower) / (upper - lower);
    const bounded = Math.min(1, Math.max(0, share));
    return log && off ? OFF_SHARE + (1 - OFF_SHARE) * bounded : bounded;
  };
  const toValue = (share: number): number => {
    if (log && off && share < OFF_SHARE / 2) return 0;
    const part = log && off ? (share - OFF_SHARE) / (1 - OFF_SHARE) : share;
    const bounded = Math.min(1, Math.max(0, part));
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
      aria-valuenow={plainNumber(value)}
      aria-valuemin={plainNumber(off ? 0 : lower)}
      aria-valuemax={plainNumber(upper)}
      aria-valuetext={text}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
      }}
      onPointerUp={onSettle}
      onPointerCancel={onSettle}
      onKeyUp={(event) => {
        if (/^(Arrow|Page)/.test(event.key)) onSettle?.();
      }}
      onKeyDown={(event) => {
        const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -1, PageUp: 1 }[
          event.key
        ];
        if (!sign) return;
        event.preventDefault();
        event.stopPropagation();
        const page = event.key.startsWith('Page');
        if (page && log && value > 0) onChange(Math.min(upper, Math.max(lower, value * 10 ** sign)));
        else if (log && off && value <= 0 && sign > 0) onChange(lower);
        else if (log && off && value <= lower && sign < 0) onChange(0);
        else onChange(toValue(at + sign * STEP * (page || event.shiftKey ? 10 : 1)));
      }}
    >
      <em style={{ left: `${Math.min(at, from) * 100}%`, width: `${Math.abs(at - from) * 100}%` }} />
      {tick !== null && <i style={{ left: `${from * 100}%` }} />}
      <b className={Math.abs(at - from) > 1e-6 ? 'on' : ''} style={{ left: `${at * 100}%` }} />
    </div>
  );
}
