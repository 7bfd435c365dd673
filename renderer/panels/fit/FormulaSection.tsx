import { useMemo, useState } from 'react';
import type { FormulaFit } from '../../../src/model/recipe.ts';
import { checkFormula } from '../../../src/pipeline/fit-formula.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { legWord } from '../../plot/legs.ts';
import { abscissaOf } from '../../plot/xy-view.ts';
import { setFormula } from '../../state/fit-options.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import type { Selected } from '../frame/use-selected.ts';
import { FitVerdictLine } from './FitVerdictLine.tsx';
import { ParameterTable } from './ParameterTable.tsx';

/** Where a formula goes wrong: the text up to it, the character, the rest. */
function Fault({
  text,
  position,
  message,
}: {
  readonly text: string;
  readonly position: number;
  readonly message: string;
}) {
  return (
    <p className="t11 c-fail formula-fault" role="alert">
      <span className="mono">
        {text.slice(0, position)}
        <mark>{text[position] ?? '\u2009'}</mark>
        {text.slice(position + 1)}
      </span>
      <span>
        {message.replace(/\.$/, '')} at character {position + 1}.
      </span>
    </p>
  );
}

/** A law of one's own: typed, checked as it is typed, fitted in the worker like any model, kept in the project. */
export function FormulaSection({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const workspace = useWorkspace();
  const leg = useView((view) => view.leg);
  const { id, measurement, outcome } = selected;
  const kept = workspace.formulas[id];
  const [open, setOpen] = useState(false);
  const x = measurement.kind === 'iv' ? 'voltage' : (abscissaOf(measurement)?.label ?? '');
  const others = measurement.curve.columns.filter((column) => column.label !== x && column.unit !== 'text');
  const usual =
    others.find(({ role }) => role === 'current' && measurement.kind === 'iv') ??
    others.find(({ role }) => role === 'light' || role === 'intensity') ??
    others.at(-1);
  const [text, setText] = useState(kept?.text ?? 'a*(1-exp(-x/tau))');
  const [y, setY] = useState(kept?.y ?? usual?.label ?? '');
  const [starts, setStarts] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(Object.entries(kept?.start ?? {}).map(([name, value]) => [name, String(value)])),
  );
  const checked = useMemo(() => checkFormula(text, measurement.curve, x), [text, measurement.curve, x]);
  const branch =
    outcome?.conditioned?.legs.find((one) => one.name === leg)?.name ??
    outcome?.conditioned?.legs[0]?.name ??
    null;
  const result = outcome?.results.find((one) => one.analysis === 'formula');
  const report = result?.fits[0]?.report;
  const trouble = result?.issues.find((issue) => issue.severity === 'error');
  const set = (formula: FormulaFit | null, words: string) =>
    session.step(words, (now) => setFormula(now, id, formula));
  const fitNow = () => {
    if (!checked.ok) return;
    const start = Object.fromEntries(
      checked.parameters
        .map((name) => [name, Number(starts[name]?.trim() || Number.NaN)] as const)
        .filter(([, value]) => Number.isFinite(value)),
    );
    set(
      { text: text.trim(), branch, x, y, start },
      `formula ${text.trim()} fitted to ${measurement.deviceId}`,
    );
    session.refit(id);
  };
  if (!open && !kept)
    return (
      <section className="sec" aria-label="Formula">
        <Button small ghost onClick={() => setOpen(true)}>
          Formula…
        </Button>
      </section>
    );
  return (
    <section className="sec" aria-label="Formula">
      <div className="sh">
        Formula
        <span className="t11 t3">{branch ? legWord(branch) : ''}</span>
        <span className="sp" />
        <Select
          label="Column that is fitted"
          value={y}
          options={others.map(({ label }) => ({ id: label, text: label }))}
          onChange={setY}
        />
      </div>
      <span className={`fld formula ${checked.ok ? '' : 'bad'}`}>
        <input
          className="mono"
          aria-label="Formula of x"
          aria-invalid={!checked.ok}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && fitNow()}
        />
      </span>
      {checked.ok ? (
        <div className="formula-starts t11">
          {checked.parameters.map((name) => (
            <label key={name}>
              {name}
              <span className="fld">
                <input
                  aria-label={`Start of ${name}`}
                  placeholder="start"
                  inputMode="decimal"
                  value={starts[name] ?? ''}
                  onChange={(event) => setStarts({ ...starts, [name]: event.target.value })}
                />
              </span>
            </label>
          ))}
        </div>
      ) : (
        <Fault text={text} position={checked.position} message={checked.message} />
      )}
      <div className="row verbs">
        <Button onClick={fitNow} disabled={!checked.ok || (checked.ok && checked.parameters.length === 0)}>
          Fit formula
        </Button>
        {kept && (
          <Button
            ghost
            onClick={() => {
              set(null, `formula of ${measurement.deviceId} taken away`);
              setOpen(false);
            }}
          >
            Take away
          </Button>
        )}
        <span className="sp" />
        <span className="t11 t3">x is {x}, all in SI</span>
      </div>
      {kept && trouble && <p className="t11 c-fail">{trouble.message}</p>}
      {kept && report && (
        <>
          <ParameterTable report={report} />
          <FitVerdictLine report={report} />
        </>
      )}
    </section>
  );
}
