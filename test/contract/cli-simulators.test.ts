import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitLine } from '../../fitting/index.ts';
import { hasRealCurves, REAL_CURVES } from '../support/real-curves.ts';
import { runCliHere } from '../support/run-cli.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-simulators-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('simulate --against', () => {
  it('gives the quantities of both curves side by side, with their differences', async () => {
    const file = join(folder, 'cell.csv');
    await runCliHere(['simulate', 'modified-shockley', '--sweep', '0:8:0.05', '--out', file]);
    const words = ['simulate', 'modified-shockley', '--set', 'seriesResistance=300', '--against', file];
    const { status, records } = await runCliHere([...words, '--json']);
    expect(status).toBe(0);
    const comparison = records[0]!['comparison'] as Record<string, unknown>;
    expect(Object.keys(comparison)).toEqual(['rmse', 'nrmse', 'r2', 'points', 'residuals', 'quantities']);
    expect(comparison['residuals']).toHaveLength(161);
    const quantities = comparison['quantities'] as Record<string, unknown>[];
    const series = quantities.find((one) => one['id'] === 'seriesResistance')!;
    expect(series).toMatchObject({ branch: 'forward', unit: 'ohm' });
    expect(series['difference']).toBeCloseTo(46, 1);
    const { stdout } = await runCliHere(words);
    expect(stdout).toMatch(/seriesResistance forward.*254.*300.*46/);
  });
});

describe('simulate --vary', () => {
  const sweep = ['simulate', 'modified-shockley', '--sweep', '0:8:0.1'];

  it('one parameter: a family of curves', async () => {
    const { status, records } = await runCliHere([
      ...sweep,
      '--vary',
      'seriesResistance=100:400:4',
      '--json',
    ]);
    expect(status).toBe(0);
    const { axes, points } = records[0] as {
      axes: unknown;
      points: { at: number[]; columns: Record<string, number[]> }[];
    };
    expect(axes).toEqual([{ id: 'seriesResistance', unit: 'ohm', values: [100, 200, 300, 400] }]);
    const top = points.map(({ columns }) => columns['current']!.at(-1)!);
    expect(top[0]).toBeGreaterThan(top[3]! * 2);
  });

  it('two parameters and a quantity: a map, worked off by the pool', async () => {
    const { status, records, stderr } = await runCliHere([
      ...[...sweep, '--vary', 'seriesResistance=100:300:2', '--vary', 'shuntResistance=1e5:1e6:2:log'],
      ...['--quantity', 'seriesResistance:forward', '--jobs', '1', '--json'],
    ]);
    expect(status).toBe(0);
    const { points } = records[0] as { points: { at: number[]; value: number }[] };
    expect(points.map(({ value }) => Math.round(value))).toEqual([100, 100, 300, 300]);
    expect(stderr).toMatch(/4/);
  });

  it('answers a range that cannot be read, and a missing drive', async () => {
    expect((await runCliHere([...sweep, '--vary', 'seriesResistance=1:2'])).status).toBe(2);
    expect(
      (await runCliHere(['simulate', 'modified-shockley', '--vary', 'seriesResistance=1:2:3'])).status,
    ).toBe(2);
  });
});

describe('simulate crossbar', () => {
  it('gives the read margin against N without a drive', async () => {
    const { status, records } = await runCliHere(['simulate', 'crossbar', '--set', 'size=4', '--json']);
    expect(status).toBe(0);
    const columns = records[0]!['columns'] as Record<string, number[]>;
    expect(columns['size']).toEqual([2, 4]);
    // N = 2: sneak path of three low cells; sense resistance as large as a low cell
    const share = (r: number) => 830 / (830 + (r * 2490) / (r + 2490));
    expect(columns['readMargin']![0]).toBeCloseTo(share(830) - share(1.6e5), 10);
  });

  it('takes units and presets, and refuses a drive', async () => {
    const words = ['simulate', 'crossbar', '--set', 'preset=selector-half', '--set', 'readVoltage=500mV'];
    expect((await runCliHere([...words, '--set', 'size=8'])).stdout.split('\n')[0]).toMatch(/readMargin/);
    expect((await runCliHere([...words, '--sweep', '0:1:0.1'])).status).toBe(2);
  });
});

