import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INPUTS } from '../../../src/model/inputs.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { parseConditions } from '../../../src/pipeline/conditions.ts';
import { runJob } from '../../../src/pipeline/job.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { recordOf, recordsOf } from '../../support/analyse.ts';
import { FIELD_DEVICE, makeThreePieces } from '../../support/fixtures/conduction.ts';
import { FIXTURES } from '../../support/fixtures/index.ts';
import { makeLine } from '../../support/fixtures/light.ts';
import { makeCellLoop, makeSweep } from '../../support/iv-measurements.ts';
import { makeMeasurement } from '../../support/measurements.ts';

const CONTRACT = join(import.meta.dirname, '../../../../shared/CONTRACT.md');
const made = (id: string, name: string): Measurement =>
  FIXTURES.find((one) => one.id === id)!.make(11)[name]!;

type Texts = Readonly<Record<string, string>>;

/** As `--set NAME=TEXT` at the command line. */
function answer(
  measurement: Measurement,
  recipe: string,
  texts: Texts,
  siblings: readonly Measurement[] = [],
): MeasurementOutcome {
  const conditions = parseConditions(texts, 'user');
  if (!conditions.ok) throw new Error(conditions.issues.map(({ message }) => message).join(' '));
  const response = runJob({
    type: 'analyse',
    measurement,
    siblings,
    recipe,
    conditions: conditions.value,
    windows: [],
  });
  if (!response.ok) throw new Error(response.issues[0].message);
  return response.value.outcomes[0]!;
}

interface SetCase {
  readonly measurement: () => Measurement;
  readonly recipe?: string;
  readonly siblings?: readonly Measurement[];
  readonly with?: Texts;
  /** Two texts for the name, and what each is in SI (or the word itself). */
  readonly texts: readonly [string, string];
  readonly si: readonly [number | string, number | string];
  /** Number or word that must change between the two. */
  read(outcome: MeasurementOutcome): number | string | null;
  /** Of the second over the first, where the law says it. */
  readonly ratio?: number;
  /** Largest share by which the ratio may be missed.  @default 0.005 */
  readonly within?: number;
}

const valueOfFirst =
  (id: Parameters<typeof recordOf>[1], choice: Parameters<typeof recordOf>[2] = {}) =>
  (outcome: MeasurementOutcome): number | string | null =>
    recordOf(outcome, id, choice).value;

const LAYER = { thickness: '800nm', area: '0.785mm2', permittivity: '20', interfaceThickness: '0nm' };
const TRAPS = { measurement: () => makeThreePieces(2, 10), recipe: 'regimes', with: LAYER };
const LIGHT = { measurement: () => made('FX-12', '0.5 %') };
const DELAY = {
  ...LIGHT,
  with: { thickness: '800nm', drive: '6V', builtInVoltage: '2.33V', channelSkew: '0s' },
};
const PHOTONS = {
  ...LIGHT,
  with: {
    photonEnergy: '2.326eV',
    quantumEfficiency: '0.01',
    area: '0.785mm2',
    thickness: '800nm',
    responsivity: '0.4A/W',
    loadResistance: '1Mohm',
    onCurrent: '8.66mA',
  },
};
const PULSE = {
  measurement: () => made('FX-7', 'set'),
  recipe: 'rram-pulse',
  with: { loadResistance: '50ohm', sourceResistance: '0ohm' },
};
const PAIRS = { measurement: () => made('FX-18', 'pairs') };
const BARRIERS = {
  measurement: () =>
    makeMeasurement('series', [
      { role: 'other', unit: 'eV', data: [4.26, 4.5, 4.65, 5.1], label: 'Work function (eV)' },
      { role: 'other', unit: 'eV', data: [0.62, 0.75, 0.81, 1.05], label: 'Barrier height (eV)' },
    ]),
};
const masked = ({ conditioned }: MeasurementOutcome): number => conditioned!.counts.compliance;
const first = (id: Parameters<typeof recordOf>[1]) => (outcome: MeasurementOutcome) =>
  recordOf(outcome, id).convention;

