import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';

const INSTRUMENT = 'a table typed or logged by the lab';

const row = (
  recipe: string,
  quantity: string,
  value: number,
  tolerance: number,
  unit: string,
  from: string,
  more: Partial<Truth> = {},
): Truth => ({ recipe, quantity, branch: null, convention: null, value, tolerance, unit, from, ...more });

function writeTable(header: string, rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows.map((cells) => cells.join(','))].join('\n')}\n`;
}

const FAST = { share: 0.3, time_s: 0.25 } as const;
const SLOW = { share: 0.2, time_s: 6 } as const;

/** Index of EX-7.1 at eleven intervals, three pairs each: fixture FX-18. */
function buildPairs(): SampleFile {
  const path = 'synapse/SYN-1_pairs.csv';
  const normal = createNoise(path);
  const intervals = [0.05, 0.1, 0.2, 0.35, 0.5, 1, 2, 3.5, 5, 10, 20];
  const rows = intervals.flatMap((dt) =>
    [0, 1, 2].map(() => {
      const first = 7.29e-9 * (1 + 0.003 * normal());
      const index = 1 + FAST.share * Math.exp(-dt / FAST.time_s) + SLOW.share * Math.exp(-dt / SLOW.time_s);
      const second = first * index * (1 + 0.002 * normal());
      const left = first * (index - 1) * (1 + 0.01 * normal());
      return [dt.toString(), first.toExponential(5), second.toExponential(5), left.toExponential(4), '0.04'];
    }),
  );
  const law = 'EX-7.1, FX-18; 0.2 % of noise';
  return {
    path,
    text: writeTable('Interval (s),A1 (A),A2 (A),Residual (A),Pulse width (s)', rows),
    instrument: INSTRUMENT,
    content:
      'paired pulses of 0.1 V and 40 ms: response to the first, to the second and what was left before it, at eleven intervals, three pairs each',
    kind: 'series',
    truths: [
      row('synapse-pairs', 'pairedPulseAmplitude1', 0.3, 0.012, '1', law),
      row('synapse-pairs', 'pairedPulseTime1', 0.25, 0.025, 's', law),
      row('synapse-pairs', 'pairedPulseAmplitude2', 0.2, 0.008, '1', law),
      row('synapse-pairs', 'pairedPulseTime2', 6, 0.6, 's', law),
      row('synapse-pairs', 'responsePeak', 7.29e-9, 0.015e-9, 'A', 'amplitude of the first response'),
      row('synapse-pairs', 'spikeEnergy', 0.1 * 7.29e-9 * 0.04, 0.1e-12, 'J', 'V I t (METHODS 7)'),
    ],
  };
}

/** Two responses to pulses of 40 ms, 0.5 s apart, on a baseline of 1 nA read at 0.1 V; the decay has two times and a plateau. */
function buildTrace(): SampleFile {
  const path = 'synapse/SYN-1_EPSC.csv';
  const normal = createNoise(path);
  const step = 2e-3;
  const width = 0.04;
  const starts = [0.2, 0.2 + width + 0.5];
  const height = 5e-9;
  const rise = 0.008;
  const [fast, slow, plateau] = [0.5, 0.3, 0.2];
  const kernel = (t: number): number => {
    if (t <= 0) return 0;
    const up = -Math.expm1(-Math.min(t, width) / rise);
    if (t <= width) return height * up;
    const after = t - width;
    return height * up * (fast * Math.exp(-after / 0.1) + slow * Math.exp(-after / 0.9) + plateau);
  };
  const response = (t: number): number => starts.reduce((sum, start) => sum + kernel(t - start), 0);
  const rows = Array.from({ length: 2300 }, (_, k) => {
    const t = k * step;
    // a pulse covers the samples from its start up to, not including, its end
    const on = starts.some((start) => t >= start - 1e-9 && t < start + width - 1e-9);
    return [
      t.toFixed(3),
      on ? '0.1' : '0',
      (1e-9 + response(t) + 0.003 * height * normal()).toExponential(4),
    ];
  });
  // each response peaks when its pulse ends
  const first = response(starts[0]! + width);
  const second = response(starts[1]! + width);
  const left = response(starts[1]!);
  const convention = '0.5 s end-to-start, above the baseline';
  return {
    path,
    text: writeTable('Time (s),Presynaptic pulse (V),EPSC (A)', rows),
    instrument: 'a source meter on a synapse',
    content:
      'current of a synapse under two pulses of 0.1 V and 40 ms, 0.5 s between them; 0.3 % of noise on a baseline of 1 nA',
    kind: 'waveform',
    truths: [
      row('synapse-pairs', 'responsePeak', first, 0.02 * first, 'A', 'simulated response at its peak'),
      row('synapse-pairs', 'pairedPulseIndex', second / first, 0.02, '1', `simulated, ${convention}`),
      row(
        'synapse-pairs',
        'residualIndex',
        1 + left / first,
        0.01,
        '1',
        'simulated, before the second pulse',
      ),
      row(
        'synapse-pairs',
        'shortTermShare',
        findShortShare(starts[1]! - starts[0]!),
        0.06,
        '1',
        'amplitudes of the two decays after the second pulse and the plateau of both',
      ),
    ],
  };

  /** Fast part of all that is left at the end of the second pulse; the first response has decayed to its slow part and plateau. */
  function findShortShare(age: number): number {
    const quick = fast * (1 + Math.exp(-age / 0.1));
    const lasting = slow * (1 + Math.exp(-age / 0.9));
    return quick / (quick + lasting + 2 * plateau);
  }
}

/** Potentiation and depression of EX-7.3, three rounds of 50 pulses. */
function buildWeights(): SampleFile {
  const path = 'synapse/SYN-2_weights.csv';
  const normal = createNoise(path);
  const [least, most, scale, last] = [1e-6, 10e-6, 20, 50];
  const whole = (most - least) / -Math.expm1(-last / scale);
  const rows = [1, 2, 3].flatMap(() =>
    Array.from({ length: last + 1 }, (_, pulse) => {
      const up = least - whole * Math.expm1(-pulse / scale);
      const down = most + whole * Math.expm1(-pulse / scale);
      const scatter = (): number => 0.01 * (most - least) * normal();
      return [pulse.toString(), (up + scatter()).toExponential(4), (down + scatter()).toExponential(4)];
    }),
  );
  return {
    path,
    text: writeTable('Pulse number,LTP conductance (S),LTD conductance (S)', rows),
    instrument: INSTRUMENT,
    content:
      'conductance against the number of equal pulses, potentiation and depression, three rounds of 50; scatter of 1 % of the range',
    kind: 'series',
    truths: [
      row('synapse-weights', 'potentiationNonlinearity', 2.5, 0.09, '1', 'EX-7.3: 50/20'),
      row('synapse-weights', 'depressionNonlinearity', 2.5, 0.09, '1', 'EX-7.3: 50/20'),
      row('synapse-weights', 'nonlinearityDeviation', 0.2886, 0.01, '1', 'EX-7.3'),
      row('synapse-weights', 'weightAsymmetry', 0.5546, 0.015, '1', 'EX-7.3'),
      row('synapse-weights', 'effectiveLevels', 50, 6, '1', 'range over twice the scatter of 1 %'),
      row('synapse-weights', 'dynamicRange', 10, 0.6, '1', 'EX-7.3: 10 over 1 uS'),
    ],
  };
}

/** Learning, forgetting and rehearsal as printed (EX-7.5). */
function buildLearning(): SampleFile {
  const stage = (k: number, value: number, quantity: string): Truth =>
    row('synapse-weights', quantity, value, 5e-4, '1', 'EX-7.5', { convention: `stage ${k}` });
  return {
    path: 'synapse/SYN-3_learning.csv',
    text: writeTable('Learning stage,Learned weight (%),Retained weight (%),Stimulus duration (s)', [
      ['1', '72.9', '10.3', '8'],
      ['2', '93.2', '28.1', '7'],
      ['3', '100', '35.2', '6'],
    ]),
    instrument: INSTRUMENT,
    content: 'weight after each of three lessons and what is left of it 5 s later',
    kind: 'series',
    truths: [
      stage(1, 0.1413, 'retentionRatio'),
      stage(2, 0.3015, 'retentionRatio'),
      stage(3, 0.352, 'retentionRatio'),
      stage(1, 0.729, 'learnedWeight'),
      stage(1, 0.103, 'retainedWeight'),
    ],
  };
}

export function buildSynapses(): readonly SampleFile[] {
  return [
    buildPairs(),
    buildTrace(),
    buildWeights(),
    buildLearning(),
    writeSettings('synapse', { drive: '0.1V', pulseInterval: 'end-to-start' }),
  ];
}
