import { MathSymbol } from '../../components/Symbol.tsx';
import type { ComparisonRow } from '../../state/simulator/comparison-rows.ts';

/** Extracted quantities side by side: value with uncertainty, simulated value, difference. */
export function QuantityComparison({
  rows,
  outOfDate,
}: {
  readonly rows: readonly ComparisonRow[];
  readonly outOfDate: boolean;
}) {
  if (rows.length === 0) return null;
  return (
    <table className={`cmp quantities ${outOfDate ? 'stale' : ''}`} aria-label="Quantities of both curves">
      <thead>
        <tr>
          <td />
          <th className="num" scope="col">
            measured
          </th>
          <th className="num" scope="col">
            simulated
          </th>
          <th className="num" scope="col">
            Δ
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} title={row.title}>
            <td className="el">
              {row.symbol && <MathSymbol text={row.symbol} />} {row.words}
            </td>
            <td className={`num ${row.measured === 'refused' ? 'c-refuse' : ''}`}>
              {row.measured}
              <span className="u">{row.uncertainty}</span>
              {row.unit && `\u202f${row.unit}`}
            </td>
            <td className={`num ${row.simulated === 'refused' ? 'c-refuse' : ''}`}>{row.simulated}</td>
            <td className="num t2">{row.difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
