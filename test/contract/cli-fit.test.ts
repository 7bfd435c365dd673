import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FitRecord } from '../../src/pipeline/record.types.ts';
import { runCliHere } from '../support/run-cli.ts';

/** `ivory fit` on certified data (NIST StRD, Rat43 and Misra1a) and on a sweep of known parameters. */

const RAT43 = [
  16.08, 33.8, 65.8, 97.2, 191.55, 326.2, 386.87, 520.53, 590.03, 651.92, 724.93, 699.56, 689.96, 637.56,
  717.41,
];
const RAT43_FORMULA = 'b1/((1+exp(b2-b3*x))^(1/b4))';
const START = ['--start', 'b1=100', '--start', 'b2=10', '--start', 'b3=1', '--start', 'b4=1'];
/** LEC-F of METHODS: what generated the sample file. */
const LEC = 'sample-data/keithley-kickstart/LEC-1_sweep.csv';

let folder: string;
let rat43: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-fit-'));
  rat43 = join(folder, 'rat43.csv');
  await writeFile(rat43, `y,x\n${RAT43.map((y, k) => `${k === 1 ? 33.83 : y},${k + 1}`).join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runFit(...words: readonly string[]): Promise<FitRecord> {
  const { status, stderr, records } = await runCliHere(['fit', ...words, '--json']);
  expect(status, stderr).toBe(0);
  expect(records).toHaveLength(1);
  return records[0] as unknown as FitRecord;
}

const parameter = (record: FitRecord, id: string) => record.parameters.find((one) => one.id === id)!;

describe('fit --formula', () => {
  it('Rat43: certified parameters and standard errors, with the keys of CONTRACT', async () => {
    const record = await runFit(
      rat43,
      '--formula',
      RAT43_FORMULA,
      '--x',
      'x',
      '--y',
      'y',
      '--weights',
      'none',
      ...START,
    );
    expect(Object.keys(record).slice(0, 15)).toEqual([
      ...['file', 'model', 'formula', 'points', 'masked', 'weights', 'termination', 'evaluations', 'rmse'],
      ...['reducedChiSquare', 'conditionNumber', 'parameters', 'correlation', 'issues', 'secondOpinion'],
    ]);
    expect(record).toMatchObject({
      solver: 'trust-region',
      objective: 'sum of squares of f - y',
      noise: null,
      errors: 'scaled',
      starts: 1,
      degreesOfFreedom: 11,
      dropped: 0,
    });
    expect(record.chiSquare! / 8.786404908e3).toBeCloseTo(1, 8);
    expect(record.runsTest).toBeGreaterThan(0);
    expect(record.runsTest).toBeLessThanOrEqual(1);
    expect(record.lagOne).not.toBeNull();
    // AICc of METHODS 0.6 by hand: N ln(RSS/N) + 2p + 2p(p+1)/(N-p-1), p = 5
    expect(record.aicc).toBeCloseTo(15 * Math.log(8.786404908e3 / 15) + 10 + 60 / 9, 6);
    expect(record).toMatchObject({
      model: 'formula',
      formula: RAT43_FORMULA,
      points: 15,
      masked: 0,
      weights: 'none',
    });
    const certified: Record<string, readonly [number, number]> = {
      b1: [6.996415127e2, 1.6302297817e1],
      b2: [5.2771253025, 2.0828735829],
      b3: [7.596293833e-1, 1.9566123451e-1],
      b4: [1.2792483859, 6.8761936385e-1],
    };
    for (const [id, [value, error]] of Object.entries(certified)) {
      const found = parameter(record, id);
      expect(Math.abs(found.value! / value - 1)).toBeLessThan(1e-8);
      expect(Math.abs(found.standardError! / error - 1)).toBeLessThan(1e-6);
    }
    // certified residual sum of squares 8.7864049080e3 over 15 points
    expect(record.rmse).toBeCloseTo(Math.sqrt(8.786404908e3 / 15), 6);
  });

  it('holds a fixed parameter bit for bit and frees the rest', async () => {
    const record = await runFit(
      rat43,
      '--formula',
      RAT43_FORMULA,
      '--x=x',
      '--y=y',
      ...START,
      '--fix',
      'b4=1.25',
    );
    expect(parameter(record, 'b4')).toMatchObject({ value: 1.25, fixed: true, standardError: null });
    expect(parameter(record, 'b1').fixed).toBe(false);
  });

  it('marks a parameter at its bound', async () => {
    const record = await runFit(
      ...[
        rat43,
        '--formula',
        RAT43_FORMULA,
        '--x=x',
        '--y=y',
        '--weights=none',
        ...START,
        '--bounds',
        'b1=:650',
      ],
    );
    expect(parameter(record, 'b1').atBound).toBe('upper');
    expect(parameter(record, 'b1').value).toBeCloseTo(650, 6);
  });

  it('asks the other solver', async () => {
    const record = await runFit(
      ...[
        rat43,
        '--formula',
        RAT43_FORMULA,
        '--x=x',
        '--y=y',
        '--weights=none',
        ...START,
        '--second-opinion',
      ],
    );
    expect(record.secondOpinion?.solver).toBe('ml-levenberg-marquardt');
  });

  it('points at the character of an error, and evaluates arithmetic only', async () => {
    const wrong = await runCliHere(['fit', rat43, '--formula', 'b1*(1-exp(b2*x)', '--start', 'b1=1']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/\n {2}b1\*\(1-exp\(b2\*x\)\n\s+\^/);
    const code = await runCliHere(['fit', rat43, '--formula', 'process.exit(1)']);
    expect(code.status).toBe(2);
  });
});

describe('fit --model', () => {
  it('recovers the cell behind a sample sweep within its stated errors', async () => {
    const record = await runFit(
      LEC,
      '--model',
      'modified-shockley',
      '--branch',
      'forward',
      '--set',
      'temperature=300K',
    );
    const truth = { idealityFactor: 6, seriesResistance: 254, shuntResistance: 6.3e5 };
    for (const [id, value] of Object.entries(truth)) {
      const found = parameter(record, id);
      expect(Math.abs(found.value! - value)).toBeLessThan(4 * found.standardError!);
      expect(found.standardError! / value).toBeLessThan(0.02);
    }
    expect(parameter(record, 'photocurrent')).toMatchObject({ value: 0, fixed: true });
    expect(record.points).toBe(161);
    expect(record.issues.map((issue) => issue.code)).not.toContain('ASSUMED_INPUT');
  });

  it('says what it assumes', async () => {
    const alone = join(folder, 'alone.csv');
    await copyFile(LEC, alone);
    const record = await runFit(alone, '--model', 'modified-shockley');
    expect(record.issues.find((issue) => issue.code === 'ASSUMED_INPUT')?.subject).toBe('temperature');
    expect(record.issues.some((issue) => issue.message.includes('fitted together'))).toBe(true);
  });

  it('takes a range and a value with units, and counts what is left out', async () => {
    const record = await runFit(
      ...[LEC, '--model', 'modified-shockley', '--branch', 'forward', '--x', 'voltage'],
      ...['--from', '475mV', '--to', '6.025', '--fix', 'shuntResistance=630k'],
    );
    expect(parameter(record, 'shuntResistance').value).toBe(630e3);
    expect(record.points).toBe(111);
    expect(record.points + record.masked).toBe(321);
  });

  it('names the columns and legs there are when one is asked for that is not there', async () => {
    const column = await runCliHere(['fit', LEC, '--model', 'modified-shockley', '--x', 'Gate']);
    expect(column.status).toBe(2);
    expect(column.stderr).toContain('SMU-1 Voltage (V)');
    const leg = await runCliHere(['fit', LEC, '--model', 'modified-shockley', '--branch', '-forward']);
    expect(leg.status).toBe(1);
    expect(leg.stderr).toContain('forward, reverse');
    const unknown = await runCliHere(['fit', LEC, '--model', 'modified-shockley', '--start', 'Rs=250']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('seriesResistance');
  });
});
