import { useCallback, useEffect, useMemo, useRef } from 'react';
import { layoutPlot } from '../../plot/geometry.ts';
import { Legend } from '../../plot/Legend.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { PlotLabels } from '../../plot/PlotLabels.tsx';
import { belowInForce } from '../../plot/simulator/below-panels.ts';
import { startRow } from '../../plot/simulator/cursor-rows.ts';
import { FamilyScale } from '../../plot/simulator/FamilyScale.tsx';
import { familyLines } from '../../plot/simulator/family-lines.ts';
import { LineLayer } from '../../plot/simulator/LineLayer.tsx';
import { RegionLabels } from '../../plot/simulator/RegionLabels.tsx';
import { SimulatorCursor } from '../../plot/simulator/SimulatorCursor.tsx';
import { buildSimulatorView } from '../../plot/simulator/simulator-view.ts';
import { toPlotly } from '../../plot/to-plotly.ts';
import { ZoomLayer } from '../../plot/ZoomLayer.tsx';
import { useSession, useView } from '../../state/session.ts';
import { comparedKey, isCompared } from '../../state/simulator/preset-curve.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import type { Varied } from '../../state/simulator/vary-run.ts';
import { useStore } from '../../state/store.ts';
import { usePalette } from '../frame/use-palette.ts';
import { useSize } from '../frame/use-size.ts';
import { useZoom } from '../frame/use-zoom.ts';
import { axisSymbol, MapPlot } from './MapPlot.tsx';
import { TestPlot } from './TestPlot.tsx';
import { usePaper } from './use-paper.ts';

/** Masked points are counted and flashed over the fit, not here. */
const NO_FLASH = () => {};

/** The simulated curve over the measured one, or alone, with the panels below it. */
export function SimulationPlot({ scene }: { readonly scene: Scene }) {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const varied = useStore(session.vary.varied, (state) => (state?.scene.key === scene.key ? state : null));
  const tested = useStore(session.deviceTest.result, (state) => (state?.key === scene.key ? state : null));
  const choice = useStore(session.simulator.shown, (state) => state);
  if (choice === 'test' && tested) return <TestPlot test={tested} />;
  const shown = choice === 'varied' ? varied : null;
  if (shown && shown.sweep.axes.length > 1) return <MapPlot varied={shown} />;
  return (
    <div className="plot-box" ref={box}>
      {size && <DrawnSimulation scene={scene} varied={shown} width={size.width} height={size.height} />}
    </div>
  );
}

function DrawnSimulation({
  scene,
  varied,
  width,
  height,
}: {
  readonly scene: Scene;
  /** A family to draw in place of the one curve. */
  readonly varied: Varied | null;
  readonly width: number;
  readonly height: number;
}) {
  const session = useSession();
  const desk = session.simulator;
  const palette = usePalette();
  const scale = useView((view) => view.scale);
  const wished = useView((view) => view.below);
  const mode = useView((view) => view.mode);
  const shown = useView((view) => view.cursor);
  const landed = useStore(desk.view, (state) => state);
  const kept = useStore(desk.preset, (state) => state);
  const row = useStore(desk.cursor, (state) => state);
  const { zoom, set } = useZoom(scene.key);
  const current = landed?.scene.key === scene.key ? landed : null;
  const drawn = current?.curve ? current.scene : scene;
  const curve = current?.curve ?? null;
  const below = belowInForce(wished, curve);
  const preset = isCompared(drawn) && kept?.key === comparedKey(drawn) ? kept.value : null;
  const family = useMemo(() => (varied ? familyLines(varied.sweep) : []), [varied]);
  const view = useMemo(
    () =>
      buildSimulatorView({
        scene: drawn,
        curve,
        preset: family.length > 0 ? null : preset,
        scale,
        below: family.length > 0 ? 'none' : below,
        family,
      }),
    [drawn, curve, preset, scale, below, family],
  );
  const geometry = useMemo(() => layoutPlot(view, width, height, zoom), [view, width, height, zoom]);
  const paper = usePaper(view, geometry);
  const figure = useMemo(() => toPlotly(paper.view, paper.geometry, zoom, palette), [paper, zoom, palette]);
  const at = row === null || row >= view.rows.length ? startRow(view) : row;
  useEffect(() => {
    if (curve && row !== at) desk.cursor.set(at);
  }, [desk, curve, row, at]);
  const axis = varied?.sweep.axes[0];
  const move = useCallback((next: number) => desk.cursor.set(next), [desk]);
  return (
    <>
      <Plot figure={figure} label={view.name} />
      {family.length === 0 && <RegionLabels view={view} geometry={geometry} />}
      <LineLayer view={view} geometry={geometry} />
      <Legend view={view} flashed={null} onFlash={NO_FLASH} />
      <PlotLabels view={view} geometry={geometry} outcome={null} />
      <ZoomLayer geometry={geometry} zoom={zoom} onZoom={set} boxes={mode !== 'window'} />
      {axis && varied && (
        <FamilyScale
          symbol={axisSymbol(varied.request.model, axis.id)}
          unit={axis.unit}
          from={axis.values[0]!}
          to={axis.values.at(-1)!}
        />
      )}
      {shown && family.length === 0 && curve && view.rows.length > 0 && (
        <SimulatorCursor view={view} geometry={geometry} curve={curve} row={at} onMove={move} />
      )}
    </>
  );
}
