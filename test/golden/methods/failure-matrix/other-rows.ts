import { expect } from 'vitest';
import { runSimulation } from '../../../../src/pipeline/simulate.ts';
import { analyse, numbersIn, reasonOf, recordOf } from '../../../support/analyse.ts';
import { FX_19 } from '../../../support/fixtures/memories.ts';
import { makeSweep } from '../../../support/iv-measurements.ts';
import { makeMeasurement } from '../../../support/measurements.ts';
import { expectNear, type MatrixRow } from './row.ts';

/** Boltzmann's constant in eV/K. */
const K_EV = 8.617333262e-5;

function activated(temperatures: readonly number[]) {
  return makeMeasurement('series', [
    { role: 'temperature', unit: 'K', data: temperatures, label: 'Temperature (K)' },
    {
      role: 'other',
      unit: '1',
      data: temperatures.map((t) => Math.exp(-0.35 / (K_EV * t))),
      label: 'Conductivity',
    },
  ]);
}

export const OTHER_ROWS: readonly MatrixRow[] = [
  {
    analysis: 'S parameter',
    situation: '2 metals',
    provoke() {
      const pair = makeMeasurement('series', [
        { role: 'other', unit: 'eV', data: [4.26, 5.1], label: 'Work function (eV)' },
        { role: 'other', unit: 'eV', data: [0.62, 1.05], label: 'Barrier height (eV)' },
      ]);
      const record = recordOf(analyse(pair), 'slopeParameter');
      expect(record).toMatchObject({ status: 'refused', value: null });
      const [needed, has, slope] = numbersIn(reasonOf(record, 'TOO_FEW_POINTS').message);
      expect([needed, has]).toEqual([3, 2]);
      expectNear(slope, (1.05 - 0.62) / (5.1 - 4.26), 0.002);
    },
  },
  {
    analysis: 'Arrhenius',
    situation: 'span < 30 K or < 4 T',
    provoke() {
      for (const [temperatures, count, span] of [
        [[280, 300, 340], 3, 60],
        [[290, 295, 300, 305, 310], 5, 20],
      ] as const) {
        const record = recordOf(analyse(activated(temperatures)), 'activationEnergy');
        expect(record).toMatchObject({ status: 'refused', value: null });
        expect(numbersIn(reasonOf(record, 'TOO_FEW_POINTS').message)).toEqual([4, 30, count, span]);
      }
    },
  },
  {
    analysis: 'PPF',
    situation: 'one interval',
    provoke() {
      const single = makeMeasurement('series', [
        { role: 'other', unit: 's', data: [5], label: 'Interval (s)' },
        { role: 'other', unit: '1', data: [1.136], label: 'PPF index' },
      ]);
      const outcome = analyse(single);
      expect(recordOf(outcome, 'pairedPulseIndex').value).toBe(1.136);
      for (const id of ['pairedPulseTime1', 'pairedPulseTime2', 'pairedPulseAmplitude1'] as const) {
        const record = recordOf(outcome, id);
        expect(record).toMatchObject({ status: 'refused', value: null });
        expect(numbersIn(reasonOf(record, 'TOO_FEW_POINTS').message)).toEqual([3, 1]);
      }
    },
  },
  {
    analysis: 'LTP',
    situation: 'non-monotonic G(P)',
    provoke() {
      const pulses = Array.from({ length: 51 }, (_, k) => k);
      const weight = pulses.map(
        (p) => 1e-6 - 9.8e-6 * Math.expm1(-p / 20) - (p > 30 ? 1.5e-7 * (p - 30) : 0),
      );
      const table = makeMeasurement('series', [
        { role: 'other', unit: '1', data: pulses, label: 'Pulse number' },
        { role: 'other', unit: 'S', data: weight, label: 'LTP conductance (S)' },
      ]);
      const record = recordOf(analyse(table), 'potentiationNonlinearity');
      expect(record.status).toBe('flagged');
      expect(record.value).toBeTypeOf('number');
      const [share, correlation] = numbersIn(reasonOf(record, 'AMBIGUOUS').message);
      const range = Math.max(...weight) - Math.min(...weight);
      // the fall is that of a running median of five: a pulse or two short of the whole
      expectNear(share, (100 * (Math.max(...weight) - weight.at(-3)!)) / range, 0.1);
      // Kendall's tau of the same points
      let [up, pairs] = [0, 0];
      for (let a = 0; a < 51; a++)
        for (let b = a + 1; b < 51; b++) {
          up += Math.sign(weight[b]! - weight[a]!);
          pairs++;
        }
      expect(Math.abs(correlation! - up / pairs)).toBeLessThan(0.006);
    },
  },
  {
    analysis: 'LEM',
    situation: 'one event only',
    provoke() {
      const loop = FX_19.make(11)['LEM-A']!;
      const column = (role: string) => loop.curve.columns.find((one) => one.role === role)!.data;
      // the way out stops at 1.6 V: the second event is never reached
      const rows = Array.from({ length: 81 }, (_, k) => k);
      const there = [...rows, ...rows.toReversed().slice(1)];
      const short = makeSweep({
        programmed: there.map((k) => column('voltage')[k]!),
        current: there.map((k) => column('current')[k]!),
      });
      const outcome = analyse(short, { recipe: 'lem-iv' });
      const found = recordOf(outcome, 'regionBoundary', { convention: 'I/II' });
      expectNear(found.value as number, 0.91, 0.02);
      for (const convention of ['II/III', 'III/IV']) {
        const record = recordOf(outcome, 'regionBoundary', { convention });
        expect(record).toMatchObject({ status: 'refused', value: null });
        const reason = reasonOf(record, 'REGION_MISSING');
        expect(reason.subject).toContain('II/III');
        expect(reason.subject).toContain('III/IV');
        const [top, boundary] = numbersIn(reason.message);
        expect(top).toBe(1.6);
        expectNear(boundary, 0.91, 0.001);
      }
    },
  },
  {
    analysis: 'simulator',
    situation: 'dt floor hit > 10³ times',
    provoke() {
      // 1.75 V moves the state by 5e-4 in a picosecond: fifty times what this step limit allows
      const run = (stepLimit: number) =>
        runSimulation({
          model: 'resistive-memory',
          parameters: { preset: 'RRAM-S', stepLimit },
          drive: { kind: 'pulse', text: '0:1.75:1us:2us:1' },
        });
      const strict = run(1e-5);
      if (!strict.ok) throw new Error(strict.issues[0].message);
      const { simulation, issues } = strict.value;
      const reason = issues.find(({ code }) => code === 'NOT_CONVERGED')!;
      expect(reason.severity).toBe('warning');
      const [floor, hits, first, kept, last] = numbersIn(reason.message);
      expect(floor).toBe(1);
      expect(hits).toBe(simulation.floorHits);
      expect(hits).toBeGreaterThan(1000);
      const stamps = simulation.events.filter(({ kind }) => kind === 'floor').map(({ time_s }) => time_s);
      expect(kept).toBe(stamps.length);
      expectNear(first, stamps[0]!, 1e-5);
      expectNear(last, stamps.at(-1)!, 1e-5);
      // the result is kept, and is that of a run that never came to the floor
      expect(simulation.columns['state']!.at(-1)).toBeCloseTo(1, 6);
      const loose = run(0.02);
      if (!loose.ok) throw new Error(loose.issues[0].message);
      expect(loose.value.issues.map(({ code }) => code)).not.toContain('NOT_CONVERGED');
    },
  },
];
