import type { TableGuess } from '../../../src/importers/guess-table.ts';
import type { DecodedFile } from '../../../src/importers/importer.ts';
import type { ImportTemplate } from '../../../src/model/import-template.ts';
import { MEASUREMENT_KINDS, type Measurement } from '../../../src/model/measurement.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { Status } from '../../components/Status.tsx';
import { doubledRoles, reshapeTemplate, type ShapeChange } from '../../state/import-answers.ts';
import { useSession } from '../../state/session.ts';
import { ImportPreview } from './ImportPreview.tsx';

const SEPARATORS = [
  { id: ',', text: 'comma' },
  { id: ';', text: 'semicolon' },
  { id: '\t', text: 'tab' },
  { id: ' ', text: 'blanks' },
] as const;
const MARKS = [
  { id: '.', text: 'point' },
  { id: ',', text: 'comma' },
] as const;
const MOST_LINES = 60;

function Answer<T extends string>({
  label,
  value,
  options,
  reason,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly id: T; readonly text: string }[];
  readonly reason: string;
  readonly onChange: (value: T) => void;
}) {
  return (
    <div className="import-answer">
      <span className="t12 t2">{label}</span>
      <Select framed label={label} value={value} options={options} onChange={onChange} />
      <span className="t11 t3">{reason}</span>
    </div>
  );
}

function lineChoices(template: ImportTemplate, optional: boolean) {
  const last = optional ? template.firstRow - 1 : MOST_LINES;
  const lines = Array.from({ length: Math.max(0, Math.min(MOST_LINES, last)) }, (_, k) => ({
    id: String(k + 1),
    text: `line ${k + 1}`,
  }));
  return optional ? [{ id: 'none', text: 'none' }, ...lines] : lines;
}

/** How the file was read: every guess with its reason, each open to change, and the curve that comes of it. */
export function ImportAnswers({
  file,
  guess,
  template,
  measurement,
  onChange,
  onGuess,
}: {
  readonly file: DecodedFile;
  readonly guess: TableGuess;
  readonly template: ImportTemplate;
  readonly measurement: Measurement | null;
  readonly onChange: (template: ImportTemplate) => void;
  readonly onGuess: () => void;
}) {
  const session = useSession();
  const change = (answers: ShapeChange) => onChange(reshapeTemplate(file, template, answers));
  const why = (own: string, same: boolean) => (same ? own : 'set by you');
  const doubts = [
    ...doubledRoles(template).map((k) => {
      const { name, role } = template.columns[k]!;
      return `${name} is taken as ${role} too; only the first column of a role is analysed. Check it.`;
    }),
    ...guess.doubts,
  ];
  const row = (text: string) => (text === 'none' ? null : Number(text));
  const kinds = [
    { id: 'auto', text: 'by the columns' },
    ...MEASUREMENT_KINDS.map((id) => ({ id, text: id })),
  ] as readonly { readonly id: ImportTemplate['kind']; readonly text: string }[];
  return (
    <aside className="pane rr" aria-label="How it was read" data-region="inspector">
      <div className="ph">
        <h2>How it was read</h2>
        <span className="sp" />
        <Button small ghost onClick={onGuess}>
          Guess again
        </Button>
      </div>
      <div className="grow scroll-y">
        <div className="import-answers">
          <div className="import-answer">
            <span className="t12 t2">Text</span>
            <span className="t12">{guess.encoding}</span>
          </div>
          <Answer
            label="Separator"
            value={template.separator}
            options={SEPARATORS}
            reason={why(guess.separator.reason, template.separator === guess.separator.value)}
            onChange={(separator) => change({ separator })}
          />
          <Answer
            label="Decimal mark"
            value={template.decimalMark}
            options={MARKS}
            reason={why(guess.decimalMark.reason, template.decimalMark === guess.decimalMark.value)}
            onChange={(decimalMark) => change({ decimalMark })}
          />
          <Answer
            label="Names"
            value={String(template.headerRow ?? 'none')}
            options={lineChoices(template, true)}
            reason={why(guess.headerRow.reason, template.headerRow === guess.headerRow.value)}
            onChange={(text) => change({ headerRow: row(text) })}
          />
          <Answer
            label="Units"
            value={String(template.unitRow ?? 'none')}
            options={lineChoices(template, true)}
            reason={why(guess.unitRow.reason, template.unitRow === guess.unitRow.value)}
            onChange={(text) => change({ unitRow: row(text) })}
          />
          <Answer
            label="First numbers"
            value={String(template.firstRow)}
            options={lineChoices(template, false)}
            reason={why(guess.firstRow.reason, template.firstRow === guess.firstRow.value)}
            onChange={(text) => change({ firstRow: Number(text) })}
          />
          <Answer
            label="Kind"
            value={template.kind}
            options={kinds}
            reason={measurement ? `read as ${measurement.kind}` : ''}
            onChange={(kind) => onChange({ ...template, kind })}
          />
          {doubts.length > 0 && (
            <div className="import-doubts">
              <Status of="flagged" />
              <span>
                {doubts.slice(0, 3).map((doubt) => (
                  <span key={doubt} className="own-line">
                    {doubt}
                  </span>
                ))}
              </span>
            </div>
          )}
          <div className="row">
            <Button small onClick={() => void session.unknown.exportTemplate(template)}>
              Export template
            </Button>
            <Button
              small
              onClick={() =>
                void session.unknown.importTemplate().then((given) => {
                  if (given) onChange(given);
                })
              }
            >
              Open template…
            </Button>
          </div>
        </div>
        {measurement && <ImportPreview measurement={measurement} />}
      </div>
    </aside>
  );
}