const CASES: Readonly<Record<string, SetCase>> = {
  temperature: {
    measurement: () => makeSweep(makeCellLoop()),
    texts: ['300K', '330K'],
    si: [300, 330],
    read: valueOfFirst('idealityFactor'),
    ratio: 300 / 330,
  },
  thickness: {
    ...TRAPS,
    texts: ['800nm', '1.6um'],
    si: [800e-9, 1.6e-6],
    read: valueOfFirst('trapDensity'),
    ratio: 1 / 4,
  },
  area: {
    measurement: () => makeSweep(makeCellLoop()),
    texts: ['0.785mm2', '9mm2'],
    si: [0.785e-6, 9e-6],
    read: valueOfFirst('currentDensity'),
    ratio: 0.785 / 9,
  },
  permittivity: { ...TRAPS, texts: ['20', '40'], si: [20, 40], read: valueOfFirst('trapDensity'), ratio: 2 },
  opticalPermittivity: {
    measurement: () => made('FX-11', 'eps 5'),
    recipe: 'regimes',
    with: { thickness: '200nm', area: `${FIELD_DEVICE.area * 1e6}mm2`, interfaceThickness: '0nm' },
    texts: ['5', '3'],
    si: [5, 3],
    read: valueOfFirst('conductionMechanism'),
  },
  loadResistance: {
    ...PULSE,
    texts: ['50ohm', '0.1kohm'],
    si: [50, 100],
    read: valueOfFirst('totalEnergy'),
    ratio: 0.5,
  },
  sourceResistance: { ...PULSE, texts: ['0', '200ohm'], si: [0, 200], read: valueOfFirst('switchingEnergy') },
  readVoltage: {
    measurement: () => made('FX-4', 'loop'),
    texts: ['100mV', '0.5V'],
    si: [0.1, 0.5],
    read: valueOfFirst('highResistance'),
    // (1 + V/V_x) with V_x 0.3 V, two readings of 1 %
    ratio: (1 + 0.1 / 0.3) / (1 + 0.5 / 0.3),
    within: 0.04,
  },
  complianceCurrent: {
    measurement: () =>
      makeSweep({ ...makeCellLoop(), current: makeCellLoop().current.map((i) => Math.min(i, 5e-3)) }),
    texts: ['5mA', 'none'],
    si: [5e-3, 'none'],
    read: masked,
  },
  complianceCurrentNegative: {
    measurement: () => made('FX-6', 'loop'),
    with: { complianceCurrent: '1mA' },
    texts: ['1mA', 'none'],
    si: [1e-3, 'none'],
    read: masked,
  },
  sweepRate: {
    measurement: () => makeSweep(makeCellLoop()),
    texts: ['0.1V/s', '50mV/s'],
    si: [0.1, 0.05],
    read: valueOfFirst('sweepRate'),
    ratio: 0.5,
  },
  drive: {
    ...DELAY,
    texts: ['6V', '9.67V'],
    si: [6, 9.67],
    read: valueOfFirst('mobility'),
    ratio: 3.67 / 7.34,
  },
  builtInVoltage: { ...DELAY, texts: ['2V', '0V'], si: [2, 0], read: valueOfFirst('mobility'), ratio: 4 / 6 },
  turnOnVoltage: {
    ...DELAY,
    with: { ...DELAY.with, effectiveVoltage: 'minus-turn-on' },
    texts: ['3V', '0V'],
    si: [3, 0],
    read: valueOfFirst('mobility'),
    ratio: 0.5,
  },
  seriesResistance: {
    ...DELAY,
    with: { ...DELAY.with, effectiveVoltage: 'minus-built-in-and-series', onCurrent: '10mA' },
    texts: ['100ohm', '0ohm'],
    si: [100, 0],
    read: valueOfFirst('mobility'),
    ratio: 2.67 / 3.67,
  },
  quantumEfficiency: {
    ...PHOTONS,
    texts: ['0.01', '0.02'],
    si: [0.01, 0.02],
    read: valueOfFirst('opticalTrapDensity'),
    ratio: 0.5,
  },
  photonEnergy: {
    ...PHOTONS,
    texts: ['2eV', '4eV'],
    si: [2, 4],
    read: valueOfFirst('opticalTrapDensity'),
    ratio: 0.5,
  },
  collectionEfficiency: {
    ...PHOTONS,
    texts: ['1', '0.5'],
    si: [1, 0.5],
    read: valueOfFirst('opticalTrapDensity'),
    ratio: 2,
  },
  responsivity: {
    ...PHOTONS,
    texts: ['0.4A/W', '0.8A/W'],
    si: [0.4, 0.8],
    read: valueOfFirst('opticalTrapDensity'),
    ratio: 0.5,
  },
  onCurrent: {
    ...PHOTONS,
    texts: ['8.66mA', '17.32mA'],
    si: [8.66e-3, 17.32e-3],
    read: (outcome) => recordsOf(outcome, 'opticalTrapDensity')[1]!.value,
    ratio: 2,
  },
  instrumentRiseTime: { ...LIGHT, texts: ['1us', '3us'], si: [1e-6, 3e-6], read: valueOfFirst('riseTime') },
  instrumentLineWidth: {
    measurement: () => makeLine(533, 3),
    texts: ['1.5nm', '8nm'],
    si: [1.5e-9, 8e-9],
    read: valueOfFirst('fwhm'),
    // sqrt(16^2 - 8^2)/sqrt(16^2 - 1.5^2)
    ratio: Math.sqrt((256 - 64) / (256 - 2.25)),
  },
  darkSpectrum: {
    measurement: () => {
      const line = makeLine(533, 3);
      const columns = line.curve.columns.map((column) =>
        column.role === 'intensity' ? { ...column, data: column.data.map((v) => v + 300) } : column,
      );
      return { ...line, curve: { ...line.curve, columns } };
    },
    siblings: ['dark.txt', 'bright.txt'].map((file, k) => ({
      ...makeLine(533, 3, 16, 0),
      title: file,
      source: { ...makeLine(533, 3).source, file },
      id: `${file}#0` as Measurement['id'],
      curve: {
        ...makeLine(533, 3).curve,
        columns: makeLine(533, 3).curve.columns.map((column) =>
          column.role === 'intensity' ? { ...column, data: column.data.map(() => 300 * (1 - k)) } : column,
        ),
      },
    })),
    texts: ['dark.txt', 'bright.txt'],
    si: ['dark.txt', 'bright.txt'],
    read: valueOfFirst('cieX'),
  },
  channelSkew: { ...LIGHT, texts: ['0s', '100ns'], si: [0, 1e-7], read: valueOfFirst('delayTime') },
  breakLevel: {
    ...LIGHT,
    texts: ['0.03', '10%'],
    si: [0.03, 0.1],
    read: valueOfFirst('breakTime', { convention: /^fast decay down to/ }),
    ratio: Math.log(0.1) / Math.log(0.03),
  },
  interfaceThickness: {
    ...TRAPS,
    with: { ...LAYER, interfacePermittivity: '3' },
    texts: ['0nm', '40nm'],
    si: [0, 40e-9],
    read: valueOfFirst('trapDensity'),
    ratio: 0.75,
  },
  interfacePermittivity: {
    ...TRAPS,
    with: { ...LAYER, interfaceThickness: '40nm' },
    texts: ['3', '1'],
    si: [3, 1],
    read: valueOfFirst('trapDensity'),
    ratio: 0.5 / 0.75,
  },
  wiring: {
    measurement: () => {
      const loop = made('FX-19', 'LEM-A');
      return {
        ...loop,
        curve: { ...loop.curve, columns: loop.curve.columns.filter(({ role }) => role !== 'light') },
      };
    },
    texts: ['left', 'right'],
    si: ['left', 'right'],
    read: valueOfFirst('emittingDevice'),
  },
  polarity: {
    measurement: () => made('FX-4', 'loop'),
    texts: ['+1', '-1'],
    si: ['+1', '-1'],
    read: ({ conditioned }) => conditioned!.polarity,
  },
  levels: {
    ...LIGHT,
    texts: ['plateau', '0:0.5'],
    si: ['plateau', '0:0.5'],
    read: valueOfFirst('highLevel'),
  },
  transition: { ...LIGHT, texts: ['10:90', '20:80'], si: ['10:90', '20:80'], read: valueOfFirst('riseTime') },
  delayReference: { ...LIGHT, texts: ['50%', '10%'], si: ['50%', '10%'], read: first('delayTime') },
  onset: { ...LIGHT, texts: ['fit', '10%'], si: ['fit', '10%'], read: valueOfFirst('delayTime') },
  effectiveVoltage: {
    ...DELAY,
    texts: ['applied', 'minus-built-in'],
    si: ['applied', 'minus-built-in'],
    read: valueOfFirst('mobility'),
    ratio: 6 / 3.67,
  },
  bandwidthLevel: {
    measurement: () => made('FX-14', 'response'),
    texts: ['0.5', '0.7071'],
    si: ['0.5', '0.7071'],
    read: valueOfFirst('bandwidth'),
    ratio: 1 / Math.sqrt(3),
  },
  whitePoint: {
    measurement: () => makeLine(533, 3),
    texts: ['D65', 'E'],
    si: ['D65', 'E'],
    read: valueOfFirst('dominantWavelength'),
  },
  pulseInterval: {
    ...PAIRS,
    texts: ['end-to-start', 'onset-to-onset'],
    si: ['end-to-start', 'onset-to-onset'],
    read: first('pairedPulseIndex'),
  },
  pairedPulseForm: {
    ...PAIRS,
    texts: ['ratio', 'difference'],
    si: ['ratio', 'difference'],
    read: valueOfFirst('pairedPulseIndex'),
    ratio: 0.3978 / 1.3978,
  },
  barrierSign: { ...BARRIERS, texts: ['n', 'p'], si: ['n', 'p'], read: first('slopeParameter') },
};

