import type { TableGuess } from '../../../src/importers/guess-table.ts';
import { parseUnit } from '../../../src/importers/unit-words.ts';
import { COLUMN_ROLES, type ColumnRole } from '../../../src/model/curve.ts';
import type { ImportTemplate, TemplateColumn } from '../../../src/model/import-template.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { MINUS } from '../../../src/units/format-value.ts';
import { Select } from '../../components/Select.tsx';
import { Status } from '../../components/Status.tsx';
import { doubledRoles } from '../../state/import-answers.ts';

const SHOWN_ROWS = 12;

function writeCell(value: number): string {
  const size = Math.abs(value);
  const text = size !== 0 && size < 1e-3 ? value.toExponential(5) : String(Number(value.toPrecision(7)));
  return text.replaceAll('-', MINUS);
}

const ROLES: readonly { readonly id: ColumnRole | 'skip'; readonly text: string }[] = [
  ...COLUMN_ROLES.map((id) => ({ id, text: id })),
  { id: 'skip', text: 'leave out' },
];

function ColumnHead({
  column,
  k,
  reason,
  twice,
  onChange,
}: {
  readonly column: TemplateColumn;
  readonly k: number;
  readonly reason: string;
  /** Another column before it has the same role. */
  readonly twice: boolean;
  readonly onChange: (column: TemplateColumn) => void;
}) {
  const unitKnown = column.unit === '' || parseUnit(column.unit) !== null;
  const sure = column.use && unitKnown && column.role !== 'other' && !twice;
  return (
    <th scope="col" title={reason}>
      <span className="row nm">
        <span className="el">{column.name}</span>
        {column.use && <Status of={sure ? 'ok' : 'flagged'} />}
      </span>
      <Select
        framed
        label={`Role of column ${k + 1}, ${column.name}`}
        value={column.use ? column.role : 'skip'}
        options={ROLES}
        onChange={(role) =>
          onChange(role === 'skip' ? { ...column, use: false } : { ...column, role, use: true })
        }
      />
      <span className={`fld ${unitKnown ? '' : 'bad'}`}>
        <input
          aria-label={`Unit of column ${k + 1}, ${column.name}`}
          aria-invalid={!unitKnown}
          value={column.unit}
          placeholder="no unit"
          spellCheck={false}
          onChange={({ target }) => onChange({ ...column, unit: target.value })}
        />
      </span>
    </th>
  );
}

/** The numbers as they are read now, in SI, under the role and unit of each column. */
export function ImportTable({
  template,
  measurement,
  refusal,
  guess,
  onChange,
}: {
  readonly template: ImportTemplate;
  readonly measurement: Measurement | null;
  readonly refusal: string | null;
  readonly guess: TableGuess;
  readonly onChange: (template: ImportTemplate) => void;
}) {
  const setColumn = (k: number, column: TemplateColumn) =>
    onChange({ ...template, columns: template.columns.map((old, i) => (i === k ? column : old)) });
  const used = template.columns.map(
    (_, k) => template.columns.slice(0, k).filter((column) => column.use).length,
  );
  const rows = Math.min(SHOWN_ROWS, measurement?.curve.length ?? 0);
  return (
    <section className="import-read" aria-label="Read as">
      <h2 className="import-head">
        Read as <span>values in SI units, as they will be taken in</span>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
      <section className="import-cells" aria-label="Rows as they are read" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {template.columns.map((column, k) => (
                <ColumnHead
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                  key={k}
                  column={column}
                  k={k}
                  reason={
                    guess.columns[k]
                      ? `Role: ${guess.columns[k].role.reason}. Unit: ${guess.columns[k].unit.reason}.`
                      : ''
                  }
                  twice={doubledRoles(template).includes(k)}
                  onChange={(next) => setColumn(k, next)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its number
              <tr key={row}>
                <td className="t3 num">{row + 1}</td>
                {template.columns.map((column, k) => {
                  const value = column.use ? measurement?.curve.columns[used[k]!]?.data[row] : undefined;
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                    <td key={k} className="num">
                      {value === undefined ? '' : Number.isNaN(value) ? 'no value' : writeCell(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {refusal && (
          <p className="row pad t12" role="status">
            <Status of="failed" /> {refusal}
          </p>
        )}
      </section>
    </section>
  );
}
