import { coverageFactor95 } from '../../../fitting/index.ts';
import type { Issue } from '../../base/issues.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import type { RisingCurve } from '../sweep-legs.ts';
import type { ShuntLine } from './shunt-line.ts';
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

/** 95 % interval of a voltage, with Student's factor where few readings stand behind its uncertainty.  @default normal */
export function doubled(value: number, u: number | null, degreesOfFreedom = 0): [number, number] | null {
  if (u === null) return null;
  const half = (degreesOfFreedom > 0 ? coverageFactor95(degreesOfFreedom) : 1.96) * u;
  return [value - half, value + half];
}

export function signedRange(curve: RisingCurve, from: number, to: number): NonNullable<Quantity['range']> {
  const s = curve.leg.polarity;
  return { role: 'voltage', from: s * from, to: s * to };
}
