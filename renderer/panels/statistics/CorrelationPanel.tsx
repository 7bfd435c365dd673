import { useRef, useState } from 'react';
import type { CorrelationCell } from '../../../src/batch/correlate-devices.ts';
import { seriesKey } from '../../../src/batch/device-values.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { IconButton } from '../../components/Button.tsx';
import { signedColour } from '../../plot/signed-scale.ts';
import { textOn } from '../../plot/viridis.ts';
import { useSession } from '../../state/session.ts';
import { pickPair } from '../../state/statistics.ts';
import { writeCorrelations } from '../../state/statistics-table.ts';
import { PanelHead } from './PanelHead.tsx';
import { SeriesName } from './SeriesName.tsx';
import { type StatisticsControl, seriesWords } from './use-statistics.ts';

function writeP(p: number): string {
  return p < 0.001 ? `p ${p.toExponential(0).replace('e-', ' × 10^−')}` : `p ${p.toPrecision(2)}`;
}

function explain({ result, count }: CorrelationCell): string {
  if (!result) return `${count} devices have both; 4 with different values are needed`;
  return `ρ ${formatFixed(result.rho, 2)}, ${writeP(result.p)}${result.isExact ? ' (exact)' : ''}, n ${result.count}`;
}

/** Spearman's triangle; a cell puts its two quantities into the scatter. */
export function CorrelationPanel({ control }: { readonly control: StatisticsControl }) {
  const session = useSession();
  const { model, choice, change } = control;
  const { samples, cells } = model.correlations;
  const grid = useRef<HTMLTableElement>(null);
  const pair = pickPair(model.correlations, choice.pair);
  const isPair = ({ row, column }: CorrelationCell) =>
    pair !== null && samples[column] === pair.x && samples[row] === pair.y;
  const now = cells.find(isPair) ?? cells[0];
  const [focus, setFocus] = useState<{ readonly row: number; readonly column: number } | null>(null);
  const active = (focus && cells.find((one) => one.row === focus.row && one.column === focus.column)) ?? now;
  const choose = ({ row, column }: CorrelationCell) =>
    change({ pair: { x: seriesKey(samples[column]!.series), y: seriesKey(samples[row]!.series) } });
  const most = Math.max(0, ...cells.map(({ count }) => count));
  const onKey = (event: React.KeyboardEvent) => {
    if (!active) return;
    const { row, column } = active;
    const next = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      Home: { row, column: 0 },
      End: { row, column: row - 1 },
    }[event.key];
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      choose(active);
      return;
    }
    if (!next) return;
    event.preventDefault();
    const found = cells.find((one) => one.row === next.row && one.column === next.column);
    if (!found) return;
    setFocus({ row: found.row, column: found.column });
    grid.current?.querySelector<HTMLElement>(`[data-cell="${found.row} ${found.column}"]`)?.focus();
  };
  return (
    <div className="stat">
      <PanelHead title="Rank correlation" remark={`Spearman ρ, ${most} devices`}>
        <IconButton
          small
          icon="copy"
          label="Copy correlations"
          onClick={() => {
            void navigator.clipboard.writeText(writeCorrelations(model.correlations));
            session.tell('ok', `${cells.length} correlations copied with p and n.`);
          }}
        />
      </PanelHead>
      {cells.length === 0 ? (
        <p className="pad t12 t2">
          A correlation needs two quantities that at least 4 devices have. This group has none.
        </p>
      ) : (
        <div className="cmx-box">
          <table
            className="cmx"
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrows walk its cells
            role="grid"
            aria-label="Rank correlations"
            ref={grid}
            onKeyDown={onKey}
          >
            <tbody>
              {samples.slice(1).map((y, k) => (
                <tr key={seriesKey(y.series)}>
                  <th scope="row">
                    <SeriesName series={y.series} />
                  </th>
                  {samples.slice(0, k + 1).map((x, column) => {
                    const cell = cells.find((one) => one.row === k + 1 && one.column === column)!;
                    const { result } = cell;
                    const colour = result ? signedColour(result.rho) : undefined;
                    return (
                      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the grid
                      <td
                        key={seriesKey(x.series)}
                        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid
                        role="gridcell"
                        tabIndex={cell === active ? 0 : -1}
                        aria-selected={isPair(cell)}
                        aria-label={`${seriesWords(y.series)} against ${seriesWords(x.series)}: ${explain(cell)}`}
                        title={explain(cell)}
                        data-cell={`${cell.row} ${cell.column}`}
                        style={colour ? { background: colour, color: textOn(colour) } : undefined}
                        onClick={() => {
                          setFocus({ row: cell.row, column: cell.column });
                          choose(cell);
                        }}
                      >
                        {result ? formatFixed(result.rho, 2) : <span className="t3">n {cell.count}</span>}
                      </td>
                    );
                  })}
                </tr>
              ))}
              <tr>
                <td />
                {samples.slice(0, -1).map((x) => (
                  <th key={seriesKey(x.series)} scope="col">
                    <SeriesName series={x.series} />
                  </th>
                ))}
              </tr>
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
