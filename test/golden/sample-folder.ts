import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type FolderSettings, NO_SETTINGS } from '../../src/model/folder-settings.ts';
import { parseFolderSettings } from '../../src/pipeline/folder-settings.ts';
import { runJob } from '../../src/pipeline/job.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';

const FOLDER = join(import.meta.dirname, '../../sample-data');

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return listFiles(join(folder, entry.name));
    return /^\.|\.(?:md|json)$/.test(entry.name) ? [] : [join(folder, entry.name)];
  });
}

function readSettings(folder: string): FolderSettings {
  let text: string;
  try {
    text = readFileSync(join(folder, '.ivory.json'), 'utf8');
  } catch {
    return NO_SETTINGS;
  }
  const parsed = parseFolderSettings(text);
  if (!parsed.ok) throw new Error(parsed.issues[0].message);
  return parsed.value;
}

/** All that the recipe `auto` answers on the files of sample-data, each by itself, under the settings of its folder. */
export function answerSampleFolder(): readonly { file: string; outcome: MeasurementOutcome }[] {
  return listFiles(FOLDER).flatMap((path) => {
    const file = relative(FOLDER, path);
    const response = runJob({
      type: 'import-and-analyse',
      file: { name: file, bytes: new Uint8Array(readFileSync(path)) },
      recipe: 'auto',
      conditions: {},
      settings: [readSettings(dirname(path))],
      windows: {},
    });
    return response.ok ? response.value.outcomes.map((outcome) => ({ file, outcome })) : [];
  });
}
