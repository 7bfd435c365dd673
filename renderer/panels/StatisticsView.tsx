import { useMemo, useState } from 'react';
import { type SummaryRow, summariseRecords } from '../../src/batch/summarise.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import { QUANTITIES, type QuantityId } from '../../src/model/quantities.ts';
import { formatParts } from '../../src/units/format-value.ts';
import { isUnit, type Unit } from '../../src/units/units.ts';
import { ScrollArea } from '../components/ScrollArea.tsx';
import { Select } from '../components/Select.tsx';
import { Status } from '../components/Status.tsx';
import { MathSymbol } from '../components/Symbol.tsx';
import { rankQuantity } from '../state/batch-table.ts';
import { curveShape } from '../state/device-status.ts';
import { recordsOf } from '../state/export-table.ts';
import { type CurveGroup, groupCurves } from '../state/groups.ts';
import { currentOutcome, type Results } from '../state/results.ts';
import { useSession, useView, useWorkspace } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import type { Workspace } from '../state/workspace.ts';
import { FoldButton, Frame } from './Frame.tsx';
import { Library } from './Library.tsx';
import { ProbabilityPlot, type Sample } from './ProbabilityPlot.tsx';

const FEWEST = 3;

function keyOf(row: SummaryRow): string {
  return `${row.quantity}|${row.branch ?? ''}|${row.convention ?? ''}`;
}

function unitOf(row: SummaryRow): Unit {
  return isUnit(row.unit) ? row.unit : '1';
}

/** Who has no value of a quantity that was looked for, by name and with the sentence that says why. */
function whyMissing(id: MeasurementId, row: SummaryRow, workspace: Workspace, results: Results) {
  const quantity = currentOutcome(results, workspace, id)
    ?.outcome.results.flatMap((result) => result.quantities)
    .find((one) => one.id === row.quantity && one.branch === row.branch && one.convention === row.convention);
  if (!quantity || ((quantity.status === 'ok' || quantity.status === 'flagged') && quantity.value !== null))
    return [];
  const name = workspace.measurements[id]!.deviceId;
  const [reason] = quantity.reasons;
  const fallback = quantity.status === 'bound' ? 'Only a bound is known.' : 'It could not be determined.';
  return [{ id, name, why: reason?.message ?? fallback }];
}

function useSummary() {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const [groupId, setGroupId] = useState<string | null>(null);
  const groups = useMemo(
    () =>
      groupCurves(workspace, (id) => currentOutcome(results, workspace, id)?.outcome.recipe, workspace.order),
    [workspace, results],
  );
  const largest = groups.reduce<CurveGroup | undefined>(
    (best, group) => (best && best.ids.length >= group.ids.length ? best : group),
    undefined,
  );
  const group = groups.find((one) => one.id === groupId) ?? largest;
  const counted = useMemo(
    () =>
      (group?.ids ?? []).filter((id) => !['dead', 'outlier'].includes(curveShape(workspace, results, id))),
    [group, workspace, results],
  );
  // `results` is what the records are made from
  // biome-ignore lint/correctness/useExhaustiveDependencies: results is read through the session
  const rows = useMemo(() => {
    const summary = summariseRecords(recordsOf(session, counted), () => 'all');
    return summary
      .filter((row) => row.count >= FEWEST)
      .toSorted((a, b) => rankQuantity(a.quantity) - rankQuantity(b.quantity));
  }, [session, counted, results]);
  // of several definitions the record of the convention in force comes first
  const inForce = useMemo(() => {
    const seen = new Map<string, string>();
    for (const id of counted) {
      for (const result of currentOutcome(results, workspace, id)?.outcome.results ?? []) {
        for (const one of result.quantities) {
          const leg = `${one.id}|${one.branch ?? ''}`;
          if (!seen.has(leg)) seen.set(leg, `${leg}|${one.convention ?? ''}`);
        }
      }
    }
    return new Set(seen.values());
  }, [counted, results, workspace]);
  return { workspace, results, groups, group, setGroupId, counted, rows, inForce };
}

function SummaryValue({
  value,
  row,
  u = null,
}: {
  readonly value: number | null;
  readonly row: SummaryRow;
  readonly u?: number | null;
}) {
  return value === null ? null : formatParts(value, u, unitOf(row), { digits: 4 }).text;
}

