import { memo } from 'react';
import type { MeasurementId } from '../../src/model/ids.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import { formatFixed } from '../../src/units/format-value.ts';
import { showUnit } from '../../src/units/prefixes.ts';
import { Icon } from '../components/Icon.tsx';
import { Sparkline } from '../components/Sparkline.tsx';
import { Status } from '../components/Status.tsx';
import { MathSymbol } from '../components/Symbol.tsx';
import { QuantityValue } from '../components/Value.tsx';
import type { BatchColumn, BatchRow, SortKey } from '../state/batch-table.ts';

/** Room for names of files, where devices have no short ones. */
const LONG_NAME = 168;

function SortMark({ id, sort }: { readonly id: string; readonly sort: readonly SortKey[] }) {
  const found = sort.find((one) => one.key === id);
  return found ? <i className="sorted">{found.down ? '▾' : '▴'}</i> : null;
}

function Header({
  id,
  sort,
  onSort,
  className = '',
  children,
}: {
  readonly id: string;
  readonly sort: readonly SortKey[];
  readonly onSort: (key: string, add: boolean) => void;
  readonly className?: string;
  readonly children: React.ReactNode;
}) {
  const found = sort.find((one) => one.key === id);
  return (
    <th
      scope="col"
      className={className}
      aria-sort={found ? (found.down ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" onClick={(event) => onSort(id, event.shiftKey)}>
        {children}
      </button>
    </th>
  );
}

const RowView = memo(function RowView({
  row,
  columns,
  measurement,
  selected,
  onSelect,
  onOpen,
}: {
  readonly row: BatchRow;
  readonly columns: readonly BatchColumn[];
  readonly measurement: Measurement;
  readonly selected: boolean;
  readonly onSelect: (id: MeasurementId) => void;
  readonly onOpen: (id: MeasurementId) => void;
}) {
  const off = row.shape === 'dead' || row.shape === 'outlier';
  return (
    <tr
      className={`${selected ? 'sel' : ''} ${off ? 'off' : ''}`}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      data-id={row.id}
      onClick={() => onSelect(row.id)}
      onDoubleClick={() => onOpen(row.id)}
    >
      <td>
        <Status of={row.shape} />
      </td>
      <th scope="row" className="b el" title={row.title}>
        {row.name}
      </th>
      <td>
        <Sparkline measurement={measurement} faded={off} />
      </td>
      {columns.map((column) => {
        const quantity = row.cells.get(column.key);
        return (
          <td
            key={column.key}
            className={`num ${quantity?.status === 'flagged' ? 'c-flag b' : ''}`}
            title={quantity?.reasons[0]?.message}
          >
            {quantity && typeof quantity.value === 'number' && row.shape !== 'dead' ? (
              <QuantityValue
                quantity={quantity}
                slot
                options={{ withUnit: false, exponent: column.exponent }}
              />
            ) : null}
          </td>
        );
      })}
      <td className="num t2">
        {row.chiSquare === null ? '' : formatFixed(row.chiSquare, row.chiSquare < 100 ? 2 : 0)}
      </td>
      <td className={`why ${row.noteTone === 'fail' ? 'c-fail' : ''}`} title={row.note}>
        {row.noteTone === 'own' && <Icon id="pin" />}
        {row.note}
      </td>
    </tr>
  );
});

/** Arrows move the selection, Home and End jump, Enter opens the curve. */
function moveInTable(
  event: React.KeyboardEvent,
  rows: readonly BatchRow[],
  selected: MeasurementId | null,
  onSelect: (id: MeasurementId) => void,
  onOpen: (id: MeasurementId) => void,
): void {
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
  onSelect(row.id);
  (event.currentTarget.querySelector(`[data-id="${CSS.escape(row.id)}"]`) as HTMLElement | null)?.focus();
}

export function BatchTableView({
  columns,
  rows,
  measurements,
  selected,
  sort,
  onSort,
  onSelect,
  onOpen,
}: {
  readonly columns: readonly BatchColumn[];
  readonly rows: readonly BatchRow[];
  readonly measurements: Readonly<Record<string, Measurement>>;
  readonly selected: MeasurementId | null;
  readonly sort: readonly SortKey[];
  readonly onSort: (key: string, add: boolean) => void;
  readonly onSelect: (id: MeasurementId) => void;
  readonly onOpen: (id: MeasurementId) => void;
}) {
  const longest = rows.reduce((most, row) => Math.max(most, row.name.length), 0);
  return (
    <table
      className="bt2"
      aria-label="Results"
      onKeyDown={(event) => moveInTable(event, rows, selected, onSelect, onOpen)}
    >
      <colgroup>
        <col style={{ width: 32 }} />
        <col style={{ width: longest > 7 ? LONG_NAME : 76 }} />
        <col style={{ width: 74 }} />
        {columns.map((column) => (
          <col key={column.key} style={{ width: 88 }} />
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
          {columns.map((column) => (
            <Header key={column.key} id={column.key} sort={sort} onSort={onSort} className="num nu">
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
        {rows.map((row) => (
          <RowView
            key={row.id}
            row={row}
            columns={columns}
            measurement={measurements[row.id]!}
            selected={row.id === selected}
            onSelect={onSelect}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </table>
  );
}
