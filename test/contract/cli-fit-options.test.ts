import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNormal, createRandom, diodeCurrent, evaluateModel, MODELS } from '../../fitting/index.ts';
import type { FitRecord } from '../../src/pipeline/record.types.ts';
import { runCliHere } from '../support/run-cli.ts';

/** What `ivory fit` offers beside model and start, each on data of known truth. */

const CELL = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
};
const DIODE = ['--model', 'modified-shockley', '--set', 'temperature=300K'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-fit-options-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, header: string, rows: readonly (readonly number[])[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  return path;
}

async function runFits(...words: readonly string[]): Promise<readonly FitRecord[]> {
  const { status, stderr, records } = await runCliHere(['fit', ...words, '--json']);
  expect(status, stderr).toBe(0);
  return records as unknown as FitRecord[];
}
const runFit = async (...words: readonly string[]): Promise<FitRecord> => (await runFits(...words))[0]!;
const parameter = (record: FitRecord, id: string) => record.parameters.find((one) => one.id === id)!;
const read = (record: FitRecord, id: string): number => parameter(record, id).value!;
const codes = (record: FitRecord): string[] => record.issues.map((issue) => issue.code);

type Cell = Parameters<typeof diodeCurrent>[1];

/** A rising sweep of a diode, 1 % + 2 nA noise. */
function sweep(cell: Cell, seed: number, top = 8): number[][] {
  const normal = createNormal(createRandom(seed));
  return Array.from({ length: 20 * top + 1 }, (_, k) => {
    const v = k / 20;
    return [v, diodeCurrent(v, cell, 300) * (1 + 0.01 * normal()) + 2e-9 * normal()];
  });
}

describe('columns as variables of a formula', () => {
  it('by any name: label, header with what is no letter as _, role, and x as the abscissa', async () => {
    const rows = Array.from({ length: 30 }, (_, k) => {
      const t = 280 + 2 * k;
      const gate = (k * 7) % 11;
      return [k, t, gate, 3 + 0.5 * t - 2 * gate + 0.25 * k];
    });
    const path = await write('columns.csv', 'index,my_temp,Gate-2 level,out', rows);
    const record = await runFit(
      ...[path, '--formula', 'a + b*my_temp + c*Gate_2_level + d*x', '--y', 'out', '--weights', 'none'],
      ...['--x', 'index', '--start', 'a=0', '--start', 'b=0', '--start', 'c=0', '--start', 'd=0'],
    );
    // index and my_temp are proportional up to a constant: give each a coefficient of its own by another file below
    expect(record.parameters.map((one) => one.id)).toEqual(['a', 'b', 'c', 'd']);
    expect(read(record, 'c')).toBeCloseTo(-2, 8);
    expect(codes(record)).toContain('NOT_IDENTIFIABLE');

    const other = await write(
      'columns2.csv',
      'index,my_temp,Gate-2 level,out',
      rows.map(([k, t, gate]) => [
        k!,
        t! + (k! % 5),
        gate!,
        3 + 0.5 * (t! + (k! % 5)) - 2 * gate! + 0.25 * k!,
      ]),
    );
    const full = await runFit(
      ...[other, '--formula', 'a + b*my_temp + c*Gate_2_level + d*x', '--y', 'out', '--weights', 'none'],
      ...['--x', 'index', '--start', 'a=0', '--start', 'b=0', '--start', 'c=0', '--start', 'd=0'],
    );
    expect(read(full, 'a')).toBeCloseTo(3, 6);
    expect(read(full, 'b')).toBeCloseTo(0.5, 9);
    expect(read(full, 'd')).toBeCloseTo(0.25, 9);
  });

  it('a role, in SI whatever the unit of the file', async () => {
    const path = await write(
      'roles.csv',
      'Voltage (V),Current (mA)',
      Array.from({ length: 20 }, (_, k) => [k / 10, 2 * (k / 10)]),
    );
    const record = await runFit(path, '--formula', 'voltage/R', '--weights', 'none', '--start', 'R=100');
    expect(read(record, 'R')).toBeCloseTo(500, 6);
  });
});

describe('parameters that are fixed unless freed', () => {
  it('--free offset: a 10 nA zero offset is found, and spoils R_p where it is not freed', async () => {
    const path = await write(
      'offset.csv',
      'Voltage (V),Current (A)',
      sweep({ ...CELL, shuntResistance: 1e8 }, 3).map(([v, i]) => [v!, i! + 5e-8]),
    );
    const free = await runFit(path, ...DIODE, '--free', 'offset');
    expect(Math.abs(read(free, 'offset') - 5e-8)).toBeLessThan(4 * parameter(free, 'offset').standardError!);
    expect(Math.abs(read(free, 'idealityFactor') - 6)).toBeLessThan(0.1);
    const held = await runFit(path, ...DIODE);
    expect(read(held, 'offset')).toBe(0);
    expect(free.chiSquare! / free.points).toBeLessThan(2);
  });

  it('--free photocurrent: a sweep under light', async () => {
    const path = await write(
      'light.csv',
      'Voltage (V),Current (A)',
      sweep({ ...CELL, photocurrent: 2e-4 }, 4),
    );
    const record = await runFit(path, ...DIODE, '--free', 'photocurrent');
    expect(read(record, 'photocurrent') / 2e-4).toBeCloseTo(1, 1);
  });

  it('--free saturationCurrent2,idealityFactor2: two diodes in parallel, at their own slopes', async () => {
    const two = {
      saturationCurrent: 1e-14,
      idealityFactor: 1.2,
      saturationCurrent2: 1e-9,
      idealityFactor2: 3,
      seriesResistance: 20,
      shuntResistance: 1e9,
    };
    const normal = createNormal(createRandom(6));
    const voltage = Float64Array.from({ length: 151 }, (_, k) => k / 100);
    const exact = evaluateModel(MODELS.get('modified-shockley')!, [voltage], two);
    const rows = Array.from(voltage, (v, k) => [v, exact[k]! * (1 + 0.01 * normal()) + 1e-11 * normal()]);
    const path = await write('two.csv', 'Voltage (V),Current (A)', rows);
    const single = await runFit(path, ...DIODE);
    const record = await runFit(path, ...DIODE, '--free', 'saturationCurrent2,idealityFactor2');
    expect(record.rmse!).toBeLessThan(single.rmse!);
    expect(codes(record)).not.toContain('MODEL_REJECTED');
    expect(Math.abs(read(record, 'seriesResistance') / 20 - 1)).toBeLessThan(0.05);
    const slopes = [read(record, 'idealityFactor'), read(record, 'idealityFactor2')].sort((a, b) => a - b);
    expect(Math.abs(slopes[0]! / 1.2 - 1)).toBeLessThan(0.1);
    expect(Math.abs(slopes[1]! / 3 - 1)).toBeLessThan(0.1);
  });

  it('--constant printedForm=1: the equation without -1', async () => {
    const cell = { ...CELL, lnSaturationCurrent: Math.log(1e-6), shuntResistance: 1e7 };
    const path = await write(
      'printed.csv',
      'Voltage (V),Current (A)',
      sweep({ ...cell, printedForm: true }, 8, 3),
    );
    const printed = await runFit(path, ...DIODE, '--constant', 'printedForm=1');
    expect(printed.constants).toMatchObject({ printedForm: 1, temperature_K: 300 });
    expect(Math.abs(Math.log(read(printed, 'saturationCurrent') / 1e-6))).toBeLessThan(
      4 * (parameter(printed, 'saturationCurrent').standardError! / 1e-6),
    );
    const physical = await runFit(path, ...DIODE);
    expect(printed.reducedChiSquare!).toBeLessThan(physical.reducedChiSquare!);
    const wrong = await runCliHere(['fit', path, ...DIODE, '--constant', 'printed=1']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('printedForm');
  });
});

describe('weights and errors', () => {
  const normal = createNormal(createRandom(11));
  const rows = Array.from({ length: 40 }, (_, k) => {
    const x = k / 8;
    const s = 0.02 * (1 + x);
    return [x, 3 * Math.exp(-0.7 * x) + s * normal(), s];
  });
  const words = ['--formula', 'a*exp(-b*x)', '--y', 'y', '--start', 'a=1', '--start', 'b=1'];

  it('--weights COLUMN with --errors known and scaled differ by the root of the reduced chi-square', async () => {
    const path = await write('sigma.csv', 'x,y,s', rows);
    const known = await runFit(path, ...words, '--weights', 's', '--errors', 'known');
    const scaled = await runFit(path, ...words, '--weights', 's');
    expect(known).toMatchObject({
      errors: 'known',
      weights: 's',
      objective: 'sum of squares of (f - y)/sigma',
    });
    expect(parameter(scaled, 'a').standardError! / parameter(known, 'a').standardError!).toBeCloseTo(
      Math.sqrt(scaled.reducedChiSquare!),
      8,
    );
    expect(Math.abs(read(known, 'b') - 0.7)).toBeLessThan(4 * parameter(known, 'b').standardError!);
  });

  it('--profile always and --bootstrap say what their intervals rest on', async () => {
    const path = await write('intervals.csv', 'x,y,s', rows);
    const profile = await runFit(path, ...words, '--weights', 's', '--profile', 'always');
    const bootstrap = await runFit(path, ...words, '--weights', 's', '--bootstrap', '200');
    const linear = await runFit(path, ...words, '--weights', 's', '--profile', 'never');
    expect(parameter(profile, 'a').intervalFrom).toBe('profile');
    expect(parameter(bootstrap, 'a').intervalFrom).toBe('bootstrap');
    expect(parameter(linear, 'a').intervalFrom).toBe('linearised');
    const width = (record: FitRecord): number =>
      parameter(record, 'a').interval95![1] - parameter(record, 'a').interval95![0];
    expect(Math.abs(width(profile) / width(linear) - 1)).toBeLessThan(0.1);
    expect(Math.abs(width(bootstrap) / width(linear) - 1)).toBeLessThan(0.4);
  });

  it('--robust leaves outliers out and counts them', async () => {
    const path = await write(
      'outliers.csv',
      'x,y,s',
      rows.map(([x, y, s], k) => [x!, k % 13 === 6 ? y! + 2 : y!, s!]),
    );
    const robust = await runFit(path, ...words, '--weights', 's', '--robust');
    expect(robust.dropped).toBe(3);
    expect(robust.points).toBe(37);
    expect(Math.abs(read(robust, 'a') - 3)).toBeLessThan(4 * parameter(robust, 'a').standardError!);
    expect(robust.objective).toContain('soft-L1');
  });

  it('--tie gives one parameter by another, with its error', async () => {
    const path = await write('tie.csv', 'x,y,s', rows);
    const formula = ['--formula', 'a*exp(-b*x) + c', '--y', 'y', '--start', 'a=1', '--start', 'b=1'];
    const record = await runFit(path, ...formula, '--weights', 'none', '--start', 'c=0', '--tie', 'c=a/100');
    expect(read(record, 'c') / read(record, 'a')).toBeCloseTo(0.01, 10);
    expect(parameter(record, 'c').standardError! / parameter(record, 'a').standardError!).toBeCloseTo(
      0.01,
      8,
    );
  });
});

describe('--x-sigma: errors of the voltage too', () => {
  // Pearson's data with York's weights: the textbook case of a line with errors in both coordinates.
  const x = [0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4];
  const y = [5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5];
  const wx = [1000, 1000, 500, 800, 200, 80, 60, 20, 1.8, 1];
  const wy = [1, 1.8, 4, 8, 20, 20, 70, 70, 100, 500];
  const line = ['--formula', 'a + b*x', '--y', 'y', '--start', 'a=5', '--start', 'b=-0.5'];

  it('York (1966): intercept 5.47991, slope -0.480533', async () => {
    const path = await write(
      'york.csv',
      'x,y,sx,sy',
      x.map((_, k) => [x[k]!, y[k]!, 1 / Math.sqrt(wx[k]!), 1 / Math.sqrt(wy[k]!)]),
    );
    const record = await runFit(path, ...line, '--weights', 'sy', '--x-sigma', 'sx');
    expect(read(record, 'a')).toBeCloseTo(5.47991, 4);
    expect(read(record, 'b')).toBeCloseTo(-0.480533, 5);
    expect(record.objective).toContain('sigma_x');
  });

  it('one value for all, in the unit of the voltage; refused without sigma of y', async () => {
    const path = await write(
      'noisy.csv',
      'Time (s),Voltage (V),Current (A)',
      sweep(CELL, 5).map(([v, i], k) => [k, v!, i!]),
    );
    const record = await runFit(path, ...DIODE, '--x-sigma', '2mV');
    expect(Math.abs(read(record, 'seriesResistance') - 254)).toBeLessThan(5);
    const bare = await runFit(path, ...DIODE, '--x-sigma', '2mV', '--weights', 'none');
    expect(codes(bare)).toContain('NO_DATA');
    expect(parameter(bare, 'seriesResistance').status).toBe('refused');
  });
});

describe('--share: joint fits', () => {
  it('several files with one R_s: the same value and error in every record, smaller than alone', async () => {
    const paths: string[] = [];
    for (const [k, lnSaturationCurrent] of [-30, -28, -26].entries()) {
      const rows = sweep({ ...CELL, lnSaturationCurrent }, 20 + k);
      paths.push(await write(`cell-${k}.csv`, 'Voltage (V),Current (A)', rows));
    }
    const records = await runFits(...paths, ...DIODE, '--share', 'seriesResistance');
    expect(records).toHaveLength(3);
    const [first] = records;
    expect(first!.joint).toMatchObject({ shared: ['seriesResistance'], curves: 3, points: 483 });
    for (const record of records) {
      expect(parameter(record, 'seriesResistance')).toEqual(parameter(first!, 'seriesResistance'));
    }
    expect(first!.joint!.sharingTest!).toBeGreaterThan(0.001);
    const alone = await runFit(paths[0]!, ...DIODE);
    expect(parameter(first!, 'seriesResistance').standardError!).toBeLessThan(
      parameter(alone, 'seriesResistance').standardError!,
    );
    expect(Math.abs(read(first!, 'seriesResistance') - 254)).toBeLessThan(
      4 * parameter(first!, 'seriesResistance').standardError!,
    );
  });

  it('the legs of one sweep', async () => {
    const up = sweep(CELL, 31);
    const down = sweep({ ...CELL, lnSaturationCurrent: -25 }, 32)
      .reverse()
      .slice(1);
    const path = await write('loop.csv', 'Voltage (V),Current (A)', [...up, ...down]);
    const records = await runFits(path, ...DIODE, '--share', 'seriesResistance');
    expect(records.map((record) => record.branch)).toEqual(['forward', 'reverse']);
    expect(read(records[1]!, 'saturationCurrent')).toBeGreaterThan(read(records[0]!, 'saturationCurrent'));
  });

  it('is refused for one curve, an unknown parameter, and options it has no meaning for', async () => {
    const path = await write('single.csv', 'Voltage (V),Current (A)', sweep(CELL, 5));
    for (const words of [
      [path, ...DIODE, '--share', 'seriesResistance'],
      [path, path, ...DIODE, '--share', 'Rs'],
      [path, path, ...DIODE],
      [path, path, ...DIODE, '--share', 'seriesResistance', '--robust'],
    ]) {
      const { status, stderr } = await runCliHere(['fit', ...words]);
      expect(status).toBe(2);
      expect(stderr).not.toBe('');
    }
  });
});

describe('--compare: rivals on the same points', () => {
  it('ranks by AICc, with Akaike weights that add up to 1', async () => {
    const path = await write('rivals.csv', 'Voltage (V),Current (A)', sweep(CELL, 5));
    const record = await runFit(path, ...DIODE, '--compare', 'power-law');
    expect(record.comparison!.map((one) => one.model)).toEqual(['modified-shockley', 'power-law']);
    expect(record.comparison![0]!.deltaAicc).toBe(0);
    expect(record.comparison!.reduce((sum, one) => sum + one.akaikeWeight, 0)).toBeCloseTo(1, 12);
    expect(codes(record)).not.toContain('AMBIGUOUS');
  });

  it('a single exponential is as good as two where there is only one: AMBIGUOUS', async () => {
    const normal = createNormal(createRandom(2));
    const rows = Array.from({ length: 60 }, (_, k) => [
      k / 10,
      2 * Math.exp(-k / 15) + 0.3 + 0.02 * normal(),
    ]);
    const path = await write('decay.csv', 'Time (s),y', rows);
    const words = ['--model', 'exponential-decay', '--y', 'y', '--weights', 'none'];
    const record = await runFit(path, ...words, '--compare', 'stretched-decay');
    expect(record.comparison).toHaveLength(2);
    expect(Math.max(...record.comparison!.map((one) => one.deltaAicc))).toBeLessThan(4);
    expect(codes(record)).toContain('AMBIGUOUS');
  });
});

describe('both solvers', () => {
  it('agree on a diode from the command line, and each says its name', async () => {
    const path = await write('solvers.csv', 'Voltage (V),Current (A)', sweep(CELL, 9));
    const ours = await runFit(path, ...DIODE, '--solver', 'trust-region', '--second-opinion');
    const theirs = await runFit(path, ...DIODE, '--solver', 'ml-levenberg-marquardt');
    expect(ours.solver).toBe('trust-region');
    expect(theirs.solver).toBe('ml-levenberg-marquardt');
    expect(ours.secondOpinion).toMatchObject({ solver: 'ml-levenberg-marquardt', agrees: true });
    expect(read(theirs, 'seriesResistance') / read(ours, 'seriesResistance')).toBeCloseTo(1, 4);
    const unknown = await runCliHere(['fit', path, ...DIODE, '--solver', 'simplex']);
    expect(unknown.status).toBe(2);
  });
});

describe('inputs of a model', () => {
  it('a thickness, an area or a permittivity nobody gave is asked for, never assumed', async () => {
    const rows = Array.from({ length: 40 }, (_, k) => [0.1 * (k + 1), 1e-6 * (0.1 * (k + 1)) ** 2]);
    const path = await write('child.csv', 'Voltage (V),Current (A)', rows);
    const { status, stderr } = await runCliHere(['fit', path, '--model', 'mott-gurney']);
    expect(status).toBe(1);
    for (const name of ['permittivity', 'thickness', 'area'])
      expect(stderr).toContain(`INPUT_MISSING(${name})`);

    const given = ['thickness=800nm', 'area=0.785mm2', 'permittivity=20'].flatMap((text) => ['--set', text]);
    const record = await runFit(path, '--model', 'mott-gurney', ...given);
    // mu = 8 I L^3/(9 eps_r eps_0 A V^2), by hand
    const mobility = (8 * 1e-6 * 8e-7 ** 3) / (9 * 20 * 8.8541878128e-12 * 0.785e-6);
    expect(read(record, 'mobility') / mobility).toBeCloseTo(1, 9);
  });
});
