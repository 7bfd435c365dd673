import { describe, expect, it } from 'vitest';
import {
  buildPulses,
  buildSweep,
  createRandom,
  SIMULATORS,
  type Simulator,
  simulate,
} from '../../../fitting/index.ts';

/** Parameters over their whole legal range, in odd combinations. */
function drawParameters(simulator: Simulator, random: () => number): Record<string, number> {
  const parameters: Record<string, number> = {};
  for (const spec of simulator.parameters) {
    if (random() > 0.35 || spec.id.endsWith('aturationCurrent')) continue;
    const [low, high] = random() < 0.3 ? (spec.legal ?? [spec.lower, spec.upper]) : [spec.lower, spec.upper];
    const logarithmic = spec.scale === 'log' && low > 0;
    parameters[spec.id] = logarithmic ? low * (high / low) ** random() : low + random() * (high - low);
  }
  return parameters;
}

function drawDrive(random: () => number) {
  const up = (10 * random()).toFixed(3);
  const down = (-10 * random()).toFixed(3);
  return random() < 0.5
    ? buildSweep(`0:${up}:0.05:${down}:0`, 10 ** (-3 + 9 * random()))
    : buildPulses(`${down}:${up}:1us:3us:3`, random() < 0.5 ? 0 : 1e-8);
}

describe('any legal parameters on any drive', () => {
  it.each(SIMULATORS.all.map((each) => [each.id, each] as const))(
    '%s: finite numbers or a sentence, within seconds',
    (id, simulator) => {
      const random = createRandom(1979);
      let simulated = 0;
      for (let trial = 0; trial < 150; trial++) {
        const parameters = drawParameters(simulator, random);
        const drive = drawDrive(random);
        const start = performance.now();
        const result = simulate(id, parameters, drive);
        expect(performance.now() - start, JSON.stringify(parameters)).toBeLessThan(5000);
        if ('refused' in result) expect(result.message).toMatch(/^[A-Z].{20,}\.$/);
        else {
          simulated++;
          for (const data of Object.values(result.columns))
            expect(data.every((value) => Number.isFinite(value))).toBe(true);
          for (const value of Object.values(result.derived)) expect(Number.isFinite(value)).toBe(true);
          for (const event of result.events) expect(Number.isFinite(event.time_s)).toBe(true);
        }
      }
      expect(simulated).toBeGreaterThan(30);
    },
    120_000,
  );

  it('a million-row record goes through in seconds', () => {
    const count = 1_000_000;
    const time_s = Float64Array.from({ length: count }, (_, k) => k * 1e-8);
    const voltage_V = time_s.map((t) => 1.2 * Math.sin(2 * Math.PI * 1000 * t));
    const start = performance.now();
    const result = simulate('resistive-memory', { loadResistance: 50 }, { time_s, voltage_V });
    expect('refused' in result).toBe(false);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
