import type { SimulatorParameter } from './simulator.ts';

type Scale = SimulatorParameter['scale'];

function spec(
  id: string,
  symbol: string,
  label: string,
  unit: string,
  standard: number | null,
  range: readonly [number, number],
  scale: Scale,
  more: Partial<SimulatorParameter> = {},
): SimulatorParameter {
  const [lower, upper] = range;
  return { id, symbol, label, unit, default: standard, lower, upper, scale, ...more };
}

const OFF = { optional: true } as const;
/** A resistance or time that may be zero although its slider is logarithmic. */
const fromZero = (upper: number) => ({ legal: [0, upper] as const });

/** Temperature and circuit: CONTRACT, "all three". */
export const CIRCUIT_SPECS: readonly SimulatorParameter[] = [
  spec('temperature', 'T', 'Temperature', 'K', 300, [77, 600], 'linear', { legal: [1, 2000] }),
  spec('sweepRate', 'r', 'Sweep rate', 'V/s', 0.1, [1e-3, 1e3], 'log', { legal: [1e-9, 1e12] }),
  spec('edgeTime', 't_edge', 'Edge time of a pulse', 's', 0, [1e-9, 1e-3], 'log', fromZero(1e6)),
  spec('loadResistance', 'R_L', 'Load resistance', 'ohm', 0, [1, 1e6], 'log', fromZero(1e12)),
  spec('sourceResistance', 'R_src', 'Source resistance', 'ohm', 0, [1, 1e6], 'log', fromZero(1e12)),
  spec('complianceCurrent', 'I_cc', 'Compliance current', 'A', null, [1e-9, 1], 'log', {
    ...OFF,
    legal: [1e-15, 1e3],
  }),
  spec('complianceCurrentNegative', 'I_cc−', 'Compliance current, V < 0', 'A', null, [1e-9, 1], 'log', {
    ...OFF,
    legal: [1e-15, 1e3],
  }),
  spec('noiseRelative', 'ρ', 'Relative noise', '1', 0, [0, 0.2], 'linear', fromZero(10)),
  spec('noiseFloor', 'σ_floor', 'Noise floor', 'A', 0, [1e-13, 1e-6], 'log', fromZero(1)),
  spec('seed', 'seed', 'Seed of the noise', '1', 1, [1, 1000], 'linear', { legal: [0, 4294967295] }),
  spec('stepLimit', 'Δλ', 'Largest change of a state a step', '1', 0.02, [1e-4, 0.1], 'log', {
    legal: [1e-5, 0.5],
  }),
];

/** Those of `modified-shockley`, METHODS 1.1; defaults are preset LEC-F. */
export const DIODE_SPECS: readonly SimulatorParameter[] = [
  spec(
    'lnSaturationCurrent',
    'ln I_s',
    'Logarithm of the saturation current',
    '1',
    -29.881894369,
    [-90, -5],
    'linear',
    {
      ...OFF,
      legal: [-5000, 10],
    },
  ),
  spec('saturationCurrent', 'I_s', 'Saturation current', 'A', null, [1e-35, 1e-3], 'log', {
    ...OFF,
    legal: [1e-300, 1e3],
  }),
  spec('idealityFactor', 'n', 'Ideality factor', '1', 6, [1, 20], 'linear', { legal: [0.1, 1000] }),
  spec('seriesResistance', 'R_s', 'Series resistance', 'ohm', 254, [1, 1e6], 'log', fromZero(1e12)),
  spec('shuntResistance', 'R_p', 'Shunt resistance', 'ohm', 0.63e6, [1e3, 1e12], 'log', {
    ...OFF,
    legal: [1e-6, 1e300],
  }),
  spec('photocurrent', 'I_ph', 'Photocurrent', 'A', 0, [1e-12, 1e-2], 'log', fromZero(1e3)),
];

