import { showUnit } from '../../units/prefixes.ts';
import type { AxisSpec, PanelSpec, Table } from '../figure.ts';
import { numberLabel } from '../layout/tick-labels.ts';
import { linearDomain, logDriveDomain, rangeOf } from './domains.ts';
import { figureExponent, quantitySymbol } from './outcome.ts';
import { groupPoints, LEAST_FITTED, type Line, probabilityPanel } from './probability-plot.ts';
import { type Samples, samplesOf } from './sample-groups.ts';
import { arrangePanels, defineTemplate, frameFigure, isWide, type Template } from './template.ts';

/** Four digits: what a figure's table can show. */
const shortNumber = (value: number): string =>
  numberLabel(value, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value) || 1))));

function parameterTable(
  kind: 'weibull' | 'normal',
  { groups }: Samples,
  lines: readonly (Line | null)[],
  scale: number,
  unit: string,
): Table | undefined {
  const suffix = unit ? ` (${unit})` : '';
  const heads = kind === 'weibull' ? ['*β*', `*η*${suffix}`] : [`mean${suffix}`, `s.d.${suffix}`];
  const rows = lines.flatMap((line, k) => {
    if (!line) return [];
    const { location, spread } = line;
    const numbers =
      kind === 'weibull' ? [1 / spread, Math.exp(location) * scale] : [location * scale, spread * scale];
    const label = groups.length > 1 ? groups[k]!.label : 'all';
    return [[label, String(groups[k]!.values.length), ...numbers.map(shortNumber)]];
  });
  return rows.length > 0 ? { at: 'se', rows: [['', '*n*', ...heads], ...rows] } : undefined;
}

/** How the lines came about, for the caption. */
function explainLines(kind: 'weibull' | 'normal', lines: readonly (Line | null)[]): string {
  const known = lines.filter((line) => line !== null);
  if (known.length === 0) return '';
  const way =
    kind === 'normal'
      ? 'normal distribution of the mean and standard deviation'
      : known.every(({ isAnalysed }) => isAnalysed)
        ? 'Weibull parameters of the analysis'
        : 'Weibull by maximum likelihood on the values shown';
  const band = lines[0] ? `, asymptotic 95% band${lines.length > 1 ? ' of the first' : ''}` : '';
  return `; lines, ${way}${band}`;
}

function buildDistribution(kind: 'weibull' | 'normal', id: string, label: string): Template {
  return defineTemplate({
    id,
    label,
    kinds: ['iv', 'waveform', 'spectrum', 'endurance', 'retention', 'frequency-response'],
    scope: 'batch',
    build(outcomes, options) {
      const samples = samplesOf(outcomes, options?.quantity);
      const [first] = outcomes;
      if (!samples || !first) return null;
      const { groups } = samples;
      const all = groups.map(({ values }) => values);
      const exponent = figureExponent(
        all.flatMap((values) => [...values]),
        samples.unit,
      );
      const unit = showUnit(samples.unit, exponent);
      const shared = {
        symbol: quantitySymbol(samples.id),
        scale: 10 ** -exponent,
        ...(unit ? { unit } : {}),
      };
      const spread = rangeOf(...all)!;
      const x: AxisSpec = { kind: 'linear', domain: linearDomain(...all), ...shared };
      const several = groups.length > 1;
      const cumulative: PanelSpec = {
        x:
          spread[0] > 0 && spread[1] / spread[0] > 30
            ? { ...x, kind: 'log', domain: logDriveDomain(all)! }
            : x,
        y: { kind: 'linear', domain: [0, 1], name: 'Cumulative probability' },
        marks: groups.map((group, k) => groupPoints(group, k, group.values, several)),
        ...(several ? { legend: { at: 'auto' } as const } : { corner: `*n* = ${all[0]!.length}` }),
      };
      const isEnough = all.some((values) => values.length >= LEAST_FITTED);
      const plot = isEnough ? probabilityPanel(kind, groups, shared) : null;
      const table = plot && parameterTable(kind, samples, plot.lines, shared.scale, unit);
      const panels = plot ? [cumulative, { ...plot.panel, ...(table ? { table } : {}) }] : [cumulative];
      return frameFigure(
        {
          template: id,
          outcome: first,
          name: null,
          options,
          height_mm: panels.length > 1 && !isWide(options) ? 122 : 66,
          caption: `Distribution of ${samples.title}, ${samples.count}${explainLines(kind, plot?.lines ?? [])}`,
        },
        arrangePanels(panels, options),
      );
    },
  });
}

/** Distribution of one quantity: cumulative plot, and a Weibull plot where all values have one sign (f10). */
export const distribution = buildDistribution('weibull', 'cdf-weibull', 'Distribution and Weibull plot');

/** The same with a normal probability plot, for quantities of either sign. */
export const normalDistribution = buildDistribution('normal', 'cdf-normal', 'Distribution and normal plot');
