import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, type FitReport, fitModel, MODELS } from '../../fitting/index.ts';
import {
  buildDevices,
  DEVICE_NOISE,
  DIODE_IDS,
  isDeterminedRight,
  isWhollyRight,
} from '../support/synthetic-devices.ts';

const model = MODELS.get('modified-shockley')!;
const weighting = { kind: 'asinh', ...DEVICE_NOISE } as const;
const values = (report: FitReport): number[] => report.parameters.map((parameter) => parameter.value);

describe('synthetic devices, the experiment of FITTING 3 (short form of the bench)', () => {
  const devices = buildDevices(60, 4711);

  it('finds every determined parameter within 5 % and all four within four bounds', () => {
    for (const device of devices) {
      const report = fitModel({ model, x: [device.voltage_V], y: device.current_A, weighting });
      expect(isDeterminedRight(device, values(report))).toBe(true);
      expect(isWhollyRight(device, values(report))).toBe(true);
    }
  });

  it('covers the truth with 92 to 98 % of its 95 % intervals', () => {
    let hits = 0;
    let all = 0;
    for (const device of buildDevices(150, 99)) {
      const report = fitModel({ model, x: [device.voltage_V], y: device.current_A, weighting });
      for (const id of DIODE_IDS) {
        const parameter = report.parameters.find((p) => p.id === id)!;
        if (parameter.interval95 === null) continue;
        all++;
        const [lower, upper] = parameter.interval95;
        if (device.truth[id]! >= lower && device.truth[id]! <= upper) hits++;
      }
    }
    expect(all).toBeGreaterThan(570);
    expect(hits / all).toBeGreaterThan(0.92);
    expect(hits / all).toBeLessThan(0.98);
  });

  it('reaches the same optimum from 40 scattered starts in the box', () => {
    const device = devices[3]!;
    const reference = fitModel({ model, x: [device.voltage_V], y: device.current_A, weighting });
    const normal = createNormal(createRandom(5));
    let reached = 0;
    for (let k = 0; k < 40; k++) {
      const start = Object.fromEntries(
        DIODE_IDS.map((id) => [id, device.truth[id]! * Math.exp(2 * normal())]),
      );
      const report = fitModel({ model, x: [device.voltage_V], y: device.current_A, weighting, start });
      if (Math.abs(report.chiSquare / reference.chiSquare - 1) < 1e-8) reached++;
    }
    expect(reached).toBeGreaterThanOrEqual(38);
  });

  it('3 % outliers: the robust option drops them and keeps the parameters', () => {
    for (const device of devices.slice(0, 20)) {
      const y = device.current_A.map((current, i) => (i % 33 === 20 ? 1.5 * current : current));
      const report = fitModel({ model, x: [device.voltage_V], y, weighting, robust: true });
      expect(report.dropped.filter((i) => i % 33 === 20).length).toBeGreaterThanOrEqual(4);
      expect(isDeterminedRight(device, values(report))).toBe(true);
      expect(report.residuals).toHaveLength(y.length);
    }
  });

  it('rejects no right model and keeps its coverage when the noise has to be re-estimated', () => {
    let hits = 0;
    let all = 0;
    for (const device of buildDevices(100, 31)) {
      const report = fitModel({
        model,
        x: [device.voltage_V],
        y: device.current_A,
        weighting: { kind: 'asinh', relative: 0.05, absolute: 1e-9, reestimate: true },
      });
      expect(report.verdicts.map((verdict) => verdict.code)).not.toContain('MODEL_REJECTED');
      for (const id of DIODE_IDS) {
        const { interval95 } = report.parameters.find((p) => p.id === id)!;
        if (interval95 === null) continue;
        all++;
        if (device.truth[id]! >= interval95[0] && device.truth[id]! <= interval95[1]) hits++;
      }
    }
    expect(hits / all).toBeGreaterThan(0.91);
    expect(hits / all).toBeLessThan(0.985);
  });

  it('re-estimates unknown noise to within 30 % of the truth', () => {
    const found = devices.slice(0, 20).map(
      (device) =>
        fitModel({
          model,
          x: [device.voltage_V],
          y: device.current_A,
          weighting: { kind: 'asinh', relative: 0.05, absolute: 1e-9, reestimate: true },
        }).noise!.relative,
    );
    const mean = found.reduce((sum, value) => sum + value / found.length, 0);
    expect(Math.abs(mean / 0.01 - 1)).toBeLessThan(0.3);
  });
});
