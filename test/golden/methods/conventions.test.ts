import { describe, expect, it } from 'vitest';
import { plottingPositions } from '../../../fitting/index.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import { analyse, numbersIn, recordsOf, valueIn } from '../../support/analyse.ts';
import { makeThreePieces } from '../../support/fixtures/conduction.ts';
import { FIXTURES } from '../../support/fixtures/index.ts';
import { LEC_F, makeCellLoop, makeSweep } from '../../support/iv-measurements.ts';
import { makeMeasurement } from '../../support/measurements.ts';
import { METHODS_TEXT } from '../../support/methods-text.ts';

const made = (id: string, name: string): Measurement =>
  FIXTURES.find((one) => one.id === id)!.make(11)[name]!;

/** How a record names its convention: `convention`, else the method. */
const nameOf = ({ convention, method }: { convention: string | null; method: string }): string =>
  `${convention ?? ''} | ${method}`;

interface Row {
  /** First column of METHODS 11. */
  readonly quantity: string;
  readonly id: QuantityId;
  readonly measurement: () => Measurement;
  readonly asked?: Parameters<typeof analyse>[1];
  /** The convention of the first record. */
  readonly inForce: RegExp;
  /** Further records under the same id, or another id. */
  readonly beside?: readonly RegExp[];
  readonly besideId?: readonly QuantityId[];
  /** `--set` values and the convention that then comes first. */
  readonly chosen?: readonly (readonly [Readonly<Record<string, string | number>>, RegExp])[];
}

/** The cell of FX-1 with a light that follows its current above 10 uA. */
const lit = (): Measurement => {
  const loop = makeCellLoop({ noise: { relative: 0.01, absolute: 2e-9, seed: 3 } });
  const light = loop.current.map((i, k) => Math.max(0, 1e-3 * (i - 1e-5)) + 1e-9 * Math.sin(7 * k));
  return makeSweep({ ...loop, light });
};

const spectra = (): Measurement => {
  const nm = Array.from({ length: 300 }, (_, i) => 450 + 0.5 * i);
  const line = (centre: number) => nm.map((v) => 1000 * Math.exp(-((v - centre) ** 2) / 100));
  return makeMeasurement('spectrum', [
    { role: 'wavelength', unit: 'm', data: nm.map((v) => v * 1e-9) },
    { role: 'intensity', unit: 'counts', label: 'Absorption', data: line(518) },
    { role: 'intensity', unit: 'counts', label: 'PL', data: line(526) },
  ]);
};

const barriers = (): Measurement =>
  makeMeasurement('series', [
    { role: 'other', unit: 'eV', data: [4.26, 4.5, 4.65, 5.1], label: 'Work function (eV)' },
    { role: 'other', unit: 'eV', data: [0.62, 0.75, 0.81, 1.05], label: 'Barrier height (eV)' },
  ]);

const conductivity = (): Measurement => {
  const kelvin = [280, 290, 300, 310, 320, 330, 340];
  return makeMeasurement('series', [
    { role: 'temperature', unit: 'K', data: kelvin, label: 'Temperature (K)' },
    {
      role: 'other',
      unit: '1',
      data: kelvin.map((t) => Math.exp(-0.35 / (8.617333262e-5 * t)) / t),
      label: 'Ionic conductivity',
    },
  ]);
};

const DRIVEN = {
  thickness: 800e-9,
  drive: 6,
  builtInVoltage: 2.33,
  turnOnVoltage: 3.8,
  seriesResistance: 254,
  onCurrent: 8e-3,
} as const;

