import { stepFrequencyResponse } from './frequency-response.ts';
import {
  type MemorySeriesRequest,
  type SeriesColumns,
  type SeriesSteps,
  simulateRetention,
  stepEndurance,
  stepPulseTrials,
} from './memory-series.ts';
import {
  isRefusal,
  type ParameterSet,
  pickNumber,
  pickValue,
  readParameters,
  refuse,
  type Values,
} from './parameters.ts';
import type { SimulationParameters, SimulationRefusal, SimulatorParameter } from './simulator.ts';

/** A test a lab runs on one device, whose result is a table and not a trace. */
export interface SeriesSimulator {
  readonly id: 'endurance' | 'retention' | 'pulse-width' | 'frequency-response';
  readonly label: string;
  /** The simulator of the device. */
  readonly model: 'resistive-memory' | 'light-emitting-cell';
  /** What is asked for beside the device: pulses, reading, spread. */
  readonly parameters: readonly SimulatorParameter[];
  /** How the abscissa is written; `unit` of its numbers. */
  readonly syntax: string;
  readonly unit: string;
  /**
   * @param device    parameters of the model, over its defaults
   * @param own       parameters of the series, over theirs
   * @param abscissa  cycles (one number), times [s], widths [s] or frequencies [Hz]
   */
  run(
    device: SimulationParameters,
    own: SimulationParameters,
    abscissa: readonly number[],
    cancelled?: () => boolean,
  ): SeriesColumns | SimulationRefusal;
  /** The same in steps. */
  steps(device: SimulationParameters, own: SimulationParameters, abscissa: readonly number[]): SeriesSteps;
}

type Plan = Omit<SeriesSimulator, 'run'>;

/** A series that is run at once, from one in steps; asked between two steps whether to stop. */
function withRun(plan: Plan): SeriesSimulator {
  return {
    ...plan,
    run(device, own, abscissa, cancelled) {
      const steps = plan.steps(device, own, abscissa);
      for (;;) {
        if (cancelled?.()) return refuse(null, 'The series was cancelled.');
        const step = steps.next();
        if (step.done) return step.value;
      }
    },
  };
}

function spec(
  id: string,
  symbol: string,
  label: string,
  unit: string,
  standard: number | null,
  [lower, upper]: readonly [number, number],
  scale: 'linear' | 'log',
  more: Partial<SimulatorParameter> = {},
): SimulatorParameter {
  return { id, symbol, label, unit, default: standard, lower, upper, scale, ...more };
}

const TIME = { legal: [1e-12, 1e6] } as const;

/** Pulses of METHODS 8.3 and S1 fig. 4e; the spread of METHODS 8.4 is off until it is asked for. */
const MEMORY_TEST: readonly SimulatorParameter[] = [
  spec('setAmplitude', 'V_w', 'SET pulse', 'V', 1.5, [0.1, 10], 'linear', { legal: [1e-3, 1e3] }),
  spec('setWidth', 't_w', 'Its width', 's', 3.8e-6, [1e-9, 1e-2], 'log', TIME),
  spec('resetAmplitude', 'V_e', 'RESET pulse', 'V', -2, [-10, -0.1], 'linear', { legal: [-1e3, -1e-3] }),
  spec('resetWidth', 't_e', 'Its width', 's', 3.8e-6, [1e-9, 1e-2], 'log', TIME),
  spec('readVoltage', 'V_read', 'Read voltage', 'V', 0.1, [0.01, 1], 'linear', { legal: [-1e3, 1e3] }),
];

const SPREAD: readonly SimulatorParameter[] = [
  spec('setShape', 'β', 'Weibull shape of V_SET over cycles', '1', null, [2, 100], 'log', {
    optional: true,
    legal: [0.1, 1e9],
  }),
  spec('resetDeviation', 's(V_RESET)', 'Deviation of V_RESET over cycles', 'V', 0, [0, 0.5], 'linear', {
    legal: [0, 10],
  }),
  spec('lowDecades', 's(log R_L)', 'Spread of the low resistance', '1', 0, [0, 1], 'linear', {
    legal: [0, 10],
  }),
  spec('highDecades', 's(log R_H)', 'Spread of the high resistance', '1', 0, [0, 1], 'linear', {
    legal: [0, 10],
  }),
];

