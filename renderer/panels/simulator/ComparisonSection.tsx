import { useMemo, useState } from 'react';
import type { BranchName } from '../../../src/model/quantity.ts';
import { formatFixed, formatParts, NARROW_SPACE } from '../../../src/units/format-value.ts';
import { isUnit } from '../../../src/units/units.ts';
import { Select } from '../../components/Select.tsx';
import { useSession } from '../../state/session.ts';
import { comparisonRows, gridStep } from '../../state/simulator/comparison-rows.ts';
import { compareLeg, legOf, type SimulationView } from '../../state/simulator/simulation-view.ts';
import { useStore } from '../../state/store.ts';
import type { SimulatedCurve } from '../../workers/simulator-tasks.ts';
import { QuantityComparison } from './QuantityComparison.tsx';

/** Measured against simulated: what the analyses extract from both, then the differences of the curves. */
export function ComparisonSection({ view }: { readonly view: SimulationView }) {
  const session = useSession();
  const { scene, curve } = view;
  const { measurement, outcome } = scene;
  const quantities = useStore(session.simulator.quantities, (state) =>
    state?.scene.key === scene.key ? state : null,
  );
  const chosen = useStore(session.simulator.leg, (state) => state);
  const [all, setAll] = useState(false);
  const rows = useMemo(
    () =>
      comparisonRows(
        quantities?.list ?? [],
        (outcome?.results ?? []).flatMap((result) => result.quantities),
      ),
    [quantities, outcome],
  );
  if (!curve || !measurement) return null;
  if (!curve.comparison) return <Notes curve={curve} />;
  const legs = [...new Set((outcome?.conditioned?.legs ?? []).map((one) => one.name))];
  const leg = chosen && (chosen === 'all' || legs.includes(chosen)) ? chosen : legOf(scene);
  const comparison = compareLeg(
    curve.comparison,
    curve.response?.simulated ?? new Float64Array(),
    measurement,
    outcome?.conditioned ?? null,
    leg,
  );
  const step = measurement.kind === 'iv' ? gridStep(curve.simulation.columns['voltage_V'] ?? []) : null;
  const unit = curve.response && isUnit(curve.response.unit) ? curve.response.unit : '1';
  const { decades } = curve;
  return (
    <section className="sec" aria-label="Comparison">
      <div className="sh">
        Comparison
        <span className="sp" />
        {step !== null && (
          <span className="t11 t3 nw">
            one grid step is {Number(step.toPrecision(3))}
            {NARROW_SPACE}V
          </span>
        )}
      </div>
      <QuantityComparison
        rows={all ? rows : rows.filter((row) => row.headline)}
        outOfDate={quantities !== null && quantities.scene !== scene}
      />
      {rows.some((row) => !row.headline) && (
        <button type="button" className="link t11" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Headlines only' : `All ${rows.length} quantities`}
        </button>
      )}
      {legs.length > 1 && (
        <div className="row t11 t3">
          Curves on
          <Select<BranchName | 'all'>
            label="Legs compared"
            value={leg}
            options={[
              { id: 'all', text: 'all legs' },
              ...legs.map((name) => ({ id: name, text: `${name} leg` })),
            ]}
            onChange={(next) => session.simulator.leg.set(next)}
          />
        </div>
      )}
      {comparison && (
        <table className="cmp" aria-label="Differences of the curves">
          <tbody>
            {decades && leg === 'all' && (
              <tr>
                <td>rms, all points</td>
                <td className="num">{formatFixed(decades.all, 3)} decades</td>
              </tr>
            )}
            {decades?.awayFromJumps !== undefined && decades?.awayFromJumps !== null && leg === 'all' && (
              <tr>
                <td>rms, away from jumps</td>
                <td className="num">{formatFixed(decades.awayFromJumps, 3)} decades</td>
              </tr>
            )}
            <tr>
              <td>rms difference</td>
              <td className="num" data-testid="rmse" data-value={comparison.rmse}>
                {formatParts(comparison.rmse, null, unit).text}
              </td>
            </tr>
            <tr>
              <td>of the span</td>
              <td className="num" data-testid="nrmse" data-value={comparison.nrmse}>
                {formatFixed(comparison.nrmse * 100, 2)} %
              </td>
            </tr>
            <tr>
              <td>
                <span className="m">R</span>²
              </td>
              <td className="num" data-testid="r2" data-value={comparison.r2}>
                {formatFixed(comparison.r2, 4)}
              </td>
            </tr>
            <tr>
              <td>points compared</td>
              <td className="num">{comparison.points}</td>
            </tr>
          </tbody>
        </table>
      )}
      <Remarks curve={curve} />
    </section>
  );
}

function Remarks({ curve }: { readonly curve: SimulatedCurve }) {
  return curve.issues.map((issue) => (
    <p key={issue.message} className="t11 t3">
      {issue.message}
    </p>
  ));
}

/** Why nothing is compared. */
function Notes({ curve }: { readonly curve: SimulatedCurve }) {
  if (curve.issues.length === 0) return null;
  return (
    <section className="sec" aria-label="Comparison">
      <Remarks curve={curve} />
    </section>
  );
}
