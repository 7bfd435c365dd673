import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import type { Conditions, Given, InputName, InputOrigin, InputSpec } from '../model/inputs.ts';
import { INPUTS } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { parseValue } from '../units/parse-value.ts';

const BY_ID: ReadonlyMap<string, InputSpec> = new Map(INPUTS.map((spec) => [spec.id, spec]));

export function findInput(name: string): InputSpec | undefined {
  return BY_ID.get(name);
}

/** A word of a choice, or a spelling that stands for a form of it: `LOW:HIGH` takes two numbers. */
function acceptWord(spec: InputSpec, text: string): string | null {
  const words = spec.choices ?? [];
  if (words.includes(text)) return text;
  if (words.includes('LOW:HIGH') && /^[-+.\deE]+:[-+.\deE]+$/.test(text)) return text;
  if (spec.id === 'polarity' && (text === '1' || text === '+')) return '+1';
  if (spec.id === 'polarity' && text === '-') return '-1';
  return null;
}

/** One input from text (`800nm`) or from a bare number in SI. */
export function parseInput(name: string, given: unknown, from: InputOrigin): Result<Given> {
  const spec = BY_ID.get(name);
  if (!spec) {
    const known = INPUTS.map((input) => input.id).join(', ');
    return fail(
      error('WRONG_USE', `There is no input '${name}'.`, { subject: name, hint: `Known: ${known}.` }),
    );
  }
  if (typeof given !== 'string' && typeof given !== 'number') {
    return fail(error('WRONG_USE', `The input '${name}' needs a number or a text.`, { subject: name }));
  }
  const text = String(given).trim();
  const word = acceptWord(spec, text);
  if (word !== null) return succeed({ value: word, from });
  if (spec.unit === 'text') {
    if (spec.choices?.length === 0 && text !== '') return succeed({ value: text, from });
    return fail(
      error('WRONG_USE', `'${text}' is no choice of '${name}'.`, {
        subject: name,
        hint: `Choose one of ${spec.choices?.join(', ')}.`,
      }),
    );
  }
  const parsed = parseValue(text, spec.unit);
  if (!parsed.ok) return fail(error('WRONG_USE', `${spec.label}: ${parsed.message}.`, { subject: name }));
  return succeed({
    value: parsed.value,
    ...(parsed.standardUncertainty === undefined ? {} : { standardUncertainty: parsed.standardUncertainty }),
    from,
  });
}

/** Many inputs at once, by `--set` name. Every wrong one is named, not only the first. */
export function parseConditions(
  given: Readonly<Record<string, unknown>>,
  from: InputOrigin,
): Result<Conditions> {
  const issues: Issue[] = [];
  const entries: [string, Given][] = [];
  for (const [name, value] of Object.entries(given)) {
    const parsed = parseInput(name, value, from);
    if (parsed.ok) entries.push([name, parsed.value]);
    else issues.push(...parsed.issues);
  }
  const [first, ...rest] = issues;
  return first ? fail(first, ...rest) : succeed(Object.fromEntries(entries) as Conditions);
}

/** Inputs outside the plausible window of METHODS 0.3: kept as given, and said aloud. */
export function checkPlausible(conditions: Conditions): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [name, given] of Object.entries(conditions) as [string, Given][]) {
    const spec = BY_ID.get(name);
    if (!spec?.window || typeof given.value !== 'number') continue;
    const [low, high] = spec.window;
    if (given.value >= low && given.value <= high) continue;
    issues.push(
      warning(
        'INPUT_IMPLAUSIBLE',
        `${spec.label} ${given.value} ${spec.unit} lies outside ${low} to ${high} ${spec.unit}.`,
        { subject: name, hint: 'Check the value and its unit prefix.' },
      ),
    );
  }
  return issues;
}

/** Later layers win, key by key. */
export function layerConditions(...layers: readonly Conditions[]): Conditions {
  return Object.assign({}, ...layers) as Conditions;
}

/**
 * The inputs in force for a measurement: command line over device over folder over file; of nested folders the inner one
 * wins, and a device entry wins over every folder.
 * @param settings outermost folder first
 */
export function resolveConditions(
  measurement: Measurement,
  settings: readonly FolderSettings[],
  user: Conditions,
): Conditions {
  return layerConditions(
    measurement.conditions,
    ...settings.map((folder) => folder.conditions),
    ...settings.map((folder) =>
      Object.hasOwn(folder.devices, measurement.deviceId) ? folder.devices[measurement.deviceId]! : {},
    ),
    user,
  );
}

/** Value of an input as a number, or undefined: the one place that tells a number from a word. */
export function numberOf(conditions: Conditions, name: InputName): number | undefined {
  const value = conditions[name]?.value;
  return typeof value === 'number' ? value : undefined;
}
