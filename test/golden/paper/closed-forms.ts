import {
  computeDetectionLimit,
  computeTrapDensity,
} from '../../../src/analyses/conduction/space-charge-formulas.ts';
import { estimatePinning } from '../../../src/analyses/interface/schottky-mott.ts';
import { sheetResistance } from '../../../src/analyses/interface/sheet-resistance.ts';
import { emissionSpectrum } from '../../../src/analyses/spectra/emission-spectrum.ts';
import {
  computeBraggAngle,
  computeBraggSpacing,
  computeConfinement,
  computeStokesShift,
} from '../../../src/analyses/spectra/spectra-formulas.ts';
import { learningForgetting } from '../../../src/analyses/synapse/learning-forgetting.ts';
import { pairedPulse } from '../../../src/analyses/synapse/paired-pulse.ts';
import { spikeEnergy } from '../../../src/analyses/synapse/spike-energy.ts';
import { computeLevelFrequency } from '../../../src/analyses/transients/frequency-response.ts';
import { computeDelayMobility } from '../../../src/analyses/transients/mobility.ts';
import { countNormalisedTraps } from '../../../src/analyses/transients/optical-trap-density.ts';
import { given, makeInput, makeMeasurement, numberOf, pick } from '../../support/measurements.ts';

/** A number that follows from what a paper prints, as our functions give it from the same inputs. */
export interface ClosedForm {
  readonly id: string;
  readonly what: string;
  /** What the paper prints, or what METHODS derives from its print. */
  readonly stated: number;
  readonly unit: string;
  readonly ours: number;
  /** Relative: rounding of the print. */
  readonly tolerance: number;
  /** The note that explains a difference (METHODS 9); null where there must be none. */
  readonly note: string | null;
  readonly from: string;
}

/** A Gaussian line of 16 nm on a pitch of 0.2 nm, through the spectrum analysis. */
function analyseLine(centre_nm: number): (id: Parameters<typeof numberOf>[1]) => number {
  const nm = Array.from({ length: 1501 }, (_, k) => 400 + 0.2 * k);
  const output = emissionSpectrum.run(
    makeInput(
      makeMeasurement('spectrum', [
        { role: 'wavelength', unit: 'm', data: nm.map((v) => v * 1e-9) },
        {
          role: 'intensity',
          unit: 'counts',
          data: nm.map((v) => 1000 * Math.exp(-4 * Math.LN2 * ((v - centre_nm) / 16) ** 2)),
        },
      ]),
    ),
  );
  const bare = (id: Parameters<typeof numberOf>[1]): number | undefined => {
    const found = output.quantities.find(
      (q) => q.id === id && q.convention === 'converted from the wavelength',
    );
    return typeof found?.value === 'number' ? found.value : undefined;
  };
  return (id) => bare(id) ?? numberOf(output, id);
}

/** Lessons of the review's optical synapse, in per cent of the last peak. */
function lessons(id: 'retentionRatio' | 'learnedWeight'): readonly number[] {
  const output = learningForgetting.run(
    makeInput(
      makeMeasurement('series', [
        { role: 'other', unit: '1', data: [72.9, 93.2, 100], label: 'Learned weight' },
        { role: 'other', unit: '1', data: [10.3, 28.1, 35.2], label: 'Retained weight' },
        { role: 'other', unit: 's', data: [8, 7, 6], label: 'Stimulus duration (s)' },
      ]),
    ),
  );
  return pick(output, id).map((one) => one.value as number);
}

function pairs(id: 'pairedPulseIndex' | 'residualIndex'): number {
  return numberOf(
    pairedPulse.run(
      makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 's', data: [5], label: 'Interval (s)' },
          { role: 'current', unit: 'A', data: [72.9e-9], label: 'A1 (A)' },
          { role: 'current', unit: 'A', data: [1.136 * 72.9e-9], label: 'A2 (A)' },
          { role: 'current', unit: 'A', data: [10.3e-9], label: 'Residual (A)' },
        ]),
      ),
    ),
    id,
  );
}

function spike(): number {
  const table = makeMeasurement('series', [
    { role: 'current', unit: 'A', data: [1e-11], label: 'Current (A)' },
    { role: 'other', unit: 's', data: [0.01], label: 'Pulse width (s)' },
  ]);
  return numberOf(spikeEnergy.run(makeInput(table, { conditions: given({ drive: 4 }) })), 'spikeEnergy');
}

function sheet(): number {
  const table = makeMeasurement('series', [
    { role: 'other', unit: '1', data: [4.8e-4], label: 'Resistivity' },
  ]);
  const [column] = table.curve.columns;
  const origin = { header: 'Resistivity (ohm cm)', unit: 'ohm cm', factor: 1 };
  const measurement = { ...table, curve: { ...table.curve, columns: [{ ...column!, origin }] } };
  return numberOf(
    sheetResistance.run(makeInput(measurement, { conditions: given({ thickness: 250e-9 }) })),
    'sheetResistance',
  );
}

const CM2 = 1e4;
const PER_CM3 = 1e-6;

