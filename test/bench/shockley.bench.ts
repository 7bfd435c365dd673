import {
  diodeCurrent,
  type FitReport,
  type FitRequest,
  fitModel,
  MODELS,
  type Weighting,
} from '../../fitting/index.ts';
import {
  buildDevices,
  DEVICE_NOISE,
  DIODE_IDS,
  isDeterminedRight,
  isWhollyRight,
  type SyntheticDevice,
} from '../support/synthetic-devices.ts';
import { fitWithPython } from './shockley-python.ts';

const model = MODELS.get('modified-shockley')!;
const known: Weighting = { kind: 'asinh', ...DEVICE_NOISE };

interface Row {
  readonly name: string;
  readonly determined: number;
  readonly whole: number;
  readonly median_ms: number;
  readonly p95_ms: number;
}

type Prepare = (device: SyntheticDevice) => Partial<FitRequest>;

function measure(name: string, devices: readonly SyntheticDevice[], prepare: Prepare): Row {
  const times: number[] = [];
  const found = devices.map((device) => {
    const request: FitRequest = {
      model,
      x: [device.voltage_V],
      y: device.current_A,
      weighting: known,
      profile: 'never',
      ...prepare(device),
    };
    const from = performance.now();
    const report = fitModel(request);
    times.push(performance.now() - from);
    return report.parameters.map((parameter) => parameter.value);
  });
  return summarise(name, devices, found, times);
}

function summarise(
  name: string,
  devices: readonly SyntheticDevice[],
  found: readonly (readonly number[])[],
  milliseconds: readonly number[],
): Row {
  const times = [...milliseconds].sort((a, b) => a - b);
  const share = (test: typeof isWhollyRight): number =>
    (100 * devices.filter((device, k) => test(device, found[k]!)).length) / devices.length;
  return {
    name,
    determined: share(isDeterminedRight),
    whole: share(isWhollyRight),
    median_ms: times[times.length >> 1]!,
    p95_ms: times[Math.floor(0.95 * times.length)]!,
  };
}

/** Share of 95 % intervals that hold the truth, for parameters whose bound is below and above 100 %. */
export function measureCoverage(
  devices: readonly SyntheticDevice[],
  profile: 'never' | 'always',
): { below: number; above: number; count: number } {
  const hits = [0, 0];
  const all = [0, 0];
  for (const device of devices) {
    const report = fitModel({ model, x: [device.voltage_V], y: device.current_A, weighting: known, profile });
    DIODE_IDS.forEach((id, j) => {
      const interval = findParameter(report, id).interval95;
      if (interval === null) return;
      const group = device.bounds[j]! < 1 ? 0 : 1;
      all[group]!++;
      if (device.truth[id]! >= interval[0] && device.truth[id]! <= interval[1]) hits[group]!++;
    });
  }
  return {
    below: (100 * hits[0]!) / all[0]!,
    above: (100 * hits[1]!) / Math.max(1, all[1]!),
    count: all[0]! + all[1]!,
  };
}

function findParameter(report: FitReport, id: string): FitReport['parameters'][number] {
  return report.parameters.find((parameter) => parameter.id === id)!;
}

const NAIVE = { saturationCurrent: 1e-12, idealityFactor: 2, seriesResistance: 100, shuntResistance: 1e6 };

/** The 200-device experiment of FITTING 3, redone: prints a table and returns its rows. */
export function run(print: (line: string) => void = console.log): readonly Row[] {
  const devices = buildDevices(200, 20_260_101);
  for (const device of devices.slice(0, 40)) measure('', [device], () => ({})); // warm the compiler
  const rows = [
    measure('trust region, asinh, automatic start', devices, () => ({})),
    measure('trust region, asinh, naive start', devices, () => ({ start: NAIVE })),
    measure('trust region, plain linear residual', devices, () => ({ weighting: { kind: 'none' } })),
    measure('trust region, noise unknown, re-estimated', devices, () => ({
      weighting: { kind: 'asinh', relative: 0.05, absolute: 1e-9, reestimate: true },
    })),
    measure('ml-levenberg-marquardt, asinh, automatic start', devices, () => ({
      solver: 'ml-levenberg-marquardt',
    })),
    measure('with profile intervals of all four', devices, () => ({ profile: 'always' })),
    measure('3 % outliers, plain', devices, (d) => ({ y: addOutliers(d) })),
    measure('3 % outliers, robust', devices, (d) => ({ y: addOutliers(d), robust: true })),
    measure('10 nA offset ignored', devices, (d) => ({ y: d.current_A.map((i) => i + 1e-8) })),
    measure('10 nA offset free', devices, (d) => ({ y: d.current_A.map((i) => i + 1e-8), free: ['offset'] })),
    measure('compliance ignored', devices, (d) => ({ y: clip(d) })),
    measure('compliance masked', devices, maskCompliance),
  ];
  for (const [name, fits] of fitWithPython(devices, NAIVE)) {
    rows.push(
      summarise(
        `${name}, asinh, naive start`,
        devices,
        fits.map((fit) => fit.values),
        fits.map((fit) => fit.milliseconds),
      ),
    );
  }
  const ours = rows[1]!.median_ms;
  print('| 200 synthetic devices | 5 % | 4par | median ms | p95 ms | median / ours, naive start |');
  print('| --- | --- | --- | --- | --- | --- |');
  for (const row of rows) {
    print(
      `| ${row.name} | ${row.determined.toFixed(1)} | ${row.whole.toFixed(1)} | ${row.median_ms.toFixed(2)} | ${row.p95_ms.toFixed(2)} | ${(row.median_ms / ours).toFixed(1)} |`,
    );
  }
  const many = buildDevices(1000, 77);
  for (const profile of ['never', 'always'] as const) {
    const { below, above, count } = measureCoverage(many, profile);
    const name = profile === 'never' ? 'linearised' : 'profile';
    print(
      `Coverage of ${count} ${name} 95 % intervals: ${below.toFixed(1)} % (bound below 100 %), ${above.toFixed(1)} % above.`,
    );
  }
  return rows;
}

/** Every 33rd point a factor 1.5 off, alternately up and down. */
function addOutliers(device: SyntheticDevice): Float64Array {
  return device.current_A.map((current, i) =>
    i % 33 === 20 ? current * (i % 2 === 0 ? 1.5 : 0.67) : current,
  );
}

function findLimit(device: SyntheticDevice): number {
  return 0.3 * diodeCurrent(8, device.truth as unknown as Parameters<typeof diodeCurrent>[1], 300);
}

function clip(device: SyntheticDevice): Float64Array {
  const limit = findLimit(device);
  return device.current_A.map((current) => Math.min(current, limit));
}

function maskCompliance(device: SyntheticDevice): Partial<FitRequest> {
  const limit = findLimit(device);
  const rows = [...device.current_A.keys()].filter((i) => device.exact_A[i]! < 0.97 * limit);
  return {
    x: [Float64Array.from(rows, (i) => device.voltage_V[i]!)],
    y: Float64Array.from(rows, (i) => device.current_A[i]!),
  };
}
