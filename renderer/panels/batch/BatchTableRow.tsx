import { type CSSProperties, memo } from 'react';
import { formatQuantity } from '../../../src/model/format-quantity.ts';
import type { MeasurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { Icon } from '../../components/Icon.tsx';
import { Sparkline } from '../../components/Sparkline.tsx';
import { Status } from '../../components/Status.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { QuantityValue } from '../../components/Value.tsx';
import type { BatchColumn, BatchRow } from '../../state/batch-table.ts';

/** Characters of an uncertainty such as `(11)`. */
export const USUAL_SLOT = 4;
const MOST_MEASURED = 200;

/** Room for the uncertainty where the usual slot is too narrow. */
export function slotStyle(slot: number): CSSProperties | undefined {
  return slot > USUAL_SLOT ? ({ '--slot': `${slot}ch` } as CSSProperties) : undefined;
}

/** Characters of room for the uncertainty in each column: unequal ones, `(+90 −70)`, need more than the usual slot. */
export function measureSlots(columns: readonly BatchColumn[], rows: readonly BatchRow[]): readonly number[] {
  return columns.map(({ key, exponent }) =>
    rows.slice(0, MOST_MEASURED).reduce((most, { cells }) => {
      const quantity = cells.get(key);
      if (typeof quantity?.value !== 'number') return most;
      return Math.max(most, formatQuantity(quantity, { withUnit: false, exponent }).uncertainty.length);
    }, USUAL_SLOT),
  );
}

/** One curve: status, name, its shape, a number a column, and what there is to say of it. */
export const RowView = memo(function RowView({
  row,
  columns,
  slots,
  measurement,
  selected,
  chosen,
  place,
  onSelect,
  onOpen,
}: {
  readonly row: BatchRow;
  readonly columns: readonly BatchColumn[];
  readonly slots: readonly number[];
  readonly measurement: Measurement;
  readonly selected: boolean;
  /** One of several devices chosen in another view or with Ctrl. */
  readonly chosen: boolean;
  readonly place: number;
  readonly onSelect: (id: MeasurementId, adds: boolean) => void;
  readonly onOpen: (id: MeasurementId) => void;
}) {
  const off = row.shape === 'dead' || row.shape === 'outlier';
  return (
    <tr
      className={`${selected ? 'sel' : chosen ? 'sel dim' : ''} ${off ? 'off' : ''}`}
      aria-selected={selected || chosen}
      aria-rowindex={place}
      tabIndex={selected ? 0 : -1}
      data-id={row.id}
      onClick={(event) => onSelect(row.id, event.ctrlKey || event.metaKey || event.shiftKey)}
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
      {columns.map((column, k) => {
        const quantity = row.cells.get(column.key);
        const slot = slots[k] ?? USUAL_SLOT;
        return (
          <td
            key={column.key}
            className={`num ${quantity?.status === 'flagged' ? 'c-flag b' : ''}`}
            title={quantity?.reasons[0]?.message}
            style={slotStyle(slot)}
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
        {row.far.length > 0 && (
          <>
            {row.far.map(({ symbol, arrow, score }, index) => (
              <span key={symbol + arrow}>
                {index > 0 && ', '}
                <MathSymbol text={symbol} /> {arrow} {formatFixed(Math.abs(score), 1)}
              </span>
            ))}{' '}
            robust σ from the median{row.note && '; '}
          </>
        )}
        {row.note}
      </td>
    </tr>
  );
});
