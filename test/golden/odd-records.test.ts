import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../fitting/index.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { QuantityId } from '../../src/model/quantities.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import { analyse } from '../support/analyse.ts';
import { addNoise, LEC_F, makeCellLoop, makeSweep, sweepVoltages } from '../support/iv-measurements.ts';
import { evaluateTel } from '../support/light-pulse.ts';
import { makeMeasurement } from '../support/measurements.ts';

/**
 * Records as labs bring them home: steps of a coarse converter, clipped ends, wrong ranges, spikes. The truth of each is known; a number
 * may be refused, flagged or a bound, but one that is called ok must hold the truth within four of its uncertainties.
 */
interface OddRecord {
  readonly name: string;
  readonly measurement: Measurement;
  /** In the unit of record. */
  readonly truth: Partial<Record<QuantityId, number>>;
  /** Codes that some quantity must carry, and ids that must not be called ok. */
  readonly says?: readonly string[];
  readonly notOk?: readonly QuantityId[];
  readonly recipe?: string | null;
}

const DIODE = {
  seriesResistance: LEC_F.seriesResistance,
  shuntResistance: LEC_F.shuntResistance,
  idealityFactor: LEC_F.idealityFactor,
};

/** The way out of the reference cell (METHODS 1.1, preset LEC-F). */
function wayOut(relative = 0.01, absolute = 2e-9, seed = 11) {
  const loop = makeCellLoop();
  const n = (loop.voltage.length + 1) / 2;
  const voltage = loop.voltage.slice(0, n);
  return { voltage, current: addNoise(loop.current.slice(0, n), { relative, absolute, seed }) };
}

function diode(
  name: string,
  change: (i: number, v: number, k: number) => number,
  more: Partial<OddRecord> = {},
) {
  const { voltage, current } = wayOut();
  const measurement = makeSweep({ voltage, current: current.map((i, k) => change(i, voltage[k]!, k)) });
  return { name, measurement, truth: DIODE, recipe: 'lec-iv', ...more };
}

const normal = createNormal(createRandom(5));

function light(
  name: string,
  change: (y: number, t: number) => number,
  more: Partial<OddRecord> = {},
): OddRecord {
  const time = Array.from({ length: 1101 }, (_, k) => -5e-6 + 50e-9 * k);
  return {
    name,
    measurement: makeMeasurement('waveform', [
      { role: 'time', unit: 's', data: time },
      { role: 'light', unit: 'V', data: time.map((t) => change(evaluateTel(t) + 0.005 * normal(), t)) },
    ]),
    truth: { riseTime: 4.9e-6, fallTime: 5.2e-6, highLevel: 1, lowLevel: 0 },
    ...more,
  };
}

function line(
  name: string,
  change: (y: number, k: number) => number,
  more: Partial<OddRecord> = {},
): OddRecord {
  const nm = Array.from({ length: 1501 }, (_, k) => 400 + 0.2 * k);
  const shape = (at: number): number => 1000 * Math.exp(-4 * Math.LN2 * ((at - 533) / 16) ** 2);
  return {
    name,
    measurement: makeMeasurement('spectrum', [
      { role: 'wavelength', unit: 'm', data: nm.map((v) => v * 1e-9) },
      { role: 'intensity', unit: 'counts', data: nm.map((v, k) => change(shape(v) + 10 * normal(), k)) },
    ]),
    // chromaticity by the CIE table, EX-5.6
    truth: { peakWavelength: 533, fwhm: 16, cieX: 0.1828, cieY: 0.7841, dominantWavelength: 533.45 },
    ...more,
  };
}

/** One bipolar loop of two resistances with abrupt events at 0.82 and -1.12 V. */
function memory(name: string, high_ohm: number, floor_A: number, more: Partial<OddRecord> = {}): OddRecord {
  const voltage = sweepVoltages([0, 2, 0, -2, 0], 0.01);
  let on = false;
  const current = voltage.map((v) => {
    if (v >= 0.82 - 1e-9) on = true;
    if (v <= -1.12 + 1e-9) on = false;
    const clean = Math.min(v / (on ? 830 : high_ohm), 1e-3);
    return clean * (1 + 0.01 * normal()) + floor_A * normal();
  });
  return {
    name,
    measurement: makeSweep({ voltage, current }),
    truth: { setVoltage: 0.815, resetVoltage: -1.115, lowResistance: 830, highResistance: high_ohm },
    recipe: 'rram-iv',
    ...more,
  };
}