describe('--set names of CONTRACT: each is accepted, parsed with its unit, and does what it says', () => {
  it.each(Object.entries(CASES))('%s', (name, one) => {
    const outcomes = one.texts.map((text, k) => {
      const parsed = parseConditions({ [name]: text }, 'user');
      if (!parsed.ok) throw new Error(parsed.issues[0].message);
      const { value, from } = parsed.value[name as keyof typeof parsed.value]!;
      if (typeof value === 'number')
        expect(value / ((one.si[k] as number) || 1)).toBeCloseTo(one.si[k] === 0 ? 0 : 1, 12);
      else expect(value).toBe(one.si[k]);
      expect(from).toBe('user');
      return answer(one.measurement(), one.recipe ?? 'auto', { ...one.with, [name]: text }, one.siblings);
    });
    const [a, b] = outcomes.map((outcome) => one.read(outcome));
    expect(b, `${name}: ${a} and ${b}`).not.toEqual(a);
    if (one.ratio !== undefined) {
      const off = (b as number) / (a as number) / one.ratio - 1;
      expect(Math.abs(off)).toBeLessThan(one.within ?? 0.005);
    }
  });

  it('a wrong unit, an unknown word and an unknown name are refused with what can be given', () => {
    for (const [texts, words] of [
      [{ thickness: '800V' }, /Active-layer thickness/],
      [{ transition: '30:70' }, /10:90|is no choice/],
      [{ thicknes: '800nm' }, /no input 'thicknes'/],
    ] as const) {
      const parsed = parseConditions(texts, 'user');
      expect(parsed.ok).toBe(false);
      if (!parsed.ok) expect(`${parsed.issues[0].message} ${parsed.issues[0].hint ?? ''}`).toMatch(words);
    }
  });

  it('every input of the program has a case here', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(INPUTS.map(({ id }) => id as string).toSorted());
  });

  it.skipIf(!existsSync(CONTRACT))(
    'every --set name of ../shared/CONTRACT.md has a case (needs ../shared)',
    () => {
      const text = readFileSync(CONTRACT, 'utf8');
      const section = text.slice(text.indexOf('## `--set` names'), text.indexOf('## Model ids'));
      const names = [...section.matchAll(/`([a-z][A-Za-z]+)`/g)]
        .map(([, name]) => name!)
        .filter((name) => /^(?!set$)/.test(name));
      const words = new Set(INPUTS.flatMap((input) => ('choices' in input ? input.choices : [])) as string[]);
      const missing = names.filter((name) => !(name in CASES) && !words.has(name));
      expect(missing).toEqual([]);
    },
  );
});
