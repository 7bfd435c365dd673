import { useMemo, useRef, useState } from 'react';
import type { BranchName } from '../../../src/model/quantity.ts';
import type { FitWindow as Range } from '../../../src/model/recipe.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { BrushLayer } from '../../plot/BrushLayer.tsx';
import { CursorLayer } from '../../plot/CursorLayer.tsx';
import { buildCurveView } from '../../plot/curve-view.ts';
import { FitWindow } from '../../plot/FitWindow.tsx';
import { layoutPlot } from '../../plot/geometry.ts';
import { Legend } from '../../plot/Legend.tsx';
import { MaskLayer } from '../../plot/MaskLayer.tsx';
import { fitOf } from '../../plot/overlays.ts';
import { Plot } from '../../plot/Plot.tsx';
import { PlotLabels } from '../../plot/PlotLabels.tsx';
import { toPlotly } from '../../plot/to-plotly.ts';
import type { CurveView } from '../../plot/view-model.ts';
import { ZoomLayer } from '../../plot/ZoomLayer.tsx';
import { maskRows, setWindow } from '../../state/project-actions.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { drawTrial } from '../../state/trial.ts';
import { windowsOf } from '../../state/workspace.ts';
import { usePalette } from '../frame/use-palette.ts';
import type { Selected } from '../frame/use-selected.ts';
import { useSize } from '../frame/use-size.ts';
import { useZoom } from '../frame/use-zoom.ts';
import { useFlash } from './use-flash.ts';

/** The leg whose window is in the hand: the chosen one, else the first that has a fit. */
function activeLeg(view: CurveView, chosen: BranchName | null): BranchName | null {
  return (view.strips.find((strip) => strip.branch === chosen) ?? view.strips[0])?.branch ?? null;
}

export function CurvePlot({ selected }: { readonly selected: Selected }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  return (
    <div className="plot-box" ref={box}>
      {size && selected.outcome ? (
        <DrawnCurve selected={selected} outcome={selected.outcome} width={size.width} height={size.height} />
      ) : (
        <div className="waiting" role="status">
          Fitting {selected.measurement.title}
        </div>
      )}
    </div>
  );
}

function DrawnCurve({
  selected,
  outcome,
  width,
  height,
}: {
  readonly selected: Selected;
  readonly outcome: NonNullable<Selected['outcome']>;
  readonly width: number;
  readonly height: number;
}) {
  const session = useSession();
  const workspace = useWorkspace();
  const palette = usePalette();
  const scale = useView((view) => view.scale);
  const residuals = useView((view) => view.residuals);
  const leg = useView((view) => view.leg);
  const mode = useView((view) => view.mode);
  const cursor = useView((view) => view.cursor);
  const live = useView((view) => view.live);
  const [held, setHeld] = useState<Range | null>(null);
  const { id, measurement } = selected;
  const { zoom, set } = useZoom(id);
  const trial = useView((view) => (view.trial?.id === view.selected ? view.trial : null));
  const tried = useMemo(() => {
    const fit = trial ? fitOf(outcome, trial.branch) : undefined;
    return trial && fit ? drawTrial(fit, trial) : null;
  }, [trial, outcome]);
  const simulated = tried;
  const kept = windowsOf(workspace, id);
  const windows = useMemo(
    () => (held ? [...kept.filter((window) => window.branch !== held.branch), held] : kept),
    [kept, held],
  );
  const view = useMemo(
    () => buildCurveView(outcome, { scale, residuals: residuals && !simulated, leg, windows, simulated }),
    [outcome, scale, residuals, leg, windows, simulated],
  );
  const geometry = useMemo(() => layoutPlot(view, width, height, zoom), [view, width, height, zoom]);
  const figure = useMemo(() => toPlotly(view, geometry, zoom, palette), [view, geometry, zoom, palette]);
  const active = activeLeg(view, leg);
  const { flashed, flash } = useFlash(id);

  /** While the hand moves only the worker is asked; the step of undo is made once, when it lets go. */
  const holdWindow = (branch: BranchName, range: readonly [number, number]) => {
    setHeld({ branch, from: range[0], to: range[1] });
    if (!live) return;
    const wanted = setWindow(session.workspace, id, branch, range);
    session.held.set(wanted);
    session.refit(id, wanted);
  };
  const dropWindow = (branch: BranchName, range: readonly [number, number] | null) => {
    setHeld(null);
    session.held.set(null);
    if (!range) {
      session.refit(id);
      return;
    }
    const words = `window of ${measurement.deviceId} ${branch} moved to ${formatFixed(range[0], 2)} – ${formatFixed(range[1], 2)} V`;
    session.step(words, (now) => setWindow(now, id, branch, range));
  };

  const brush = (rows: readonly number[], out: boolean) => {
    const masked = new Set(workspace.masks[id] ?? []);
    const changed = rows.filter((row) => masked.has(row) !== out);
    if (changed.length === 0) return;
    const points = `${changed.length} ${changed.length === 1 ? 'point' : 'points'} of ${measurement.deviceId}`;
    session.step(out ? `${points} masked by hand` : `${points} taken back`, (now) =>
      maskRows(now, id, changed, out),
    );
  };

  return (
    <>
      <Plot figure={figure} label={view.name} />
      <PlotLabels view={view} geometry={geometry} outcome={outcome} />
      <ZoomLayer geometry={geometry} zoom={zoom} onZoom={set} boxes={mode === 'select'} />
      {view.strips.length > 0 && (
        <FitWindow
          strips={view.strips}
          active={active}
          geometry={geometry}
          scale={view.x.scale}
          unit="V"
          editable={mode === 'window'}
          onActivate={(branch) => session.setView({ leg: branch })}
          onHold={holdWindow}
          onDrop={dropWindow}
        />
      )}
      <MaskLayer view={view} geometry={geometry} flashed={flashed} />
      <Legend view={view} flashed={flashed} onFlash={flash} />
      {mode === 'mask' && <BrushLayer view={view} geometry={geometry} outcome={outcome} onBrush={brush} />}
      {cursor && <CursorLayer view={view} geometry={geometry} outcome={outcome} />}
    </>
  );
}
