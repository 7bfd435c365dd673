import type { Recall } from '../analyses/analysis.ts';
import type { Conditioned } from '../conditioning/conditioned.ts';
import type { Measurement } from '../model/measurement.ts';
import type { AnalysisResult } from '../model/quantity.ts';
import { fingerprint } from './fingerprint.ts';
import { type Inputs, isUnchanged, ReadLog, type Reads } from './tracked-input.ts';

/** One step of a run: what it read, and the long computations inside it by the fingerprint of their arguments. */
export interface StepTrace {
  readonly key: string;
  readonly reads: Reads;
  readonly computed: Readonly<Record<string, unknown>>;
}

/** What a run leaves behind for the next one on the same curve; plain data, so that any worker can take it up. */
export interface RunTrace {
  /** Of the curve, its legs and its headers: of another curve nothing is reused. */
  readonly curve: string;
  readonly conditioning: { readonly reads: Reads; readonly gave: string } | null;
  readonly steps: readonly StepTrace[];
  /** How much was done anew and how much was taken over, in steps and in fits inside steps. */
  readonly counts: RunCounts;
}

export interface RunCounts {
  readonly ran: number;
  readonly reused: number;
  readonly computed: number;
  readonly recalled: number;
}

/** An earlier outcome of the same curve, as far as it is needed to reuse it. */
export interface PreviousRun {
  readonly trace: RunTrace;
  readonly results: readonly AnalysisResult[];
  readonly conditioned: Conditioned | null;
}

/** The curve without its conditions: those are inputs like the others. */
export function fingerprintCurve({ conditions: _, ...measurement }: Measurement): string {
  return fingerprint(measurement);
}

/** Runs the steps of one curve, taking over what an earlier run did with the same inputs. */
export class Reuse {
  private readonly previous: PreviousRun | null;
  private readonly curve: string;
  private readonly steps: StepTrace[] = [];
  private conditioning: RunTrace['conditioning'] = null;
  /** Long computations of the earlier run and of this one so far: two steps may ask for the same. */
  private readonly known = new Map<string, unknown>();
  private readonly counts = { ran: 0, reused: 0, computed: 0, recalled: 0 };

  constructor(measurement: Measurement, previous: PreviousRun | null) {
    this.curve = fingerprintCurve(measurement);
    this.previous = previous?.trace.curve === this.curve ? previous : null;
    for (const step of this.previous?.trace.steps ?? [])
      for (const [at, value] of Object.entries(step.computed)) this.known.set(at, value);
  }

  /** Fingerprint of the masks and legs in force. */
  get conditioned(): string {
    return this.conditioning?.gave ?? '';
  }

  condition(inputs: Inputs, run: (log: ReadLog) => Conditioned | null): Conditioned | null {
    const before = this.previous?.trace.conditioning;
    if (before && this.previous!.conditioned !== null && isUnchanged(before.reads, inputs)) {
      this.conditioning = before;
      return this.previous!.conditioned;
    }
    const log = new ReadLog();
    const conditioned = run(log);
    this.conditioning = { reads: log.close(inputs), gave: fingerprint(conditioned) };
    return conditioned;
  }

  /**
   * The result of a step: the earlier one where nothing it read has changed, else that of `run`.
   * @param key analysis, version and which of its kind in the recipe
   */
  step(
    key: string,
    inputs: Inputs,
    cancelled: (() => boolean) | undefined,
    run: (log: ReadLog, recall: Recall) => AnalysisResult,
  ): AnalysisResult {
    const at = this.previous?.trace.steps.findIndex((step) => step.key === key) ?? -1;
    const before = at >= 0 ? this.previous!.trace.steps[at]! : null;
    if (before && isUnchanged(before.reads, inputs)) {
      this.steps.push(before);
      this.counts.reused++;
      return this.previous!.results[at]!;
    }
    const log = new ReadLog();
    const computed: Record<string, unknown> = {};
    const recall: Recall = (name, args, compute) => {
      const at = `${name} ${fingerprint(args)}`;
      const known = this.known.has(at);
      this.counts[known ? 'recalled' : 'computed']++;
      const value = known ? this.known.get(at) : compute();
      computed[at] = value;
      return value as ReturnType<typeof compute>;
    };
    const result = run(log, recall);
    this.counts.ran++;
    // what was broken off is not a result of its inputs: an empty key matches no step
    const whole = cancelled?.() !== true;
    if (whole) for (const [at, value] of Object.entries(computed)) this.known.set(at, value);
    this.steps.push({ key: whole ? key : '', reads: log.close(inputs), computed: whole ? computed : {} });
    return result;
  }

  close(): RunTrace {
    return { curve: this.curve, conditioning: this.conditioning, steps: this.steps, counts: this.counts };
  }
}
