import { buildDiode } from '../models/diode-current.ts';
import { CURRENT, type Diode, JUNCTION, solveDiode } from '../models/diode-equation.ts';
import { lambertWExp } from '../special.ts';
import { readCircuit, readIonic, readLight, readLnSaturation } from './build-devices.ts';
import { type DrivenCircuit, integrateCircuit } from './circuit.ts';
import { checkDrive } from './drives.ts';
import type { IonicState } from './ionic-state.ts';
import { delayAfterReversals } from './latency.ts';
import { traceLight } from './light.ts';
import { CELL_SPECS, CIRCUIT_SPECS, DIODE_SPECS } from './parameter-specs.ts';
import {
  isRefusal,
  type ParameterSet,
  pickNumber,
  pickValue,
  readParameters,
  refuse,
  type Values,
} from './parameters.ts';
import { CELL_PRESETS } from './presets.ts';
import { finishSimulation } from './rows.ts';
import type { Simulator } from './simulator.ts';

/** `reverse.`: law of the falling leg of a sweep, preset LEC-FR. */
const PARAMETERS: ParameterSet = {
  id: 'light-emitting-cell',
  specs: [...DIODE_SPECS, ...CELL_SPECS, ...CIRCUIT_SPECS],
  devices: ['reverse.'],
  defaults: CELL_PRESETS['LEC-F']!,
};

/**
 * Light-emitting cell of METHODS 8.2: the modified Shockley diode with an optional slow ionic state that moves its turn-on voltage, an
 * optional junction capacitance, a source with resistance and limit, and light that follows the current. V > 0 is forward.
 */
export const lightEmittingCell: Simulator = {
  id: PARAMETERS.id,
  label: 'Light-emitting cell',
  parameters: PARAMETERS.specs,
  presets: CELL_PRESETS,
  defaultPreset: 'LEC-F',
  run(given, drive, cancelled) {
    const values = readParameters(PARAMETERS, given);
    if (isRefusal(values)) return values;
    const problem = checkDrive(drive);
    if (problem !== null) return problem;
    const options = readCircuit(values);
    const capacitance_F = pickNumber(values, '', 'capacitance');
    const inner = pickNumber(values, '', 'seriesResistance');
    if (capacitance_F > 0 && !(inner + options.resistance_ohm > 0))
      return refuse(
        'capacitance',
        'A capacitance needs a resistance in series; R_s, R_L and R_src are all 0 ohm.',
      );
    const forward = buildLaw(values, '');
    const reverse = Object.keys(values).some((id) => id.startsWith('reverse.'))
      ? buildLaw(values, 'reverse.')
      : forward;
    const circuit = new SingleCell(forward, reverse, options.resistance_ohm, options.limits_A, capacitance_F);

    const rows = drive.time_s.length;
    const current_A = new Float64Array(rows);
    const deviceVoltage_V = new Float64Array(rows);
    const ionicState = new Float64Array(rows);
    const cellCurrent_A = new Float64Array(rows);
    const start = Float64Array.of(pickNumber(values, '', 'ionicState'), 0);
    start[1] = circuit.findJunction(drive.voltage_V[0]!, start[0]!);
    const report = integrateCircuit(circuit, start, drive, {
      stepLimit: options.stepLimit,
      watched: [],
      cancelled,
      onRow(row, states) {
        current_A[row] = circuit.current;
        deviceVoltage_V[row] = circuit.deviceVoltage;
        ionicState[row] = states[0]!;
        cellCurrent_A[row] = circuit.cellCurrent;
      },
    });
    const light_W = traceLight(drive.time_s, cellCurrent_A, readLight(values, '', ''));
    const latency_s = pickNumber(values, '', 'switchLatency');
    delayAfterReversals(drive, current_A, latency_s);
    delayAfterReversals(drive, light_W, latency_s);
    const columns = { deviceVoltage_V, ionicState, light_W };
    return finishSimulation(PARAMETERS.id, values, drive, report, current_A, columns, {});
  },
};

interface CellBranch {
  /** Law with the device's own series resistance. */
  readonly diode: Diode;
  readonly shunt_S: number;
  readonly shuntOn_S: number;
  readonly shunt_ohm: number;
  readonly shuntOn_ohm: number;
  readonly ionic: IonicState | null;
}

function buildLaw(values: Values, branch: string): CellBranch {
  const shunt_ohm = pickValue(values, branch, 'shuntResistance') ?? Number.POSITIVE_INFINITY;
  const shuntOn_ohm = pickValue(values, branch, 'shuntResistanceOn') ?? shunt_ohm;
  const diode = buildDiode(
    {
      lnSaturationCurrent: readLnSaturation(values, branch, ''),
      idealityFactor: pickNumber(values, branch, 'idealityFactor'),
      seriesResistance: pickNumber(values, branch, 'seriesResistance'),
      shuntResistance: shunt_ohm,
      photocurrent: pickNumber(values, branch, 'photocurrent'),
    },
    pickNumber(values, '', 'temperature'),
  );
  const ionic = readIonic(values, branch, '');
  return { diode, shunt_S: 1 / shunt_ohm, shuntOn_S: 1 / shuntOn_ohm, shunt_ohm, shuntOn_ohm, ionic };
}

/** Largest error of the junction voltage a step [V], of the halved step against the whole one. */
const JUNCTION_TOLERANCE_V = 2e-5;

