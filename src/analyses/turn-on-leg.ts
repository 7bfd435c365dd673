import type { Issue } from '../base/issues.ts';
import type { Quantity } from '../model/quantity.ts';
import type { AnalysisInput } from './analysis.ts';
import type { ShuntLine } from './shunt-line.ts';
import type { RisingCurve } from './sweep-legs.ts';
import type { fitTangent } from './tangent.ts';

export interface LegContext {
  readonly input: AnalysisInput;
  readonly curve: RisingCurve;
  readonly tangent: ReturnType<typeof fitTangent>;
  readonly shunt: ShuntLine | null;
  /** What holds for every definition on this leg: it stops where the device switches. */
  readonly notes: readonly Issue[];
}

export function head(context: LegContext, convention: string | null) {
  return { branch: context.curve.leg.name, cycle: context.curve.leg.cycle, convention };
}

export function doubled(value: number, u: number | null): [number, number] | null {
  return u === null ? null : [value - 1.96 * u, value + 1.96 * u];
}

export function signedRange(curve: RisingCurve, from: number, to: number): NonNullable<Quantity['range']> {
  const s = curve.leg.polarity;
  return { role: 'voltage', from: s * from, to: s * to };
}
