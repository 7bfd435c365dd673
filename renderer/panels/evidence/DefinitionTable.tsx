import { formatQuantity } from '../../../src/model/format-quantity.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { BranchName, Quantity } from '../../../src/model/quantity.ts';
import { type FormattedValue, MINUS } from '../../../src/units/format-value.ts';
import { columnExponent, showUnit, takesPrefix } from '../../../src/units/prefixes.ts';
import { DecimalValue, restLength } from '../../components/DecimalValue.tsx';
import { Status } from '../../components/Status.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import {
  CHOICES,
  type Choice,
  type DefinitionRow,
  type DefinitionTable as Table,
} from '../../state/definitions.ts';
import { quantityShape } from '../../state/device-status.ts';
import { setCondition, setStepOption } from '../../state/project-actions.ts';
import { type Session, useSession } from '../../state/session.ts';
import { WhyButton } from '../fit/WhyButton.tsx';
import type { Selected } from '../frame/use-selected.ts';
import { cautionOf, writeConvention } from './words.ts';

type Write = (quantity: Quantity) => FormattedValue;

function legTitle(leg: BranchName | 'all'): string {
  if (leg === 'all') return '';
  return `${leg.endsWith('forward') ? '→' : '←'} ${leg.replace('-', MINUS)}`;
}

/** One step of undo: the definition in force, for all curves, so that devices are compared by one. */
function choose(session: Session, choice: Choice, id: Quantity['id'], convention: string): void {
  const words = `${QUANTITIES[id].label.toLowerCase()} is taken by ${writeConvention(convention)}`;
  if (choice.kind === 'option')
    session.step(words, (now) => setStepOption(now, choice.analysis, choice.option, convention));
  else
    session.step(words, (now) =>
      setCondition(now, choice.input, { value: choice.read(convention), from: 'user' }),
    );
}

function Cell({
  quantity,
  write,
  slot,
  selected,
  name,
}: {
  readonly quantity: Quantity | undefined;
  readonly write: Write;
  readonly slot: number;
  readonly selected: Selected;
  readonly name: string;
}) {
  if (!quantity) return <td />;
  if (quantity.value === null || typeof quantity.value === 'string')
    return (
      <td className="num">
        {quantity.value === null ? (
          <WhyButton quantity={quantity} selected={selected} name={name} />
        ) : (
          quantity.value
        )}
      </td>
    );
  return (
    <td className="num" title={quantity.reasons[0]?.message}>
      {quantity.status !== 'ok' && <Status of={quantityShape(quantity)} />}
      <DecimalValue parts={write(quantity)} slot={slot} />
    </td>
  );
}

function Row({
  table,
  row,
  write,
  slots,
  selected,
  inForce,
}: {
  readonly table: Table;
  readonly row: DefinitionRow;
  readonly write: Write;
  readonly slots: readonly number[];
  readonly selected: Selected;
  readonly inForce: boolean;
}) {
  const session = useSession();
  const choice = CHOICES[table.id];
  const words = writeConvention(row.convention);
  return (
    <tr className={inForce ? 'force' : ''}>
      <td>
        {choice && (
          <input
            type="radio"
            name={`definition-${table.id}`}
            aria-label={`Take ${QUANTITIES[table.id].label.toLowerCase()} by ${words}`}
            checked={inForce}
            onChange={() => choose(session, choice, table.id, row.convention)}
          />
        )}
      </td>
      <th scope="row" className="el" title={words}>
        {words}
      </th>
      {table.legs.map((leg, index) => (
        <Cell
          key={leg}
          quantity={row.cells.get(leg)}
          write={write}
          slot={slots[index]!}
          selected={selected}
          name={leg === 'all' ? words : `${words}, ${leg}`}
        />
      ))}
    </tr>
  );
}

/** All definitions of one quantity, legs side by side, the one in force marked and choosable, and how far they spread. */
export function DefinitionTable({ table, selected }: { readonly table: Table; readonly selected: Selected }) {
  const cells = table.rows.flatMap((row) => [...row.cells.values()]);
  const [first] = cells;
  if (!first) return null;
  const values = cells.map(({ value }) => value).filter((value) => typeof value === 'number');
  const exponent = columnExponent(values, first.unit);
  // a unit without prefixes has its power of ten beside each number
  const write: Write = (quantity) =>
    formatQuantity(quantity, { withUnit: false, ...(takesPrefix(first.unit) ? { exponent } : {}) });
  const slots = table.legs.map((leg) =>
    Math.max(
      0,
      ...table.rows
        .map((row) => row.cells.get(leg))
        .filter((one): one is Quantity => typeof one?.value === 'number')
        .map((one) => restLength(write(one))),
    ),
  );
  const unit = showUnit(first.unit, exponent);
  const bare = { standardUncertainty: null, interval95: null };
  const caution = cautionOf(cells);
  const short = (quantity: Quantity, withUnit: boolean) =>
    formatQuantity(
      { ...quantity, ...bare },
      { digits: 3, withUnit, ...(takesPrefix(first.unit) ? { exponent } : {}) },
    ).text;
  return (
    <>
      <table className="defs">
        <thead>
          <tr>
            <td />
            <th scope="col">
              <MathSymbol text={first.symbol} />
              {unit && `, ${unit}`}
            </th>
            {table.legs.map((leg) => (
              <th key={leg} scope="col" className="num">
                {legTitle(leg)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <Row
              key={row.convention}
              table={table}
              row={row}
              write={write}
              slots={slots}
              selected={selected}
              inForce={index === 0}
            />
          ))}
        </tbody>
      </table>
      {table.spread.length > 0 && (
        <p className="t11 t3">
          Spread by definition:{' '}
          {table.spread
            .map(
              ([leg, low, high]) =>
                `${leg === 'all' ? '' : `${leg.replace('-', MINUS)} `}${short(low, false)} – ${short(high, true)}`,
            )
            .join('; ')}
        </p>
      )}
      {caution && <p className="t11 c-flag">{caution.message}</p>}
    </>
  );
}