const RECORDS: readonly OddRecord[] = [
  diode('as it should be', (i) => i),
  diode('negative polarity is another file', (i) => i, {
    measurement: (() => {
      const { voltage, current } = wayOut();
      return makeSweep({ voltage: voltage.map((v) => -v), current: current.map((i) => -i) });
    })(),
  }),
  diode('five readings a step', (i) => i, {
    measurement: (() => {
      const { voltage, current } = wayOut(0);
      const repeat = (data: Float64Array) =>
        Float64Array.from({ length: 5 * data.length }, (_, k) => data[Math.floor(k / 5)]!);
      return makeSweep({
        voltage: repeat(voltage),
        current: addNoise(repeat(current), { relative: 0.01, absolute: 2e-9, seed: 4 }),
      });
    })(),
  }),
  diode('a converter of few bits', (i) => 6e-5 * Math.round(i / 6e-5), { notOk: ['setVoltage'] }),
  diode('a meter off by 100 nA', (i) => i + 1e-7),
  diode('clipped at 5 mA, the limit not stated', (i) => Math.min(i, 5e-3), { says: ['COMPLIANCE_CLIPPED'] }),
  diode('stopped at 3 V, before R_s shows', (i) => i, {
    measurement: (() => {
      const { voltage, current } = wayOut();
      return makeSweep({ voltage: voltage.slice(0, 60), current: current.slice(0, 60) });
    })(),
    notOk: ['seriesResistance', 'idealityFactor'],
    says: ['NOT_IDENTIFIABLE'],
  }),
  diode('hum of 5 %', (i, _, k) => i * (1 + 0.05 * Math.sin(0.9 * k))),
  diode('a contact that jumps by three at 5 V', (i, v) => (v < 5 ? i : 3 * i), {
    notOk: ['seriesResistance', 'idealityFactor', 'setVoltage'],
    says: ['MODEL_REJECTED'],
  }),
  diode('nothing but noise', () => 1e-11 * normal(), {
    truth: {},
    notOk: ['seriesResistance', 'shuntResistance', 'idealityFactor', 'turnOnVoltage', 'setVoltage'],
  }),
  light('as it should be', (y) => y),
  light('steps of an 8-bit scope', (y) => 0.01 * Math.round(y / 0.01)),
  light('on an offset', (y) => y + 0.3, {
    truth: { riseTime: 4.9e-6, fallTime: 5.2e-6, highLevel: 1.3, lowLevel: 0.3 },
  }),
  light('clipped by the scope at 0.8', (y) => Math.min(y, 0.8), {
    notOk: ['riseTime', 'fallTime', 'highLevel', 'overshoot'],
    says: ['SATURATED'],
  }),
  light('ten periods: more edges, the same levels', (y) => y, {
    measurement: (() => {
      const time = Array.from({ length: 10_000 }, (_, k) => 50e-9 * k);
      return makeMeasurement('waveform', [
        { role: 'time', unit: 's', data: time },
        { role: 'light', unit: 'V', data: time.map((t) => evaluateTel(t % 50e-6) + 0.005 * normal()) },
      ]);
    })(),
  }),
  light('noise alone', () => 0.005 * normal(), {
    truth: {},
    notOk: ['riseTime', 'fallTime', 'highLevel', 'decayTime'],
    says: ['NO_EDGE'],
  }),
  line('as it should be', (y) => y),
  line('a cosmic ray far from the line', (y, k) => y + (k === 900 ? 5000 : 0)),
  line('a detector at the end of its range', (y) => Math.min(3 * y, 1000), {
    notOk: ['peakWavelength', 'fwhm', 'cieX', 'cieY'],
    says: ['SATURATED'],
  }),
  line('the window starts on the line', (y) => y, {
    measurement: (() => {
      const nm = Array.from({ length: 1001 }, (_, k) => 532 + 0.2 * k);
      return makeMeasurement('spectrum', [
        { role: 'wavelength', unit: 'm', data: nm.map((v) => v * 1e-9) },
        {
          role: 'intensity',
          unit: 'counts',
          data: nm.map((v) => 1000 * Math.exp(-4 * Math.LN2 * ((v - 533) / 16) ** 2) + 10 * normal()),
        },
      ]);
    })(),
    notOk: ['peakWavelength', 'fwhm', 'cieX', 'cieY', 'dominantWavelength'],
    says: ['PEAK_AT_EDGE'],
  }),
  line('a dark level of 300 counts', (y) => y + 300, {
    notOk: ['fwhm', 'cieX', 'cieY', 'dominantWavelength', 'centroidWavelength'],
    says: ['INPUT_MISSING'],
  }),
  line('noise alone', () => 10 * normal(), {
    truth: {},
    notOk: ['peakWavelength', 'fwhm', 'cieX'],
    says: ['BELOW_NOISE_FLOOR'],
  }),
  memory('as it should be', 1.6e5, 1e-10),
  memory('the high state in the noise', 1e10, 1e-9, {
    notOk: ['highResistance', 'onOffRatio', 'setCurrent'],
    says: ['BELOW_NOISE_FLOOR'],
  }),
  {
    name: 'intensity against photon energy is no series of pulses',
    measurement: makeMeasurement('series', [
      {
        role: 'other',
        unit: 'eV',
        data: Array.from({ length: 101 }, (_, k) => 2 + 0.006 * k),
        label: 'Energy (eV)',
      },
      {
        role: 'intensity',
        unit: 'counts',
        data: Array.from({ length: 101 }, (_, k) => 100 - Math.abs(k - 50)),
      },
    ]),
    truth: {},
    recipe: null,
  },
];

