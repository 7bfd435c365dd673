import { decimateMinMax } from './decimate.ts';
import type { Geometry, Zoom } from './geometry.ts';
import type { Palette } from './palette.ts';
import { linearTicks, type Ticks, ticksOf } from './ticks.ts';
import type { CurveView, Look, PanelView, SeriesView } from './view-model.ts';

/** No mode bar, no links, no menus: nothing of plotly's own that a user could press, least of all an upload. */
export const PLOTLY_CONFIG = {
  staticPlot: true,
  displayModeBar: false,
  displaylogo: false,
  showTips: false,
  responsive: false,
  modeBarButtonsToRemove: ['sendDataToCloud', 'sendChartToCloud', 'editInChartStudio'],
} as const;

const SYMBOL: Partial<Record<Look, string>> = {
  disc: 'circle',
  square: 'square-open',
  triangle: 'triangle-up',
  diamond: 'diamond-open',
  hollow: 'circle-open',
  cross: 'x-thin-open',
};
const SIZE: Partial<Record<Look, number>> = {
  disc: 4.6,
  square: 4.6,
  triangle: 5.5,
  diamond: 6,
  hollow: 4.6,
  cross: 6,
};
const DASH: Partial<Record<Look, string>> = { dash: '6px,3px', 'long-dash': '5px,3px', dots: '2px,2.5px' };

