import { useState } from 'react';
import type { BranchFit } from '../../../src/model/quantity.ts';
import type { FitOptions } from '../../../src/model/recipe.ts';
import { MODELS } from '../../../src/pipeline/list-models.ts';
import { formatParts } from '../../../src/units/format-value.ts';
import { isUnit, type Unit } from '../../../src/units/units.ts';
import { IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { MathSymbol, plainSymbol } from '../../components/Symbol.tsx';
import { FormattedNumber } from '../../components/Value.tsx';
import { lockParameter, unlockParameter } from '../../state/fit-options.ts';
import { ParameterField } from './ParameterField.tsx';
import { ParameterMenu } from './ParameterMenu.tsx';

type FitReport = BranchFit['report'];
type FittedParameter = FitReport['parameters'][number];

function unitOf(parameter: FittedParameter): Unit {
  return isUnit(parameter.unit) ? parameter.unit : '1';
}

/** A saturation current may be 1e-35 A: it is read as its logarithm, as the solver carries it. */
function shownAs(parameter: FittedParameter) {
  if (parameter.id === 'saturationCurrent' && parameter.value > 0) {
    const parts = formatParts(Math.log(parameter.value), parameter.logStandardError ?? null, '1');
    return { symbol: 'ln I_s', parts, unit: '(A)' };
  }
  const parts = formatParts(parameter.value, parameter.standardError, unitOf(parameter));
  return { symbol: parameter.symbol, parts: { ...parts, unit: '' }, unit: parts.unit };
}

/** Width of the 95 % interval against the value, on a log-like scale: a short bar is a well determined parameter. */
function certainty(parameter: FittedParameter): number | null {
  if (!parameter.standardError || parameter.value === 0) return null;
  const relative = Math.abs(parameter.standardError / parameter.value);
  return Math.min(1, Math.max(0, (Math.log10(relative) + 5) / 5));
}

/** What a hand may do to the parameters of a fit; a table without it only shows. */
export interface ParameterEditing {
  readonly options: FitOptions;
  readonly trial: Readonly<Record<string, number>>;
  readonly onTry: (id: string, value: number) => void;
  readonly onSet: (options: FitOptions, id: string, words: string) => void;
}

function Row({
  parameter,
  report,
  editing,
}: {
  readonly parameter: FittedParameter;
  readonly report: FitReport;
  readonly editing: ParameterEditing | undefined;
}) {
  const [open, setOpen] = useState(false);
  const { id } = parameter;
  const tried = editing?.trial[id];
  const held = editing?.options.fixed[id] ?? tried;
  const { symbol, parts, unit } = shownAs(
    held === undefined
      ? parameter
      : { ...parameter, value: held, standardError: null, logStandardError: null },
  );
  const bar = certainty(parameter);
  const why = parameter.reasons[0]?.message;
  const tie = editing?.options.ties[id];
  const spec = MODELS.get(report.model)?.parameters.find((one) => one.id === id);
  const isLog = id === 'saturationCurrent';
  const value = tried ?? parameter.value;
  const toggle = () => {
    if (!editing) return;
    const { options } = editing;
    if (parameter.fixed) editing.onSet(unlockParameter(options, id), id, 'freed');
    else editing.onSet(lockParameter(options, id, value), id, `locked at ${parts.text}`);
  };
  return (
    <>
      <tr title={why}>
        <td>
          {editing ? (
            <button
              type="button"
              className="lock"
              aria-pressed={parameter.fixed}
              aria-label={`Lock ${plainSymbol(symbol)}`}
              title={parameter.fixed ? 'Locked; press to free' : 'Free; press to lock'}
              onClick={toggle}
            >
              <Icon id={parameter.fixed ? 'lock' : 'unlock'} />
            </button>
          ) : (
            <span className="lock" role="img" aria-label={parameter.fixed ? 'locked' : 'free'}>
              <Icon id={parameter.fixed ? 'lock' : 'unlock'} />
            </span>
          )}
        </td>
        <td className="nw">
          <MathSymbol text={symbol} />
        </td>
        <td>
          {parameter.status === 'refused' && tried === undefined && !editing ? (
            <span className="fld quiet c-refuse">not determined</span>
          ) : editing && !tie && (!parameter.fixed || editing.options.fixed[id] !== undefined) ? (
            <ParameterField
              label={plainSymbol(symbol)}
              parts={parts}
              value={isLog ? Math.log(value) : value}
              unit={isLog ? '1' : unitOf(parameter)}
              trial={tried !== undefined}
              onSet={(typed) => {
                const next = isLog ? Math.exp(typed) : typed;
                if (editing.options.fixed[id] !== undefined)
                  editing.onSet(lockParameter(editing.options, id, next), id, 'locked at another value');
                else editing.onTry(id, next);
              }}
            />
          ) : (
            <output className={`fld ${parameter.fixed ? 'quiet' : ''}`} aria-label={plainSymbol(symbol)}>
              <span>
                <FormattedNumber parts={parts} />
              </span>
            </output>
          )}
        </td>
        <td className="u nw">{unit}</td>
        <td>
          <span className="row par-end">
            {tie ? (
              <span className="t11 t3 el" title={`= ${tie}`}>
                = {tie}
              </span>
            ) : parameter.fixed ? (
              <span className="t11 t3 el">
                {id === 'photocurrent' && parameter.value === 0 ? 'dark' : 'locked'}
              </span>
            ) : parameter.atBound ? (
              <span className="t11 c-bound nw">{parameter.atBound} bound</span>
            ) : (
              bar !== null && (
                <div className="bt" aria-hidden="true">
                  <i style={{ left: `${bar * 100}%` }} />
                </div>
              )
            )}
            {editing && spec && (
              <>
                <span className="sp" />
                <IconButton
                  small
                  icon={open ? 'chevu' : 'chev'}
                  label={`Bounds and tie of ${plainSymbol(symbol)}`}
                  onClick={() => setOpen(!open)}
                />
              </>
            )}
          </span>
        </td>
      </tr>
      {open && editing && spec && (
        <tr>
          <td colSpan={5}>
            <ParameterMenu
              id={id}
              options={editing.options}
              limits={[spec.lower, spec.upper]}
              others={report.parameters.filter((one) => one.id !== id).map((one) => one.id)}
              onSet={(options, words) => editing.onSet(options, id, words)}
            />
          </td>
        </tr>
      )}
    </>
  );
}

/** Parameters that are locked at nothing say nothing; the photocurrent does: that the sweep is taken as dark. */
function isShown(parameter: FittedParameter, held: ReadonlySet<string>): boolean {
  return !parameter.fixed || parameter.id === 'photocurrent' || held.has(parameter.id);
}

export function ParameterTable({
  report,
  editing,
}: {
  readonly report: FitReport;
  readonly editing?: ParameterEditing | undefined;
}) {
  const held = new Set([
    ...Object.keys(editing?.options.fixed ?? {}),
    ...Object.keys(editing?.options.ties ?? {}),
  ]);
  return (
    <table className="par" aria-label="Parameters of the fit">
      <colgroup>
        <col style={{ width: 22 }} />
        <col style={{ width: 44 }} />
        <col />
        <col style={{ width: 34 }} />
        <col style={{ width: 74 }} />
      </colgroup>
      <thead>
        <tr>
          <td />
          <td />
          <th className="r" scope="col">
            value and uncertainty
          </th>
          <td />
          <th scope="col" title="Relative uncertainty from 0.001 % at the left to 100 % at the right">
            relative u
          </th>
        </tr>
      </thead>
      <tbody>
        {report.parameters
          .filter((one) => isShown(one, held))
          .map((parameter) => (
            <Row key={parameter.id} parameter={parameter} report={report} editing={editing} />
          ))}
      </tbody>
    </table>
  );
}
