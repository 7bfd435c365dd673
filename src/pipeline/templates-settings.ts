import { error, type Issue } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { compileNamePattern } from '../importers/name-pattern.ts';
import { checkTemplate } from '../importers/template-json.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import type { ImportTemplate } from '../model/import-template.ts';

type Naming = Pick<FolderSettings, 'templates' | 'pattern' | 'files' | 'joinChannels'>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks a pattern of file names; the message points at the character. */
export function checkPattern(given: unknown): Result<string> {
  if (typeof given !== 'string') return fail(error('WRONG_USE', `'pattern' must be a text.`));
  const compiled = compileNamePattern(given);
  if (compiled.ok) return succeed(compiled.pattern.text);
  return fail(
    error(
      'WRONG_USE',
      `The pattern '${given.slice(0, 300)}' is wrong at character ${compiled.position + 1}: ${compiled.message}.`,
      {
        hint: 'Write it like {date}_{batch}_d{device}_p{pixel}.',
      },
    ),
  );
}

/** The parts of `.ivory.json` about reading and naming files; absent ones stay absent. */
export function parseNaming(
  given: Readonly<Record<'templates' | 'pattern' | 'files' | 'joinChannels', unknown>>,
): Result<Naming> {
  const issues: Issue[] = [];
  const naming: { -readonly [K in keyof Naming]: Naming[K] } = {};
  if (given.pattern !== undefined) {
    const checked = checkPattern(given.pattern);
    if (checked.ok) naming.pattern = checked.value;
    else issues.push(...checked.issues);
  }
  if (given.templates !== undefined) {
    const templates: ImportTemplate[] = [];
    if (!Array.isArray(given.templates))
      issues.push(error('WRONG_USE', `'templates' must be a list of templates.`));
    else {
      for (const [k, raw] of given.templates.entries()) {
        const checked = checkTemplate(raw, `Template ${k + 1}`);
        if (checked.ok) templates.push(checked.value);
        else issues.push(...checked.issues);
      }
      naming.templates = templates;
    }
  }
  if (given.files !== undefined) {
    if (isRecord(given.files) && Object.values(given.files).every((device) => typeof device === 'string'))
      naming.files = given.files as Record<string, string>;
    else issues.push(error('WRONG_USE', `'files' must be an object of file names and device names.`));
  }
  if (given.joinChannels !== undefined) {
    if (typeof given.joinChannels === 'boolean') naming.joinChannels = given.joinChannels;
    else issues.push(error('WRONG_USE', `'joinChannels' must be true or false.`));
  }
  const [first, ...rest] = issues;
  return first ? fail(first, ...rest) : succeed(naming);
}
