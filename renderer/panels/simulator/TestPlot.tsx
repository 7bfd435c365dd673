import { useMemo, useRef } from 'react';
import { layoutPlot } from '../../plot/geometry.ts';
import { Legend } from '../../plot/Legend.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { PlotLabels } from '../../plot/PlotLabels.tsx';
import { toPlotly } from '../../plot/to-plotly.ts';
import { buildXyView } from '../../plot/xy-view.ts';
import { ZoomLayer } from '../../plot/ZoomLayer.tsx';
import type { DeviceTest } from '../../state/simulator/device-test.ts';
import { usePalette } from '../frame/use-palette.ts';
import { useSize } from '../frame/use-size.ts';
import { useZoom } from '../frame/use-zoom.ts';

const NO_FLASH = () => {};

/** The table of a simulated test, drawn as a measured one would be. */
export function TestPlot({ test }: { readonly test: DeviceTest }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  return (
    <div className="plot-box" ref={box}>
      {size && <DrawnTest test={test} width={size.width} height={size.height} />}
    </div>
  );
}

function DrawnTest({
  test,
  width,
  height,
}: {
  readonly test: DeviceTest;
  readonly width: number;
  readonly height: number;
}) {
  const palette = usePalette();
  const { outcome } = test.tested;
  const { zoom, set } = useZoom(test.label);
  const view = useMemo(() => buildXyView(outcome), [outcome]);
  const geometry = useMemo(() => layoutPlot(view, width, height, zoom), [view, width, height, zoom]);
  const figure = useMemo(() => toPlotly(view, geometry, zoom, palette), [view, geometry, zoom, palette]);
  return (
    <>
      <Plot figure={figure} label={`${test.label}, simulated: ${view.name}`} />
      <Legend view={view} flashed={null} onFlash={NO_FLASH} />
      <PlotLabels view={view} geometry={geometry} outcome={outcome} />
      <ZoomLayer geometry={geometry} zoom={zoom} onZoom={set} boxes />
    </>
  );
}
