import { type Issue, warning } from '../base/issues.ts';
import { type Conditions, type Given, INPUTS, type InputName, type InputSpec } from '../model/inputs.ts';

export interface NumericInput {
  /** SI (eV for energies). */
  readonly value: number;
  /** Relative standard uncertainty, 0 where none was given. */
  readonly relative: number;
  readonly given: Given;
}

const SPECS = new Map<InputName, InputSpec>(INPUTS.map((spec) => [spec.id, spec]));

/** A number among the conditions, whatever its sign; null where it is absent or a word. */
export function findInput(conditions: Conditions, name: InputName): NumericInput | null {
  const given = conditions[name];
  if (given === undefined) return null;
  const value = typeof given.value === 'number' ? given.value : Number(given.value);
  if (!Number.isFinite(value)) return null;
  const u = given.standardUncertainty ?? 0;
  return { value, relative: value === 0 ? 0 : Math.abs(u / value), given };
}

/** The word of a convention, or its default. */
export function findChoice(conditions: Conditions, name: InputName): string {
  const given = conditions[name]?.value;
  return String(given ?? SPECS.get(name)?.default ?? '');
}

/** Those of `names` that were given, keyed as records key them (`thickness_m`). */
export function collectInputs(conditions: Conditions, names: readonly InputName[]): Record<string, Given> {
  const inputs: Record<string, Given> = {};
  for (const name of names) {
    const given = conditions[name];
    const spec = SPECS.get(name);
    if (given !== undefined && spec) inputs[spec.key] = given;
  }
  return inputs;
}

/** One `INPUT_MISSING` for each of `names` that was not given; nothing is assumed in its place. */
export function listMissing(
  conditions: Conditions,
  names: readonly InputName[],
  what: string,
  hint = '',
): readonly Issue[] {
  return names
    .filter((name) => findInput(conditions, name) === null)
    .map((name) =>
      warning(
        'INPUT_MISSING',
        `${what} needs the ${(SPECS.get(name)?.label ?? name).toLowerCase()}, which was not given.`,
        { subject: name, hint: hint || `Set ${name} for the folder or the device.` },
      ),
    );
}

/** `INPUT_IMPLAUSIBLE` for given inputs outside their window of METHODS 0.3: the value is kept and flagged. */
export function listImplausible(conditions: Conditions, names: readonly InputName[]): readonly Issue[] {
  const issues: Issue[] = [];
  for (const name of names) {
    const input = findInput(conditions, name);
    const spec = SPECS.get(name);
    if (!input || !spec?.window) continue;
    const [low, high] = spec.window;
    if (input.value >= low && input.value <= high) continue;
    issues.push(
      warning(
        'INPUT_IMPLAUSIBLE',
        `${spec.label} ${input.value.toPrecision(3)} ${spec.unit === '1' ? '' : spec.unit} lies outside ${low} to ${high}.`,
        { subject: name },
      ),
    );
  }
  return issues;
}

/** Relative uncertainty of a product of powers (GUM): the root of the sum of (p u/x)^2. */
export function combineRelative(...terms: readonly number[]): number {
  return Math.hypot(...terms);
}
