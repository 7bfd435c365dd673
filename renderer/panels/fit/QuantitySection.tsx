import { Fragment, useMemo, useRef, useState } from 'react';
import { formatQuantity } from '../../../src/model/format-quantity.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { MINUS } from '../../../src/units/format-value.ts';
import { columnExponent } from '../../../src/units/prefixes.ts';
import { IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Status } from '../../components/Status.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { QuantityValue } from '../../components/Value.tsx';
import { legWord } from '../../plot/legs.ts';
import { writeTsv } from '../../state/copy-table.ts';
import { quantitiesOf, quantityShape } from '../../state/device-status.ts';
import {
  arrangeQuantities,
  gravest,
  type QuantityColumn,
  type QuantityRow,
} from '../../state/quantity-rows.ts';
import { useSession, useView } from '../../state/session.ts';
import { cautionOf, writeConvention } from '../evidence/words.ts';
import type { Selected } from '../frame/use-selected.ts';
import { WhyPopover } from './WhyPopover.tsx';

function titleOf(column: QuantityColumn): string {
  if (column === 'V > 0' || column === 'V < 0') return column;
  return (column.endsWith('forward') ? `→ ${column}` : `← ${column}`).replace('-', MINUS);
}

/** What stands beside the symbol: the convention, else a short word of the method, else the name. */
function describe(quantity: Quantity): string {
  if (quantity.convention) return writeConvention(quantity.convention);
  if (quantity.id === 'idealityFactor') return 'apparent';
  const { label } = QUANTITIES[quantity.id];
  return /^.[A-Z]/.test(label) ? label : label[0]!.toLowerCase() + label.slice(1);
}

/** Range of the values the other definitions give, or how many there are. */
function spreadOf(others: readonly Quantity[]): string {
  const found = others.filter((quantity) => typeof quantity.value === 'number');
  if (found.length < 2) return '';
  const values = found.map((quantity) => quantity.value as number);
  const low = found[values.indexOf(Math.min(...values))]!;
  const high = found[values.indexOf(Math.max(...values))]!;
  const bare = { standardUncertainty: null, interval95: null };
  const exponent = columnExponent(values, low.unit);
  const text = (quantity: Quantity, withUnit: boolean) =>
    formatQuantity({ ...quantity, ...bare }, { digits: 3, exponent, withUnit }).text;
  return `${text(low, false)} – ${text(high, true)} over ${found.length} other definitions`;
}

const WIDE_FROM = 14;
/** Letters that fit beside the symbol when two legs have their columns, and when one has. */
const WORDS_BESIDE = { two: 10, one: 22 } as const;

/** Opens the reasons of a line: `Why is there no trap density?`, `Why is the turn-on voltage flagged?` */
function WhyLink({
  quantity,
  open,
  onWhy,
}: {
  readonly quantity: Quantity;
  readonly open: boolean;
  readonly onWhy: () => void;
}) {
  const label = QUANTITIES[quantity.id].label.toLowerCase();
  const asks =
    quantity.value === null
      ? `Why is there no ${label}?`
      : `Why is the ${label} ${quantity.status === 'bound' ? 'a bound' : 'flagged'}?`;
  return (
    <button type="button" className="link" data-why aria-expanded={open} aria-label={asks} onClick={onWhy}>
      Why?
    </button>
  );
}

function Cell({
  quantity,
  onWhy,
  open,
  signed = false,
  long = false,
  span = 1,
}: {
  readonly quantity: Quantity | undefined;
  /** The column is a sign of V: the way of the leg is said in the cell. */
  readonly signed?: boolean;
  /** The numbers of the line need the room of the arrow, and a smaller letter. */
  readonly long?: boolean;
  readonly onWhy: () => void;
  readonly open: boolean;
  readonly span?: number;
}) {
  if (!quantity) return <td className="num" colSpan={span} />;
  if (quantity.value === null)
    return (
      <td className="num" colSpan={span}>
        <WhyLink quantity={quantity} open={open} onWhy={onWhy} />
      </td>
    );
  return (
    <td
      className={`num ${long ? 't11' : ''}`}
      colSpan={span}
      title={signed && quantity.branch ? legWord(quantity.branch) : undefined}
    >
      {signed && !long && quantity.branch && (
        <span className="t3 way">{quantity.branch.endsWith('forward') ? '→' : '←'}</span>
      )}
      <QuantityValue quantity={quantity} />
    </td>
  );
}

