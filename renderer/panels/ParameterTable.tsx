import type { BranchFit } from '../../src/model/quantity.ts';
import { formatParts } from '../../src/units/format-value.ts';
import { isUnit, type Unit } from '../../src/units/units.ts';
import { Icon } from '../components/Icon.tsx';
import { MathSymbol, plainSymbol } from '../components/Symbol.tsx';
import { FormattedNumber } from '../components/Value.tsx';

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

function Row({ parameter }: { readonly parameter: FittedParameter }) {
  const { symbol, parts, unit } = shownAs(parameter);
  const bar = certainty(parameter);
  const why = parameter.reasons[0]?.message;
  return (
    <tr title={why}>
      <td>
        <span className="lock" role="img" aria-label={parameter.fixed ? 'locked' : 'free'}>
          <Icon id={parameter.fixed ? 'lock' : 'unlock'} />
        </span>
      </td>
      <td className="nw">
        <MathSymbol text={symbol} />
      </td>
      <td>
        {parameter.status === 'refused' ? (
          <span className="fld quiet c-refuse">not determined</span>
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
        {parameter.fixed ? (
          <span className="t11 t3">
            {parameter.id === 'photocurrent' && parameter.value === 0 ? 'dark' : 'locked'}
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
      </td>
    </tr>
  );
}

/** Parameters that are locked at nothing say nothing; the photocurrent does: that the sweep is taken as dark. */
function isShown(parameter: FittedParameter): boolean {
  return !parameter.fixed || parameter.id === 'photocurrent';
}

export function ParameterTable({ report }: { readonly report: FitReport }) {
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
        {report.parameters.filter(isShown).map((parameter) => (
          <Row key={parameter.id} parameter={parameter} />
        ))}
      </tbody>
    </table>
  );
}
