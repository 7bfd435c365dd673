import type { Unit } from '../units/units.ts';

export type InputOrigin = 'file' | 'folder' | 'device' | 'user' | 'assumed';

/** A number or a choice the analysis was given, with where it came from: nothing is assumed in silence. */
export interface Given {
  /** In SI (eV for energies); text for conventions. */
  readonly value: number | string;
  readonly standardUncertainty?: number;
  readonly from: InputOrigin;
}

/** How one input is written, checked and shown. `window` is the plausible range of METHODS 0.3, in SI. */
export interface InputSpec {
  /** The `--set` name of CONTRACT. */
  readonly id: string;
  /** Key in records, with its unit: `temperature_K`. */
  readonly key: string;
  readonly symbol: string;
  readonly label: string;
  readonly unit: Unit;
  readonly window?: readonly [number, number];
  /** Words allowed beside or instead of a number. */
  readonly choices?: readonly string[];
  readonly default?: number | string;
}

const number = (
  id: string,
  key: string,
  symbol: string,
  label: string,
  unit: Unit,
  window?: readonly [number, number],
  more: Partial<InputSpec> = {},
): InputSpec => ({ id, key, symbol, label, unit, ...(window ? { window } : {}), ...more });

const choice = (id: string, label: string, choices: readonly string[], standard?: string): InputSpec => ({
  id,
  key: id,
  symbol: '',
  label,
  unit: 'text',
  choices,
  ...(standard === undefined ? {} : { default: standard }),
});

/** All `--set` names of CONTRACT. Areas in m^2, thickness in m; `.ivory.json` and the window use the same names. */
export const INPUTS = [
  number('temperature', 'temperature_K', 'T', 'Temperature', 'K', [4, 600]),
  number('thickness', 'thickness_m', 'L', 'Active-layer thickness', 'm', [5e-9, 2e-3]),
  number('area', 'area_m2', 'A', 'Active area', 'm2', [1e-14, 1e-3]),
  number('permittivity', 'permittivity', 'ε_r', 'Relative permittivity', '1', [2, 100]),
  number('opticalPermittivity', 'opticalPermittivity', 'ε_∞', 'Optical permittivity', '1', [1.5, 12]),
  number('loadResistance', 'loadResistance_ohm', 'R_L', 'Load resistance', 'ohm', [0, 1e6]),
  number('sourceResistance', 'sourceResistance_ohm', 'R_src', 'Source resistance', 'ohm', [0, 1e6]),
  number('readVoltage', 'readVoltage_V', 'V_read', 'Read voltage', 'V', [1e-4, 10]),
  number('complianceCurrent', 'complianceCurrent_A', 'I_cc', 'Compliance current', 'A', [1e-12, 10], {
    choices: ['none'],
  }),
  number(
    'complianceCurrentNegative',
    'complianceCurrentNegative_A',
    'I_cc−',
    'Compliance, V < 0',
    'A',
    [1e-12, 10],
    {
      choices: ['none'],
    },
  ),
  number('sweepRate', 'sweepRate_V_per_s', 'r', 'Sweep rate', 'V/s', [1e-4, 1e7]),
  number('drive', 'drive_V', 'V', 'Voltage during the pulse', 'V', [1e-3, 100]),
  number('builtInVoltage', 'builtInVoltage_V', 'V_bi', 'Built-in voltage', 'V', [0, 4]),
  number('turnOnVoltage', 'turnOnVoltage_V', 'V_on', 'Turn-on voltage', 'V', [0, 20]),
  number('seriesResistance', 'seriesResistance_ohm', 'R_s', 'Series resistance', 'ohm', [0, 1e9]),
  number('quantumEfficiency', 'quantumEfficiency', 'η_EQE', 'External quantum efficiency', '1', [1e-8, 1]),
  number('photonEnergy', 'photonEnergy_eV', 'hν', 'Photon energy', 'eV', [0.1, 10]),
  number('collectionEfficiency', 'collectionEfficiency', 'η_coll', 'Collection efficiency', '1', [1e-6, 1]),
  number('responsivity', 'responsivity_A_per_W', 'R', 'Detector responsivity', 'A/W', [1e-4, 1e7]),
  number('onCurrent', 'onCurrent_A', 'I_on', 'Current in the on state', 'A', [1e-12, 10]),
  number('instrumentRiseTime', 'instrumentRiseTime_s', 't_inst', 'Instrument rise time', 's', [1e-12, 10]),
  number(
    'instrumentLineWidth',
    'instrumentLineWidth_m',
    'Δλ_inst',
    'Spectrometer line width',
    'm',
    [2e-11, 2e-8],
  ),
  number('channelSkew', 'channelSkew_s', 't_skew', 'Channel skew', 's', [-1, 1]),
  number('breakLevel', 'breakLevel', 'b', 'Break level of the two-step decay', '1', [1e-4, 0.5], {
    default: 0.03,
  }),
  // an oxide of a contact, or an interlayer such as a polymer that shares the field
  number('interfaceThickness', 'interfaceThickness_m', 'δ', 'Interface thickness', 'm', [0, 1e-6]),
  number('interfacePermittivity', 'interfacePermittivity', 'ε_i', 'Interface permittivity', '1', [1, 100]),
  choice('darkSpectrum', 'Dark spectrum (file)', []),
  choice('polarity', 'Polarity', ['+1', '-1', 'auto'], 'auto'),
  choice('wiring', 'Device that emits for V > 0', ['left', 'right']),
  choice('levels', 'State levels', ['auto', 'plateau', 'histogram', 'min-max', 'LOW:HIGH'], 'auto'),
  choice('transition', 'Reference levels of an edge', ['10:90', '20:80'], '10:90'),
  choice('delayReference', 'Start of the delay', ['50%', '10%', 'noise'], '50%'),
  choice('onset', 'Onset of the response', ['fit', '1%', '2%', '5%', '10%', '3sigma', '5sigma'], 'fit'),
  choice(
    'effectiveVoltage',
    'Voltage of the mobility',
    ['applied', 'minus-built-in', 'minus-turn-on', 'minus-built-in-and-series'],
    'minus-built-in',
  ),
  choice('bandwidthLevel', 'Level of the -3 dB point', ['0.5', '0.7071']),
  choice('whitePoint', 'White point', ['D65', 'E'], 'D65'),
  choice('pulseInterval', 'Pulse interval', ['end-to-start', 'onset-to-onset'], 'end-to-start'),
  choice('pairedPulseForm', 'Paired-pulse form', ['ratio', 'difference'], 'ratio'),
  choice('barrierSign', 'Barrier sign', ['n', 'p'], 'n'),
] as const satisfies readonly InputSpec[];

export type InputName = (typeof INPUTS)[number]['id'];

/** Everything known about a measurement besides its curve, by `--set` name. */
export type Conditions = Readonly<Partial<Record<InputName, Given>>>;
