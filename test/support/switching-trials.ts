import {
  buildSweep,
  type Drive,
  type FitReport,
  fitModel,
  SIMULATORS,
  simulate,
  widenForEvents,
} from '../../fitting/index.ts';
import { buildSimulatorModel } from '../../fitting/simulators/simulator-model.ts';

/** What the device does at its thresholds, and what the fitted model believes it does. */
export interface TrialKind {
  readonly step_V: number;
  readonly device: Readonly<Record<string, number>>;
  readonly model: Readonly<Record<string, number>>;
}

/** A switch of a few millivolts, far narrower than the rows stand apart. */
const ABRUPT = { setPulseVoltage: 1, resetPulseVoltage: -1.32 };

export const TRIAL_KINDS = {
  'the model of the data, 20 mV a row': { step_V: 0.02, device: {}, model: {} },
  'a switch between two rows, 40 mV apart': { step_V: 0.04, device: ABRUPT, model: ABRUPT },
  'a switch more abrupt than the model, 20 mV': { step_V: 0.02, device: ABRUPT, model: {} },
} as const satisfies Readonly<Record<string, TrialKind>>;

export interface Trial {
  readonly truth: Readonly<Record<string, number>>;
  readonly linearised: FitReport;
  readonly report: FitReport;
}

/** A memory with thresholds anywhere between the rows, 1 % noise and 2 nA, fitted by resistances and thresholds. */
export function runSwitchingTrial({ step_V, device, model }: TrialKind, seed: number): Trial {
  const drive = buildSweep(`0:2:${step_V}:0:-2:0`, 0.1) as Drive;
  const simulator = SIMULATORS.get('resistive-memory')!;
  const truth = {
    lowResistance: 1200,
    highResistance: 9e5,
    setVoltage: 0.9 + 0.04 * ((seed * 0.618034) % 1),
    resetVoltage: -1.2 - 0.04 * ((seed * 0.414214) % 1),
  };
  const limit = 1e-3;
  const run = (more: Readonly<Record<string, number>>): Float64Array => {
    const made = simulate(
      'resistive-memory',
      { complianceCurrent: limit, ...device, ...truth, ...more },
      drive,
    );
    if ('refused' in made) throw new Error(String(made.message));
    return made.columns['current_A']!;
  };
  const clean = run({});
  const noisy = run({ noiseRelative: 0.01, noiseFloor: 2e-9, seed });
  const rows = [...clean.keys()].filter((row) => clean[row] !== limit);
  const adjusted = Object.keys(truth);
  const base = { ...simulator.presets['RRAM-S'], complianceCurrent: limit, ...model };
  const built = buildSimulatorModel({ simulator, base, adjusted, drive });
  if ('refused' in built) throw new Error(built.message);
  const fit = {
    model: built,
    x: [Float64Array.from(rows, (row) => drive.voltage_V[row]!), Float64Array.from(rows)],
    y: Float64Array.from(rows, (row) => noisy[row]!),
    weighting: { kind: 'asinh', relative: 0.01, absolute: 2e-9 } as const,
  };
  const linearised = fitModel(fit);
  const report = widenForEvents({ simulator, base, adjusted, drive, fit, report: linearised });
  return { truth, linearised, report };
}

/** True where the interval of a parameter holds the truth. */
export function holdsTruth({ truth }: Trial, report: FitReport, id: string): boolean {
  const interval = report.parameters.find((parameter) => parameter.id === id)?.interval95;
  return interval != null && truth[id]! >= interval[0] && truth[id]! <= interval[1];
}
