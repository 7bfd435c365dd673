import { IMPORTERS } from '../../../src/importers/registry.ts';
import { formatFixed, formatParts, MINUS } from '../../../src/units/format-value.ts';
import { COMMANDS } from '../../commands/commands.ts';
import { IconButton } from '../../components/Button.tsx';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { type Selected, useSelected } from '../frame/use-selected.ts';
import { AlonePane } from '../simulator/AlonePane.tsx';
import { SimulationPlot } from '../simulator/SimulationPlot.tsx';
import { SimulatorTools } from '../simulator/SimulatorTools.tsx';
import { useScene } from '../simulator/use-scene.ts';
import { CurvePlot } from './CurvePlot.tsx';
import { ToolRow } from './ToolRow.tsx';

/** A turning point as it was meant: a source that reads back 7.9998 V was asked for 8 V. */
function voltage(value: number): string {
  const rounded = Number(value.toFixed(2));
  return formatFixed(rounded, Number.isInteger(rounded) ? 0 : Number.isInteger(rounded * 10) ? 1 : 2);
}

/** `0.1 V/s`: sweep rates are told in volts per second whatever their size. */
export function writeRate(rate_V_per_s: number): string {
  return `${formatParts(rate_V_per_s, null, 'V/s', { digits: 2, exponent: 0, withUnit: false }).text} V/s`
    .replace(/\.0+ /, ' ')
    .replace(/(\.\d*?)0+ /, '$1 ');
}

/** What the curve is, in a line: `sweep 0 → 8 → 0 V, 0.1 V/s, 321 points`. */
function describe({ measurement, outcome }: Selected): string {
  const points = `${measurement.curve.length} points`;
  const conditioned = outcome?.conditioned;
  if (!conditioned || conditioned.legs.length === 0) return points;
  const turns: number[] = [];
  for (const leg of conditioned.legs.slice(0, 4)) {
    const from = conditioned.programmed[leg.start]!;
    const to = conditioned.programmed[leg.end - 1]!;
    if (turns.length === 0) turns.push(from);
    if (Math.abs(to - turns.at(-1)!) > 1e-9) turns.push(to);
  }
  const path = turns.map(voltage).join(' → ') + (conditioned.legs.length > 4 ? ' …' : '');
  const rate = conditioned.sweepRate ? `, ${writeRate(conditioned.sweepRate)}` : '';
  return `sweep ${path.replaceAll('-', MINUS)} V${rate}, ${points}`;
}

function formatName(id: string): string {
  return IMPORTERS.get(id)?.label ?? id;
}

function run(id: string) {
  return COMMANDS.find((command) => command.id === id)!.run;
}

export function CurvePane() {
  const session = useSession();
  const { order } = useWorkspace();
  const selected = useSelected();
  const scene = useScene();
  const simulating = useView((view) => view.tab === 'simulator') && scene !== null;
  const withoutData = useView((view) => view.withoutData);
  if (withoutData && scene) return <AlonePane scene={scene} />;
  if (!selected) {
    return (
      <section className="pane canvas" aria-label="Curve" data-region="plot">
        <p className="pad t2">Choose a curve in the library.</p>
      </section>
    );
  }
  const { measurement, id } = selected;
  return (
    <section className="pane canvas" aria-label="Curve" data-region="plot">
      <div className="row title-row">
        <h1>{measurement.deviceId}</h1>
        <span className="t2 el">{describe(selected)}</span>
        <span className="sp" />
        <span className="chip el" title={measurement.source.file}>
          {measurement.source.file.slice(measurement.source.file.lastIndexOf('/') + 1)} ·{' '}
          {formatName(measurement.source.format)}
        </span>
        <span className="t12 t3 nw">
          {order.indexOf(id) + 1} of {order.length}
        </span>
        <IconButton
          icon="chevu"
          label="Previous device"
          keys="PageUp"
          onClick={() => run('previous')(session)}
        />
        <IconButton
          icon="chev"
          label="Next device"
          keys="PageDown"
          style={{ marginLeft: -6 }}
          onClick={() => run('next')(session)}
        />
      </div>
      {simulating ? <SimulatorTools scene={scene} /> : <ToolRow selected={selected} />}
      {simulating ? <SimulationPlot scene={scene} /> : <CurvePlot selected={selected} />}
    </section>
  );
}
