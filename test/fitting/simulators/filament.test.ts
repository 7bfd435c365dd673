import { describe, expect, it } from 'vitest';
import { buildSweep, createRandom, type Drive, simulateRetention } from '../../../fitting/index.ts';
import { column, findRow, refusalOf, runOrFail } from './run.ts';

/** At rest at 0 V, read off at these times. */
function rest(times_s: readonly number[]): Drive {
  return { time_s: Float64Array.from(times_s), voltage_V: new Float64Array(times_s.length) };
}

const K_EV = 1.380649e-23 / 1.602176634e-19;

describe('relaxation of a filament at rest', () => {
  it('exponential: lambda = lambda0 exp(-t/tau), whatever the rows', () => {
    const times = [0, 0.1, 3, 10, 10.5, 40];
    const s = runOrFail('resistive-memory', { state: 0.9, relaxationTime: 10 }, rest(times));
    for (const [k, t] of times.entries())
      expect(column(s, 'state')[k]! / (0.9 * Math.exp(-t / 10))).toBeCloseTo(1, 12);
  });

  it('drift: the resistance follows (1 + t/tau)^nu over nine decades', () => {
    const times = [0, 1e-2, 1, 1e2, 1e4, 1e7];
    const s = runOrFail(
      'resistive-memory',
      { state: 1, relaxationTime: 1e-2, driftExponent: 0.03, lowResistance: 830, highResistance: 4e5 },
      rest(times),
    );
    const decades = Math.log10(4e5 / 830);
    for (const [k, t] of times.entries()) {
      const resistance = 830 * 10 ** ((1 - column(s, 'state')[k]!) * decades);
      expect(resistance / (830 * (1 + t / 1e-2) ** 0.03)).toBeCloseTo(1, 9);
    }
  });

  it('is thermally activated: 1 eV makes 360 K as fast as exp[E_a/k (1/300 - 1/360)] times 300 K', () => {
    const faster = Math.exp((1 / K_EV) * (1 / 300 - 1 / 360));
    const run = (temperature: number, time_s: number) =>
      column(
        runOrFail(
          'resistive-memory',
          { state: 1, relaxationTime: 1e6, relaxationEnergy: 1, temperature },
          rest([0, time_s]),
        ),
        'state',
      )[1]!;
    expect(faster).toBeGreaterThan(600);
    expect(run(360, 5e5 / faster)).toBeCloseTo(run(300, 5e5), 9);
  });

  it('stops at the high state, and never leaves [0, 1]', () => {
    const s = runOrFail(
      'resistive-memory',
      { state: 1, relaxationTime: 1e-6, driftExponent: 1 },
      rest([0, 1e-3, 1, 1e6]),
    );
    expect(column(s, 'state').at(-1)).toBe(0);
  });

  it('a filament that grows anew drifts anew: after a second SET the state is that after the first', () => {
    const drive: Drive = {
      time_s: Float64Array.of(0, 1, 1, 1 + 4e-6, 1 + 4e-6, 2),
      voltage_V: Float64Array.of(0, 0, 1.5, 1.5, 0, 0),
    };
    const parameters = { relaxationTime: 1e-3, driftExponent: 0.1, state: 1 };
    const twice = runOrFail('resistive-memory', parameters, drive);
    const once = runOrFail('resistive-memory', parameters, rest([0, 1]));
    const last = column(twice, 'state').at(-1)!;
    expect(column(twice, 'state')[1]!).toBeLessThan(0.9);
    // one second after the second pulse as one second after the first
    expect(last).toBeCloseTo(column(once, 'state')[1]!, 2);
  });

  it('keeps the second order: a slow ramp against relaxation converges by four a halving of the step limit', () => {
    const ramp = buildSweep('0:0.84:0.84', 0.1);
    const at = (stepLimit: number) =>
      column(
        runOrFail('resistive-memory', { relaxationTime: 1, stepLimit, state: 0.3, setFeedback: 10 }, ramp),
        'state',
      ).at(-1)!;
    const exact = at(0.02 / 16);
    const [coarse, fine] = [Math.abs(at(0.04) - exact), Math.abs(at(0.02) - exact)];
    expect(coarse).toBeGreaterThan(1e-9);
    expect(coarse / fine).toBeGreaterThan(3);
  });

  it('is off by default: a state at rest stays for ten years', () => {
    const s = runOrFail('resistive-memory', { state: 0.7 }, rest([0, 3.156e8]));
    expect(column(s, 'state')[1]).toBe(0.7);
  });

  it('a retention series: both states, read without moving them, noise of the readings from the seed', () => {
    const request = {
      parameters: { relaxationTime: 1e-3, driftExponent: 0.02, noiseRelative: 0.01 },
      set: { voltage_V: 1.5, width_s: 3.8e-6 },
      reset: { voltage_V: -2, width_s: 3.8e-6 },
      seed: 3,
    };
    const times = Array.from({ length: 400 }, (_, k) => 10 ** (k / 100));
    const made = simulateRetention(request, times);
    if ('refused' in made) throw new Error(String(made.message));
    const share = 1 - Math.log10(1 + 0.1 / 0.3) / Math.log10(4.26667e5 / 830);
    const residuals = Array.from(made['lowResistance']!, (r, k) =>
      Math.log(r / (830 * (1 + times[k]! / 1e-3) ** (0.02 * share))),
    );
    const sd = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / 400);
    expect(sd).toBeGreaterThan(0.008);
    expect(sd).toBeLessThan(0.012);
    expect(simulateRetention(request, [1, 1])).toMatchObject({ refused: true });
    expect(simulateRetention({ ...request, read_V: 0 }, [1])).toMatchObject({ refused: true });
  });
});

