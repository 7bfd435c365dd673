import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import { columnOf } from '../../model/curve.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { findFirstCrossing, smoothBoxcar } from '../../segments/edges.ts';
import { buildTrace, estimateNoise, findIndex, findQuantum, type Trace } from '../../segments/waveforms.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput } from '../given-inputs.ts';
import { findStimulus } from '../transients/pulse-channels.ts';
import { seconds } from '../transients/pulse-records.ts';

const IDS = [
  'switchingTime',
  'switchingEnergy',
  'totalEnergy',
  'highResistance',
  'lowResistance',
  'onOffRatio',
] as const satisfies readonly QuantityId[];

/** The state changes where the current does by more than this during the pulse. */
const LEAST_RATIO = 3;

/** Current and voltages of one pulse, positive in the direction of the drive. */
export interface DrivenPulse {
  readonly time: Float64Array;
  readonly generator_V: Float64Array;
  readonly device_V: Float64Array;
  readonly current_A: Float64Array;
  /** Noise of one current reading, at least q/sqrt(12) of the channel [A]. */
  readonly noise_A: number;
  readonly rise: number;
  readonly fall: number;
}

/** Energies of a pulse by the trapezoid rule on the raw samples: total (generator) and device [J]. */
export function integrateEnergy(
  pulse: DrivenPulse,
  to: number,
): { total: number; device: number; noise: number } {
  const { time, generator_V, device_V, current_A, noise_A } = pulse;
  let total = 0;
  let device = 0;
  let noise = 0;
  const first = Math.max(0, findIndex(time, pulse.rise) - 1);
  for (let i = first; i + 1 < time.length && time[i]! < to; i++) {
    const step = Math.min(time[i + 1]!, to) - time[i]!;
    total += 0.5 * step * (generator_V[i]! * current_A[i]! + generator_V[i + 1]! * current_A[i + 1]!);
    device += 0.5 * step * (device_V[i]! * current_A[i]! + device_V[i + 1]! * current_A[i + 1]!);
    noise += (step * device_V[i]! * noise_A) ** 2;
  }
  return { total, device, noise: Math.sqrt(noise) };
}

/** A shot of the same pulse without the device, or with it in its high state, by what its title says. */
const OPEN_SHOT = /\bopen\b|capacitive|blank|without (?:the )?device/i;

/** Energy without the charge of the leads: that of an open shot of the same device is taken off (METHODS 2.7). */
function describeNetEnergy(
  input: AnalysisInput,
  pulse: DrivenPulse,
  device_J: number,
  noise_J: number,
  context: { readonly method: string; readonly inputs: Quantity['inputs'] },
  reasons: readonly Issue[],
): Quantity {
  const head = { ...context, convention: 'device, minus capacitive' };
  const shot = input.siblings.find((one) => one.kind === 'waveform' && OPEN_SHOT.test(one.title));
  const built = shot ? buildPulse({ ...input, measurement: shot }) : null;
  if (!shot || !built || 'reason' in built)
    return refused(
      'switchingEnergy',
      [
        warning(
          'INPUT_MISSING',
          'The capacitive part needs a shot of the same pulse with the device open, beside this one.',
          { subject: 'open shot', hint: 'Measure it under a title with the word open.' },
        ),
      ],
      head,
    );
  const open = integrateEnergy(built.pulse, pulse.fall + (built.pulse.rise - pulse.rise));
  const u = Math.hypot(noise_J, open.noise);
  return determined('switchingEnergy', {
    ...head,
    value: device_J - open.device,
    standardUncertainty: u,
    interval95: [device_J - open.device - 1.96 * u, device_J - open.device + 1.96 * u],
    reasons: [
      info('NOTE', `${open.device.toExponential(3)} J of '${shot.title}' are taken off.`),
      ...reasons,
    ],
  });
}

type Built = { readonly pulse: DrivenPulse; readonly reasons: readonly Issue[] } | { readonly reason: Issue };