export function listClosedForms(): readonly ClosedForm[] {
  const [el, first, second, pl, absorption] = [533, 532, 515, 526, 518].map(analyseLine) as [
    ReturnType<typeof analyseLine>,
    ReturnType<typeof analyseLine>,
    ReturnType<typeof analyseLine>,
    ReturnType<typeof analyseLine>,
    ReturnType<typeof analyseLine>,
  ];
  const onePole = (rise_s: number): number => Math.log(9) / (2 * Math.PI * rise_s);
  const stack = { share: 0.03, tailTime_s: 4.5e-6, thickness_m: 800e-9 };
  const form = (
    id: string,
    what: string,
    stated: number,
    unit: string,
    ours: number,
    tolerance: number,
    from: string,
    note: string | null = null,
  ): ClosedForm => ({ id, what, stated, unit, ours, tolerance, note, from });
  return [
    form('P6', 'sheet resistance, 4.8e-4 ohm cm over 250 nm', 19.2, 'ohm', sheet(), 1e-3, 'EX-6.5'),
    form(
      'P9',
      'reflection of a fringe of 0.59 nm, printed as (200) near 31 degrees',
      31,
      'degree',
      computeBraggAngle(0.59e-9),
      0.01,
      'Bragg, Cu K-alpha assumed: 15.0 degrees, (100)',
      'X14',
    ),
    form(
      'P10',
      'spacing of the line at 31 degrees, printed fringe 0.59 nm',
      0.59,
      'nm',
      1e9 * computeBraggSpacing(31),
      0.01,
      'Bragg, Cu K-alpha assumed: 0.288 nm',
      'X14',
    ),
    form(
      'P13',
      'excitonic absorption as energy, 518 nm',
      2.3935,
      'eV',
      absorption('peakEnergy'),
      1e-4,
      'spectrum analysis',
    ),
    form('P12', 'PL peak as energy, 526 nm', 2.3571, 'eV', pl('peakEnergy'), 1e-4, 'spectrum analysis'),
    form(
      'P14',
      'Stokes shift, 518 to 526 nm',
      36.4,
      'meV',
      1e3 * computeStokesShift(518e-9, 526e-9),
      1e-3,
      'EX-5.3',
    ),
    form('P24a', 'EL peak as energy, 533 nm', 2.3262, 'eV', el('peakEnergy'), 1e-4, 'spectrum analysis'),
    form(
      'P24b',
      'PL to EL, 526 to 533 nm',
      30.96,
      'meV',
      1e3 * computeStokesShift(526e-9, 533e-9),
      1e-3,
      'EX-5.3',
    ),
    form(
      'P25',
      'EL width as energy, 16 nm',
      69.84,
      'meV',
      1e3 * el('fwhmEnergy'),
      1e-3,
      'spectrum analysis, EX-5.2',
    ),
    form('P32a', 'bandwidth of a rise of 4.9 us', 71.37, 'kHz', 1e-3 * onePole(4.9e-6), 1e-3, 'EX-4.7'),
    form('P32b', 'bandwidth of a fall of 5.2 us', 67.25, 'kHz', 1e-3 * onePole(5.2e-6), 1e-3, 'EX-4.7'),
    form(
      'P34',
      'mobility from 800 nm, 6 V, 0.3 us',
      1.38e-3,
      'cm2/(V s)',
      CM2 * computeDelayMobility(800e-9, 0.3e-6, 6),
      0.005,
      'EX-4.9',
      'X1',
    ),
    form(
      'P34b',
      'the same from 498.4 nm',
      1.38e-3,
      'cm2/(V s)',
      CM2 * computeDelayMobility(498.4e-9, 0.3e-6, 6),
      0.005,
      'EX-4.9: the thickness that gives the print',
    ),
    form(
      'P37a',
      'traps of the tail, 0.785 mm2, 8.66 mA',
      1.2e15,
      'cm-3',
      PER_CM3 * countNormalisedTraps({ ...stack, onCurrent_A: 8.66e-3, area_m2: 0.785e-6 }),
      0.05,
      'EX-4.13',
      'X10',
    ),
    form(
      'P37b',
      'traps of the tail, 9 mm2, 10.6 mA',
      1.2e15,
      'cm-3',
      PER_CM3 * countNormalisedTraps({ ...stack, onCurrent_A: 10.6e-3, area_m2: 9e-6 }),
      0.05,
      'EX-4.13: only this area comes near',
    ),
    form(
      'P41',
      'HRS over LRS at 0.5 V',
      2,
      'decades',
      Math.log10(1.6e5 / 8.3e2),
      0.15,
      'EX-2.3: "about 2 orders"',
    ),
    form(
      'P44',
      'current at RESET, 1.12 V over 830 ohm',
      1,
      'mA',
      1e3 * (1.12 / 830),
      0.02,
      'EX-2.6: above the limit printed',
      'X8',
    ),
    form(
      'P47a',
      'trap density against the detection limit',
      1.2e15,
      'cm-3',
      PER_CM3 * computeDetectionLimit(20, 300, 800e-9),
      0.05,
      'EX-3.10: eps 20; the print lies below the floor',
      'X9',
    ),
    form(
      'P47b',
      'V_TFL that 1.2e15 cm-3 would need',
      0.347,
      'V',
      1.2e15 / (PER_CM3 * computeTrapDensity(20, 1, 800e-9)),
      2e-3,
      'eps 20, 800 nm',
    ),
    form(
      'P61',
      'half of the initial value of one pole of 577.35 Hz',
      1000,
      'Hz',
      computeLevelFrequency(577.3502692, 0.5),
      1e-4,
      'EX-4.8',
    ),
    form(
      'P72',
      'share of the memory in the turn-on of the pair, 4.0 + 1.0 V',
      1,
      'V',
      4e-6 * 830,
      0.02,
      '4e-3 mA through the low state of 830 ohm: 3.3 mV, its SET is printed as 0.82 V',
      'X12',
    ),
    form('P76x', 'x of 532 nm, 16 nm wide', 0.1753, '1', first('cieX'), 3e-3, 'EX-5.6'),
    form('P76y', 'y of 532 nm, 16 nm wide', 0.7885, '1', first('cieY'), 1e-3, 'EX-5.6'),
    form('P77x', 'x of 515 nm, 16 nm wide', 0.0538, '1', second('cieX'), 1e-2, 'EX-5.6'),
    form('P77y', 'y of 515 nm, 16 nm wide', 0.7871, '1', second('cieY'), 1e-3, 'EX-5.6'),
    form(
      'P77',
      'confinement in 20 nm against the shift of 76.93 meV',
      76.93,
      'meV',
      1e3 * computeConfinement(20e-9, 0.126),
      0.05,
      'EX-5.5: reduced mass 0.126',
      'X14',
    ),
    form(
      'P85',
      'ON/OFF, 1e-8 A over 1e-11 A',
      1e3,
      '1',
      1e-8 / 1e-11,
      0.01,
      'quotient of the printed currents',
    ),
    form(
      'P105',
      'ON current from 1e-12 A and 1e7',
      1e-5,
      'A',
      1e-12 * 1e7,
      0.01,
      'product of the printed numbers',
    ),
    form(
      'P107',
      'field at 10.6 V over 100 nm',
      1.06e6,
      'V/cm',
      10.6 / 100e-7,
      1e-3,
      'against 1.25e4 V/cm at 1 V over 800 nm: X17',
    ),
    form(
      'P90',
      'slope of the barrier that an optical permittivity of 4.0 leaves',
      0.5,
      '1',
      estimatePinning(4),
      0.06,
      'EX-6.2: ordinary partial pinning, X15',
    ),
    form(
      'P114',
      'energy of a spike of 4 V, 10 pA and 10 ms',
      400,
      'fJ',
      1e15 * spike(),
      1e-3,
      'EX-7.4: 0.04 V s at 10 pA',
    ),
    form(
      'P116a',
      'paired-pulse index, second response larger by 13.6 %',
      1.136,
      '1',
      pairs('pairedPulseIndex'),
      1e-3,
      'EX-7.2: the form is a difference, 0.136 = 113.6 %',
    ),
    form(
      'P116b',
      'index that the residual of 10.3 of 72.9 predicts',
      1.136,
      '1',
      pairs('residualIndex'),
      0.006,
      'EX-7.2: 1.141, explained by superposition, X22',
    ),
    ...[0.141, 0.302, 0.352].map((ratio, k) =>
      form(
        `P118${'abc'[k]}`,
        `retention ratio ${['10.3/72.9', '28.1/93.2', '35.2/100'][k]}`,
        ratio,
        '1',
        lessons('retentionRatio')[k]!,
        3e-3,
        'EX-7.5',
      ),
    ),
    ...[0.729, 0.932, 1].map((weight, k) =>
      form(
        `P117${'abc'[k]}`,
        `learned weight of lesson ${k + 1}`,
        weight,
        '1',
        lessons('learnedWeight')[k]!,
        1e-3,
        'EX-7.5',
      ),
    ),
  ];
}

const short = (value: number): string =>
  Math.abs(value) >= 1e5 || Math.abs(value) < 1e-2
    ? Number(value.toPrecision(4)).toExponential()
    : String(Number(value.toPrecision(5)));

/** `agrees` within the rounding of the print, else the note that explains it; anything else is `differs`. */
export function judge({ ours, stated, tolerance, note }: ClosedForm): string {
  const agrees = Math.abs(ours - stated) <= tolerance * Math.abs(stated);
  return agrees ? 'agrees' : note === null ? 'differs' : `differs, see ${note}`;
}

export function writeClosedForms(rows: readonly ClosedForm[]): string {
  return [
    '| row | quantity | printed or derived from the print | ours | difference | verdict | from |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => {
      const unit = row.unit === '1' ? '' : ` ${row.unit}`;
      const share = (100 * (row.ours - row.stated)) / Math.abs(row.stated);
      const difference = Math.abs(share) < 5e-4 ? '0 %' : `${Number(share.toPrecision(2))} %`;
      return `| ${row.id} | ${row.what} | ${short(row.stated)}${unit} | ${short(row.ours)}${unit} | ${difference} | ${judge(row)} | ${row.from} |`;
    }),
  ].join('\n');
}