/** Ionic state, capacitance and light of the cell, METHODS 8.2. */
export const CELL_SPECS: readonly SimulatorParameter[] = [
  spec('turnOnShift', 'ΔV', 'Shift of the turn-on voltage by the ions', 'V', 0, [0, 5], 'linear', {
    legal: [-100, 100],
  }),
  spec(
    'shuntResistanceOn',
    'R_p,1',
    'Shunt resistance with the ions moved',
    'ohm',
    null,
    [1e3, 1e12],
    'log',
    {
      ...OFF,
      legal: [1e-6, 1e300],
    },
  ),
  spec('ionicCharge', 'Q_p', 'Charge that moves the ions', 'C', null, [1e-9, 1e3], 'log', {
    ...OFF,
    legal: [1e-30, 1e30],
  }),
  spec('ionicRelaxationTime', 'τ_ion', 'Relaxation time of the ions at 0 V', 's', 5, [1e-6, 1e5], 'log', {
    legal: [1e-15, 1e15],
  }),
  spec('ionicRelaxationVoltage', 'V_ion', 'Voltage that slows the relaxation', 'V', 0.8, [0.05, 10], 'log', {
    legal: [0.01, 1e6],
  }),
  spec('ionicState', 'p', 'Ionic state at the start', '1', 0, [0, 1], 'linear'),
  spec('capacitance', 'C', 'Capacitance of the junction', 'F', 0, [1e-13, 1e-6], 'log', fromZero(1e3)),
  spec('lightGain', 'K', 'Light per current', 'W/A', 1, [1e-6, 1e6], 'log', fromZero(1e30)),
  spec('lightExponent', 'm', 'Exponent of the light against the current', '1', 1, [0.5, 3], 'linear', {
    legal: [0.01, 20],
  }),
  spec('lightDelay', 'τ_d', 'Delay of the light', 's', 0, [1e-9, 1e-3], 'log', fromZero(1e6)),
  spec('lightRiseConstant', 'τ_r', 'Rise constant of the light', 's', 0, [1e-9, 1e-3], 'log', fromZero(1e6)),
  spec('lightFallConstant', 'τ_f', 'Fall constant of the light', 's', 0, [1e-9, 1e-3], 'log', fromZero(1e6)),
  spec('lightTailConstant', 'τ_t', 'Tail constant of the light', 's', 0, [1e-9, 1e-3], 'log', fromZero(1e6)),
  spec('lightTailFraction', 'b', 'Share of the light where the tail begins', '1', 0.03, [0, 0.5], 'linear', {
    legal: [0, 1],
  }),
  spec('emissionWavelength', 'λ_EL', 'Peak of the emission', 'm', null, [400e-9, 800e-9], 'linear', {
    ...OFF,
    legal: [100e-9, 20e-6],
  }),
  spec(
    'emissionWidth',
    'Δλ_EL',
    'Full width of the emission at half maximum',
    'm',
    16e-9,
    [5e-9, 200e-9],
    'linear',
    {
      legal: [1e-12, 10e-6],
    },
  ),
  spec(
    'switchLatency',
    'τ_m',
    'Latency of the light after a reversal',
    's',
    0,
    [1e-6, 1e-2],
    'log',
    fromZero(1e6),
  ),
];