/** Current from its own channel, or from the voltage on the load; V_dev = V_gen − I (R_L + R_src). */
function buildPulse(input: AnalysisInput): Built {
  const { curve } = input.measurement;
  const time = columnOf(curve, 'time');
  const stimulus = columnOf(curve, 'stimulus');
  const found = findStimulus(input.measurement);
  const [window] = found?.pulses ?? [];
  if (!time || !stimulus || !found || !window || stimulus.unit !== 'V')
    return {
      reason: warning(
        'INPUT_MISSING',
        'Switching needs the drive: no column in volts has the role stimulus.',
        {
          subject: 'stimulus',
          hint: 'Give the generator channel the role stimulus.',
        },
      ),
    };
  const load = findInput(input.conditions, 'loadResistance');
  const source = findInput(input.conditions, 'sourceResistance');
  const own = columnOf(curve, 'current');
  const onLoad = curve.columns.find((column) => column.role === 'voltage' && column.unit === 'V');
  if (!own && !(onLoad && load && load.value > 0))
    return {
      reason: warning(
        'INPUT_MISSING',
        onLoad
          ? 'The current is the voltage on the load over its resistance, which was not given.'
          : 'No column holds the current or the voltage on a load.',
        { subject: 'loadResistance' },
      ),
    };
  const factor = own ? 1 : 1 / load!.value;
  const channel = buildTrace(time.data, (own ?? onLoad)!.data);
  const drive = buildTrace(time.data, stimulus.data);
  const { trace } = found;
  const at = findIndex(trace.time, 0.5 * (window.rise + window.fall));
  const sign = trace.value[at]! === drive.value[Math.min(at, drive.value.length - 1)]! ? 1 : -1;
  const n = Math.min(channel.value.length, drive.value.length);
  const before = findIndex(channel.time, window.rise);
  let offset = 0;
  const guard = Math.max(0, before - 3);
  for (let i = 0; i < guard; i++) offset += channel.value[i]! / guard;
  const current_A = Float64Array.from({ length: n }, (_, i) => sign * factor * (channel.value[i]! - offset));
  const generator_V = Float64Array.from({ length: n }, (_, i) => sign * drive.value[i]!);
  const series = (load?.value ?? 0) + (source?.value ?? 0);
  const reasons: Issue[] = [];
  if (!load)
    reasons.push(
      info('ASSUMED_INPUT', 'No load resistance was given: none is taken to be in series.', {
        subject: 'loadResistance',
      }),
    );
  if (!source)
    reasons.push(
      info(
        'ASSUMED_INPUT',
        'No source resistance was given: the drive is taken as measured at the device and its load, not as the open-circuit voltage.',
        { subject: 'sourceResistance' },
      ),
    );
  return {
    pulse: {
      time: channel.time.slice(0, n),
      generator_V,
      device_V: generator_V.map((v, i) => v - series * current_A[i]!),
      current_A,
      noise_A: factor * estimateNoise(channel.value, findQuantum(channel.value)),
      rise: window.rise,
      fall: window.fall,
    },
    reasons,
  };
}

interface Plateau {
  readonly current: number;
  readonly voltage: number;
  readonly error: number;
}

/** Mean over a share of the pulse, in its time. */
function averagePart(pulse: DrivenPulse, from: number, to: number): Plateau | null {
  const width = pulse.fall - pulse.rise;
  const a = findIndex(pulse.time, pulse.rise + from * width);
  const b = findIndex(pulse.time, pulse.rise + to * width);
  if (b - a < 2) return null;
  let current = 0;
  let voltage = 0;
  for (let i = a; i < b; i++) {
    current += pulse.current_A[i]! / (b - a);
    voltage += pulse.device_V[i]! / (b - a);
  }
  return { current, voltage, error: pulse.noise_A / Math.sqrt(b - a) };
}

