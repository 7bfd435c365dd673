import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import type {
  ParameterAxis,
  ParameterSweepRequest,
  QuantityChoice,
} from '../../../src/pipeline/sweep-parameters.ts';
import { parametersOf, readValue } from './edit-setup.ts';
import { sweepTextOf } from './read-drive.ts';
import { groupRows, type ParameterRow } from './rows.ts';
import { conditionsFor, drivesItself, type Scene } from './simulation-view.ts';

/** What 'Vary' is asked: one parameter for a family of curves, two for a map of a quantity. */
export interface VaryForm {
  readonly axes: readonly ParameterAxis[];
  /** As `writeQuantity` writes it; empty asks for curves only. */
  readonly quantity: string;
}

const FAMILY_CURVES = 9;
const MAP_SIDE = 9;

/** Parameters that can be varied: those with a number. */
export function variedRows(setup: SimulatorSetup): readonly ParameterRow[] {
  return groupRows(setup, false)
    .flatMap((group) => group.rows)
    .filter((row) => row.value !== null && row.spec.id !== 'stepLimit');
}

/** A range around the value in force: a fifth of it either way, a decade where the slider is logarithmic. */
export function suggestAxis(setup: SimulatorSetup, id: string, count = FAMILY_CURVES): ParameterAxis {
  const row = variedRows(setup).find((one) => one.id === id);
  const value = readValue(setup, id) ?? 1;
  const { lower = value / 2, upper = value * 2, scale = 'linear' } = row?.spec ?? {};
  if (scale === 'log' && value > 0) {
    const half = Math.sqrt(10);
    return { id, from: tidy(value / half), to: tidy(value * half), count, scale };
  }
  const half = Math.abs(value) * 0.2 || (upper - lower) / 4;
  const [from, to] = [Math.max(lower, value - half), Math.min(upper, value + half)];
  return { id, from: tidy(from), to: tidy(to === from ? from + half : to), count, scale: 'linear' };
}

function tidy(value: number): number {
  return Number(value.toPrecision(3));
}

export function startForm(setup: SimulatorSetup): VaryForm {
  const rows = variedRows(setup);
  const first = rows.find((row) => row.free) ?? rows[0];
  return { axes: first ? [suggestAxis(setup, first.id)] : [], quantity: '' };
}

/** Adds the second parameter, or takes it away. */
export function setSecondAxis(form: VaryForm, setup: SimulatorSetup, id: string | null): VaryForm {
  const [first] = form.axes;
  if (!first) return form;
  if (id === null) return { ...form, axes: [first] };
  const side = (axis: ParameterAxis) => ({ ...axis, count: Math.min(axis.count, MAP_SIDE) });
  return { ...form, axes: [side(first), side(suggestAxis(setup, id))] };
}

/** Every parameter of the form is still one of the setup; else the form starts anew. */
export function fitsSetup(form: VaryForm | null, setup: SimulatorSetup): form is VaryForm {
  const ids = new Set(variedRows(setup).map((row) => row.id));
  return form !== null && form.axes.length > 0 && form.axes.every(({ id }) => ids.has(id));
}

const BETWEEN = '|';

/** One text for a choice in a list. */
export function writeQuantity({
  id,
  branch,
  convention,
}: {
  readonly id: string;
  readonly branch: string | null;
  readonly convention: string | null;
}): string {
  return [id, branch ?? '', convention ?? ''].join(BETWEEN);
}

export function readQuantity(text: string): QuantityChoice | null {
  const [id, branch, convention] = text.split(BETWEEN);
  if (!id) return null;
  return { id, ...(branch ? { branch } : {}), ...(convention ? { convention } : {}) };
}

/** The drive of every simulation: the text of the setup, or the sweep of the curve as a text. Null where the record has none. */
export function driveFor(scene: Scene): ParameterSweepRequest['drive'] | null {
  const { drive } = scene.setup;
  if (drive.kind === 'recorded') return null;
  if (drive.kind !== 'measurement') return drive;
  const text = drivesItself(scene) ? null : sweepTextOf(scene.outcome?.conditioned ?? null);
  return text === null ? null : { kind: 'sweep', text };
}

/** What the engine is asked; or why it cannot be. */
export function varyRequest(
  scene: Scene,
  form: VaryForm,
): ParameterSweepRequest | { readonly fault: string } {
  const drive = driveFor(scene);
  if (!drive)
    return {
      fault: 'A recorded drive is not repeated for every value. Choose a sweep or pulses under Drive.',
    };
  const quantity = readQuantity(form.quantity);
  if (form.axes.length === 2 && !quantity)
    return { fault: 'A map needs a quantity: choose what is read off every curve.' };
  return {
    model: scene.setup.model,
    parameters: parametersOf(scene.setup),
    drive,
    axes: form.axes,
    recipe: scene.outcome?.recipe ?? 'auto',
    conditions: conditionsFor(scene),
    ...(quantity ? { quantity } : {}),
  };
}
