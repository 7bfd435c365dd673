import { createNormal, createRandom } from '../random.ts';
import type { IntegrationReport } from './circuit.ts';
import { pickNumber, pickValue, refuse, type Values } from './parameters.ts';
import type { Drive, Simulation, SimulationRefusal } from './simulator.ts';

/**
 * Puts a finished integration into the record of a simulation: common columns first, noise on the current, energies.
 * Refuses what must not leave: a cancelled run, too many steps, a value that is not finite.
 */
export function finishSimulation(
  model: string,
  values: Values,
  drive: Drive,
  report: IntegrationReport,
  current_A: Float64Array,
  more: Readonly<Record<string, Float64Array>>,
  derived: Readonly<Record<string, number>>,
): Simulation | SimulationRefusal {
  if (report.stopped === 'cancelled') return refuse(null, 'The simulation was cancelled.');
  if (report.stopped === 'too-many-steps')
    return refuse(
      null,
      `The simulation needs more than ${report.steps.toLocaleString('en-GB')} steps: the drive is too long for how fast the state moves.`,
    );
  addNoise(current_A, values);
  const columns = { time_s: drive.time_s.slice(), voltage_V: drive.voltage_V.slice(), current_A, ...more };
  for (const [name, data] of Object.entries(columns)) {
    const row = data.findIndex((value) => !Number.isFinite(value));
    if (row >= 0)
      return refuse(
        null,
        `The ${name} is not finite at ${drive.voltage_V[row]} V (row ${row + 1}): the parameters leave the range of numbers.`,
      );
  }
  return {
    model,
    parameters: values,
    columns,
    events: report.events,
    floorHits: report.floorHits,
    derived: { ...derived, totalEnergy_J: report.totalEnergy_J, deviceEnergy_J: report.deviceEnergy_J },
  };
}

/**
 * I (1 + relative N) + floor N with a seeded generator; nothing where both are 0. A source at its limit holds it exactly, and nothing is
 * recorded beyond it: the limit acts after the noise, as in an instrument.
 */
function addNoise(current_A: Float64Array, values: Values): void {
  const relative = pickNumber(values, '', 'noiseRelative');
  const floor_A = pickNumber(values, '', 'noiseFloor');
  if (relative === 0 && floor_A === 0) return;
  const upper = pickValue(values, '', 'complianceCurrent') ?? Number.POSITIVE_INFINITY;
  const lower = 0 - (pickValue(values, '', 'complianceCurrentNegative') ?? Number.POSITIVE_INFINITY);
  const normal = createNormal(createRandom(pickNumber(values, '', 'seed')));
  for (let i = 0; i < current_A.length; i++) {
    const clean = current_A[i]!;
    const noisy = clean * (1 + relative * normal()) + floor_A * normal();
    if (clean < upper && clean > lower) current_A[i] = Math.max(lower, Math.min(upper, noisy));
  }
}
