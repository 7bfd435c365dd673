import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MASK } from '../../../src/conditioning/conditioned.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import { analyse, numbersIn, reasonOf, recordOf, recordsOf, valueIn } from '../../support/analyse.ts';
import { FIELD_DEVICE } from '../../support/fixtures/conduction.ts';
import { FIXTURES } from '../../support/fixtures/index.ts';
import { PULSE_WIDTHS_US } from '../../support/fixtures/memories.ts';
import { DROPOUTS } from '../../support/fixtures/series.ts';
import { LEC_F, LEC_R } from '../../support/iv-measurements.ts';
import { TEL } from '../../support/light-pulse.ts';
import { METHODS_TEXT } from '../../support/methods-text.ts';

const SEED = 11;
const fixture = (id: string): Readonly<Record<string, Measurement>> =>
  FIXTURES.find((one) => one.id === id)!.make(SEED);
const relative = (value: number, truth: number): number => Math.abs(value / truth - 1);

describe('fixtures of METHODS 14, through the public pipeline', () => {
  it('every fixture gives the same numbers for the same seed and, where it has noise, others for another', () => {
    const noiseless = ['FX-16', 'FX-21'];
    for (const { id, make } of FIXTURES) {
      const [one, again, other] = [make(3), make(3), make(4)].map((made) =>
        JSON.stringify(
          Object.values(made).map((m) => m.curve.columns.map((column) => Array.from(column.data))),
        ),
      );
      expect(again, id).toBe(one);
      if (!noiseless.includes(id)) expect(other, id).not.toBe(one);
    }
  });

  it('FX-1 lec-fwd-rev: both parameter sets, the tangents and the hysteresis of EX-1.4, 1.7 and 1.8', () => {
    const outcome = analyse(fixture('FX-1')['loop']!);
    expect(outcome.recipe).toBe('lec-iv');
    for (const [branch, truth, tangent] of [
      ['forward', LEC_F, 3.8],
      ['reverse', LEC_R, 2.8],
    ] as const) {
      for (const [id, value] of [
        ['seriesResistance', truth.seriesResistance],
        ['shuntResistance', truth.shuntResistance],
        ['idealityFactor', truth.idealityFactor],
        ['lnSaturationCurrent', truth.lnSaturationCurrent],
      ] as const) {
        const record = recordOf(outcome, id, { branch });
        const off = Math.abs((record.value as number) - value);
        expect(off, `${branch} ${id}`).toBeLessThan(4 * record.standardUncertainty!);
        expect(record.standardUncertainty! / Math.abs(value), `${branch} ${id}`).toBeLessThan(0.01);
      }
      const record = recordOf(outcome, 'turnOnVoltage', { branch, convention: 'tangent' });
      expect(Math.abs((record.value as number) - tangent)).toBeLessThan(4 * record.standardUncertainty!);
    }
    expect(valueIn(outcome, 'hysteresisIndex')).toBeCloseTo(0.1297, 2);
  });

  it('FX-2 lec-clipped: the limit is masked and the fit is that of EX-1.5, not of the clipped points', () => {
    const measurement = fixture('FX-2')['loop']!;
    const outcome = analyse(measurement);
    const record = recordOf(outcome, 'seriesResistance', { branch: 'forward' });
    const [counted] = numbersIn(reasonOf(record, 'COMPLIANCE_CLIPPED').message);
    const { mask } = outcome.conditioned!;
    const apex = measurement.curve.length >> 1;
    let clipped = 0;
    for (let row = 0; row <= apex; row++)
      if ((mask[row]! & (MASK.compliance | MASK.complianceNeighbour)) !== 0) clipped++;
    expect(counted).toBe(clipped);
    expect(clipped).toBeGreaterThan(40);
    expect(relative(record.value as number, 254)).toBeLessThan(0.03);
    expect(relative(valueIn(outcome, 'idealityFactor', { branch: 'forward' }), 6)).toBeLessThan(0.02);
    expect(relative(valueIn(outcome, 'shuntResistance', { branch: 'forward' }), 630_000)).toBeLessThan(0.01);
  });

  it('FX-3 lec-autorange: 3 glitches and 2 SENTINEL removed, and the fit of FX-1 to its uncertainty', () => {
    const measurement = fixture('FX-3')['loop']!;
    const outcome = analyse(measurement);
    const conditioned = outcome.conditioned!;
    const rowsOf = (bit: number): string =>
      Array.from(conditioned.mask.keys())
        .filter((row) => (conditioned.mask[row]! & bit) !== 0)
        .join();
    expect(rowsOf(MASK.glitch)).toBe(measurement.metadata['spikes']);
    expect(rowsOf(MASK.sentinel)).toBe(measurement.metadata['sentinels']);
    const clean = analyse(fixture('FX-1')['loop']!);
    for (const id of ['seriesResistance', 'shuntResistance', 'idealityFactor'] as const) {
      const record = recordOf(outcome, id, { branch: 'forward' });
      const off = Math.abs((record.value as number) - valueIn(clean, id, { branch: 'forward' }));
      expect(off, id).toBeLessThan(record.standardUncertainty!);
    }
  });

  it('FX-4 rram-loop: SET 0.82-0.83, RESET -1.12 to -1.13 V, both states, bipolar (EX-2.0, 2.1, 8.2)', () => {
    const outcome = analyse(fixture('FX-4')['loop']!);
    expect(outcome.recipe).toBe('rram-iv');
    expect(valueIn(outcome, 'setVoltage')).toBeCloseTo(0.825, 6);
    expect(Math.abs(valueIn(outcome, 'resetVoltage') + 1.125)).toBeLessThan(0.0101);
    expect(relative(valueIn(outcome, 'lowResistance'), 830)).toBeLessThan(0.02);
    expect(recordOf(outcome, 'switchingType').value).toBe('bipolar');
    const half = analyse(fixture('FX-4')['loop']!, { set: { readVoltage: 0.5 } });
    expect(relative(valueIn(half, 'highResistance'), 1.6e5)).toBeLessThan(0.02);
  });

  it('FX-5 rram-50cycles: CV 6.8 ± 0.7 % and Weibull shape 18 ± 2 over seeds; one seed within three of these', () => {
    const outcome = analyse(fixture('FX-5')['loop']!);
    expect(recordsOf(outcome, 'setVoltage', { convention: 'steepest-step' })).toHaveLength(50);
    const cv = recordOf(outcome, 'coefficientOfVariation', { convention: /^setVoltage/ });
    expect(Math.abs((cv.value as number) - 0.068)).toBeLessThan(3 * 0.007);
    const shape = recordOf(outcome, 'weibullShape', { convention: /^setVoltage/ });
    expect(Math.abs((shape.value as number) - 18)).toBeLessThan(3 * 2);
    expect(shape.interval95![0]).toBeLessThan(18.1);
    expect(shape.interval95![1]).toBeGreaterThan(18.1);
  });

  it('FX-6 rram-noreset: NO_SWITCHING "state unchanged" on the -up leg', () => {
    const outcome = analyse(fixture('FX-6')['loop']!);
    const record = recordOf(outcome, 'resetVoltage', { branch: '-forward' });
    expect(record.status).toBe('refused');
    expect(reasonOf(record, 'NO_SWITCHING').message.toLowerCase()).toContain('state unchanged');
  });

  it('FX-7 rram-pulses: t_50 between 0.5 and 1.5 us, the high state a bound on the 8-bit scope, nothing SATURATED', () => {
    const made = fixture('FX-7');
    const widths = analyse(made['widths']!);
    expect(widths.recipe).toBe('pulse-width');
    const half = recordOf(widths, 'switchingTime');
    // ten times the current of the shortest pulse is reached between 0.5 and 1 us (EX-8.3: 0.33 and 4.03 uA)
    expect(half.value as number).toBeGreaterThan(0.5e-6);
    expect(half.value as number).toBeLessThan(1e-6);
    expect(recordsOf(widths, 'switchingProbability')).toHaveLength(PULSE_WIDTHS_US.length);
    const set = { loadResistance: 50, sourceResistance: 0 };
    const read = analyse(made['read after 0.3 us']!, { recipe: 'rram-pulse', set });
    const high = recordOf(read, 'highResistance');
    expect(high).toMatchObject({ status: 'bound', bound: 'lower' });
    expect(high.value as number).toBeLessThan(3.2e5);
    const low = analyse(made['read after 3.8 us']!, { recipe: 'rram-pulse', set });
    expect(relative(valueIn(low, 'lowResistance'), 835)).toBeLessThan(0.03);
    const pulse = analyse(made['set']!, { recipe: 'rram-pulse', set });
    expect(relative(valueIn(pulse, 'totalEnergy', { convention: /pulse/ }), 6.011e-9)).toBeLessThan(0.02);
    expect(relative(valueIn(pulse, 'switchingEnergy'), 5.707e-9)).toBeLessThan(0.02);
    for (const outcome of [read, low, pulse])
      for (const { reasons } of outcome.results.flatMap((result) => result.quantities))
        expect(reasons.map(({ code }) => code)).not.toContain('SATURATED');
  });

  it('FX-8 diode-not-memory: no SET event, n 6 and n 2', () => {
    for (const [name, loop] of Object.entries(fixture('FX-8'))) {
      expect(analyse(loop).recipe, name).toBe('lec-iv');
      const outcome = analyse(loop, { recipe: 'rram-iv' });
      for (const id of ['setVoltage', 'resetVoltage', 'formingVoltage'] as const)
        for (const record of recordsOf(outcome, id)) expect(record.value, `${name} ${id}`).toBeNull();
    }
  });

  it('FX-9 sclc3: three segments of slope 1, 6, 2 broken at 0.3 and 0.6 V', () => {
    const outcome = analyse(fixture('FX-9')['leg']!, { recipe: 'regimes' });
    const slopes = recordsOf(outcome, 'regimeSlope').map(({ value }) => value as number);
    // scatter over seeds: 0.003, 0.036, 0.014 (EX-3.1)
    for (const [k, [slope, scatter]] of [
      [1, 0.003],
      [6, 0.036],
      [2, 0.014],
    ].entries())
      expect(Math.abs(slopes[k]! - slope!), `slope ${slope}`).toBeLessThan(4 * scatter!);
    const [first, second] = recordsOf(outcome, 'transitionVoltage').map(({ value }) => value as number);
    expect(Math.abs(first! - 0.3)).toBeLessThan(0.004);
    expect(Math.abs(second! - 0.6)).toBeLessThan(0.012);
  });

  it('FX-10 smooth: the additive law wins with R_0 4.27e5 ohm and V_x 0.300 V', () => {
    const outcome = analyse(fixture('FX-10')['leg']!, { recipe: 'regimes' });
    expect(recordOf(outcome, 'regimeCount').method).toBe('additive law');
    expect(Math.abs(valueIn(outcome, 'ohmicResistance') - 4.27e5)).toBeLessThan(4 * 1.1e3);
    expect(Math.abs(valueIn(outcome, 'transitionVoltage') - 0.3)).toBeLessThan(4 * 1.5e-3);
  });

  it('FX-11 pf-like: Poole-Frenkel with eps 5 accepted, eps 75 PERMITTIVITY_IMPLAUSIBLE with its value', () => {
    const made = fixture('FX-11');
    const set = { ...FIELD_DEVICE, temperature: 300 };
    const accepted = analyse(made['eps 5']!, { recipe: 'regimes', set });
    expect(recordOf(accepted, 'conductionMechanism').value).toBe('Poole-Frenkel');
    const read = { convention: 'read as Poole-Frenkel' };
    expect(Math.abs(valueIn(accepted, 'extractedPermittivity', read) - 5)).toBeLessThan(0.1);
    const refused = recordOf(analyse(made['eps 75']!, { recipe: 'regimes', set }), 'conductionMechanism');
    expect(refused.value).toBeNull();
    const [found] = numbersIn(reasonOf(refused, 'PERMITTIVITY_IMPLAUSIBLE').message);
    expect(relative(found!, 74.55)).toBeLessThan(0.02);
  });

  it('FX-12 tel: rise, fall, onset and both decay constants of EX-4.1, 4.2, 4.5, 4.11', () => {
    const made = fixture('FX-12');
    const quiet = analyse(made['0.5 %']!);
    expect(quiet.recipe).toBe('lec-transient');
    expect(Math.abs(valueIn(quiet, 'riseTime') - 4.88e-6)).toBeLessThan(4 * 0.035e-6);
    expect(Math.abs(valueIn(quiet, 'fallTime') - 5.18e-6)).toBeLessThan(4 * 0.035e-6);
    expect(Math.abs(valueIn(quiet, 'delayTime') - TEL.delay)).toBeLessThan(0.012e-6);
    const two = { convention: 'two-step' };
    expect(Math.abs(valueIn(quiet, 'decayTime', two) - TEL.fallConstant)).toBeLessThan(3 * 0.007e-6);
    expect(Math.abs(valueIn(quiet, 'breakTime', two) - TEL.breakTime)).toBeLessThan(3 * 0.19e-6);
    expect(Math.abs(valueIn(quiet, 'decayTimeSlow', two) - TEL.tailConstant)).toBeLessThan(3 * 0.35e-6);
    const loud = analyse(made['2 %']!);
    expect(Math.abs(valueIn(loud, 'riseTime') - 4.88e-6)).toBeLessThan(3 * 0.14e-6);
  });

  it('FX-13 tel-short: a pulse of 5 us is NOT_SETTLED', () => {
    const outcome = analyse(fixture('FX-13')['pulse']!);
    reasonOf(recordOf(outcome, 'highLevel'), 'NOT_SETTLED');
  });

  it('FX-14 bw: one pole, f_0.5 1.00 kHz ± 3 % and f_0.707 0.577 kHz ± 3 %', () => {
    const outcome = analyse(fixture('FX-14')['response']!);
    expect(outcome.recipe).toBe('frequency-response');
    const [half, root] = recordsOf(outcome, 'bandwidth').map(({ value }) => value as number);
    expect(relative(half!, 1000)).toBeLessThan(0.03);
    expect(relative(root!, 577.35)).toBeLessThan(0.03);
  });

  it('FX-15 spectra: peak, width, colour and dominant wavelength of EX-5.6 and 5.9', () => {
    const expected: Record<string, readonly [number, number, number]> = {
      '515 nm': [0.0538, 0.7871, 515.08],
      '526 nm': [0.1303, 0.8092, 526.42],
      '532 nm': [0.1753, 0.7885, 532.44],
      '533 nm': [0.1828, 0.7841, 533.45],
    };
    const made = Object.entries(fixture('FX-15'));
    expect(made.map(([name]) => name)).toEqual(Object.keys(expected));
    const swatches = new Set<unknown>();
    for (const [name, spectrum] of made) {
      const outcome = analyse(spectrum);
      const [x, y, dominant] = expected[name]!;
      const close = (id: QuantityId, truth: number): void => {
        const record = recordOf(outcome, id);
        const off = Math.abs((record.value as number) - truth);
        expect(off, `${name} ${id}`).toBeLessThan(4 * record.standardUncertainty! + 1e-4);
      };
      close('peakWavelength', Number.parseFloat(name));
      close('fwhm', 16);
      close('cieX', x);
      close('cieY', y);
      close('dominantWavelength', dominant);
      swatches.add(recordOf(outcome, 'swatch').value);
    }
    expect(swatches.size).toBe(4);
  });

  it('FX-16 retention: slopes, ten-year values and ratio of EX-2.13', () => {
    const outcome = analyse(fixture('FX-16')['states']!);
    const [high, low] = recordsOf(outcome, 'retentionSlope');
    expect(high!.value).toBeCloseTo(-0.02025, 5);
    expect(low!.value).toBeCloseTo(0.00536, 5);
    const [r, l] = recordsOf(outcome, 'extrapolatedResistance').map(({ value }) => value as number);
    expect(relative(r!, 1.126e5)).toBeLessThan(5e-4);
    expect(relative(l!, 911.2)).toBeLessThan(5e-4);
    expect(relative(valueIn(outcome, 'onOffRatio'), 123.5)).toBeLessThan(1e-3);
  });

  it('FX-17 endurance: three dropouts are counted; the decimated copy is DECIMATED', () => {
    const made = fixture('FX-17');
    const all = analyse(made['all']!);
    expect(valueIn(all, 'enduranceCycles')).toBe(DROPOUTS[0]);
    expect(valueIn(all, 'failureProbability')).toBeCloseTo(DROPOUTS.length / 1e4, 12);
    const few = reasonOf(recordOf(analyse(made['decimated']!), 'enduranceCycles'), 'DECIMATED');
    expect(numbersIn(few.message)).toEqual(expect.arrayContaining([20, 10_000]));
  });

  it('FX-18 synapse: pairs of EX-7.1, weights of EX-7.3, learning of EX-7.5', () => {
    const made = fixture('FX-18');
    const pairs = analyse(made['pairs']!);
    expect(relative(valueIn(pairs, 'pairedPulseTime1'), 0.25)).toBeLessThan(0.05);
    expect(relative(valueIn(pairs, 'pairedPulseTime2'), 6)).toBeLessThan(0.05);
    const weights = analyse(made['weights']!);
    expect(valueIn(weights, 'potentiationNonlinearity')).toBeCloseTo(2.5, 3);
    expect(valueIn(weights, 'nonlinearityDeviation')).toBeCloseTo(0.2886, 4);
    expect(valueIn(weights, 'weightAsymmetry')).toBeCloseTo(0.5546, 4);
    const learned = recordsOf(analyse(made['learning']!), 'retentionRatio').map(({ value }) => value);
    for (const [k, truth] of [0.141, 0.302, 0.352].entries()) expect(learned[k]).toBeCloseTo(truth, 3);
  });

  it('FX-19 lem: four regions of LEM-A at .91, 1.89, 4.62 V; LEM-printed is UNIT_SUSPECT beside FX-4', () => {
    const made = fixture('FX-19');
    const device = analyse(fixture('FX-4')['loop']!).measurement;
    const boundaries = (outcome: ReturnType<typeof analyse>): number[] =>
      ['I/II', 'II/III', 'III/IV'].map((convention) =>
        valueIn(outcome, 'regionBoundary', { branch: '+forward', convention }),
      );
    for (const [name, loop] of Object.entries(made)) {
      const outcome = analyse(loop, { siblings: [device] });
      expect(outcome.recipe, name).toBe('lem-iv');
      const [one, two, three] = boundaries(outcome);
      expect(Math.abs(one! - 0.91), name).toBeLessThan(0.03);
      expect(Math.abs(two! - 1.89), name).toBeLessThan(0.03);
      expect(Math.abs(three! - 4.62), name).toBeLessThan(0.03);
      const codes = outcome.results.flatMap((result) => [
        ...result.issues.map(({ code }) => code),
        ...result.quantities.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
      ]);
      expect(codes.includes('UNIT_SUSPECT'), name).toBe(name === 'LEM-printed');
    }
  });

  it('FX-20 dual: SET and RESET on one sign, light-emitting diode beyond: "rectifying + memory" (EX-8.4)', () => {
    const loop = fixture('FX-20')['loop']!;
    const outcome = analyse(loop);
    expect(recordOf(outcome, 'switchingType').value).toBe('rectifying + memory');
    expect(Math.abs(valueIn(outcome, 'setVoltage') - 0.705)).toBeLessThan(0.0101);
    expect(Math.abs(valueIn(outcome, 'resetVoltage') + 1.095)).toBeLessThan(0.0101);
  });

  it.each(Object.entries(FIXTURES.find(({ id }) => id === 'FX-21')!.make(1)))(
    'FX-21 %s: reason codes, no exception, no NaN, by every recipe of a sweep',
    (_, measurement) => {
      for (const recipe of ['lec-iv', 'rram-iv', 'lem-iv', 'regimes']) {
        const outcome = analyse(measurement, { recipe });
        for (const { quantities } of outcome.results)
          for (const record of quantities) {
            expect(record.status, `${recipe} ${record.id}`).toBe('refused');
            expect(record.value).toBeNull();
            expect(record.reasons.map(({ code }) => code)).not.toContain('INTERNAL');
            expect(record.reasons.map(({ message }) => message).join()).not.toContain('NaN');
          }
      }
    },
  );

  it.skipIf(METHODS_TEXT === null)(
    'every FX-n of ../shared/METHODS.md has a generator and a test (needs ../shared)',
    () => {
      const wanted = new Set([...METHODS_TEXT!.matchAll(/FX-(\d+)/g)].map(([, n]) => `FX-${n}`));
      expect(wanted.size).toBeGreaterThanOrEqual(21);
      const made = new Set<string>(FIXTURES.map(({ id }) => id));
      const source = readFileSync(import.meta.filename, 'utf8');
      const tested = new Set([...source.matchAll(/'(FX-\d+) [^']*: /g)].map(([, id]) => id!));
      expect([...wanted].filter((id) => !made.has(id))).toEqual([]);
      expect([...wanted].filter((id) => !tested.has(id))).toEqual([]);
      const names = [...METHODS_TEXT!.matchAll(/^\| (FX-\d+) ([\w-]+) \|/gm)];
      for (const [, id, name] of names) expect(FIXTURES.find((one) => one.id === id)?.name).toBe(name);
    },
  );
});
