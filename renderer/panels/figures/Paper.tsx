import { useEffect, useMemo, useRef } from 'react';
import { Button } from '../../components/Button.tsx';
import { Status } from '../../components/Status.tsx';
import { useSession } from '../../state/session.ts';
import type { DrawnFigure } from '../../workers/figure-messages.ts';
import { useSize } from '../frame/use-size.ts';

const RULER = 24;
const MARGIN = 34;
const CAPTION_ROOM = 130;
/** CSS pixels of a millimetre at 100 %. */
const PX_PER_MM = 96 / 25.4;
const LARGEST_ZOOM = 2.4;

function Ruler({
  length_mm,
  scale,
  vertical,
}: {
  readonly length_mm: number;
  readonly scale: number;
  readonly vertical?: boolean;
}) {
  const marks = Array.from({ length: Math.floor(length_mm / 5) + 1 }, (_, i) => i * 5);
  const size = length_mm * scale + MARGIN + 40;
  const at = (mm: number) => MARGIN + mm * scale;
  return (
    <svg
      className="ruler"
      width={vertical ? RULER : size}
      height={vertical ? size : RULER}
      aria-hidden="true"
    >
      <path
        d={marks
          .map((mm) =>
            vertical
              ? `M${mm % 10 === 0 ? 15 : 18} ${at(mm)}H24`
              : `M${at(mm)} ${mm % 10 === 0 ? 15 : 18}V24`,
          )
          .join('')}
        stroke="var(--text-3)"
        fill="none"
      />
      {marks
        .filter((mm) => mm % 20 === 0)
        .map((mm) =>
          vertical ? (
            <text
              key={mm}
              className="tl dim"
              transform={`translate(10 ${at(mm) + 3}) rotate(-90)`}
              textAnchor="end"
            >
              {mm}
            </text>
          ) : (
            <text key={mm} className="tl dim" x={at(mm) + 3} y="11">
              {mm}
            </text>
          ),
        )}
    </svg>
  );
}

/** The paper at true proportion, white in both themes: what is seen is the SVG that is written. */
export function Paper({
  figure,
  fault,
}: {
  readonly figure: DrawnFigure | null;
  readonly fault: string | null;
}) {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const url = useMemo(
    () => (figure ? URL.createObjectURL(new Blob([figure.svg], { type: 'image/svg+xml' })) : null),
    [figure],
  );
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  const scale =
    figure && size
      ? Math.min(
          (size.width - MARGIN - 30) / figure.width_mm,
          (size.height - MARGIN - CAPTION_ROOM) / figure.height_mm,
          LARGEST_ZOOM * PX_PER_MM,
        )
      : PX_PER_MM;
  return (
    <div className="art" ref={box}>
      {fault && (
        <p className="pad t12 row" role="alert">
          <Status of="failed" hidden /> {fault}
        </p>
      )}
      {figure && url && !fault && (
        <>
          <Ruler length_mm={figure.width_mm} scale={scale} />
          <Ruler length_mm={figure.height_mm} scale={scale} vertical />
          <img
            className="paper"
            src={url}
            alt={figure.title}
            width={figure.width_mm * scale}
            height={figure.height_mm * scale}
            style={{ left: MARGIN, top: MARGIN }}
          />
          <div
            className="caption"
            style={{
              left: MARGIN,
              top: MARGIN + figure.height_mm * scale + 16,
              width: Math.max(320, figure.width_mm * scale),
            }}
          >
            <div className="row">
              <b className="t12">Caption draft</b>
              <span className="t11 t3">{Math.round((100 * scale) / PX_PER_MM)} % of print size</span>
              <span className="sp" />
              <Button
                small
                ghost
                icon="copy"
                onClick={() => {
                  void navigator.clipboard.writeText(figure.caption);
                  session.tell('ok', 'Caption copied.');
                }}
              >
                Copy
              </Button>
            </div>
            <p className="t12">
              {figure.caption.split('**').map((part, k) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
                k % 2 === 1 ? <b key={k}>{part}</b> : part.replaceAll('*', ''),
              )}
            </p>
          </div>
        </>
      )}
    </div>
  );
}
