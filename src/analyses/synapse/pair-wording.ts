import { type Issue, info } from '../../base/issues.ts';
import type { AnalysisInput } from '../analysis.ts';
import { findChoice } from '../given-inputs.ts';

/** How the index is formed and how the interval is counted: part of every answer (METHODS 7). */
export function describeForm(input: AnalysisInput): { form: string; interval: string; offset: number } {
  const isDifference = findChoice(input.conditions, 'pairedPulseForm') === 'difference';
  return {
    form: isDifference ? '(A2 - A1)/A1' : 'A2/A1',
    interval: findChoice(input.conditions, 'pulseInterval') || 'end-to-start',
    offset: isDifference ? 1 : 0,
  };
}

export function explainDepression(index: number): Issue[] {
  return index < 1
    ? [info('NOTE', `A2/A1 = ${index.toPrecision(4)} is below 1: depression, not facilitation.`)]
    : [];
}

/** Index just from what is left of the first response: 1 + residual/A1. */
export function explainSuperposition(index: number, expected: number): Issue {
  return info(
    'NOTE',
    `The residual of the first response alone gives ${expected.toPrecision(4)}, measured is ${index.toPrecision(4)}: ${
      index <= expected * 1.02
        ? 'facilitation is fully explained by the residual'
        : 'there is facilitation beyond superposition'
    }.`,
  );
}
