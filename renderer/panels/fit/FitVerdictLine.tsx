import { useState } from 'react';
import type { BranchFit } from '../../../src/model/quantity.ts';
import { formatFixed, formatParts } from '../../../src/units/format-value.ts';
import { Status } from '../../components/Status.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';

type FitReport = BranchFit['report'];

const WORDS: Readonly<Record<FitReport['termination'], string>> = {
  'converged-cost': 'Converged',
  'converged-step': 'Converged',
  'converged-gradient': 'Converged',
  'max-evaluations': 'Stopped at the limit of steps',
  singular: 'Singular',
  'non-finite': 'No finite start',
  cancelled: 'Stopped by you',
};

function symbolOf(report: FitReport, id: string): string {
  return report.parameters.find((parameter) => parameter.id === id)?.symbol ?? id;
}

function Correlation({ report }: { readonly report: FitReport }) {
  return (
    <table className="corr" aria-label="Correlation of the free parameters">
      <thead>
        <tr>
          <td />
          {report.freeIds.map((id) => (
            <th key={id} scope="col">
              <MathSymbol text={symbolOf(report, id)} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.correlation.map((row, i) => (
          <tr key={report.freeIds[i]}>
            <th scope="row">
              <MathSymbol text={symbolOf(report, report.freeIds[i]!)} />
            </th>
            {row.map((value, j) => (
              <td key={report.freeIds[j]} className={Math.abs(value) > 0.95 && i !== j ? 'c-flag b' : ''}>
                {formatFixed(value, 2)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Converged or how it ended, χ²/ν, points used; the correlation on request. */
export function FitVerdictLine({ report }: { readonly report: FitReport }) {
  const [open, setOpen] = useState(false);
  const converged = report.termination.startsWith('converged');
  const worst = report.verdicts[0];
  return (
    <>
      <div className="row t11 verdict">
        <Status of={!converged ? 'failed' : worst ? 'flagged' : 'ok'} />
        <span className="nw">{WORDS[report.termination]}</span>
        <span className="t3">·</span>
        <span className="nw">
          χ²/ν{' '}
          {
            formatParts(report.reducedChiSquare, null, '1', { digits: report.reducedChiSquare < 1 ? 2 : 3 })
              .text
          }
        </span>
        <span className="t3">·</span>
        <span className="nw">{report.points} points</span>
        <span className="sp" />
        {report.correlation.length > 0 && (
          <button type="button" className="link nw" aria-expanded={open} onClick={() => setOpen(!open)}>
            Correlation
          </button>
        )}
      </div>
      {worst && <p className="t11 t3 verdict-why">{worst.message}</p>}
      {open && <Correlation report={report} />}
    </>
  );
}