describe('simulate: tests of a device', () => {
  const simulateTo = async (name: string, ...words: string[]): Promise<string> => {
    const file = join(folder, name);
    const { status, stderr } = await runCliHere(['simulate', ...words, '--out', file]);
    expect(stderr).toContain('Written to');
    expect(status).toBe(0);
    return file;
  };
  const quantitiesOf = async (file: string, ...more: string[]) => {
    const { records } = await runCliHere(['analyse', file, ...more, '--json']);
    return records[0]!['quantities'] as {
      id: string;
      convention: string | null;
      value: number;
      standardUncertainty: number;
      status: string;
      reasons: { code: string }[];
    }[];
  };

  it('--json prints one object of the shape of a drive, with the series and its parameters', async () => {
    const { status, records } = await runCliHere([
      ...['simulate', 'resistive-memory', '--endurance', '3', '--set', 'setWidth=2us', '--json'],
    ]);
    expect(status).toBe(0);
    expect(records).toHaveLength(1);
    expect(Object.keys(records[0]!)).toEqual([
      ...['model', 'parameters', 'columns', 'events', 'derived', 'comparison', 'series'],
    ]);
    expect(records[0]).toMatchObject({
      model: 'resistive-memory',
      series: 'endurance',
      parameters: { setWidth: 2e-6, resetAmplitude: -2, lowResistance: 830 },
      comparison: null,
    });
    expect((records[0]!['columns'] as Record<string, unknown>)['cycle']).toEqual([1, 2, 3]);
  });

  it('endurance: the importer knows it, the analysis gives back medians and spread', async () => {
    const file = await simulateTo(
      'endurance.csv',
      ...['resistive-memory', '--endurance', '400', '--set', 'highDecades=0.1', '--set', 'seed=9'],
    );
    const quantities = await quantitiesOf(file);
    const find = (id: string, convention: string | null = null) =>
      quantities.find((one) => one.id === id && (convention === null || one.convention === convention))!;
    // read at 0.1 V: the high state is ohmic and quadratic together
    const high = find('highResistance');
    expect(Math.abs(high.value - 4.26667e5 / (1 + 0.1 / 0.3))).toBeLessThan(4 * high.standardUncertainty);
    const spread = find('spreadDecades', 'high state');
    expect(Math.abs(spread.value - 0.1)).toBeLessThan(4 * spread.standardUncertainty);
    expect(find('lowResistance').value).toBeCloseTo(830, 3);
    expect(find('failureProbability')).toMatchObject({ status: 'bound' });
  });

  it('a long test tells how far it is, and is stopped by Ctrl+C with status 130', async () => {
    const cancel = new AbortController();
    const words = ['simulate', 'resistive-memory', '--endurance', '20000', '--json'];
    const { status, stdout } = await runCliHere(words, {
      cancel,
      onErr: (text) => {
        if (/Endurance, 25 % done/.test(text)) cancel.abort();
      },
    });
    expect(status).toBe(130);
    expect(stdout).toBe('');
  }, 60_000);

  it('EX-2.13 way back: the exponent of the drift and the ten-year value of a retention series', async () => {
    const file = await simulateTo(
      'retention.csv',
      ...['resistive-memory', '--retention', '1:1e5:6', '--set', 'relaxationTime=1ms'],
      ...['--set', 'driftExponent=0.02', '--set', 'noiseRelative=0.005', '--set', 'seed=4'],
    );
    const quantities = await quantitiesOf(file);
    const low = quantities.find((one) => one.id === 'retentionSlope' && one.convention === 'low state')!;
    // the state is a share of the decades at 0 V; at the read voltage the high state is lower
    const share = 1 - Math.log10(1 + 0.1 / 0.3) / Math.log10(4.26667e5 / 830);
    expect(Math.abs(low.value - 0.02 * share)).toBeLessThan(4 * low.standardUncertainty + 1e-5);
    const years = quantities.find(
      (one) => one.id === 'extrapolatedResistance' && one.convention === 'low state, 10 years',
    )!;
    expect(years.value / (830 * (3.156e8 / 1e-3) ** (0.02 * share))).toBeCloseTo(1, 1);
  });

  it('a filament that dissolves exponentially: the end of the window is read off, the bent trend is no line', async () => {
    const words = ['resistive-memory', '--set', 'relaxationTime=1e6s', '--set', 'noiseRelative=0.002'];
    const whole = await quantitiesOf(await simulateTo('dissolved.csv', ...words, '--retention', '1:1e7:8'));
    // log10 of both resistances at 0.1 V; the window is one decade at lambda = 1/D
    const decades = Math.log10(4.26667e5 / (1 + 0.1 / 0.3) / 830);
    const end = whole.find(({ id }) => id === 'retentionTime')!;
    expect(end.value / (1e6 * Math.log(decades))).toBeCloseTo(1, 1);
    const early = await quantitiesOf(await simulateTo('dissolving.csv', ...words, '--retention', '1:3e5:8'));
    for (const id of ['retentionTime', 'extrapolatedResistance']) {
      const codes = early
        .filter((one) => one.id === id)
        .flatMap(({ reasons }) => reasons.map(({ code }) => code));
      expect(codes).toContain('MODEL_REJECTED');
    }
  });

  it('EX-2.14 way back: the activation energy from retention times at four temperatures', async () => {
    const temperatures = [358, 373, 398, 423];
    const times: number[] = [];
    for (const kelvin of temperatures) {
      const file = await simulateTo(
        `hot-${kelvin}.csv`,
        ...[
          'resistive-memory',
          '--retention',
          '1:1e5:6',
          '--set',
          'relaxationTime=1s',
          '--set',
          'driftExponent=0.2',
        ],
        ...['--set', 'relaxationEnergy=1.02eV', '--set', `temperature=${kelvin}K`],
      );
      times.push((await quantitiesOf(file)).find(({ id }) => id === 'retentionTime')!.value);
    }
    const inverse = temperatures.map((kelvin) => 1 / (8.617333262e-5 * kelvin));
    const line = fitLine(inverse, times.map(Math.log))!;
    expect(line.slope / 1.02).toBeCloseTo(1, 1);
  });

  it('pulse widths: half of the devices switch where the spread says; RESET pulses are counted too', async () => {
    const file = await simulateTo(
      'widths.csv',
      ...[
        'resistive-memory',
        '--pulse-widths',
        '0.3us,0.6us,0.8us,1us,1.3us,1.6us,2.4us',
        '--set',
        'trials=60',
      ],
      ...['--set', 'setShape=60', '--set', 'loadResistance=50'],
    );
    const half = (await quantitiesOf(file)).find(
      (one) => one.id === 'switchingTime' && one.convention === '50 % of the pulses switch',
    )!;
    expect(half.value).toBeGreaterThan(0.6e-6);
    expect(half.value).toBeLessThan(1.6e-6);
    const erase = await simulateTo(
      'erase.csv',
      ...[
        'resistive-memory',
        '--pulse-widths',
        '0.1us,0.2us,0.25us,0.3us,0.35us,0.4us,0.6us',
        '--set',
        'erase=1',
      ],
      ...['--set', 'resetDeviation=10mV', '--set', 'trials=40', '--set', 'loadResistance=50'],
    );
    const time = (await quantitiesOf(erase)).find((one) => one.id === 'switchingTime')!;
    expect(time.value).toBeGreaterThan(0.1e-6);
    expect(time.value).toBeLessThan(0.6e-6);
  });

  it('frequency response: one pole comes back with its bandwidth', async () => {
    const tau = 275.7e-6;
    const file = await simulateTo(
      'frequency.csv',
      ...['light-emitting-cell', '--frequencies', '10:20k:12', '--set', 'preset=LEC-F'],
      ...[
        '--set',
        `lightRiseConstant=${tau}`,
        '--set',
        `lightFallConstant=${tau}`,
        '--set',
        'lightTailFraction=0',
      ],
    );
    const bandwidth = (await quantitiesOf(file)).find((one) => one.id === 'bandwidth')!;
    // EX-4.8: half of the light at 1 kHz
    expect(bandwidth.value / 1000).toBeCloseTo(1, 2);
    expect(bandwidth.status).toBe('ok');
  });

  it('EX-5.6: spectra of a two-colour pair tell +V from -V, 0.627 apart', async () => {
    const file = await simulateTo(
      'spectra.csv',
      ...[
        'light-emitting-memory',
        '--set',
        'preset=LEM-2C',
        '--sweep',
        '0:6:0.05:-6:0',
        '--spectra',
        '6V,-6V',
      ],
    );
    const quantities = await quantitiesOf(file);
    const value = (id: string) => quantities.find((one) => one.id === id)!.value;
    expect(value('peakWavelength')).toBeCloseTo(532, 1);
    expect(value('fwhm')).toBeCloseTo(16, 1);
    expect(value('stateResolution')).toBeCloseTo(0.627, 3);
  });

  it.each([
    [
      'a model that is not that of the test',
      ['light-emitting-cell', '--endurance', '5'],
      /tests a resistive-memory/,
    ],
    [
      'a test and a sweep',
      ['resistive-memory', '--endurance', '5', '--sweep', '0:1:0.1'],
      /exclude each other/,
    ],
    [
      'a test against a file',
      ['resistive-memory', '--endurance', '5', '--against', 'x.csv'],
      /exclude each other/,
    ],
    ['no cycles', ['resistive-memory', '--endurance', '0'], /1 to 100,000 readings/],
    ['a billion cycles', ['resistive-memory', '--endurance', '1e9'], /1 to 100,000 readings/],
    ['half a cycle', ['resistive-memory', '--endurance', '1.5'], /1 to 100,000 readings/],
    ['times that fall', ['resistive-memory', '--retention', '10:1:3'], /must rise/],
    ['two times only', ['resistive-memory', '--retention', '1:10'], /FROM:TO:PER_DECADE/],
    ['a width of 0', ['resistive-memory', '--pulse-widths', '1us,0'], /above 0 s/],
    ['widths in volts', ['resistive-memory', '--pulse-widths', '1V'], /'V' is no unit/],
    ['no frequencies', ['light-emitting-cell', '--frequencies', '1:10:1'], /2 to 10000 points/],
    ['an unknown preset', ['resistive-memory', '--endurance', '5', '--set', 'preset=X'], /no preset 'X'/],
    [
      'an unknown parameter',
      ['resistive-memory', '--endurance', '5', '--set', 'colour=1'],
      /no parameter "colour"/,
    ],
    ['absurd spread', ['resistive-memory', '--endurance', '5', '--set', 'highDecades=99'], /highDecades/],
    [
      'spectra without a colour',
      ['light-emitting-memory', '--sweep', '0:6:1', '--spectra', '6V'],
      /emissionWavelength/,
    ],
    [
      'spectra where the drive never is',
      ['light-emitting-memory', '--set', 'preset=LEM-2C', '--sweep', '0:6:1', '--spectra', '7V'],
      /no row at 7 V/,
    ],
    ['sizes of no crossbar', ['resistive-memory', '--sweep', '0:1:0.1', '--sizes', '4'], /model crossbar/],
    ['a crossbar of half a line', ['crossbar', '--sizes', '2.5'], /whole/],
  ])('answers %s', async (_, words, sentence) => {
    const { status, stderr } = await runCliHere(['simulate', ...words]);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('crossbar: the numbers of lines that are asked for, with and without a selector', async () => {
    const margins = async (...words: string[]): Promise<number[]> => {
      const { records } = await runCliHere([
        'simulate',
        'crossbar',
        '--sizes',
        '256,4,32',
        ...words,
        '--json',
      ]);
      const columns = records[0]!['columns'] as Record<string, number[]>;
      expect(columns['size']).toEqual([4, 32, 256]);
      return columns['readMargin']!;
    };
    const bare = await margins();
    const selected = await margins('--set', 'preset=selector-half');
    expect(bare[0]!).toBeGreaterThan(bare[2]!);
    expect(selected[2]!).toBeGreaterThan(10 * bare[2]!);
  });
});

describe('simulate: a virgin device', () => {
  it('P62: forming in two steps at about 4.5 V is MULTIPLE_EVENTS, and the forming voltage stands out of the later SETs', async () => {
    const file = join(folder, 'forming.csv');
    await runCliHere([
      ...['simulate', 'resistive-memory', '--set', 'formingVoltage=4.5V', '--set', 'formingStepVoltage=4.9V'],
      ...['--set', 'virginResistance=4Gohm', '--set', 'complianceCurrent=1mA'],
      ...['--sweep', `0:5.4:0.02:0:-2:0${':2:0:-2:0'.repeat(4)}`, '--out', file],
    ]);
    const { records } = await runCliHere(['analyse', file, '--recipe', 'rram-iv', '--json']);
    const quantities = records[0]!['quantities'] as {
      id: string;
      cycle: number | null;
      value: number;
      reasons: { code: string }[];
    }[];
    const forming = quantities.find((one) => one.id === 'formingVoltage')!;
    expect(Math.abs(forming.value - 4.5)).toBeLessThan(0.02);
    const sets = quantities.filter((one) => one.id === 'setVoltage');
    expect(sets[0]!.value).toBeCloseTo(forming.value, 6);
    expect(sets[0]!.reasons.map(({ code }) => code)).toContain('MULTIPLE_EVENTS');
  });
});

describe('simulate --drive', () => {
  const WORDS = ['simulate', 'light-emitting-cell', '--set', 'preset=TEL-S'];
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };
  const time = Array.from({ length: 400 }, (_, k) => k * 0.1e-6);
  const square = (t: number) => (t > 5e-6 && t < 25e-6 ? 6 : 0);

  it('the stimulus of a scope capture drives, not the other channels', async () => {
    const rows = time.map((t) => `${t},${0.01 * Math.sin(1e6 * t)},${square(t)}`);
    const file = await write('capture.csv', `Time (s),Photodiode (V),Drive (V)\n${rows.join('\n')}\n`);
    const { status, records } = await runCliHere([...WORDS, '--drive', file, '--json']);
    expect(status).toBe(0);
    const columns = records[0]!['columns'] as Record<string, number[]>;
    expect(columns['voltage_V']).toEqual(time.map(square));
    expect(Math.max(...columns['light_W']!)).toBeGreaterThan(0.9);
  });

  it('--drive-column takes a channel by name, a file without times the sweep rate, and says so', async () => {
    const rows = time.map((t) => `${t},0,${square(t)}`);
    const file = await write('channels.csv', `Time (s),CH1 (V),CH2 (V)\n${rows.join('\n')}\n`);
    const named = await runCliHere([...WORDS, '--drive', file, '--drive-column', 'CH2', '--json']);
    expect(Math.max(...(named.records[0]!['columns'] as Record<string, number[]>)['voltage_V']!)).toBe(6);
    const guessed = await runCliHere([...WORDS, '--drive', file]);
    expect(guessed.stderr).toMatch(/'CH1 \(V\)' of 'channels' drives, the first of/);
    const missing = await runCliHere([...WORDS, '--drive', file, '--drive-column', 'CH9']);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toMatch(/no column 'CH9'.*CH1/);
    const sweep = await write('sweep.csv', 'Voltage (V),Current (A)\n0,0\n1,1e-6\n2,2e-6\n3,3e-6\n');
    const clocked = await runCliHere([...WORDS, '--drive', sweep, '--json']);
    expect(clocked.stderr).toMatch(/no times; they follow from the sweep rate/);
    expect((clocked.records[0]!['columns'] as Record<string, number[]>)['time_s']).toEqual([0, 10, 20, 30]);
  });

  it.each([
    ['a gap', '0,0\n1e-6,\n2e-6,1\n3e-6,2\n', /gap: row 2 of 4 has no voltage/],
    ['a row without a time', '0,0\n,1\n2e-6,1\n3e-6,2\n', /gap: row 2 of 4 has no time/],
    ['a time that falls', '0,0\n2e-6,1\n1e-6,1\n3e-6,2\n', /falls from/],
  ])('answers %s with its row', async (name, rows, sentence) => {
    const file = await write(`${name}.csv`, `Time (s),Drive (V)\n${rows}`);
    const { status, stderr } = await runCliHere([...WORDS, '--drive', file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});

describe('simulate: values no bench has, each answered at once', () => {
  const CELL = ['light-emitting-cell', '--sweep', '0:1:0.1', '--set'];
  it.each([
    ['a negative resistance', [...CELL, 'seriesResistance=-1'], /Series resistance/],
    ['an ideality factor of 0', [...CELL, 'idealityFactor=0'], /Ideality factor/],
    ['no number', [...CELL, 'seriesResistance=NaN'], /seriesResistance/],
    ['a billion steps', ['light-emitting-cell', '--sweep', '0:8:8n'], /1,000,000,001 points/],
    ['a billion pulses', ['resistive-memory', '--pulse', '0:1:1u:2u:1e9'], /the limit is/],
    ['absurd noise', [...CELL, 'noiseRelative=1e9'], /Relative noise/],
    ['an unknown preset', [...CELL, 'preset=LEC-X'], /no preset "LEC-X"/],
    ['a sweep rate of 0', [...CELL, 'sweepRate=0'], /sweep rate must be above 0/],
    ['a file that is not there', ['light-emitting-cell', '--drive', 'nowhere.csv'], /nowhere\.csv/],
  ])('%s', async (_, words, sentence) => {
    const started = performance.now();
    const { status, stderr } = await runCliHere(['simulate', ...words]);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe.skipIf(!hasRealCurves)('simulate --drive with real captures (needs ../shared)', () => {
  it.each([
    ['keysight-infiniivision/scope-2ch-eng-notation.csv', 1000],
    ['rigol/ds1054z-4ch-sequence-start-increment.csv', null],
    ['tektronix/mso3012-tek0000-2ch.csv', null],
    ['lecroy/wavesurfer4024hd-C1.csv', null],
    ['siglent/sds1202xe-full-header.csv', null],
    ['owon/hds242-wave1-10x-probe.csv', null],
  ])('%s drives a cell on its own times', async (name, rows) => {
    const file = join(REAL_CURVES, name);
    const { status, records, stderr } = await runCliHere([
      ...['simulate', 'light-emitting-cell', '--drive', file, '--json'],
    ]);
    expect(stderr).not.toMatch(/sweep rate/);
    expect(status).toBe(0);
    const { time_s, voltage_V, current_A } = records[0]!['columns'] as Record<string, number[]>;
    if (rows !== null) expect(time_s).toHaveLength(rows);
    expect(time_s!.length).toBeGreaterThan(300);
    expect(time_s!.every((t, k) => k === 0 || t >= time_s![k - 1]!)).toBe(true);
    // the static law at the largest voltage
    const top = voltage_V!.reduce((best, v, k) => (v > voltage_V![best]! ? k : best), 0);
    const swept = await runCliHere([
      ...['simulate', 'modified-shockley', '--sweep', `0:${voltage_V![top]}:1`, '--json'],
    ]);
    const last = (swept.records[0]!['columns'] as Record<string, number[]>)['current_A']!.at(-1)!;
    expect(Math.abs(current_A![top]! - last)).toBeLessThan(1e-9 * Math.abs(last) + 1e-18);
  });
});

describe('fit --model of a simulator', () => {
  it('adjusts the named parameters, from the preset, on the drive of the file', async () => {
    const file = join(folder, 'memory.csv');
    await runCliHere([
      ...['simulate', 'resistive-memory', '--set', 'lowResistance=1k', '--set', 'setVoltage=0.9'],
      ...['--sweep', '0:2:0.02:0:-2:0', '--out', file],
    ]);
    const { status, records } = await runCliHere([
      ...['fit', file, '--model', 'resistive-memory', '--set', 'preset=RRAM-S', '--weights', 'relative'],
      ...['--free', 'lowResistance', '--free', 'setVoltage', '--json'],
    ]);
    expect(status).toBe(0);
    expect(records[0]!['model']).toBe('resistive-memory');
    const parameters = records[0]!['parameters'] as { id: string; value: number; unit: string }[];
    expect(parameters.map(({ id, unit }) => [id, unit])).toEqual([
      ['lowResistance', 'ohm'],
      ['setVoltage', 'V'],
    ]);
    expect(parameters[0]!.value).toBeCloseTo(1000, 0);
    expect(parameters[1]!.value).toBeCloseTo(0.9, 2);
  });

  it('answers a preset of a model that has none, and a parameter that is not there', async () => {
    const file = join(folder, 'cell.csv');
    const wrong = await runCliHere(['fit', file, '--model', 'modified-shockley', '--set', 'preset=LEC-F']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/preset belongs to the simulators/);
    const unknown = await runCliHere(['fit', file, '--model', 'light-emitting-cell', '--free', 'colour']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(/no parameter 'colour'/);
  });
});
