import { useLayoutEffect, useMemo, useRef } from 'react';
import type { MeasurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { showUnit } from '../../../src/units/prefixes.ts';
import { MathSymbol } from '../../components/Symbol.tsx';
import type { BatchColumn, BatchRow, SortKey } from '../../state/batch-table.ts';
import { measureSlots, RowView, slotStyle, USUAL_SLOT } from './BatchTableRow.tsx';
import { HEAD_HEIGHT, useSight } from './use-sight.ts';

/** Room for names of files, where devices have no short ones. */
const LONG_NAME = 168;
const COLUMN = 88;
const LETTER = 7;

function SortMark({ id, sort }: { readonly id: string; readonly sort: readonly SortKey[] }) {
  const found = sort.find((one) => one.key === id);
  // with several keys their order is told
  const place = sort.length > 1 ? String(sort.findIndex((one) => one.key === id) + 1) : '';
  return found ? (
    <i className="sorted">
      {found.down ? '▾' : '▴'}
      {place}
    </i>
  ) : null;
}

function Header({
  id,
  sort,
  onSort,
  className = '',
  slot = USUAL_SLOT,
  children,
}: {
  readonly id: string;
  readonly sort: readonly SortKey[];
  readonly onSort: (key: string, add: boolean) => void;
  readonly className?: string;
  readonly slot?: number;
  readonly children: React.ReactNode;
}) {
  const found = sort.find((one) => one.key === id);
  return (
    <th
      scope="col"
      className={className}
      style={slotStyle(slot)}
      aria-sort={found ? (found.down ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" onClick={(event) => onSort(id, event.shiftKey)}>
        {children}
      </button>
    </th>
  );
}

/** A row of the table, or the heading of the group below it. */
export type BatchLine =
  | { readonly kind: 'row'; readonly row: BatchRow }
  | { readonly kind: 'group'; readonly name: string; readonly count: number };

/** Arrows move the selection, Home and End jump, Enter opens the curve; Shift adds. */
function moveInTable(
  event: React.KeyboardEvent,
  table: HTMLTableElement | null,
  lines: readonly BatchLine[],
  height: number,
  selected: MeasurementId | null,
  onSelect: (id: MeasurementId, adds: boolean) => void,
  onOpen: (id: MeasurementId) => void,
  onMoved: (id: MeasurementId) => void,
): void {
  const rows = lines.flatMap((line) => (line.kind === 'row' ? [line.row] : []));
  const at = rows.findIndex((row) => row.id === selected);
  if (event.key === 'Enter' && selected) {
    onOpen(selected);
    event.preventDefault();
    return;
  }
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  const row = next === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, next))];
  if (!row) return;
  event.preventDefault();
  onSelect(row.id, event.shiftKey);
  const line = lines.findIndex((one) => one.kind === 'row' && one.row === row);
  const part = table?.closest('.scroll');
  if (part) {
    const top = line * height;
    const room = part.clientHeight - HEAD_HEIGHT;
    if (top < part.scrollTop) part.scrollTop = top;
    else if (top + height > part.scrollTop + room) part.scrollTop = top + height - room;
  }
  onMoved(row.id);
}

export function BatchTableView({
  columns,
  lines,
  measurements,
  selected,
  devices,
  sort,
  onSort,
  onSelect,
  onOpen,
}: {
  readonly columns: readonly BatchColumn[];
  readonly lines: readonly BatchLine[];
  readonly measurements: Readonly<Record<string, Measurement>>;
  readonly selected: MeasurementId | null;
  readonly devices: ReadonlySet<string>;
  readonly sort: readonly SortKey[];
  readonly onSort: (key: string, add: boolean) => void;
  readonly onSelect: (id: MeasurementId, adds: boolean) => void;
  readonly onOpen: (id: MeasurementId) => void;
}) {
  const table = useRef<HTMLTableElement>(null);
  const sight = useSight(table, lines.length);
  // a row that was out of sight is in the page after the next rendering: it takes the focus then
  const wanted = useRef<MeasurementId | null>(null);
  const focusWanted = () => {
    const row = wanted.current
      ? table.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(wanted.current)}"]`)
      : null;
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  };
  useLayoutEffect(focusWanted);
  const rows = useMemo(() => lines.filter((line) => line.kind === 'row'), [lines]);
  const slots = useMemo(
    () =>
      measureSlots(
        columns,
        rows.map(({ row }) => row),
      ),
    [columns, rows],
  );
  const widths = slots.map((slot) => COLUMN + LETTER * (slot - USUAL_SLOT));
  const longest = rows.reduce((most, { row }) => Math.max(most, row.name.length), 0);
  const name = longest > 7 ? LONG_NAME : 76;
  const span = columns.length + 5;
  const shown = lines.slice(sight.first, sight.last);
  const below = Math.max(0, lines.length - Math.max(sight.last, sight.first));
  return (
    <table
      className="bt2"
      aria-label="Results"
      aria-rowcount={lines.length + 1}
      ref={table}
      style={{ minWidth: 32 + name + 74 + widths.reduce((sum, width) => sum + width, 0) + 58 + 160 }}
      onKeyDown={(event) =>
        moveInTable(event, table.current, lines, sight.height, selected, onSelect, onOpen, (id) => {
          wanted.current = id;
          focusWanted();
        })
      }
    >
      <colgroup>
        <col style={{ width: 32 }} />
        <col style={{ width: name }} />
        <col style={{ width: 74 }} />
        {columns.map((column, k) => (
          <col key={column.key} style={{ width: widths[k] }} />
        ))}
        <col style={{ width: 58 }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <td />
          <Header id="device" sort={sort} onSort={onSort}>
            Device
            <SortMark id="device" sort={sort} />
            <small>{rows.length}</small>
          </Header>
          <th scope="col">
            log |<span className="m">I</span>|<small>→</small>
          </th>
          {columns.map((column, k) => (
            <Header
              key={column.key}
              id={column.key}
              sort={sort}
              onSort={onSort}
              className="num nu"
              slot={slots[k] ?? USUAL_SLOT}
            >
              <MathSymbol text={column.symbol} /> {column.arrow}
              <SortMark id={column.key} sort={sort} />
              <small>{showUnit(column.unit, column.exponent) || '\u00a0'}</small>
            </Header>
          ))}
          <Header id="chi" sort={sort} onSort={onSort} className="num">
            χ²/ν
            <SortMark id="chi" sort={sort} />
            <small>→</small>
          </Header>
          <Header id="note" sort={sort} onSort={onSort}>
            Window and reason
            <SortMark id="note" sort={sort} />
          </Header>
        </tr>
      </thead>
      <tbody>
        {sight.first > 0 && (
          <tr className="gap">
            <td colSpan={span} style={{ height: Math.min(sight.first, lines.length) * sight.height }} />
          </tr>
        )}
        {shown.map((line, index) =>
          line.kind === 'group' ? (
            <tr key={`group ${line.name}`} className="bt2-group">
              <th scope="rowgroup" colSpan={span}>
                {line.name || 'no group'} <span className="t3">{line.count}</span>
              </th>
            </tr>
          ) : (
            <RowView
              key={line.row.id}
              row={line.row}
              columns={columns}
              slots={slots}
              measurement={measurements[line.row.id]!}
              selected={line.row.id === selected}
              chosen={devices.has(line.row.device)}
              place={sight.first + index + 2}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          ),
        )}
        {below > 0 && (
          <tr className="gap">
            <td colSpan={span} style={{ height: below * sight.height }} />
          </tr>
        )}
      </tbody>
    </table>
  );
}
