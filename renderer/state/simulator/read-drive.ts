import type { Conditioned } from '../../../src/conditioning/conditioned.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { SimulatorDrive } from '../../../src/model/simulator-setup.ts';
import { findDriveFault } from '../../../src/pipeline/read-drive.ts';
import type { Workspace } from '../workspace.ts';
import { drivesItself, type Scene } from './simulation-view.ts';
import { startSetup } from './start-setup.ts';

/** Why a typed drive cannot be used; null where it can. */
export function readDrive(drive: SimulatorDrive): string | null {
  return 'text' in drive ? findDriveFault(drive) : null;
}

const PULSES: Readonly<Record<string, string>> = {
  'light-emitting-memory': '-8:8:100us:200us:5',
  'resistive-memory': '0:1.5:1us:2us:5',
};
const OTHER_PULSES = '0:6:20us:40us:3';

function tidy(value: number): number {
  return Number(value.toPrecision(4));
}

/** A source that reads back 7.9998 V was asked for 8 V: a turning point is a whole number of steps. */
function snap(voltage: number, step: number): number {
  return tidy(Math.round(voltage / step) * step);
}

/** The programmed sweep of a curve as a text: its turning points and its commonest step; null where it has no legs. */
export function sweepTextOf(conditioned: Conditioned | null): string | null {
  const legs = conditioned?.legs ?? [];
  const first = legs[0];
  if (!conditioned || !first) return null;
  const { programmed } = conditioned;
  const steps: number[] = [];
  for (let row = first.start + 1; row < first.end; row++)
    steps.push(Math.abs(programmed[row]! - programmed[row - 1]!));
  steps.sort((a, b) => a - b);
  const median = steps[Math.floor(steps.length / 2)] ?? 0;
  // the read-back of 10 mV steps may say 9.99 mV
  const step = Number(median.toPrecision(2));
  if (!(step > 0)) return null;
  const turns = [snap(programmed[first.start]!, step)];
  for (const [k, leg] of legs.entries()) {
    const next = legs[k + 1];
    // legs of opposite sign meet at 0 V, wherever the row at 0 was counted
    const end = next && next.polarity !== leg.polarity ? 0 : snap(programmed[leg.end - 1]!, step);
    if (end !== turns.at(-1)) turns.push(end);
  }
  return turns.length < 2 ? null : [turns[0], turns[1], step, ...turns.slice(2)].join(':');
}

/** Records with a stimulus: what a scope saw of the source. */
export function findRecords(workspace: Workspace): readonly Measurement[] {
  return workspace.order.flatMap((id) => {
    const measurement = workspace.measurements[id];
    const driven = measurement?.curve.columns.some((column) => column.role === 'stimulus');
    return measurement?.kind === 'waveform' && driven ? [measurement] : [];
  });
}

/** The drive to begin with when its kind is chosen. */
export function suggestDrive(
  kind: Exclude<SimulatorDrive['kind'], 'recorded'>,
  scene: Scene,
): SimulatorDrive {
  if (kind === 'measurement') return { kind };
  const { model } = scene.setup;
  if (kind === 'pulse') return { kind, text: PULSES[model] ?? OTHER_PULSES };
  const own = drivesItself(scene) ? null : sweepTextOf(scene.outcome?.conditioned ?? null);
  const alone = startSetup(model, null, null, {}).drive;
  return { kind, text: own ?? ('text' in alone ? alone.text : '0:8:0.02:0') };
}