/** states: [ionic state, junction voltage]; the second one moves only with a capacitance. */
class SingleCell implements DrivenCircuit {
  readonly shares = 1;
  current = 0;
  deviceVoltage = 0;
  /** Current that makes light [A]. */
  cellCurrent = 0;
  private readonly rising: CellBranch;
  private readonly falling: CellBranch;
  private branch: CellBranch;
  private readonly outer_ohm: number;
  private readonly limits_A: readonly [number, number];
  private readonly capacitance_F: number;
  /** Law in force, with every series resistance in it. */
  private readonly law: Diode;
  private inner_ohm = 0;
  private readonly out = new Float64Array(4);

  constructor(
    rising: CellBranch,
    falling: CellBranch,
    outer_ohm: number,
    limits_A: readonly [number, number],
    capacitance_F: number,
  ) {
    this.rising = rising;
    this.falling = falling;
    this.branch = rising;
    this.outer_ohm = outer_ohm;
    this.limits_A = limits_A;
    this.capacitance_F = capacitance_F;
    this.law = { ...rising.diode };
  }

  enter(from_V: number, to_V: number): void {
    if (to_V !== from_V) this.branch = Math.abs(to_V) < Math.abs(from_V) ? this.falling : this.rising;
  }

  /** Junction voltage in the steady state [V]. */
  findJunction(voltage_V: number, ionicState: number): number {
    this.freeze(ionicState);
    solveDiode(this.law, voltage_V, this.out);
    return this.out[JUNCTION]!;
  }

  solve(voltage_V: number, states: Float64Array): void {
    this.freeze(states[0]!);
    const limit = this.limits_A[voltage_V >= 0 ? 0 : 1]!;
    let current: number;
    let junction: number;
    if (this.capacitance_F > 0) {
      junction = states[1]!;
      current = clamp((voltage_V - junction) / this.law.seriesResistance, limit);
    } else {
      solveDiode(this.law, voltage_V, this.out);
      current = this.out[CURRENT]!;
      junction = this.out[JUNCTION]!;
      if (Math.abs(current) > limit) {
        current = clamp(current, limit);
        junction = this.findVoltageAt(current);
      }
    }
    this.current = current;
    const limited = Math.abs(current) >= limit;
    this.deviceVoltage = limited ? junction + current * this.inner_ohm : voltage_V - current * this.outer_ohm;
    this.cellCurrent = this.findCellCurrent(junction);
  }

  advance(from: Float64Array, step_s: number, to: Float64Array, start_V: number, end_V: number): number {
    const ionic = this.branch.ionic;
    to[0] = ionic === null ? from[0]! : ionic.advance(from[0]!, this.cellCurrent, this.deviceVoltage, step_s);
    to[1] = from[1]!;
    if (this.capacitance_F === 0) return 0;
    const whole = this.stepJunction(from[1]!, end_V, step_s);
    const half = this.stepJunction(from[1]!, (start_V + end_V) / 2, step_s / 2);
    const halves = this.stepJunction(half, end_V, step_s / 2);
    to[1] = 2 * halves - whole;
    return Math.abs(halves - whole) / JUNCTION_TOLERANCE_V;
  }

  private freeze(ionicState: number): void {
    const { diode, ionic, shunt_S, shunt_ohm, shuntOn_ohm } = this.branch;
    const law = this.law;
    law.slope_V = diode.slope_V;
    law.photocurrent = diode.photocurrent;
    law.saturationCurrent =
      ionic === null ? diode.saturationCurrent : Math.exp(ionic.findLnSaturation(ionicState));
    law.shuntConductance =
      shuntOn_ohm === shunt_ohm ? shunt_S : 1 / (shunt_ohm + ionicState * (shuntOn_ohm - shunt_ohm));
    this.inner_ohm = diode.seriesResistance;
    law.seriesResistance = diode.seriesResistance + this.outer_ohm;
  }

  /** Implicit Euler of C dV_j/dt = I - I_j(V_j) in closed form: a diode behind R_e = 1/(1/R + C/dt). */
  private stepJunction(junction_V: number, voltage_V: number, step_s: number): number {
    const total = this.law.seriesResistance;
    const limit = this.limits_A[voltage_V >= 0 ? 0 : 1]!;
    const free = this.chargeThrough(1 / total, voltage_V / total, junction_V, step_s);
    if (Math.abs((voltage_V - free) / total) <= limit) return free;
    return this.chargeThrough(0, clamp(voltage_V - free, limit), junction_V, step_s);
  }

  private chargeThrough(conductance_S: number, drive_A: number, junction_V: number, step_s: number): number {
    const law = this.law;
    const storage_S = this.capacitance_F / step_s;
    const equivalent_ohm = 1 / (conductance_S + storage_S);
    const kept = law.seriesResistance;
    law.seriesResistance = equivalent_ohm;
    solveDiode(law, equivalent_ohm * (drive_A + storage_S * junction_V), this.out);
    law.seriesResistance = kept;
    return this.out[JUNCTION]!;
  }

  /**
   * What makes light: the current of the diode alone. I - V/R_p instead would leave I R_s/R_p, a glow in reverse where the
   * device is dark.
   */
  private findCellCurrent(junction_V: number): number {
    const law = this.law;
    if (junction_V <= 0) return 0;
    return law.saturationCurrent * Math.expm1(Math.min(junction_V / law.slope_V, 600));
  }

  /** Junction voltage at a forced current [V]. */
  private findVoltageAt(current_A: number): number {
    const { saturationCurrent: is, slope_V: a, shuntConductance: g, photocurrent } = this.law;
    const total = current_A + photocurrent + is;
    if (g === 0) return a * Math.log(Math.max(total, Number.MIN_VALUE) / is);
    return total / g - a * lambertWExp(Math.log(is / (g * a)) + total / (g * a));
  }
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
