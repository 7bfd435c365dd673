import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildSweep, simulate } from '../../../fitting/index.ts';
import { runJob } from '../../../src/pipeline/job.ts';
import { chooseRecipe } from '../../../src/recipes/choose-recipe.ts';
import { makeMeasurement } from '../../support/measurements.ts';

interface TruthRow {
  readonly file: string;
  readonly recipe: string;
}
const truth = JSON.parse(readFileSync('sample-data/truth.json', 'utf8')) as { rows: readonly TruthRow[] };
const expected = new Map(truth.rows.map(({ file, recipe }) => [file, recipe]));

function chooseFor(path: string): string | null {
  const response = runJob({
    type: 'import',
    file: { name: path, bytes: new Uint8Array(readFileSync(path)) },
  });
  if (!response.ok) throw new Error(response.issues[0].message);
  return chooseRecipe(response.value.measurements[0]!);
}

describe('recipe auto', () => {
  it.each([...expected])('%s is taken for %s', (file, recipe) => {
    expect(chooseFor(`sample-data/${file}`)).toBe(recipe);
  });

  const REAL = '../shared/real-curves';
  it.skipIf(!existsSync(REAL)).each([
    ['keithley-acs/acs-basic-memristor-p1V-m4V.csv', 'rram-iv'],
    ['keithley-kickstart/2450-diode-vf-1ch.csv', 'lec-iv'],
    ['keithley-2636b/sbd-gan-iv.csv', 'lec-iv'],
    ['keysight-easyexpert/b1505-diode-blank-cells-compliance.csv', 'lec-iv'],
    ['keithley-kickstart/2461-vo2-dual-sweep-hysteresis.csv', 'rram-iv'],
    ['keithley-kickstart/2450-resistor-sweep.csv', 'regimes'],
    ['ocean-optics/spectrasuite-usb4000.txt', 'spectrum'],
  ])('%s is taken for %s (needs ../shared)', (file, recipe) => {
    expect(chooseFor(`${REAL}/${file}`)).toBe(recipe);
  });

  const SIMULATED: readonly (readonly [model: string, preset: string, sweep: string, recipe: string])[] = [
    ['light-emitting-cell', 'LEC-FR', '0:8:0.05:0', 'lec-iv'],
    ['light-emitting-cell', 'LEC-F', '0:8:0.5', 'lec-iv'],
    ['light-emitting-cell', 'LEC-ION', '0:8:0.05:0', 'lec-iv'],
    ['resistive-memory', 'RRAM-S', '0:2:0.01:0:-2:0', 'rram-iv'],
    ['resistive-memory', 'DUAL-S', '0:2:0.01:-4:0', 'rram-iv'],
    ['light-emitting-memory', 'LEM-A', '0:8:0.02:0:-8:0', 'lem-iv'],
    ['light-emitting-memory', 'LEM-A', '0:8:0.02:0', 'lem-iv'],
    ['light-emitting-memory', 'LEM-printed', '0:8:0.02:0:-8:0', 'lem-iv'],
  ];
  it.each(SIMULATED)('%s %s over %s is taken for what it is: %s', (model, preset, sweep, recipe) => {
    // the printed currents of LEM are a thousandth: an instrument that can show them has less noise
    const noiseFloor = preset === 'LEM-printed' ? 2e-12 : 2e-9;
    const limit = preset === 'RRAM-S' || preset === 'DUAL-S' ? { complianceCurrent: 1e-3 } : {};
    const simulation = simulate(
      model,
      { preset, noiseRelative: 0.01, noiseFloor, ...limit },
      buildSweep(sweep, 0.1),
    );
    if ('refused' in simulation) throw new Error(simulation.message);
    const { voltage_V, current_A } = simulation.columns;
    const measurement = makeMeasurement('iv', [
      { role: 'voltage', unit: 'V', data: voltage_V! },
      { role: 'current', unit: 'A', data: current_A! },
    ]);
    expect(chooseRecipe(measurement)).toBe(recipe);
  });

  it('takes a resistor and a Child law for a matter of regimes, with 3 % of noise', () => {
    const voltage = Float64Array.from({ length: 100 }, (_, k) => 0.05 * (k + 1));
    for (const power of [1, 2]) {
      const current = voltage.map((v, k) => 1e-6 * v ** power * (1 + 0.03 * Math.sin(k * 12.9898)));
      const measurement = makeMeasurement('iv', [
        { role: 'voltage', unit: 'V', data: voltage },
        { role: 'current', unit: 'A', data: current },
      ]);
      expect(chooseRecipe(measurement)).toBe('regimes');
    }
  });

  it('knows nothing to do with a plain table', () => {
    expect(chooseRecipe(makeMeasurement('generic', [{ role: 'other', unit: '1', data: [1, 2] }]))).toBeNull();
  });
});
