import Plotly from 'plotly.js';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { PLOTLY_CONFIG, type PlotlyFigure } from './to-plotly.ts';

/** Mounts plotly as a painter: it gets traces and axes and paints them; it hears no mouse and shows no bar. */
export function Plot({ figure, label }: { readonly figure: PlotlyFigure; readonly label: string }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element) void Plotly.react(element, figure.data, figure.layout, PLOTLY_CONFIG);
  }, [figure]);
  useEffect(() => {
    const element = root.current;
    return () => {
      if (element) Plotly.purge(element);
    };
  }, []);
  return <div ref={root} className="plotly-root" role="img" aria-label={label} />;
}