function Line({
  row,
  legs,
  selected,
}: {
  readonly row: QuantityRow;
  readonly legs: readonly QuantityColumn[];
  readonly selected: Selected;
}) {
  const session = useSession();
  const why = useView((view) => view.why);
  const anchor = useRef<HTMLTableRowElement>(null);
  const worst = gravest(row);
  const shared = row.cells.get('all');
  const open = why === row.key;
  const toggle = () => session.setView({ why: open ? null : row.key });
  const allRefused = [...row.cells.values()].every((quantity) => quantity.value === null);
  const explained = [...row.cells.values()].filter((quantity) => quantity.status !== 'ok');
  const reason =
    worst.status === 'ok'
      ? undefined
      : (worst.reasons.find((one) => one.severity !== 'info') ?? worst.reasons[0]);
  const caution = cautionOf([...row.cells.values(), ...row.others]);
  // the definitions of a turn-on voltage differ by what they mean, so their spread is said at once; others are folded below
  const spread = row.first.id === 'turnOnVoltage' ? spreadOf(row.others) : '';
  const two = legs.length > 1;
  // long numbers (a power of ten before the unit) take the room of the label, which the symbol already says
  const wide =
    two &&
    !shared &&
    !allRefused &&
    [...row.cells.values()].some((one) => one.value !== null && formatQuantity(one).text.length > WIDE_FROM);
  const words = describe(row.first);
  const beside = !wide && words.length <= (two && !shared ? WORDS_BESIDE.two : WORDS_BESIDE.one);
  // a convention is part of the number and is never cut; a name the symbol already says goes to the tooltip
  const below = allRefused || beside || !row.first.convention ? '' : words;
  const caption = [below, allRefused ? '' : spread].filter(Boolean).join('; ');
  return (
    <>
      <tr ref={anchor} className={open ? 'sel' : ''}>
        <td>
          <Status of={quantityShape(worst)} />
        </td>
        <td title={QUANTITIES[row.first.id].label}>
          <MathSymbol text={row.first.symbol} />
        </td>
        {allRefused ? (
          <td className="t2" colSpan={two ? 3 : 2}>
            <span className="row refusal">
              <span className="el" title={worst.reasons[0]?.message}>
                {worst.reasons[0]?.message ?? 'not determined'}
              </span>
              <span className="sp" />
              <WhyLink quantity={worst} open={open} onWhy={toggle} />
            </span>
          </td>
        ) : wide ? null : (
          <td className="t11 t3 el" title={words}>
            {beside ? words : ''}
          </td>
        )}
        {allRefused ? null : typeof shared?.value === 'string' ? (
          <td className="num el" colSpan={two ? 2 : 1} title={shared.value}>
            {shared.value}
          </td>
        ) : shared || !two ? (
          <td className="num" colSpan={two ? 2 : 1}>
            <QuantityValue quantity={shared ?? [...row.cells.values()].find((q) => q.value !== null)!} />
          </td>
        ) : (
          legs.map((leg, index) => (
            <Cell
              key={leg}
              quantity={row.cells.get(leg)}
              signed={leg === 'V > 0' || leg === 'V < 0'}
              long={wide}
              open={open}
              onWhy={toggle}
              span={wide && index === 0 ? 2 : 1}
            />
          ))
        )}
      </tr>
      {reason && !allRefused && (
        <tr className="sub">
          <td />
          <td colSpan={two ? 4 : 3}>
            <span className="row refusal">
              <span className="el" title={reason.message}>
                {reason.message}
              </span>
              <span className="sp" />
              <WhyLink quantity={worst} open={open} onWhy={toggle} />
            </span>
          </td>
        </tr>
      )}
      {caution && (
        <tr className="sub caution">
          <td />
          <td colSpan={two ? 4 : 3}>{caution.message}</td>
        </tr>
      )}
      {caption && (
        <tr className="sub">
          <td />
          <td colSpan={two ? 4 : 3} className="el" title={caption}>
            {caption}
          </td>
        </tr>
      )}
      {open && (
        <WhyPopover
          quantities={explained}
          anchor={anchor}
          selected={selected}
          onClose={() => session.setView({ why: null })}
        />
      )}
    </>
  );
}

/** Remarks on the curve as a whole. */
export function Notes({ selected }: { readonly selected: Selected }) {
  const [open, setOpen] = useState(false);
  const issues = [
    ...(selected.outcome?.conditioned?.issues ?? []),
    ...(selected.outcome?.results.flatMap((result) => result.issues) ?? []),
  ];
  if (issues.length === 0) return null;
  return (
    <section className="sec fold">
      <button type="button" className="sh" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon id={open ? 'chev' : 'chevr'} />
        Notes
        <span className="sp" />
        <span className="t11 t3 el">{open ? issues.length : issues[0]!.message}</span>
      </button>
      {open && (
        <ul className="t11 t2 notes">
          {issues.map((issue) => (
            <li key={issue.code + issue.message}>{issue.message}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function QuantitySection({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const { legs, rows } = useMemo(() => arrangeQuantities(quantitiesOf(selected.outcome)), [selected.outcome]);
  const two = legs.length > 1;
  const copy = () => {
    void navigator.clipboard.writeText(
      writeTsv(selected.measurement.deviceId, quantitiesOf(selected.outcome)),
    );
    session.tell('ok', 'Table copied with units and full precision.');
  };
  return (
    <section className="sec last" aria-label="Quantities">
      <div className="sh">
        Quantities
        {selected.outOfDate && (
          <span className="t11 t3 row">
            <Status of="waiting" hidden /> out of date
          </span>
        )}
        <span className="sp" />
        <IconButton small icon="copy" label="Copy table" onClick={copy} />
      </div>
      {rows.length === 0 ? (
        <p className="t11 t3">Nothing was determined from this curve yet.</p>
      ) : (
        <table className="qt">
          {two && (
            <thead>
              <tr>
                <td />
                <td />
                <td />
                {legs.map((leg) => (
                  <th key={leg} className="num" scope="col">
                    {titleOf(leg)}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {rows.map((row) => (
              <Fragment key={row.key}>
                <Line row={row} legs={legs} selected={selected} />
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