/** Filament of METHODS 8.3; defaults are preset RRAM-S. */
export const MEMORY_SPECS: readonly SimulatorParameter[] = [
  spec('lowResistance', 'R_L', 'Low resistance (LRS)', 'ohm', 830, [1, 1e6], 'log', { legal: [1e-6, 1e15] }),
  spec('highResistance', 'R_H', 'High resistance (HRS) at V → 0', 'ohm', 4.26667e5, [1e3, 1e12], 'log', {
    legal: [1e-6, 1e18],
  }),
  spec('reverseHighResistance', 'R_Hn', 'High resistance, V < 0', 'ohm', null, [1e3, 1e12], 'log', {
    ...OFF,
    legal: [1e-6, 1e18],
  }),
  spec('crossoverVoltage', 'V_x', 'Voltage where the HRS becomes quadratic', 'V', 0.3, [0.01, 10], 'log', {
    legal: [1e-6, 1e9],
  }),
  spec('hrsSymmetric', 'sym', 'Quadratic HRS on both signs', '1', 0, [0, 1], 'linear'),
  spec('setVoltage', 'V_SET', 'SET voltage at 0.1 V/s', 'V', 0.82, [0.05, 5], 'linear', {
    legal: [1e-3, 1e3],
  }),
  spec('resetVoltage', 'V_RESET', 'RESET voltage at 0.1 V/s', 'V', -1.14, [-5, -0.05], 'linear', {
    legal: [-1e3, -1e-3],
  }),
  spec('setPulseVoltage', 'V_p,SET', 'Pulse that just sets', 'V', 1.5, [0.1, 10], 'linear', {
    legal: [1e-3, 1e3],
  }),
  spec('setPulseTime', 't_p,SET', 'Its width', 's', 1e-6, [1e-9, 1], 'log', { legal: [1e-15, 1e6] }),
  spec('resetPulseVoltage', 'V_p,RESET', 'Pulse that just resets', 'V', -1.886, [-10, -0.1], 'linear', {
    legal: [-1e3, -1e-3],
  }),
  spec('resetPulseTime', 't_p,RESET', 'Its width', 's', 5e-7, [1e-9, 1], 'log', { legal: [1e-15, 1e6] }),
  spec('setFeedback', 'c_S', 'Feedback of SET', '1', 1e4, [1, 1e6], 'log', fromZero(1e12)),
  spec('resetFeedback', 'c_R', 'Feedback of RESET', '1', 1e3, [1, 1e6], 'log', fromZero(1e12)),
  spec('state', 'λ', 'State at the start', '1', 0, [0, 1], 'linear'),
  spec(
    'formingVoltage',
    'V_F',
    'Forming voltage of a virgin device at 0.1 V/s',
    'V',
    null,
    [0.1, 10],
    'linear',
    {
      ...OFF,
      legal: [1e-3, 1e3],
    },
  ),
  spec('formingStepVoltage', 'V_F2', 'Second step of the forming', 'V', null, [0.1, 10], 'linear', {
    ...OFF,
    legal: [1e-3, 1e3],
  }),
  spec('formingPulseVoltage', 'V_p,F', 'Pulse that just forms', 'V', null, [0.1, 20], 'linear', {
    ...OFF,
    legal: [1e-3, 1e3],
  }),
  spec('formingPulseTime', 't_p,F', 'Its width', 's', null, [1e-9, 1], 'log', {
    ...OFF,
    legal: [1e-15, 1e6],
  }),
  spec('virginResistance', 'R_V', 'High resistance of a virgin device', 'ohm', null, [1e3, 1e13], 'log', {
    ...OFF,
    legal: [1e-6, 1e18],
  }),
  spec('relaxationTime', 'τ_ret', 'Relaxation time of the low state at rest', 's', null, [1e-3, 1e9], 'log', {
    ...OFF,
    legal: [1e-15, 1e30],
  }),
  spec('relaxationEnergy', 'E_a', 'Activation energy of the relaxation', 'eV', null, [0.1, 2], 'linear', {
    ...OFF,
    legal: [0, 10],
  }),
  spec('driftExponent', 'ν', 'Exponent of the resistance drift', '1', null, [1e-4, 0.2], 'log', {
    ...OFF,
    legal: [1e-9, 100],
  }),
];

/** The parallel cell of a memory device, `cell.` before its parameters; absent until one of them is set. */
export const PARALLEL_CELL_SPECS: readonly SimulatorParameter[] = [...DIODE_SPECS, ...CELL_SPECS]
  .filter(
    (each) => !['shuntResistance', 'shuntResistanceOn', 'photocurrent', 'capacitance'].includes(each.id),
  )
  .map((each) => ({
    ...each,
    id: `cell.${each.id}`,
    label: `Cell: ${each.label.charAt(0).toLowerCase()}${each.label.slice(1)}`,
    default: null,
    optional: true,
  }));
