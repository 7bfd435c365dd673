import { coverageFactor95, mean, standardDeviation } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import { columnOf } from '../../model/curve.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput } from '../given-inputs.ts';
import { findByLabel, finiteRows, listHeaders } from '../table-columns.ts';
import { readSpikeTrace, type SpikeTrace } from './spike-trace.ts';

/** Pulses of synapses in nature take 1 to 100 fJ: a number of the same size is not the same thing. */
const BIOLOGY = info(
  'NOTE',
  'Biological synapses take about 1 to 100 fJ an event; an equal number is no equal function.',
);

/** Trapezoid of a product over rows `from` to `to` (inclusive). */
function integrate(time: Float64Array, power: (row: number) => number, from: number, to: number): number {
  let sum = 0;
  for (let k = from + 1; k <= to; k++) sum += 0.5 * (power(k) + power(k - 1)) * (time[k]! - time[k - 1]!);
  return sum;
}

function give(quantity: ReturnType<typeof refused>): AnalysisOutput {
  return { quantities: [quantity], fits: [], overlays: [], issues: [] };
}

function describeTrace(input: AnalysisInput, trace: SpikeTrace): AnalysisOutput {
  const { stimulus, response, spikes, time } = trace;
  const isOptical = stimulus.unit === 'W';
  const method = isOptical ? 'integral of the optical power' : 'integral of V I';
  const head: QuantityContext = {
    method,
    convention: isOptical ? 'a pulse, incident light' : 'a pulse, electrical',
    inputs: collectInputs(input.conditions, ['area']),
    points: spikes.length,
  };
  if (!isOptical && !(stimulus.unit === 'V' && response.unit === 'A'))
    return give(
      refused(
        'spikeEnergy',
        [
          warning(
            'UNIT_SUSPECT',
            `Energy needs a pulse in V and a current in A, or a light pulse in W; the columns are in ${stimulus.unit} and ${response.unit}.`,
          ),
        ],
        head,
      ),
    );
  if (spikes.length === 0)
    return give(refused('spikeEnergy', [warning('NO_EDGE', `"${stimulus.label}" shows no pulse.`)], head));
  const power = (row: number): number =>
    isOptical ? stimulus.data[row]! : stimulus.data[row]! * response.data[row]!;
  const energies = spikes.map((spike) => {
    // the edges of a pulse lie half a sample outside of its first and last sample
    const width = time[spike.end - 1]! - time[spike.start]!;
    const step = width / Math.max(1, spike.end - 1 - spike.start);
    const edges = 0.5 * step * (power(spike.start) + power(spike.end - 1));
    return Math.abs(integrate(time, power, spike.start, spike.end - 1) + edges);
  });
  const value = mean(energies);
  return give(
    determined('spikeEnergy', {
      ...head,
      value,
      ...describeScatter(energies),
      reasons: [
        ...(spikes.some((spike) => spike.end - spike.start < 5)
          ? [
              warning(
                'UNDERSAMPLED',
                `A pulse has ${Math.min(...spikes.map((spike) => spike.end - spike.start))} samples; its width is known to one of them.`,
              ),
            ]
          : []),
        BIOLOGY,
      ],
    }),
  );
}

/** V I t of a rectangular pulse: current and width of a table, voltage of the column or of `drive`. */
function describeTable(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const width = findByLabel(curve, /width|duration|length/i, ['s']);
  const current = columnOf(curve, 'current');
  const voltage = columnOf(curve, 'voltage');
  const drive = findInput(input.conditions, 'drive');
  const head: QuantityContext = {
    method: 'V I t of a rectangular pulse',
    convention: 'a pulse, electrical',
    inputs: collectInputs(input.conditions, ['drive']),
  };
  const missing: Issue | null =
    !width || !current
      ? warning(
          'NO_DATA',
          `Energy needs the current and the width of a pulse; the columns are ${listHeaders(curve)}.`,
        )
      : !voltage && !drive
        ? warning('INPUT_MISSING', 'Energy needs the voltage of the pulse, which was not given.', {
            subject: 'drive',
            hint: 'Set drive for the folder or the device.',
          })
        : null;
  if (missing || !width || !current) return give(refused('spikeEnergy', [missing!], head));
  const rows = finiteRows(voltage ? [width, current, voltage] : [width, current]);
  const energies = rows.map((row) =>
    Math.abs(
      (voltage ? voltage.data[row]! : (drive?.value ?? Number.NaN)) * current.data[row]! * width.data[row]!,
    ),
  );
  if (energies.length === 0)
    return give(refused('spikeEnergy', [warning('NO_DATA', 'No row has a current and a width.')], head));
  return give(
    determined('spikeEnergy', {
      ...head,
      points: energies.length,
      value: mean(energies),
      ...describeScatter(energies),
      reasons: [BIOLOGY],
    }),
  );
}

/** Standard error of the mean and Student's interval; a single spike has none. */
function describeScatter(energies: readonly number[]): {
  readonly standardUncertainty: number | null;
  readonly interval95: readonly [number, number] | null;
} {
  const n = energies.length;
  if (n < 2) return { standardUncertainty: null, interval95: null };
  const u = standardDeviation(energies) / Math.sqrt(n);
  const centre = mean(energies);
  const half = coverageFactor95(n - 1) * u;
  return { standardUncertainty: u, interval95: [centre - half, centre + half] };
}

function run(input: AnalysisInput): AnalysisOutput {
  if (input.measurement.kind !== 'waveform') return describeTable(input);
  const trace = readSpikeTrace(input.measurement.curve);
  if (trace) return describeTrace(input, trace);
  return give(
    refused(
      'spikeEnergy',
      [
        warning(
          'NO_DATA',
          `Pulse and response over time are needed; the columns are ${listHeaders(input.measurement.curve)}.`,
        ),
      ],
      { method: 'integral of V I' },
    ),
  );
}

/** Energy of one stimulus pulse: integral of V I, or of the light of an optical pulse (METHODS 7). */
export const spikeEnergy: Analysis = defineAnalysis({
  id: 'spike-energy',
  version: 2,
  label: 'Energy of a spike',
  kinds: ['waveform', 'series', 'generic'],
  quantities: ['spikeEnergy'],
  options: [],
  run,
});
