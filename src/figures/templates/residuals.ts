import type { Overlay } from '../../model/quantity.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import type { CellSpec, Mark, PanelSpec } from '../figure.ts';
import { escapeMarkup } from '../layout/markup.ts';
import { bareLabel, columnName } from './channels.ts';
import { driveDomain, linearDomain, logDomain, rangeOf, scaledUnit } from './domains.ts';
import { drawnColumn, findOverlays } from './outcome.ts';
import { magnitude } from './sweep.ts';
import { defineTemplate, frameFigure, isWide } from './template.ts';

const MOST = { wide: 6, narrow: 3 } as const;
/** Responses over more than this factor are seen on a log axis. */
const LOG_FROM = 100;
/** Residuals are shown to this many standard deviations at least, and to no more than the second. */
const SIGMAS = [4, 12] as const;
const ROW_MM = 56;

type Compared = Overlay & { readonly residuals: NonNullable<Overlay['residuals']> };

/** Measured points, fit and simulation above, weighted residuals below, of the first fit of a measurement that has them. */
function buildCell(outcome: MeasurementOutcome, isNamed: boolean): CellSpec | null {
  const fit = findOverlays(outcome, 'fit').find(
    (overlay): overlay is Compared => (overlay.residuals?.x.length ?? 0) > 0,
  );
  const x = fit && drawnColumn(outcome, fit.x.role);
  const y = fit && drawnColumn(outcome, fit.y.role);
  if (!fit || !x || !y) return null;
  const { rows, x: at, sigma } = fit.residuals;
  const measured = Float64Array.from(rows, (row) => y.data[row] ?? Number.NaN);
  const range = rangeOf(measured, fit.y.data);
  if (!range) return null;
  const size = magnitude([...measured, ...fit.y.data]);
  const least = rangeOf(size.filter((v) => v > 0))?.[0] ?? 0;
  const isLog = fit.y.role === 'current' && least > 0 && Math.max(...range.map(Math.abs)) / least > LOG_FROM;
  const folded = isLog && range[0] < 0;
  const shown = (values: Float64Array): Float64Array => (folded ? magnitude(values) : values);
  const key = (text: string) => (isNamed ? { key: text } : {});
  const marks: Mark[] = [
    { type: 'points', x: at, y: shown(measured), series: 0, shape: 'circle', ...key('Measured') },
    ...findOverlays(outcome, 'simulated')
      .filter((overlay) => overlay.x.role === fit.x.role && overlay.y.role === fit.y.role)
      .map(
        (overlay): Mark => ({
          type: 'line',
          role: 'simulated',
          x: overlay.x.data,
          y: shown(overlay.y.data),
          series: 2,
          ...key('Simulated'),
        }),
      ),
    { type: 'line', role: 'fit', x: fit.x.data, y: shown(fit.y.data), series: 1, ...key('Fit') },
  ];
  const domain = driveDomain(at);
  const xAxis = { kind: 'linear', domain, name: columnName(x), ...scaledUnit(x.unit, domain) } as const;
  const yDomain = isLog ? logDomain([shown(measured)])! : linearDomain(measured, fit.y.data);
  const name = columnName(y) || bareLabel(y);
  const upper: PanelSpec = {
    x: xAxis,
    y: {
      kind: isLog ? 'log' : 'linear',
      domain: yDomain,
      name: folded ? `|${name}|` : name,
      ...(isLog ? { unit: 'A' } : scaledUnit(y.unit, yDomain)),
    },
    marks,
    corner: escapeMarkup(outcome.measurement.title),
    cornerAt: 'se',
    legend: { at: isNamed ? 'top' : 'none', columns: 3 },
  };
  const largest = Math.max(...Array.from(sigma, (v) => (Number.isFinite(v) ? Math.abs(v) : 0)));
  const reach = Math.min(SIGMAS[1], Math.max(SIGMAS[0], 1.1 * largest));
  const lower: PanelSpec = {
    x: xAxis,
    y: { kind: 'linear', domain: [-reach, reach], name: 'Res.', unit: '*σ*', maxTicks: 3 },
    marks: [
      { type: 'rule', axis: 'y', at: 0, dash: [] },
      { type: 'points', x: at, y: sigma, series: 0, shape: 'circle', size: 2.1, thin: false },
    ],
    legend: { at: 'none' },
  };
  return { at: [0, 0], panels: [upper, lower], ratio: [3, 1], gap: 3 };
}

/** Small multiples of measured, fit and residuals, one a measurement (f13). */
export const residualMultiples = defineTemplate({
  id: 'residuals',
  label: 'Measured, fit and residuals',
  kinds: ['iv', 'waveform', 'spectrum', 'frequency-response', 'series', 'generic'],
  scope: 'batch',
  build(outcomes, options) {
    const wide = isWide(options);
    const cells: CellSpec[] = [];
    const names: string[] = [];
    for (const outcome of outcomes) {
      if (cells.length === (wide ? MOST.wide : MOST.narrow)) break;
      const cell = buildCell(outcome, cells.length === 0);
      if (!cell) continue;
      cells.push(cell);
      names.push(outcome.measurement.title);
    }
    const [first] = outcomes;
    if (!first || cells.length === 0) return null;
    const columns = !wide ? 1 : cells.length === 4 ? 2 : Math.min(3, cells.length);
    const rows = Math.ceil(cells.length / columns);
    return frameFigure(
      {
        template: 'residuals',
        outcome: first,
        name: null,
        options,
        height_mm: ROW_MM * rows + 10,
        caption: `Measured, fit and residuals in standard deviations: ${names.join(', ')}`,
      },
      {
        letters: cells.length > 1,
        grid: { cols: Array(columns).fill(1), rows: Array(rows).fill(1) },
        cells: cells.map((cell, k) => ({ ...cell, at: [Math.floor(k / columns), k % columns] as const })),
      },
    );
  },
});