describe('forming of a virgin device', () => {
  const LOOP = buildSweep('0:4:0.01:0:-2:0:2:0:-2:0', 0.1);

  it('the first SET lies at the forming voltage, the later ones where they always do', () => {
    for (const complianceCurrent of [1e-3, null]) {
      const s = runOrFail('resistive-memory', { formingVoltage: 3, complianceCurrent }, LOOP);
      const [forming, reset, set] = s.events;
      expect(s.events.map(({ kind }) => kind)).toEqual(['set', 'reset', 'set', 'reset']);
      expect(Math.abs(forming!.voltage_V[0] - 3)).toBeLessThanOrEqual(0.01);
      expect(reset!.voltage_V[0]).toBeCloseTo(-1.14, 9);
      expect(set!.voltage_V[0]).toBeCloseTo(0.82, 9);
      const formed = runOrFail('resistive-memory', { complianceCurrent }, LOOP);
      const row = findRow(s, 0.5, 1300);
      expect(column(s, 'current_A')[row]! / column(formed, 'current_A')[row]!).toBeCloseTo(1, 6);
    }
  });

  it('calibrated in closed form: half at t = ln(c + 2)/[k (1 + c)] of a held voltage', () => {
    const hold: Drive = { time_s: Float64Array.of(0, 1), voltage_V: Float64Array.of(3.2, 3.2) };
    const s = runOrFail('resistive-memory', { formingVoltage: 3 }, hold);
    const { formingSlope, formingThreshold } = s.derived;
    const half = Math.log(1e4 + 2) / (Math.exp(formingSlope! * (3.2 - formingThreshold!)) * (1 + 1e4));
    expect(s.events[0]!.time_s / half).toBeCloseTo(1, 2);
    // the slope of the SET kinetics, unless a pulse that just forms says otherwise
    expect(formingSlope!).toBeCloseTo(s.derived['setSlope']!, 9);
  });

  it('a faster ramp forms ln(10)/eta a decade higher', () => {
    const at = [0.1, 1, 10].map(
      (rate) =>
        runOrFail('resistive-memory', { formingVoltage: 3 }, buildSweep('0:4:0.001', rate)).events[0]!
          .voltage_V[0],
    );
    for (const k of [1, 2]) expect(at[k]! - at[k - 1]!).toBeCloseTo(Math.LN10 / 19.346, 2);
  });

  it('two steps: a plateau between them, and a virgin device conducts less', () => {
    const s = runOrFail(
      'resistive-memory',
      { formingVoltage: 3, formingStepVoltage: 3.5, complianceCurrent: 1e-3, virginResistance: 4.26667e8 },
      LOOP,
    );
    const state = (v: number) => column(s, 'state')[findRow(s, v)]!;
    expect(state(2.9)).toBeLessThan(0.01);
    expect(state(3.1)).toBeGreaterThan(0.51);
    expect(state(3.3)).toBeLessThan(0.56);
    expect(state(3.7)).toBeGreaterThan(0.9);
    const virgin = column(s, 'current_A')[findRow(s, 0.5)]!;
    expect(0.5 / virgin / 4.26667e8).toBeCloseTo(1 / (1 + 0.5 / 0.3), 3);
  });

  it('a virgin pair forms one device a sign, late; after that the four regions lie where they always do', () => {
    const s = runOrFail(
      'light-emitting-memory',
      { formingVoltage: 1.2, state: 0 },
      buildSweep('0:-8:0.02:0:8:0:-8:0:8', 0.1),
    );
    const [right, left, ...later] = s.events;
    // the left device takes what its emitter takes, 4 to 5 V, before the right one sees its forming voltage
    expect(right).toMatchObject({ kind: 'set', device: 'right' });
    expect(right!.voltage_V[1]).toBeLessThan(-5.5);
    expect(left).toMatchObject({ kind: 'set', device: 'left' });
    expect(left!.voltage_V[0]).toBeCloseTo(1.2, 1);
    const of = (kind: string) =>
      later.filter((one) => one.kind === kind).map(({ voltage_V }) => Math.abs(voltage_V[0]));
    for (const v of of('set')) expect(Math.abs(v - 0.9)).toBeLessThanOrEqual(0.021);
    for (const v of of('reset')) expect(Math.abs(v - 1.88)).toBeLessThanOrEqual(0.021);
    expect(of('set')).toHaveLength(2);
  });

  it.each([
    [{ formingVoltage: 0.5 }, 'must lie above the SET voltage'],
    [{ formingVoltage: 3, formingStepVoltage: 2 }, 'must lie above the first'],
    [{ formingVoltage: 3, formingPulseVoltage: 2.5 }, 'forming pulse of 2.5 V'],
    [{ formingVoltage: 3, virginResistance: 1e3 }, 'is below its high resistance'],
    [{ relaxationTime: -1 }, 'Relaxation time'],
    [{ relaxationTime: 1, driftExponent: 0 }, 'Exponent of the resistance drift'],
  ])('%o is refused in a sentence', (parameters, sentence) => {
    expect(refusalOf('resistive-memory', parameters, LOOP)).toContain(sentence);
  });
});

