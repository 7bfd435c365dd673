import { describe, expect, it } from 'vitest';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { computeDelayMobility, mobility } from '../../../src/analyses/transients/mobility.ts';
import { pulseResponse } from '../../../src/analyses/transients/pulse-response.ts';
import type { Conditions } from '../../../src/model/inputs.ts';
import { buildLightPulse } from '../../support/light-pulse.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';

function analyse(conditions: Conditions, shift = 0, unit: 'V' | 'arb' = 'V'): AnalysisOutput {
  const pulse = buildLightPulse(1);
  const measurement = makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: pulse.time },
    {
      role: 'stimulus',
      unit,
      data: shift === 0 ? pulse.stimulus : pulse.time.map((t) => (t >= shift && t < 25e-6 ? 6 : 0)),
    },
    { role: 'light', unit: 'V', data: pulse.light },
  ]);
  return mobility.run(makeInput(measurement, { conditions }));
}

describe('mobility from the delay', () => {
  it('EX-4.9: 800 nm, 6 V, 0.3 us: 3.5556e-3 cm2/Vs; 5.81e-3 with V_bi 2.33 V; 1.389e-3 at 500 nm', () => {
    expect(computeDelayMobility(800e-9, 0.3e-6, 6) * 1e4).toBeCloseTo(3.5556e-3, 7);
    expect(computeDelayMobility(800e-9, 0.3e-6, 6 - 2.33) * 1e4).toBeCloseTo(5.81e-3, 5);
    expect(computeDelayMobility(500e-9, 0.3e-6, 6) * 1e4).toBeCloseTo(1.389e-3, 6);
    expect(computeDelayMobility(389.8e-9, 0.3e-6, 6 - 2.33) * 1e4).toBeCloseTo(1.38e-3, 5);
  });

  it('EX-0.2: L 800 ± 40 nm, tau 0.30 ± 0.05 us, V 6 ± 0.05 V: u/mu 0.1945', () => {
    expect(Math.hypot(2 * (40 / 800), 0.05 / 0.3, 0.05 / 6)).toBeCloseTo(0.1945, 4);
  });

  it('the default subtracts the built-in voltage; the others and the other onsets follow under the same id', () => {
    const conditions = given({
      thickness: [800e-9, 40e-9],
      drive: [6, 0.05],
      builtInVoltage: 2.33,
      turnOnVoltage: 3.8,
    });
    const output = analyse(conditions);
    const records = pick(output, 'mobility');
    expect(records[0]!.convention).toBe('V_eff = V − V_bi');
    expect(Math.abs(numberOf(output, 'mobility') / 5.81e-3 - 1)).toBeLessThan(0.05);
    // 2 u(L)/L = 0.1 leads
    expect(records[0]!.standardUncertainty! / (records[0]!.value as number)).toBeCloseTo(0.1, 2);
    expect(records.map((record) => record.convention)).toContain('V_eff = V');
    expect(records.map((record) => record.convention)).toContain('V_eff = V − V_on');
    const ten = records.find((record) => record.method.includes('onset by 10%'))!;
    const fit = records[0]!.value as number;
    expect(fit / (ten.value as number)).toBeGreaterThan(1.5);
    expect(codesOf(records[0]!)).toContain('TOO_FEW_POINTS');
  });

  it('a preset asks for the applied voltage', () => {
    const output = analyse(given({ thickness: 800e-9, drive: 6, effectiveVoltage: 'applied' }));
    expect(first(output, 'mobility').convention).toBe('V_eff = V');
    expect(Math.abs(numberOf(output, 'mobility') / 3.5556e-3 - 1)).toBeLessThan(0.05);
  });

  it('the drive is the stimulus level where none is given and the stimulus is in volts, and that is said', () => {
    const output = analyse(given({ thickness: 800e-9, builtInVoltage: 0 }));
    expect(first(output, 'mobility').inputs['drive_V']!.from).toBe('file');
    const arbitrary = first(analyse(given({ thickness: 800e-9, builtInVoltage: 0 }), 0, 'arb'), 'mobility');
    expect(arbitrary.reasons[0]!.subject).toBe('drive');
    expect(arbitrary.status).toBe('refused');
  });

  it('thickness and built-in voltage are asked for, never assumed', () => {
    const record = first(analyse(given({ drive: 6 })), 'mobility');
    expect(record.status).toBe('refused');
    expect(record.reasons.map((reason) => reason.subject)).toEqual(['thickness', 'builtInVoltage']);
  });

  it('a built-in voltage above the drive leaves no field', () => {
    const record = first(analyse(given({ thickness: 800e-9, drive: 2, builtInVoltage: 2.4 })), 'mobility');
    expect(codesOf(record)).toContain('INPUT_IMPLAUSIBLE');
    expect(record.reasons[0]!.message).toContain('-0.400 V');
  });

  it('a delay that is only an upper limit makes a lower limit', () => {
    const record = first(
      analyse(given({ thickness: 800e-9, drive: 6, builtInVoltage: 0 }), 0.25e-6),
      'mobility',
    );
    expect(record.status).toBe('bound');
    expect(record.bound).toBe('lower');
    expect(codesOf(record)).toContain('UNDERSAMPLED');
  });

  it('takes the delay of an earlier step of the recipe', () => {
    const pulse = buildLightPulse(1);
    const measurement = makeMeasurement('waveform', [
      { role: 'time', unit: 's', data: pulse.time },
      { role: 'stimulus', unit: 'V', data: pulse.stimulus },
      { role: 'light', unit: 'V', data: pulse.light },
    ]);
    const conditions = given({ thickness: 800e-9, drive: 6, builtInVoltage: 0 });
    const input = makeInput(measurement, { conditions });
    const before = pulseResponse.run(input);
    const earlier = [
      { ...before, measurementId: measurement.id, analysis: 'pulse-response', analysisVersion: 1 },
    ];
    expect(mobility.run({ ...input, earlier })).toEqual(mobility.run(input));
  });

  describe('whether the delay scales as 1/V_eff', () => {
    /** TEL-S at a drive, with the time axis of the onset stretched by `factor`. */
    function atDrive(drive: number, delay_s: number, seed: number) {
      const pulse = buildLightPulse(seed, 0.005);
      const shift = delay_s - 0.3e-6;
      const light = pulse.time.map((t) => {
        const at = t - shift;
        const i = Math.round((at + 5e-6) / 50e-9);
        return pulse.light[Math.max(0, Math.min(pulse.light.length - 1, i))]!;
      });
      return makeMeasurement(
        'waveform',
        [
          { role: 'time', unit: 's', data: pulse.time },
          { role: 'stimulus', unit: 'arb', data: pulse.stimulus },
          { role: 'light', unit: 'V', data: light },
        ],
        { conditions: given({ drive }) },
      );
    }
    const inputs = { thickness: 800e-9, builtInVoltage: 2, drive: 6 };
    function mobilityOf(law: (drive: number) => number, drives: readonly number[], more = {}) {
      const [own, ...siblings] = drives.map((drive, k) => atDrive(drive, law(drive), 40 + k));
      return first(
        mobility.run(
          makeInput(own!, { siblings, conditions: given({ ...inputs, drive: drives[0]!, ...more }) }),
        ),
        'mobility',
      );
    }

    it('1.2 us V/(V - 2 V) at four drives: said to scale, with the exponent', () => {
      const record = mobilityOf((v) => 2.4e-6 / (v - 2), [6, 4, 8, 10]);
      expect(codesOf(record)).not.toContain('TOO_FEW_POINTS');
      expect(record.reasons[0]!.message).toMatch(
        /^The delay scales as 1\/V_eff: τ ~ V_eff\^\(-(0\.9|1\.0)\d ± /,
      );
      expect(record.reasons[0]!.severity).toBe('info');
      expect(record.reasons[0]!.message).toMatch(/at 4\.00 V.* at 6\.00 V.* at 8\.00 V.* at 10\.0 V/);
    });

    it('a delay that does not follow the field is flagged: recombination or the circuit sets it', () => {
      const record = mobilityOf(() => 0.6e-6, [6, 4, 8]);
      expect(record.status).toBe('flagged');
      expect(codesOf(record)).toContain('REGIME');
      expect(record.reasons[0]!.message).toMatch(/does not scale as 1\/V_eff/);
    });

    it('two drives, or siblings without a drive of their own, cannot say', () => {
      const two = mobilityOf((v) => 2.4e-6 / (v - 2), [6, 4]);
      expect(codesOf(two)).toContain('TOO_FEW_POINTS');
      expect(two.reasons[0]!.message).toContain('there are 2');
      const mute = [1, 2, 3].map((k) => ({ ...atDrive(6, 0.5e-6, k), conditions: {} }));
      const record = first(
        mobility.run(makeInput(mute[0]!, { siblings: mute.slice(1), conditions: given(inputs) })),
        'mobility',
      );
      expect(record.reasons[0]!.message).toContain('there is 1');
    });

    it('a declared interlayer is said with its share of the voltage, or with what is missing for it', () => {
      const full = mobilityOf((v) => 2.4e-6 / (v - 2), [6, 4, 8], {
        interfaceThickness: 20e-9,
        interfacePermittivity: 3.5,
        permittivity: 20,
      });
      // (20/3.5)/(800/20 + 20/3.5) = 12.5 %
      expect(full.status).toBe('flagged');
      expect(full.reasons.map((one) => one.message).join(' ')).toMatch(
        /interlayer of 20\.0 nm .* takes 12\.5 % of the voltage/,
      );
      const part = mobilityOf((v) => 2.4e-6 / (v - 2), [6, 4, 8], { interfaceThickness: 20e-9 });
      expect(part.reasons.map((one) => one.message).join(' ')).toMatch(
        /needs permittivity, interfacePermittivity/,
      );
    });
  });
});