function readRequest(device: SimulationParameters, own: Values): MemorySeriesRequest {
  const read = (id: string): number => pickNumber(own, '', id);
  return {
    parameters: device,
    set: { voltage_V: read('setAmplitude'), width_s: read('setWidth') },
    reset: { voltage_V: read('resetAmplitude'), width_s: read('resetWidth') },
    read_V: read('readVoltage'),
    seed: device['seed'] ?? 1,
    spread: {
      setShape: pickValue(own, '', 'setShape'),
      resetDeviation_V: read('resetDeviation'),
      lowDecades: read('lowDecades'),
      highDecades: read('highDecades'),
    },
  };
}

/** Reads the series' own parameters, then runs it. */
function* withOwn(
  id: string,
  specs: readonly SimulatorParameter[],
  given: SimulationParameters,
  run: (own: Values) => SeriesSteps,
): SeriesSteps {
  const set: ParameterSet = { id, specs, devices: [], defaults: {} };
  const own = readParameters(set, given);
  if (isRefusal(own)) return own;
  return yield* run(own);
}

/** A series of one step. */
function* atOnce(make: () => SeriesColumns | SimulationRefusal): SeriesSteps {
  yield 0;
  return make();
}

const PULSE_WIDTH: readonly SimulatorParameter[] = [
  ...MEMORY_TEST,
  spec('trials', 'n', 'Pulses of each width', '1', 50, [1, 200], 'linear', { legal: [1, 10_000] }),
  spec('erase', 'erase', 'RESET pulses instead of SET pulses', '1', 0, [0, 1], 'linear'),
  ...SPREAD,
];

const LEVELS: readonly SimulatorParameter[] = [
  spec('lowVoltage', 'V_low', 'Lower level of the square wave', 'V', 0, [-10, 10], 'linear', {
    legal: [-1e3, 1e3],
  }),
  spec('highVoltage', 'V_high', 'Upper level of the square wave', 'V', 6, [-10, 10], 'linear', {
    legal: [-1e3, 1e3],
  }),
];

const ENDURANCE: readonly SimulatorParameter[] = [...MEMORY_TEST, ...SPREAD];

const PLANS: readonly Plan[] = [
  {
    id: 'endurance',
    label: 'Endurance',
    model: 'resistive-memory',
    parameters: ENDURANCE,
    syntax: 'N, a number of cycles',
    unit: '1',
    steps: (device, own, [cycles]) =>
      withOwn('endurance', ENDURANCE, own, (values) =>
        stepEndurance(readRequest(device, values), cycles ?? 0),
      ),
  },
  {
    id: 'retention',
    label: 'Retention',
    model: 'resistive-memory',
    parameters: MEMORY_TEST,
    syntax: 'FROM:TO:PER_DECADE, times and readings a decade',
    unit: 's',
    steps: (device, own, times) =>
      withOwn('retention', MEMORY_TEST, own, (values) =>
        atOnce(() => simulateRetention(readRequest(device, values), times)),
      ),
  },
  {
    id: 'pulse-width',
    label: 'Pulse widths',
    model: 'resistive-memory',
    parameters: PULSE_WIDTH,
    syntax: 'W1,W2,..., widths',
    unit: 's',
    steps: (device, own, widths) =>
      withOwn('pulse-width', PULSE_WIDTH, own, (values) => {
        const kind = pickNumber(values, '', 'erase') >= 0.5 ? 'reset' : 'set';
        return stepPulseTrials(readRequest(device, values), kind, widths, pickNumber(values, '', 'trials'));
      }),
  },
  {
    id: 'frequency-response',
    label: 'Frequency response',
    model: 'light-emitting-cell',
    parameters: LEVELS,
    syntax: 'FROM:TO:N, frequencies',
    unit: 'Hz',
    steps: (device, own, frequencies) =>
      withOwn('frequency-response', LEVELS, own, (values) =>
        stepFrequencyResponse(
          device,
          [pickNumber(values, '', 'lowVoltage'), pickNumber(values, '', 'highVoltage')],
          frequencies,
        ),
      ),
  },
];

const all: readonly SeriesSimulator[] = PLANS.map(withRun);

/** Every series, one line each. */
export const SERIES = {
  all,
  get: (id: string): SeriesSimulator | undefined => all.find((series) => series.id === id),
} as const;
