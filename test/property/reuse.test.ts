import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ANALYSES } from '../../src/analyses/registry.ts';
import { type Conditions, INPUTS, type InputSpec } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { FitOptions, FitWindow } from '../../src/model/recipe.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';
import { runJob } from '../../src/pipeline/job.ts';
import type { JobRequest, MeasurementOutcome } from '../../src/pipeline/job.types.ts';

const FOLDER = join(import.meta.dirname, '../../sample-data');

/** One of each kind of curve: a diode, memories, a pulse, a decay with light, a spectrum, an emitting memory, a table. */
const FILES = [
  'array-24/A3.csv',
  'keithley-acs/RRAM-1_loop.csv',
  'keithley-kickstart-lem/LEM-1_sweep.csv',
  'tables/SCLC-1_iv.csv',
  'keysight-infiniivision/TEL-1_pulse.csv',
  'rigol-ds1000z/TEL-2_pulses.csv',
  'ocean-optics/LEC-1_5V_EL.txt',
  'calibrated/LEC-10_light.csv',
  'interfaces/CPB-1_ionic-conductivity.csv',
] as const;

interface Change {
  readonly conditions: Conditions;
  readonly windows: readonly FitWindow[];
  readonly fitOptions: readonly FitOptions[];
}

function analyse(
  measurement: Measurement,
  change: Change,
  more: Partial<Extract<JobRequest, { type: 'analyse' }>> = {},
): MeasurementOutcome {
  const answer = runJob({
    type: 'analyse',
    measurement,
    siblings: [],
    recipe: 'auto',
    ...change,
    ...more,
  });
  if (!answer.ok) throw new Error(answer.issues[0].message);
  return structuredClone(answer.value.outcomes[0]!);
}

function given(spec: InputSpec): fc.Arbitrary<Conditions> {
  const words = (spec.choices ?? []).filter((word) => word !== 'LOW:HIGH').map((word) => fc.constant(word));
  const [low, high] = spec.window ?? [0.001, 1];
  const numbers =
    spec.unit === 'text'
      ? []
      : [fc.double({ min: 0, max: 1, noNaN: true }).map((share) => low + share * (high - low))];
  const values: fc.Arbitrary<number | string>[] = [...words, ...numbers];
  if (values.length === 0) return fc.constant({});
  return fc.oneof(...values).map((value) => ({ [spec.id]: { value, from: 'user' } }) as Conditions);
}

/** The inputs most numbers hang on come twice as often as the rest. */
const OFTEN = INPUTS.filter(({ id }) =>
  ['area', 'thickness', 'temperature', 'complianceCurrent'].includes(id),
);
const ONE_CONDITION = fc.oneof(...[...INPUTS, ...OFTEN].map(given));
const CHANGE: fc.Arbitrary<Change> = fc.record({
  conditions: fc.array(ONE_CONDITION, { maxLength: 3 }).map((all) => Object.assign({}, ...all) as Conditions),
  windows: fc.oneof(
    fc.constant([]),
    fc
      .tuple(fc.double({ min: 0, max: 0.4, noNaN: true }), fc.double({ min: 0.6, max: 6, noNaN: true }))
      .map(([from, to]): FitWindow[] => [{ branch: '*', from, to }]),
  ),
  fitOptions: fc.oneof(
    fc.constant([]),
    fc
      .double({ min: 10, max: 1000, noNaN: true })
      .map((seriesResistance): FitOptions[] => [
        { branch: '*', start: {}, fixed: { seriesResistance }, free: [], bounds: {}, ties: {} },
      ]),
  ),
});

const answersOf = ({ results, conditioned, issues, recipe }: MeasurementOutcome): string =>
  fingerprint([results, conditioned, issues, recipe]);

const NONE: Change = { conditions: {}, windows: [], fitOptions: [] };

