import { thermalVoltage_V } from '../constants.ts';
import type { Constants, FitModel } from '../types.ts';
import { CURRENT, type Diode, FORWARD, FORWARD2, JUNCTION, solveDiode } from './diode-equation.ts';
import { findDiodeStarts, thinSweep } from './diode-start.ts';
import { findTwoDiodeStarts } from './two-diode-start.ts';

const solution = new Float64Array(4);
const diode: Diode = {
  saturationCurrent: 0,
  slope_V: 1,
  seriesResistance: 0,
  shuntConductance: 0,
  photocurrent: 0,
  saturationCurrent2: 0,
  slope2_V: 1,
  physical: 1,
};

/** Loads the parameters into the one diode of this module (evaluation is synchronous and never re-entered). */
function loadDiode(p: Float64Array, constants: Constants): number {
  const thermal = thermalVoltage_V(constants['temperature_K'] ?? 300);
  diode.saturationCurrent = p[0]!;
  diode.slope_V = p[1]! * thermal;
  diode.seriesResistance = p[2]!;
  diode.shuntConductance = 1 / p[3]!;
  diode.photocurrent = p[4]!;
  diode.saturationCurrent2 = p[6]!;
  diode.slope2_V = p[7]! * thermal;
  diode.physical = constants['printedForm'] === 1 ? 0 : 1;
  return p[5]!;
}

/**
 * Solutions of the last curve evaluated. The derivatives are nearly always wanted at the point just evaluated; solving it twice would
 * be a third of the time of a fit. Each entry is compared with the voltage it was solved for, so a changed abscissa cannot be mistaken.
 */
const last = {
  key: new Float64Array(10).fill(Number.NaN),
  voltage: new Float64Array(0),
  solutions: new Float64Array(0),
};

function remember(p: Float64Array, constants: Constants, points: number): void {
  last.key.set(p);
  last.key[8] = constants['temperature_K'] ?? 300;
  last.key[9] = constants['printedForm'] ?? 0;
  if (last.voltage.length < points) {
    last.voltage = new Float64Array(points);
    last.solutions = new Float64Array(4 * points);
  }
  last.voltage.fill(Number.NaN, points);
}

function isRemembered(p: Float64Array, constants: Constants): boolean {
  for (let j = 0; j < 8; j++) if (last.key[j] !== p[j]) return false;
  return (
    last.key[8] === (constants['temperature_K'] ?? 300) && last.key[9] === (constants['printedForm'] ?? 0)
  );
}

/**
 * Modified Shockley diode with series and shunt resistance (METHODS 1.1, FITTING 4), optional photocurrent, zero offset of the meter
 * and second diode (all three fixed off unless started or freed). Derivatives by implicit differentiation.
 * Constants: `temperature_K`; `printedForm` 1 drops the -1 as the literature sometimes prints it.
 * @see Jain and Kapoor, Sol. Energy Mater. Sol. Cells 81, 269 (2004)
 */
