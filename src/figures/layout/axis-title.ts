import type { AxisSpec } from '../figure.ts';
import type { JournalRules } from '../presets.ts';

/** The unit as the journal writes it; `arb` stands for arbitrary units. */
function unitText(axis: AxisSpec, rules: JournalRules): string | undefined {
  return axis.unit === 'arb' ? rules.arbitraryUnit : axis.unit;
}

/** `Name (unit)`, `Name, symbol (unit)`, or `symbol / unit` where the journal wants the slash. Empty: the axis has no title. */
export function axisTitle(axis: AxisSpec, rules: JournalRules): string {
  const unit = unitText(axis, rules);
  const words = [axis.name, axis.symbol].filter(Boolean).join(', ');
  if (!unit || !words) return words;
  return rules.unitStyle === 'slash' ? `${axis.symbol ?? axis.name} / ${unit}` : `${words} (${unit})`;
}

/** For a title longer than its frame: the symbol with its unit, else the same title. */
export function shortAxisTitle(axis: AxisSpec, rules: JournalRules): string {
  if (!axis.symbol) return axisTitle(axis, rules);
  const { name: _, ...rest } = axis;
  return axisTitle(rest, rules);
}