describe('both laws, whatever their numbers', () => {
  const random = createRandom(414);
  const draw = (low: number, high: number): number => low * (high / low) ** random();
  const cases = Array.from({ length: 40 }, (_, k) => {
    const formingVoltage = draw(1, 6);
    return [
      k,
      {
        formingVoltage,
        formingStepVoltage: random() < 0.5 ? null : formingVoltage * draw(1.02, 1.3),
        virginResistance: random() < 0.5 ? null : draw(1e6, 1e12),
        // far slower than the ramps; faster ones make a volatile switch, whose jumps end at the floor of a picosecond
        relaxationTime: random() < 0.5 ? null : draw(1e4, 1e9),
        driftExponent: random() < 0.5 ? null : draw(1e-3, 1),
        complianceCurrent: random() < 0.5 ? null : draw(1e-5, 1e-2),
        loadResistance: random() < 0.5 ? 0 : draw(10, 1e4),
      },
    ] as const;
  });

  it.each(cases)(
    'device %d: states in [0, 1], passive, and the same at half the step limit',
    (_, parameters) => {
      const drive = buildSweep('0:8:0.02:0:-3:0:2:0', draw(0.01, 100));
      const s = runOrFail('resistive-memory', parameters, drive);
      const state = column(s, 'state');
      expect(state.every((x) => x >= 0 && x <= 1)).toBe(true);
      // a passive device never gives energy back
      const power = column(s, 'deviceVoltage_V').map((v, k) => v * column(s, 'current_A')[k]!);
      expect(power.every((p) => p >= 0)).toBe(true);
      expect(s.derived['deviceEnergy_J']).toBeGreaterThanOrEqual(0);
      const fine = runOrFail('resistive-memory', { ...parameters, stepLimit: 0.01 }, drive);
      const of = (one: typeof s) => one.events.filter(({ kind }) => kind !== 'floor');
      expect(of(fine).map(({ kind }) => kind)).toEqual(of(s).map(({ kind }) => kind));
      const step_s = column(s, 'time_s')[1]!;
      for (const [k, event] of of(s).entries())
        expect(Math.abs(event.time_s - of(fine)[k]!.time_s)).toBeLessThan(step_s);
    },
  );
});