export const modifiedShockley: FitModel = {
  id: 'modified-shockley',
  label: 'Modified Shockley diode',
  formula: 'I = I_s {exp[(V - I R_s)/(n k T/q)] - 1} + (V - I R_s)/R_p - I_ph',
  columns: [{ name: 'voltage_V', unit: 'V' }],
  output: { name: 'current_A', unit: 'A' },
  parameters: [
    { id: 'saturationCurrent', symbol: 'I_s', unit: 'A', transform: 'log', lower: 1e-300, upper: 1e-2 },
    { id: 'idealityFactor', symbol: 'n', unit: '1', transform: 'log', lower: 0.5, upper: 200 },
    { id: 'seriesResistance', symbol: 'R_s', unit: 'ohm', transform: 'log', lower: 1e-3, upper: 1e7 },
    { id: 'shuntResistance', symbol: 'R_p', unit: 'ohm', transform: 'log', lower: 10, upper: 1e13 },
    { id: 'photocurrent', symbol: 'I_ph', unit: 'A', transform: 'linear', lower: -1, upper: 1, fixedAt: 0 },
    { id: 'offset', symbol: 'I_0', unit: 'A', transform: 'linear', lower: -1, upper: 1, fixedAt: 0 },
    {
      id: 'saturationCurrent2',
      symbol: 'I_s2',
      unit: 'A',
      transform: 'log',
      lower: 1e-300,
      upper: 1e-2,
      fixedAt: 0,
    },
    { id: 'idealityFactor2', symbol: 'n_2', unit: '1', transform: 'log', lower: 0.5, upper: 200, fixedAt: 2 },
  ],
  references: [
    'Shockley, Bell Syst. Tech. J. 28, 435 (1949)',
    'Jain and Kapoor, Sol. Energy Mater. Sol. Cells 81, 269 (2004), doi:10.1016/j.solmat.2003.11.018',
  ],
  constants: { temperature_K: 300, printedForm: 0 },
  correlated: [
    ['saturationCurrent', 'idealityFactor'],
    ['saturationCurrent2', 'idealityFactor2'],
  ],

  evaluate(x, p, out, constants) {
    const offset = loadDiode(p, constants);
    const voltage = x[0]!;
    remember(p, constants, voltage.length);
    const { solutions } = last;
    for (let i = 0; i < voltage.length; i++) {
      solveDiode(diode, voltage[i]!, solution);
      out[i] = solution[CURRENT]! + offset;
      last.voltage[i] = voltage[i]!;
      for (let k = 0; k < 4; k++) solutions[4 * i + k] = solution[k]!;
    }
  },

  jacobian(x, p, out, constants) {
    loadDiode(p, constants);
    const voltage = x[0]!;
    const { saturationCurrent: Is, slope_V: a, seriesResistance: Rs, shuntConductance: g } = diode;
    const { saturationCurrent2: Is2, slope2_V: a2, physical: c } = diode;
    const [dIs, dn, dRs, dRp, dIph, dOffset, dIs2, dn2] = out as readonly [Float64Array, ...Float64Array[]];
    const known = isRemembered(p, constants);
    for (let i = 0; i < voltage.length; i++) {
      if (known && last.voltage[i] === voltage[i]) {
        for (let k = 0; k < 4; k++) solution[k] = last.solutions[4 * i + k]!;
      } else solveDiode(diode, voltage[i]!, solution);
      const u = solution[JUNCTION]!;
      const E = solution[FORWARD]!;
      const E2 = solution[FORWARD2]!;
      const conductance = E / a + E2 / a2 + g;
      const D = 1 + Rs * conductance;
      const bend = c === 1 && Math.abs(u) < a ? Math.expm1(u / a) : E / Is - c;
      dIs[i] = bend / D;
      dn![i] = -(E * u) / (a * p[1]! * D);
      dRs![i] = (-solution[CURRENT]! * conductance) / D;
      dRp![i] = (-u * g * g) / D;
      dIph![i] = -1 / D;
      dOffset![i] = 1;
      dIs2![i] = (c === 1 ? Math.expm1(u / a2) : Math.exp(u / a2)) / D;
      dn2![i] = Is2 > 0 ? -(E2 * u) / (a2 * p[7]! * D) : 0;
    }
  },

  starts(x, y, sigma, constants, free) {
    const thermal_V = thermalVoltage_V(constants['temperature_K'] ?? 300);
    const singles = findDiodeStarts(x[0]!, y, sigma, thermal_V);
    if (free?.includes('saturationCurrent2') !== true) return singles;
    return [...findTwoDiodeStarts(thinSweep(x[0]!, y, sigma), singles, thermal_V), ...singles];
  },

  /** The box in ln I_s follows the data: large turn-on voltages with small n need ln I_s down to -2 V_max/V_T - 10 (METHODS 1.3). */
  bounds(x, y, constants) {
    const thermal = thermalVoltage_V(constants['temperature_K'] ?? 300);
    let highest_V = 0;
    let highest_A = 0;
    for (let i = 0; i < y.length; i++) {
      highest_V = Math.max(highest_V, Math.abs(x[0]![i]!));
      highest_A = Math.max(highest_A, Math.abs(y[i]!));
    }
    const lowest = Math.min(1e-25, Math.max(1e-300, Math.exp((-2 * highest_V) / thermal - 10)));
    const saturation: [number, number] = [lowest, Math.max(1e-2, highest_A)];
    const ideality: [number, number] = [0.5, 200];
    const most = Math.max(1, 10 * highest_A);
    return [
      saturation,
      ideality,
      [1e-3, Math.max(1e7, highest_A > 0 ? (1e3 * highest_V) / highest_A : 0)],
      [10, 1e13],
      [-most, most],
      [-most, most],
      saturation,
      ideality,
    ];
  },
};