/** R = V/I of a state during the pulse; a current within 3 standard errors, or below one step of the scope, is a bound. */
function reportState(
  id: 'highResistance' | 'lowResistance',
  plateau: Plateau,
  noise_A: number,
  convention: string,
  context: { readonly method: string; readonly inputs: Quantity['inputs'] },
  reasons: readonly Issue[],
): Quantity {
  const floor = Math.max(3 * plateau.error, Math.sqrt(12) * noise_A * 0.5);
  if (Math.abs(plateau.current) < floor)
    return bounded(
      id,
      'lower',
      plateau.voltage / floor,
      [
        warning(
          'BELOW_NOISE_FLOOR',
          `The current ${plateau.current.toPrecision(2)} A is within the resolution ${floor.toPrecision(2)} A of the channel: the state is not resolved on the load.`,
        ),
        ...reasons,
      ],
      { ...context, convention },
    );
  const value = plateau.voltage / plateau.current;
  const u = (value * plateau.error) / Math.abs(plateau.current);
  return determined(id, {
    ...context,
    convention,
    value,
    standardUncertainty: u,
    interval95: [value - 1.96 * u, value + 1.96 * u],
    reasons,
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const built = buildPulse(input);
  const give = (quantities: Quantity[], overlays: Overlay[] = []): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays,
    issues: [],
  });
  const method = 'drive and current of one pulse';
  const none = (reason: Issue): AnalysisOutput => give(IDS.map((id) => refused(id, [reason], { method })));
  if ('reason' in built) return none(built.reason);
  const { pulse, reasons } = built;
  const inputs = collectInputs(input.conditions, ['loadResistance', 'sourceResistance']);
  const context = { method, inputs };
  const start = averagePart(pulse, 0.02, 0.12);
  const end = averagePart(pulse, 0.8, 0.98);
  if (!start || !end)
    return none(
      warning(
        'UNDERSAMPLED',
        `The pulse of ${seconds(pulse.fall - pulse.rise)} has too few samples for two plateaus.`,
      ),
    );
  const energy = integrateEnergy(pulse, pulse.fall);
  const relative = findInput(input.conditions, 'loadResistance')?.relative ?? 0;
  const report = (id: 'switchingEnergy' | 'totalEnergy', value: number, convention: string): Quantity => {
    const u = Math.hypot(energy.noise, value * relative);
    return determined(id, {
      ...context,
      convention,
      value,
      standardUncertainty: u,
      interval95: [value - 1.96 * u, value + 1.96 * u],
      range: { role: 'time', from: pulse.rise, to: pulse.fall },
      reasons,
    });
  };
  const floor = Math.max(3 * pulse.noise_A * 0.3, 3 * start.error, 3 * end.error);
  const [first, last] = [Math.max(start.current, floor), Math.max(end.current, floor)];
  const ratio = last / first;
  const rises = ratio >= LEAST_RATIO;
  const falls = ratio <= 1 / LEAST_RATIO;
  const quantities: Quantity[] = [];
  const overlays: Overlay[] = [];
  let switched: number | null = null;
  if (!rises && !falls)
    quantities.push(
      refused(
        'switchingTime',
        [
          warning(
            'NO_SWITCHING',
            `The current goes from ${start.current.toPrecision(3)} to ${end.current.toPrecision(3)} A during the pulse: less than a factor ${LEAST_RATIO}.`,
          ),
        ],
        context,
      ),
    );
  else {
    const trace: Trace = smoothBoxcar(
      {
        time: pulse.time,
        value: pulse.current_A,
        interval_s: (pulse.time.at(-1)! - pulse.time[0]!) / Math.max(1, pulse.time.length - 1),
      },
      3,
    );
    const from = findIndex(pulse.time, pulse.rise + 0.02 * (pulse.fall - pulse.rise));
    const middle = Math.sqrt(first * last);
    switched = findFirstCrossing(trace, middle, from, findIndex(pulse.time, pulse.fall));
    const value = switched - pulse.rise;
    const time = { ...context, convention: '50 % of the drive to 50 % of ln I' };
    const resolution = 2 * trace.interval_s;
    quantities.push(
      !Number.isFinite(value) || value <= resolution
        ? bounded(
            'switchingTime',
            'upper',
            Math.max(resolution, Number.isFinite(value) ? value : resolution),
            [
              warning(
                'UNDERSAMPLED',
                `The switching is not resolved by samples of ${seconds(trace.interval_s)}.`,
              ),
            ],
            time,
          )
        : determined('switchingTime', {
            ...time,
            value,
            standardUncertainty: trace.interval_s / Math.sqrt(12),
            interval95: [value - trace.interval_s, value + trace.interval_s],
            reasons,
          }),
    );
    if (Number.isFinite(switched))
      overlays.push({
        id: 'switching',
        kind: 'event',
        label: 'Switching (50 % of ln I)',
        branch: null,
        x: { role: 'time', data: Float64Array.of(switched) },
        y: { role: 'current', data: Float64Array.of(middle) },
      });
  }
  quantities.push(report('switchingEnergy', energy.device, 'device, whole pulse'));
  if (switched !== null && Number.isFinite(switched))
    quantities.push(
      report('switchingEnergy', integrateEnergy(pulse, switched).device, 'device, to the switching'),
    );
  quantities.push(describeNetEnergy(input, pulse, energy.device, energy.noise, context, reasons));
  quantities.push(report('totalEnergy', energy.total, 'generator, whole pulse'));
  const [highState, lowState] = falls ? [end, start] : [start, end];
  const states = [
    reportState(
      'highResistance',
      highState,
      pulse.noise_A,
      `during the pulse at ${highState.voltage.toPrecision(3)} V`,
      context,
      reasons,
    ),
    reportState(
      'lowResistance',
      lowState,
      pulse.noise_A,
      `during the pulse at ${lowState.voltage.toPrecision(3)} V`,
      context,
      reasons,
    ),
  ];
  const [high, low] = states;
  const onOff = { ...context, convention: 'during the pulse' };
  quantities.push(...states);
  if (typeof high?.value === 'number' && typeof low?.value === 'number' && low.status !== 'bound') {
    const value = high.value / low.value;
    const u =
      value *
      Math.hypot((high.standardUncertainty ?? 0) / high.value, (low.standardUncertainty ?? 0) / low.value);
    quantities.push(
      high.status === 'bound'
        ? bounded('onOffRatio', 'lower', value, high.reasons as readonly [Issue, ...Issue[]], onOff)
        : determined('onOffRatio', {
            ...onOff,
            value,
            standardUncertainty: u,
            interval95: [value - 1.96 * u, value + 1.96 * u],
            reasons,
          }),
    );
  } else
    quantities.push(
      refused(
        'onOffRatio',
        [warning('BELOW_NOISE_FLOOR', 'Neither state is resolved on the load during the pulse.')],
        onOff,
      ),
    );
  return give(quantities, overlays);
}

/** Switching time, energies and states of one pulse on a resistive memory (METHODS 2.7). */
export const pulseSwitching: Analysis = defineAnalysis({
  id: 'pulse-switching',
  version: 2,
  label: 'Pulse switching',
  kinds: ['waveform'],
  quantities: IDS,
  options: [],
  run,
});