/** Device to device: a summary of every quantity, and the one in hand as a probability plot. */
export function StatisticsView() {
  const session = useSession();
  const { workspace, results, groups, group, setGroupId, counted, rows, inForce } = useSummary();
  const selected = useView((view) => view.selected);
  const [chosen, setChosen] = useState<string | null>(null);
  const row =
    rows.find((one) => keyOf(one) === chosen) ?? rows.find((one) => inForce.has(keyOf(one))) ?? rows[0];
  const samples = useMemo(
    () =>
      row
        ? counted.flatMap((id): Sample[] => {
            const quantity = currentOutcome(results, workspace, id)
              ?.outcome.results.flatMap((result) => result.quantities)
              .find(
                (one) =>
                  one.id === row.quantity &&
                  one.branch === row.branch &&
                  one.convention === row.convention &&
                  (one.status === 'ok' || one.status === 'flagged'),
              );
            return quantity && typeof quantity.value === 'number'
              ? [
                  {
                    id,
                    name: workspace.measurements[id]!.deviceId,
                    value: quantity.value,
                    u: quantity.standardUncertainty,
                  },
                ]
              : [];
          })
        : [],
    [row, counted, results, workspace],
  );
  const missing = useMemo(
    () => (row ? counted.flatMap((id) => whyMissing(id, row, workspace, results)) : []),
    [row, counted, results, workspace],
  );
  const out = (group?.ids ?? []).filter((id) => !counted.includes(id));
  const failed = workspace.files.filter((file) => file.state === 'failed');
  return (
    <Frame
      leftName="Library"
      left={<Library />}
      rightName="Summary"
      right={
        <>
          <div className="ph">
            <h2>Left out</h2>
            <span className="t11 t3">
              {out.length + failed.length} of {(group?.ids.length ?? 0) + failed.length}
            </span>
            <span className="sp" />
            <FoldButton side="inspector" />
          </div>
          <ul className="left-out t12">
            {out.map((id) => (
              <LeftOut key={id} id={id} />
            ))}
            {failed.map((file) => (
              <li key={file.name} className="row" title={file.issues[0]?.message}>
                <Status of="failed" />
                <span>
                  {file.name} <span className="t2 own-line">{file.issues[0]?.message}</span>
                </span>
              </li>
            ))}
            {out.length + failed.length === 0 && <li className="t3">Every device is counted.</li>}
          </ul>
          {row && missing.length > 0 && (
            <section className="block" aria-label="Missing values">
              <h2 className="t12 b">
                <MathSymbol text={QUANTITIES[row.quantity as QuantityId].symbol} /> not determined on{' '}
                {missing.length}
              </h2>
              <ul className="missing-list t12">
                {missing.map(({ id, name, why }) => (
                  <li key={id}>
                    <button type="button" className="link" onClick={() => session.select(id)}>
                      {name}
                    </button>{' '}
                    <span className="t2">{why}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      }
    >
      <section className="pane canvas" aria-label="Statistics" data-region="plot">
        <div className="row batch-head">
          <h1>{workspace.title}</h1>
          {group && (
            <Select
              label="Curves of"
              value={group.id}
              options={groups.map((one) => ({ id: one.id, text: `${one.name} (${one.ids.length})` }))}
              onChange={setGroupId}
            />
          )}
          <span className="t12 t3">{counted.length} counted</span>
        </div>
        {row ? (
          <div className="stats">
            <div className="stats-plot">
              <ProbabilityPlot
                samples={samples}
                unit={unitOf(row)}
                symbol={QUANTITIES[row.quantity as QuantityId].symbol}
                selected={selected}
                mean={row.mean}
                standardDeviation={row.standardDeviation}
                onSelect={(id: MeasurementId) => session.select(id)}
              />
            </div>
            <ScrollArea label="Summary of all quantities">
              <table className="bt2 summary" aria-label="Summary">
                <thead>
                  <tr>
                    <th scope="col">Quantity</th>
                    <th scope="col">leg, convention</th>
                    <th scope="col" className="num">
                      devices
                    </th>
                    <th scope="col" className="num">
                      median
                    </th>
                    <th scope="col" className="num">
                      mean
                    </th>
                    <th scope="col" className="num">
                      sd
                    </th>
                    <th scope="col" className="num">
                      missing
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((one) => (
                    <tr key={keyOf(one)} className={one === row ? 'sel' : ''}>
                      <th scope="row">
                        <button
                          type="button"
                          className="plain"
                          aria-pressed={one === row}
                          onClick={() => setChosen(keyOf(one))}
                        >
                          <MathSymbol text={QUANTITIES[one.quantity as QuantityId].symbol} />
                        </button>
                      </th>
                      <td className="t2 el">{[one.branch, one.convention].filter(Boolean).join(', ')}</td>
                      <td className="num">{one.count}</td>
                      <td className="num">
                        <SummaryValue value={one.median} row={one} />
                      </td>
                      <td className="num">
                        <SummaryValue
                          value={one.mean}
                          row={one}
                          u={
                            one.standardDeviation === null
                              ? null
                              : one.standardDeviation / Math.sqrt(one.count)
                          }
                        />
                      </td>
                      <td className="num">
                        <SummaryValue value={one.standardDeviation} row={one} />
                      </td>
                      <td className="num t3">{one.missing || ''}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollArea>
          </div>
        ) : (
          <p className="pad t2">
            Statistics need at least {FEWEST} devices with a value. Add a folder, or choose another group.
          </p>
        )}
      </section>
    </Frame>
  );
}

function LeftOut({ id }: { readonly id: MeasurementId }) {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const shape = curveShape(workspace, results, id);
  return (
    <li className="row">
      <Status of={shape} />
      <button type="button" className="link" onClick={() => session.select(id)}>
        {workspace.measurements[id]!.deviceId}
      </button>
      <span className="t3">{shape === 'dead' ? 'dead pixel, set by you' : 'outlier, set by you'}</span>
    </li>
  );
}