/** Records in force: of each id and branch the first. */
function inForce(quantities: readonly Quantity[]): Quantity[] {
  const seen = new Set<string>();
  return quantities.filter(({ id, branch, cycle }) => {
    const key = `${id} ${branch} ${cycle}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

describe('odd records: no number that is called ok is far from the truth', () => {
  const kinds = new Map([
    ['iv', 'sweep'],
    ['waveform', 'light pulse'],
    ['spectrum', 'spectrum'],
    ['series', 'table'],
  ]);
  it.each(
    RECORDS.map((record) => [`${kinds.get(record.measurement.kind)}: ${record.name}`, record] as const),
  )('%s', (_, record) => {
    const outcome = analyse(record.measurement);
    if (record.recipe !== undefined) expect(outcome.recipe).toBe(record.recipe ?? 'auto');
    const all = outcome.results.flatMap((result) => result.quantities);
    const answers = inForce(all);
    let compared = 0;
    for (const [id, truth] of Object.entries(record.truth)) {
      for (const one of answers.filter((quantity) => quantity.id === id && quantity.status === 'ok')) {
        compared++;
        const pull = Math.abs(Number(one.value) - truth) / one.standardUncertainty!;
        expect(pull, `${id}: ${one.value} ± ${one.standardUncertainty}, true ${truth}`).toBeLessThan(4);
      }
    }
    for (const id of record.notOk ?? [])
      expect(
        all.filter((one) => one.id === id && one.status === 'ok').map((one) => one.value),
        id,
      ).toEqual([]);
    const codes = new Set([
      ...all.flatMap((one) => one.reasons.map(({ code }) => code as string)),
      ...(outcome.issues ?? []).map(({ code }) => code as string),
    ]);
    for (const code of record.says ?? []) expect([...codes]).toContain(code);
    // a test that compares nothing and demands nothing would pass whatever is answered
    expect(compared + (record.notOk?.length ?? 0) + (record.recipe === null ? 1 : 0)).toBeGreaterThan(0);
  });
});
