import type { AxisSpec, FigureSpec, Item, PanelSpec } from '../figure.ts';
import { plainText } from './markup.ts';

/** A domain an axis can be drawn for: two finite ends that differ, above 0 on a log axis, inside 0..1 for probabilities. */
function isSound({ kind, domain: [low, high] }: AxisSpec): boolean {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low === high) return false;
  if (kind === 'log') return low > 0 && high > 0;
  return (kind !== 'weibull' && kind !== 'normal') || (low > 0 && high < 1);
}

const FALLBACK = {
  linear: [0, 1],
  index: [0, 1],
  symlog: [-1, 1],
  log: [1, 10],
  weibull: [0.01, 0.99],
  normal: [0.01, 0.99],
} as const;

/**
 * The figure with every axis drawable: one without a usable range gets a plain one and is named in the remarks, because an
 * endless or empty axis would never finish its ticks.
 */
export function mendAxes(figure: FigureSpec, remarks: string[]): FigureSpec {
  const mendAxis = (axis: AxisSpec): AxisSpec => {
    if (isSound(axis)) return axis;
    const name = plainText(axis.name || axis.symbol || 'One axis');
    remarks.push(`${name} has no range that could be drawn.`);
    return { ...axis, domain: FALLBACK[axis.kind] };
  };
  const mendPanel = (panel: PanelSpec): PanelSpec => {
    const insets = (panel.insets ?? []).map((inset) => ({ ...inset, panel: mendPanel(inset.panel) }));
    const isWhole = [panel.x, panel.y, ...(panel.y2 ? [panel.y2] : [])].every(isSound);
    const hasInsets = insets.some((inset, i) => inset.panel !== panel.insets![i]!.panel);
    if (isWhole && !hasInsets) return panel;
    return {
      ...panel,
      x: mendAxis(panel.x),
      y: mendAxis(panel.y),
      ...(panel.y2 ? { y2: mendAxis(panel.y2) } : {}),
      ...(panel.insets ? { insets } : {}),
    };
  };
  return { ...figure, cells: figure.cells.map((cell) => ({ ...cell, panels: cell.panels.map(mendPanel) })) };
}

/** No page is this large [pt]; renderers fail on what lies farther. */
const FARTHEST = 20_000;

function isDrawable(item: Item): boolean {
  const isNear = (v: number): boolean => Math.abs(v) <= FARTHEST; // false for what is not finite
  if (item.k === 'text') return isNear(item.x) && isNear(item.y) && isNear(item.angle);
  if (item.k !== 'path' && item.k !== 'marks') return true;
  for (let i = 0; i < item.xy.length; i++) if (!isNear(item.xy[i]!)) return false;
  return true;
}

/** The items without those that lie nowhere on a page; how many there were is said. */
export function dropUndrawable(items: readonly Item[], remarks: string[]): Item[] {
  const kept = items.filter(isDrawable);
  const lost = items.length - kept.length;
  if (lost > 0) remarks.push(`${lost === 1 ? 'One part lies' : `${lost} parts lie`} beyond any page.`);
  return kept;
}