const ROWS: readonly Row[] = [
  {
    quantity: 'V_on',
    id: 'turnOnVoltage',
    measurement: lit,
    asked: { set: { area: 0.785e-6 } },
    inForce: /^tangent \|/,
    // all others of 1.4; the threshold of the light is an id of its own
    beside: [
      /^tangent-10%/,
      /^current-1mA/,
      /^current-0.1mA/,
      /^current-10uA/,
      /^density-10mA/,
      /^density-1mA/,
      /^density-0.1mA/,
      /^max-d2I\/dV2/,
      /^max-dlnI\/dV/,
      /^max-dlnI\/dlnV/,
      /^max-d2lnI\/dV2/,
    ],
    besideId: ['lightTurnOnVoltage'],
  },
  {
    quantity: 'EL turn-on',
    id: 'lightTurnOnVoltage',
    measurement: lit,
    inForce: /^5-sigma/,
    beside: [/^10 % of the largest light/],
  },
  {
    quantity: 'hysteresis',
    id: 'hysteresisIndex',
    measurement: lit,
    inForce: /^area \|/,
    beside: [/^relative-area/, /^normalised-loop/, /^at-half-voltage/],
    besideId: ['hysteresisVoltage', 'hysteresisArea'],
  },
  {
    quantity: 'V_SET',
    id: 'setVoltage',
    measurement: () => made('FX-4', 'loop'),
    inForce: /^steepest-step/,
    beside: [
      /^max-dlnI/,
      /^max-dI/,
      /^max-curvature/,
      /^factor-1.5/,
      /^factor-2/,
      /^factor-10/,
      /^decade-over-hrs/,
      /^tenth-of-compliance/,
      /^first-in-compliance/,
      /^chord-separation/,
      /^charge-flux/,
    ],
  },
  {
    quantity: 'V_RESET',
    id: 'resetVoltage',
    measurement: () => made('FX-4', 'loop'),
    inForce: /^steepest-drop/,
    beside: [/^current-peak/, /^half-of-peak/, /^tenth-of-peak/],
  },
  {
    quantity: 'R state',
    id: 'highResistance',
    measurement: () => made('FX-4', 'loop'),
    inForce: /^chord/,
    besideId: ['differentialResistance'],
  },
  {
    quantity: 'ON/OFF',
    id: 'onOffRatio',
    measurement: () => made('FX-4', 'loop'),
    inForce: /^resistance-ratio/,
  },
  {
    quantity: 'endurance fail',
    id: 'enduranceCycles',
    measurement: () => made('FX-17', 'all'),
    inForce: /^ratio below 10/,
    beside: [/^a level outside a factor 2 of its median/],
  },
  {
    quantity: 'retention axis',
    id: 'extrapolatedResistance',
    measurement: () => made('FX-16', 'states'),
    inForce: /log R against log t/,
    beside: [/10 years, R against log t/, /10 years, ln R against t/],
  },
  {
    quantity: 'energy',
    id: 'switchingEnergy',
    measurement: () => made('FX-7', 'set'),
    asked: { recipe: 'rram-pulse', set: { loadResistance: 50, sourceResistance: 0 } },
    inForce: /^device, whole pulse/,
    beside: [/^device, to the switching/, /^device, minus capacitive/],
    besideId: ['totalEnergy'],
  },
  {
    quantity: 'SCLC V',
    id: 'spaceChargeMobility',
    measurement: () => makeThreePieces(2, 10),
    asked: {
      recipe: 'regimes',
      set: { thickness: 800e-9, area: 0.785e-6, permittivity: 20, builtInVoltage: 0.4, seriesResistance: 10 },
    },
    inForce: /^V − V_bi − I R_s/,
    beside: [/^voltage as measured/],
  },
  {
    quantity: 'V_TFL',
    id: 'trapFilledLimitVoltage',
    measurement: () => makeThreePieces(2, 10),
    asked: { recipe: 'regimes' },
    inForce: /^ohmic and steep segments cross/,
    beside: [/^steep and next segments cross/, /^steepest log-log slope/],
  },
  {
    quantity: 'levels',
    id: 'highLevel',
    measurement: () => made('FX-12', '0.5 %'),
    inForce: /^gated plateau/,
    chosen: [
      [{ levels: 'histogram' }, /^histogram/],
      [{ levels: 'min-max' }, /min/],
      [{ levels: '0:0.9' }, /given|user|0:0\.9/],
    ],
  },
  {
    quantity: 'transition',
    id: 'riseTime',
    measurement: () => made('FX-12', '0.5 %'),
    inForce: /^10-90 %/,
    beside: [/^20-80 %/, /^model fit/],
    chosen: [[{ transition: '20:80' }, /^20-80 %/]],
  },
  {
    quantity: 'time zero',
    id: 'delayTime',
    measurement: () => made('FX-12', '0.5 %'),
    inForce: /^50% of the drive/,
    chosen: [
      [{ delayReference: '10%' }, /^10% of the drive/],
      [{ delayReference: 'noise' }, /^noise|5sigma|first/],
    ],
  },
  {
    quantity: 'onset',
    id: 'delayTime',
    measurement: () => made('FX-12', '0.5 %'),
    inForce: /onset by fit/,
    beside: [/by 1%/, /by 2%/, /by 5%/, /by 10%/, /by 3sigma/, /by 5sigma/],
    chosen: (['1%', '2%', '5%', '10%', '3sigma', '5sigma'] as const).map(
      (onset) => [{ onset }, new RegExp(`onset by ${onset}`)] as const,
    ),
  },
  {
    quantity: 'V in mobility',
    id: 'mobility',
    measurement: () => made('FX-12', '0.5 %'),
    asked: { set: DRIVEN },
    inForce: /^V_eff = V − V_bi \|/,
    beside: [/^V_eff = V \|/, /^V_eff = V − V_on/, /^V_eff = V − V_bi − I R_s/],
    chosen: [
      [{ effectiveVoltage: 'applied' }, /^V_eff = V \|/],
      [{ effectiveVoltage: 'minus-turn-on' }, /^V_eff = V − V_on/],
      [{ effectiveVoltage: 'minus-built-in-and-series' }, /^V_eff = V − V_bi − I R_s/],
    ],
  },
  {
    quantity: '3 dB',
    id: 'bandwidth',
    measurement: () => made('FX-14', 'response'),
    inForce: /^0.5 \(optical.*one-pole fit/,
    beside: [/^0.7071.*one-pole fit/, /^0.5.*interpolation/, /^0.7071.*interpolation/],
    chosen: [[{ bandwidthLevel: '0.7071' }, /^0.7071/]],
  },
  {
    quantity: 'decay average',
    id: 'meanDecayTime',
    measurement: () => made('FX-12', '0.5 %'),
    inForce: /^amplitude-weighted/,
    beside: [/^intensity-weighted/],
  },
  {
    quantity: 'peak λ',
    id: 'peakWavelength',
    measurement: () => made('FX-15', '533 nm'),
    inForce: /^parabola, top 10 %/,
    beside: [/^largest pixel/, /^Gaussian fit/, /^pseudo-Voigt fit/],
    besideId: ['centroidWavelength'],
  },
  {
    quantity: 'colour',
    id: 'dominantWavelength',
    measurement: () => made('FX-15', '533 nm'),
    inForce: /^D65/,
    beside: [/^E \|/],
    chosen: [[{ whitePoint: 'E' }, /^E \|/]],
  },
  {
    quantity: 'S',
    id: 'slopeParameter',
    measurement: barriers,
    inForce: /^n-type/,
    chosen: [[{ barrierSign: 'p' }, /^p-type/]],
  },
  {
    quantity: 'ionic E_a',
    id: 'activationEnergy',
    measurement: conductivity,
    inForce: /^ln\(sigma T\)/,
    beside: [/^ln of the quantity/],
  },
  {
    quantity: 'PPF',
    id: 'pairedPulseIndex',
    measurement: () => made('FX-18', 'pairs'),
    inForce: /^A2\/A1/,
    chosen: [[{ pairedPulseForm: 'difference' }, /^\(A2 [-−] A1\)\/A1/]],
  },
  {
    quantity: 'PPF Δt',
    id: 'pairedPulseIndex',
    measurement: () => made('FX-18', 'pairs'),
    inForce: /end-to-start/,
    chosen: [[{ pulseInterval: 'onset-to-onset' }, /onset-to-onset/]],
  },
  {
    quantity: 'retention of learning',
    id: 'retentionRatio',
    measurement: () => made('FX-18', 'learning'),
    inForce: /F_k\/W_k/,
    besideId: ['retainedWeight'],
  },
];

/** Rows of METHODS 11 that are no convention of a record, each held by a test of its own below. */
const OTHERS = [
  'sign of V',
  'diode law',
  'temperature',
  'V_read',
  'average of R',
  'CDF positions',
  'LEM III/IV',
  'Stokes',
] as const;

describe('default conventions of METHODS 11', () => {
  it.each(ROWS.map((row) => [`${row.quantity} (${row.id})`, row] as const))(
    '%s: the default comes first, every alternative beside it or by --set',
    (_, row) => {
      const outcome = analyse(row.measurement(), row.asked);
      const records = recordsOf(outcome, row.id);
      expect(nameOf(records[0]!)).toMatch(row.inForce);
      const names = records.map(nameOf);
      for (const wanted of row.beside ?? [])
        expect(
          names.slice(1).some((name) => wanted.test(name)),
          `${wanted} among ${names.join('; ')}`,
        ).toBe(true);
      for (const id of row.besideId ?? []) expect(recordsOf(outcome, id).length, id).toBeGreaterThan(0);
      for (const [choice, wanted] of row.chosen ?? []) {
        const other = analyse(row.measurement(), {
          ...row.asked,
          set: { ...row.asked?.set, ...choice },
        });
        const [first] = recordsOf(other, row.id);
        expect(nameOf(first!), JSON.stringify(choice)).toMatch(wanted);
      }
    },
  );

  it('sign of V: as measured; polarity turns which side conducts', () => {
    const loop = makeCellLoop();
    const turned = makeSweep({ voltage: loop.voltage.map((v) => -v), current: loop.current.map((i) => -i) });
    expect(analyse(turned).conditioned!.polarity).toBe(-1);
    const both = made('FX-4', 'loop');
    expect(analyse(both, { set: { polarity: '-1' } }).conditioned!.polarity).toBe(-1);
    expect(analyse(both, { set: { polarity: '+1' } }).conditioned!.polarity).toBe(1);
  });

  it('diode law: with -1; the printed form by an option of the analysis, named in the record', () => {
    const loop = makeSweep(makeCellLoop());
    const usual = recordsOf(analyse(loop), 'idealityFactor', { method: 'modified-shockley' })[0]!;
    expect(usual.convention).toBeNull();
    const printed = analyse(loop, {
      recipe: {
        schema: 1,
        id: 'printed',
        label: 'printed form',
        importer: 'auto',
        steps: [{ analysis: 'diode-parameters', branches: 'all', options: { printedForm: true } }],
        windows: {},
        figures: [],
      },
    });
    expect(recordsOf(printed, 'idealityFactor')[0]!.convention).toBe('printed-form');
    expect(Math.abs((usual.value as number) - LEC_F.idealityFactor)).toBeLessThan(1e-3);
  });

  it('temperature: none is known; 300 K is shown as assumed, a given one is used', () => {
    const loop = makeSweep(makeCellLoop());
    const assumed = recordsOf(analyse(loop), 'idealityFactor', { method: 'modified-shockley' })[0]!;
    expect(assumed.inputs['temperature_K']).toEqual({ value: 300, from: 'assumed' });
    expect(assumed.reasons.map(({ code }) => code)).toContain('ASSUMED_INPUT');
    for (const temperature of [293.15, 298.15]) {
      const warm = recordsOf(analyse(loop, { set: { temperature } }), 'idealityFactor')[0]!;
      expect((warm.value as number) * temperature).toBeCloseTo((assumed.value as number) * 300, 1);
    }
  });

  it('V_read: 0.1 V, or the one given', () => {
    const loop = made('FX-4', 'loop');
    const at = (record: ReturnType<typeof recordsOf>[number]): number => record.range!.from;
    expect(at(recordsOf(analyse(loop), 'highResistance')[0]!)).toBe(0.1);
    expect(at(recordsOf(analyse(loop, { set: { readVoltage: 0.5 } }), 'highResistance')[0]!)).toBe(0.5);
  });

  it('ON/OFF: the ratio, its logarithm beside it in words', () => {
    const [record] = recordsOf(analyse(made('FX-4', 'loop')), 'onOffRatio');
    const note = record!.reasons.find(({ message }) => message.includes('decades'))!;
    expect(numbersIn(note.message)[0]).toBeCloseTo(Math.log10(record!.value as number), 3);
  });

  it('average of R: geometric; median and arithmetic mean beside it', () => {
    const outcome = analyse(made('FX-5', 'loop'));
    const record = recordsOf(outcome, 'spreadDecades', { convention: /^highResistance/ })[0]!;
    const values = recordsOf(outcome, 'highResistance', { branch: record.branch, convention: 'chord' }).map(
      ({ value }) => value as number,
    );
    const [geometric, median, arithmetic] = numbersIn(record.reasons[0]!.message);
    const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
    expect(geometric! / Math.exp(mean(values.map(Math.log)))).toBeCloseTo(1, 3);
    expect(arithmetic! / mean(values)).toBeCloseTo(1, 3);
    const sorted = values.toSorted((a, b) => a - b);
    expect(median! / (0.5 * (sorted[24]! + sorted[25]!))).toBeCloseTo(1, 3);
  });

  it('CDF positions: (i - 0.3)/(n + 0.4); (i - 0.5)/n and i/(n + 1) by name', () => {
    expect(plottingPositions(4)).toEqual([0.7 / 4.4, 1.7 / 4.4, 2.7 / 4.4, 3.7 / 4.4]);
    expect(plottingPositions(4, 'hazen')).toEqual([0.125, 0.375, 0.625, 0.875]);
    expect(plottingPositions(4, 'weibull')).toEqual([0.2, 0.4, 0.6, 0.8]);
  });

  it('LEM III/IV: twice the power law of region III; the threshold of the light is reported beside it', () => {
    const [rise, light] = recordsOf(analyse(made('FX-19', 'LEM-A')), 'regionBoundary', {
      branch: '+forward',
      convention: 'III/IV',
    });
    expect(rise!.method).toBe('current-rise');
    expect(Math.abs((rise!.value as number) - 4.62)).toBeLessThan(0.03);
    expect(light!.method).toBe('light');
    expect(light!.value).toBeTypeOf('number');
  });

  it('Stokes: an energy; the wavelengths beside it in words', () => {
    const outcome = analyse(spectra());
    // EX-5.3: 518 to 526 nm is 36.40 meV and 8 nm
    expect(valueIn(outcome, 'stokesShift')).toBeCloseTo(0.0364, 4);
    const words = recordsOf(outcome, 'stokesShift')[0]!
      .reasons.map(({ message }) => message)
      .join(' ');
    expect(words).toMatch(/8\.0\d nm/);
  });

  it.skipIf(METHODS_TEXT === null)('every row of ../shared/METHODS.md 11 is held (needs ../shared)', () => {
    const text = METHODS_TEXT!;
    const section = text.slice(text.indexOf('\n## 11.'), text.indexOf('\n## 12.'));
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) => line.split('|')[1]!.trim());
    expect(rows.length).toBeGreaterThan(30);
    const held = new Set<string>([...ROWS.map(({ quantity }) => quantity), ...OTHERS]);
    expect(rows.filter((row) => !held.has(row))).toEqual([]);
  });
});
