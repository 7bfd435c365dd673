import type { EvidenceRanking } from '../../../src/model/quantity.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { Fold } from '../../components/Fold.tsx';
import { Status } from '../../components/Status.tsx';
import { legWord } from '../../plot/legs.ts';
import type { Selected } from '../frame/use-selected.ts';

function Ranking({ ranking }: { readonly ranking: EvidenceRanking }) {
  return (
    <table
      className="defs rank"
      aria-label={`Mechanisms${ranking.branch ? `, ${legWord(ranking.branch)}` : ''}`}
    >
      <thead>
        <tr>
          <td />
          <th scope="col">{ranking.branch ? legWord(ranking.branch) : 'mechanism'}</th>
          <th scope="col" className="num">
            AICc
          </th>
          <th scope="col" className="num">
            ΔAICc
          </th>
          <th scope="col" className="num">
            weight
          </th>
        </tr>
      </thead>
      <tbody>
        {ranking.rows.map(({ name, aicc, above, weight, passes, check }) => [
          <tr key={name}>
            <td>
              <Status of={passes ? 'ok' : 'refused'} />
            </td>
            <th scope="row" className="el" title={name}>
              {name}
            </th>
            <td className="num">{aicc === null ? '' : formatFixed(aicc, 1)}</td>
            <td className="num">{above === null ? '' : formatFixed(above, 1)}</td>
            <td className="num">{weight === null ? '' : formatFixed(weight, 3)}</td>
          </tr>,
          check && (
            <tr key={`${name}-check`} className="sub">
              <td />
              <td colSpan={4}>{check}</td>
            </tr>
          ),
        ])}
      </tbody>
    </table>
  );
}

/** Mechanisms ranked on the same points, with the check each must pass before its weight counts. */
export function MechanismTable({ selected }: { readonly selected: Selected }) {
  const rankings = (selected.outcome?.results ?? [])
    .flatMap((result) => result.evidence ?? [])
    .filter((one) => one.kind === 'ranking');
  const [first] = rankings;
  if (!first) return null;
  const cycle = first.cycle;
  const winner = first.rows.find((row) => row.passes && (row.weight ?? 0) > 0.9);
  return (
    <Fold
      title="Mechanisms, ranked"
      summary={winner ? `${winner.name}, weight ${formatFixed(winner.weight!, 2)}` : 'none stands out'}
    >
      {() =>
        rankings
          .filter((ranking) => ranking.cycle === cycle)
          .map((ranking) => <Ranking key={ranking.branch ?? 'all'} ranking={ranking} />)
      }
    </Fold>
  );
}