function place(values: ArrayLike<number>, rows: Int32Array, scale: { forward(v: number): number }): number[] {
  const out = new Array<number>(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = scale.forward(values[rows[i]!]!);
  return out;
}

function traceOf(
  series: SeriesView,
  view: CurveView,
  panel: PanelView,
  axis: string,
  geometry: Geometry,
  palette: Palette,
): object {
  const rows = decimateMinMax(
    series.x,
    series.y,
    [view.x.scale.inverse(geometry.xDomain[0]), view.x.scale.inverse(geometry.xDomain[1])],
    Math.max(1, geometry.right - geometry.left),
  );
  const colour = palette[series.ink];
  const symbol = SYMBOL[series.look];
  return {
    type: 'scatter',
    x: place(series.x, rows, view.x.scale),
    y: place(series.y, rows, panel.scale),
    xaxis: 'x',
    yaxis: axis,
    hoverinfo: 'skip',
    showlegend: false,
    cliponaxis: true,
    opacity: series.strength ?? 1,
    mode: symbol ? 'markers' : 'lines',
    ...(symbol
      ? {
          marker: {
            symbol,
            size: SIZE[series.look],
            color: colour,
            line: { color: colour, width: symbol === 'circle' || symbol === 'triangle-up' ? 0 : 1 },
          },
        }
      : {
          line: {
            color: colour,
            width: series.width ?? 1.1,
            dash: DASH[series.look] ?? 'solid',
            simplify: false,
          },
        }),
  };
}

/** A panel whose lines are our own still has axes: plotly draws them only where a trace stands. */
function emptyTrace(axis: string, { xDomain }: Geometry, domain: readonly [number, number]): object {
  return {
    type: 'scatter',
    mode: 'markers',
    x: [xDomain[0]],
    y: [domain[0]],
    xaxis: 'x',
    yaxis: axis,
    opacity: 0,
    hoverinfo: 'skip',
    showlegend: false,
    marker: { size: 1 },
  };
}

function axisOf(ticks: Ticks, palette: Palette): object {
  return {
    type: 'linear',
    tickmode: 'array',
    tickvals: ticks.major.map((tick) => tick.at),
    ticktext: ticks.major.map((tick) =>
      tick.dim ? `<span style="font-size:10px;color:${palette['text-3']}">${tick.text}</span>` : tick.text,
    ),
    tickfont: { size: 11, color: palette['text-2'], family: palette.font },
    ticks: 'outside',
    ticklen: 4,
    tickwidth: 1,
    tickcolor: palette['line-2'],
    minor: {
      tickmode: 'array',
      tickvals: [...ticks.minor],
      ticks: 'outside',
      ticklen: 2,
      tickcolor: palette['line-2'],
      showgrid: false,
    },
    showgrid: true,
    gridcolor: palette.grid,
    gridwidth: 1,
    zeroline: false,
    showline: true,
    linecolor: palette['line-2'],
    linewidth: 1,
    fixedrange: true,
    automargin: false,
  };
}

export interface PlotlyFigure {
  readonly data: readonly object[];
  readonly layout: object;
}

/** A curve view as plotly's data and layout: panels share one x axis, places come from the geometry. */
export function toPlotly(view: CurveView, geometry: Geometry, zoom: Zoom, palette: Palette): PlotlyFigure {
  const { width, height, left, right, top, bottom } = geometry;
  const span = bottom - top;
  const last = view.panels.length - 1;
  const data: object[] = [];
  const axes: Record<string, object> = {};
  const shapes: object[] = [];
  view.panels.forEach((panel, index) => {
    const box = geometry.panels[index]!;
    const name = index === 0 ? 'y' : `y${index + 1}`;
    const domain = zoom.y[panel.id] ?? panel.domain;
    const count = Math.max(2, Math.round(box.height / (box.height > 300 ? 64 : 44)));
    const ticks = panel.signed
      ? linearTicks(domain[0], domain[1], count, 0, true)
      : ticksOf(panel.scale, domain, panel.unit, count, panel.exponent, panel.threshold);
    axes[`yaxis${index === 0 ? '' : index + 1}`] = {
      ...axisOf(ticks, palette),
      range: [...domain],
      domain: [(bottom - box.top - box.height) / span, (bottom - box.top) / span],
      anchor: 'x',
    };
    if (panel.band) {
      shapes.push(band(name, panel.band, palette['grid-2']));
    }
    if (panel.scale.kind === 'symlog') shapes.push(band(name, symlogZone(panel), palette['grid-2']));
    if (panel.zeroLine) {
      shapes.push({
        type: 'line',
        xref: 'x domain',
        yref: name,
        x0: 0,
        x1: 1,
        y0: 0,
        y1: 0,
        layer: 'below',
        line: { color: palette.axis, width: 1 },
      });
    }
    for (const series of panel.series) {
      data.push(traceOf(series, view, panel, name, geometry, palette));
    }
    if (panel.series.length === 0) data.push(emptyTrace(name, geometry, domain));
  });
  for (const region of view.bands ?? [])
    if (region.shaded) shapes.push(column([region.from, region.to], view, palette['grid-2']));
  const xTicks = ticksOf(
    view.x.scale,
    geometry.xDomain,
    view.x.unit,
    Math.max(2, Math.round((right - left) / 90)),
    view.x.exponent,
    1,
  );
  const layout = {
    width,
    height,
    autosize: false,
    margin: { l: left, r: width - right, t: top, b: height - bottom, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    showlegend: false,
    hovermode: false,
    dragmode: false,
    font: { family: palette.font, size: 11, color: palette['text-2'] },
    shapes,
    ...axes,
    xaxis: {
      ...axisOf(xTicks, palette),
      range: [...geometry.xDomain],
      domain: [0, 1],
      anchor: last === 0 ? 'y' : `y${last + 1}`,
    },
  };
  return { data, layout };
}

/** A band over all panels; painted first, so that the ground of a panel lies over nothing of it. */
function column([from, to]: readonly [number, number], view: CurveView, colour: string): object {
  return {
    type: 'rect',
    xref: 'x',
    yref: 'paper',
    x0: view.x.scale.forward(from),
    x1: view.x.scale.forward(to),
    y0: 0,
    y1: 1,
    layer: 'below',
    fillcolor: colour,
    line: { width: 0 },
  };
}

function symlogZone(panel: PanelView): readonly [number, number] {
  const edge = panel.scale.forward(panel.threshold);
  return [-edge, edge];
}

function band(axis: string, range: readonly [number, number], colour: string): object {
  return {
    type: 'rect',
    xref: 'x domain',
    yref: axis,
    x0: 0,
    x1: 1,
    y0: range[0],
    y1: range[1],
    layer: 'below',
    fillcolor: colour,
    line: { width: 0 },
  };
}
