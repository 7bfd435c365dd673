import type { MeasurementId } from '../../../src/model/ids.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { textOn, VIRIDIS_STOPS, viridis } from '../../plot/viridis.ts';
import type { ArrayMap, MapCell } from '../../state/array-map.ts';

interface Size {
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly gap: number;
  readonly text: boolean;
}

const SMALL: Size = { cellWidth: 22, cellHeight: 16, gap: 2, text: false };
const LARGE: Size = { cellWidth: 50, cellHeight: 35, gap: 3, text: true };
const ROOM_FOR_TEXT = 30;
const LEFT = 18;
const TOP = 17;

function CellShape({
  cell,
  map,
  size,
  x,
  y,
}: {
  readonly cell: MapCell;
  readonly map: ArrayMap;
  readonly size: Size;
  readonly x: number;
  readonly y: number;
}) {
  const { cellWidth: w, cellHeight: h } = size;
  const middle = { x: x + w / 2, y: y + h / 2 };
  if (cell.shape === 'dead')
    return (
      <rect x={x + 0.5} y={y + 0.5} width={w - 1} height={h - 1} fill="url(#hatch)" stroke="var(--text-3)" />
    );
  if (cell.shape === 'failed')
    return (
      <>
        <rect
          x={x + 0.5}
          y={y + 0.5}
          width={w - 1}
          height={h - 1}
          fill="var(--fail-soft)"
          stroke="var(--fail)"
        />
        <path d={`M${middle.x - 3} ${middle.y - 3}l6 6m0-6l-6 6`} stroke="var(--fail)" strokeWidth="1.5" />
      </>
    );
  if (!cell.quantity)
    return (
      <rect
        x={x + 0.5}
        y={y + 0.5}
        width={w - 1}
        height={h - 1}
        fill="none"
        stroke="var(--line-2)"
        strokeDasharray="2 2"
      />
    );
  const value = cell.quantity.value as number;
  const [low, high] = map.domain;
  const colour = viridis((value - low) / (high - low));
  const ink = textOn(colour);
  return (
    <>
      <rect x={x} y={y} width={w} height={h} fill={colour} />
      {size.text && w >= ROOM_FOR_TEXT && (
        <text x={middle.x} y={middle.y + 4} textAnchor="middle" style={{ fontSize: 11, fill: ink }}>
          {formatFixed(value, 2)}
        </text>
      )}
      {cell.shape === 'flagged' && <path d={`M${x + w - 6} ${y + 2.5}l4 7h-8z`} fill={ink} />}
      {cell.shape === 'outlier' && (
        <circle cx={x + w - 6} cy={y + 6} r="3" fill="none" stroke={ink} strokeWidth="1.3" />
      )}
    </>
  );
}

/** Rows and columns of the array, coloured by one quantity; a click on a cell shows its curve. */
export function ArrayPicture({
  map,
  selected,
  devices,
  onSelect,
  large = false,
  room,
}: {
  readonly map: ArrayMap;
  readonly selected: MeasurementId | null;
  /** Devices chosen in any view: ringed more thinly than the one in hand. */
  readonly devices?: ReadonlySet<string>;
  readonly onSelect: (id: MeasurementId) => void;
  readonly large?: boolean;
  /** Width there is, in CSS pixels: cells shrink to it. */
  readonly room?: number;
}) {
  const full = large ? LARGE : SMALL;
  const fitting =
    room === undefined ? full.cellWidth : Math.floor((room - LEFT - 6) / map.columns.length) - full.gap;
  const size = { ...full, cellWidth: Math.max(10, Math.min(full.cellWidth, fitting)) };
  const stepX = size.cellWidth + size.gap;
  const stepY = size.cellHeight + size.gap;
  const place = (cell: MapCell) => ({
    x: LEFT + map.columns.indexOf(cell.column) * stepX,
    y: TOP + map.rows.indexOf(cell.row) * stepY,
  });
  const chosen = map.cells.find((cell) => cell.id !== null && cell.id === selected);
  return (
    <svg
      width={LEFT + map.columns.length * stepX + 4}
      height={TOP + map.rows.length * stepY + 4}
      role="img"
      aria-label={`Device map, ${map.rows.length} rows by ${map.columns.length} columns${map.quantity ? `, coloured by ${map.quantity.symbol.replace('_', ' ')}` : ''}`}
    >
      {map.columns.map((column, i) => (
        <text
          key={column}
          className="tl dim"
          x={LEFT + i * stepX + size.cellWidth / 2}
          y="10"
          textAnchor="middle"
        >
          {column}
        </text>
      ))}
      {map.rows.map((row, i) => (
        <text key={row} className="tl dim" x="0" y={TOP + i * stepY + size.cellHeight / 2 + 3.5}>
          {row}
        </text>
      ))}
      {map.cells.map((cell) => {
        const { x, y } = place(cell);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: as above
          <g key={cell.name} onClick={() => cell.id && onSelect(cell.id)}>
            <title>{cell.name}</title>
            <CellShape cell={cell} map={map} size={size} x={x} y={y} />
          </g>
        );
      })}
      {map.cells
        .filter((cell) => devices?.has(cell.name) && cell !== chosen)
        .map((cell) => (
          <rect
            key={`ring ${cell.name}`}
            x={place(cell).x - 1}
            y={place(cell).y - 1}
            width={size.cellWidth + 2}
            height={size.cellHeight + 2}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="1.6"
          />
        ))}
      {chosen && (
        <>
          <rect
            x={place(chosen).x - 1.5}
            y={place(chosen).y - 1.5}
            width={size.cellWidth + 3}
            height={size.cellHeight + 3}
            fill="none"
            stroke="var(--canvas)"
            strokeWidth="1.5"
          />
          <rect
            x={place(chosen).x - 2.5}
            y={place(chosen).y - 2.5}
            width={size.cellWidth + 5}
            height={size.cellHeight + 5}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="2"
          />
        </>
      )}
    </svg>
  );
}

export function ColourBar({ map, width }: { readonly map: ArrayMap; readonly width: number }) {
  const [low, high] = map.domain;
  return (
    <svg width={width} height="22" aria-hidden="true">
      <defs>
        <linearGradient id={`cb${width}`}>
          {VIRIDIS_STOPS.map((colour, i) => (
            <stop key={colour} offset={`${(i / (VIRIDIS_STOPS.length - 1)) * 100}%`} stopColor={colour} />
          ))}
        </linearGradient>
      </defs>
      <rect width={width} height="8" fill={`url(#cb${width})`} />
      <text className="tl dim" x="1" y="20">
        {formatFixed(low, 1)}
      </text>
      <text className="tl dim" x={width - 1} y="20" textAnchor="end">
        {formatFixed(high, 1)}
      </text>
    </svg>
  );
}