describe('a run that takes over what did not change', () => {
  const measurements: Measurement[] = [];

  beforeAll(() => {
    for (const name of FILES) {
      const file = { name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))) };
      const read = runJob({ type: 'import', file });
      if (!read.ok) throw new Error(read.issues[0].message);
      measurements.push(...read.value.measurements.slice(0, 1));
    }
  });

  it('gives to the bit what a full run gives, over chains of random changes on nine kinds of curve', () => {
    let reused = 0;
    fc.assert(
      fc.property(
        fc.nat(FILES.length - 1),
        fc.array(CHANGE, { minLength: 1, maxLength: 3 }),
        (which, changes) => {
          const measurement = measurements[which]!;
          let previous = analyse(measurement, NONE, { keepTrace: true });
          for (const change of changes) {
            const { trace, results, conditioned } = previous;
            const partial = analyse(measurement, change, {
              keepTrace: true,
              previous: { trace: trace!, results, conditioned },
            });
            const full = analyse(measurement, change);
            expect(answersOf(partial)).toBe(answersOf(full));
            reused += partial.trace!.counts.reused;
            previous = partial;
          }
        },
      ),
      { numRuns: 40, seed: 5 },
    );
    expect(reused).toBeGreaterThan(100);
  }, 240_000);

  it('gives to the bit what a full run gives for each input alone', () => {
    const some = measurements.filter(({ title }) => /A3|SCLC-1|LEM-1|5V_EL/.test(title));
    expect(some).toHaveLength(4);
    for (const measurement of some) {
      const first = analyse(measurement, NONE, { keepTrace: true });
      for (const spec of INPUTS) {
        const [sample] = fc.sample(given(spec), { numRuns: 1, seed: 11 });
        const change: Change = { ...NONE, conditions: sample ?? {} };
        const full = analyse(measurement, change);
        const partial = analyse(measurement, change, {
          keepTrace: true,
          previous: { trace: first.trace!, results: first.results, conditioned: first.conditioned },
        });
        expect(answersOf(partial), `${measurement.title}: ${spec.id}`).toBe(answersOf(full));
      }
    }
  }, 240_000);

  it('fits no diode again for a new area, and runs only the analyses that asked for it', () => {
    const [diode] = measurements;
    const first = analyse(diode!, NONE, { keepTrace: true });
    expect(first.trace!.counts).toMatchObject({ reused: 0, recalled: 0 });
    expect(first.trace!.counts.computed).toBeGreaterThan(0);
    const second = analyse(
      diode!,
      { ...NONE, conditions: { area: { value: 2e-6, from: 'user' } } },
      {
        keepTrace: true,
        previous: { trace: first.trace!, results: first.results, conditioned: first.conditioned },
      },
    );
    const { counts, steps } = second.trace!;
    expect(counts.computed).toBe(0);
    expect(counts.recalled).toBe(first.trace!.counts.computed);
    const asked = steps
      .filter((step) => 'conditions.area' in step.reads)
      .map((step) => step.key.split(' ')[0]);
    expect(asked).toContain('diode-parameters');
    expect(asked).not.toContain('hysteresis');
    expect(counts.reused).toBeGreaterThan(0);
    expect(counts.ran + counts.reused).toBe(first.results.length);
  });

  it('moves one leg and fits only that one', () => {
    const [diode] = measurements;
    const first = analyse(diode!, NONE, { keepTrace: true });
    const windows: FitWindow[] = [{ branch: 'forward', from: 0.5, to: 6 }];
    const second = analyse(
      diode!,
      { ...NONE, windows },
      {
        keepTrace: true,
        previous: { trace: first.trace!, results: first.results, conditioned: first.conditioned },
      },
    );
    expect(second.trace!.counts).toMatchObject({ computed: 1, recalled: 1 });
  });

  it('takes nothing over where the curve itself is another', () => {
    const [diode] = measurements;
    const first = analyse(diode!, NONE, { keepTrace: true });
    const flags = diode!.curve.flags.slice();
    flags[40] = 4;
    const masked: Measurement = { ...diode!, curve: { ...diode!.curve, flags } };
    const previous = { trace: first.trace!, results: first.results, conditioned: first.conditioned };
    const second = analyse(masked, NONE, { keepTrace: true, previous });
    expect(second.trace!.counts).toMatchObject({ reused: 0 });
    expect(answersOf(second)).toBe(answersOf(analyse(masked, NONE)));
  });

  it('sees a read however it is made: by name, by asking for it, by listing all', () => {
    const measurement = measurements[0]!;
    const original = ANALYSES.get('hysteresis')!.run;
    const ways: ((conditions: Conditions) => unknown)[] = [
      ({ photonEnergy }) => photonEnergy,
      (conditions) => 'photonEnergy' in conditions,
      (conditions) => Object.keys(conditions),
      (conditions) => ({ ...conditions }),
      (conditions) => Object.hasOwn(conditions, 'photonEnergy'),
    ];
    for (const way of ways) {
      const spied = ANALYSES.get('hysteresis') as { run: typeof original };
      let calls = 0;
      spied.run = (input) => {
        calls++;
        way(input.conditions);
        return original(input);
      };
      try {
        const first = analyse(measurement, NONE, { keepTrace: true });
        const previous = { trace: first.trace!, results: first.results, conditioned: first.conditioned };
        analyse(measurement, NONE, { keepTrace: true, previous });
        expect(calls).toBe(1);
        const change: Change = { ...NONE, conditions: { photonEnergy: { value: 2.3, from: 'user' } } };
        analyse(measurement, change, { keepTrace: true, previous });
        expect(calls, String(way)).toBe(2);
      } finally {
        spied.run = original;
      }
    }
  });
});
