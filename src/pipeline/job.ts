import { error, type Issue, info, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { baseName } from '../importers/device-name.ts';
import { type ImportedFile, importFile } from '../importers/import-file.ts';
import type { SourceFile } from '../importers/importer.ts';
import type { Measurement } from '../model/measurement.ts';
import type { FitWindow } from '../model/recipe.ts';
import { analyseMeasurement } from './analyse-measurement.ts';
import { applyNamePattern } from './apply-name-pattern.ts';
import { channelOfName, isJoiningOff, joinChannels } from './companions.ts';
import { resolveConditions } from './conditions.ts';
import { applyChannels } from './folder-settings.ts';
import type {
  JobFile,
  JobHooks,
  JobOutcome,
  JobRequest,
  JobResponse,
  MeasurementOutcome,
} from './job.types.ts';
import { Reuse } from './reuse.ts';
import { hashSha256 } from './sha256.ts';
import { runSimulation } from './simulate.ts';
import { toMeasurement } from './simulated-measurement.ts';

type ImportRequest = Extract<JobRequest, { file: JobFile }>;
type FullRequest = Extract<JobRequest, { type: 'import-and-analyse' }>;

/**
 * The one thing workers, tests and the command line call: plain data in, plain data out, synchronous, never throwing for what
 * a user can cause. A throw anywhere becomes an INTERNAL failure.
 */
export function runJob(request: JobRequest, hooks: JobHooks = {}): JobResponse {
  try {
    switch (request.type) {
      case 'import':
        return importJob(request, hooks);
      case 'analyse':
        return analyseJob(request, hooks);
      case 'import-and-analyse':
        return fullJob(request, hooks);
      case 'simulate':
        return simulateJob(request, hooks);
    }
  } catch (cause) {
    const name = nameOf(request);
    return fail(
      error(
        'INTERNAL',
        `Ivory broke at '${name}': ${cause instanceof Error ? cause.message : String(cause)}.`,
        {
          at: { file: name },
          hint: 'This is a fault of Ivory, not of the file; the other files go on.',
        },
      ),
    );
  }
}

function nameOf(request: JobRequest): string {
  if (request.type === 'simulate') return request.title;
  return request.type === 'analyse' ? request.measurement.title : request.file.name;
}

function simulateJob(request: Extract<JobRequest, { type: 'simulate' }>, hooks: JobHooks): JobResponse {
  const { title, drive, recipe } = request;
  const ran = runSimulation({ ...request, ...hooks });
  if (!ran.ok) return ran;
  const measurement = toMeasurement(ran.value.simulation, title, drive.kind === 'sweep' ? 'iv' : 'waveform');
  const conditions = resolveConditions(measurement, [], request.conditions);
  return succeed({
    format: measurement.source.format,
    encoding: '',
    sha256: '',
    measurements: [measurement],
    outcomes: recipe === null ? [] : [analyseMeasurement(measurement, recipe, conditions, [], [], hooks)],
    issues: ran.value.issues,
  });
}

function openSource(file: JobFile, { openBlocks }: JobHooks): SourceFile {
  const companions = new Map((file.companions ?? []).map(({ name, bytes }) => [name, bytes]));
  return {
    name: file.name,
    bytes: file.bytes,
    sha256: file.sha256 ?? hashSha256(file.bytes),
    ...(file.handle !== undefined && openBlocks ? { rest: openBlocks(file.handle) } : {}),
    ...(companions.size > 0 ? { companion: (name: string) => companions.get(name) } : {}),
  };
}

/** Every issue of a file says which file. */
function placeIssues(issues: readonly Issue[], file: string): readonly Issue[] {
  return issues.map((issue) =>
    issue.at?.file === undefined ? { ...issue, at: { ...issue.at, file } } : issue,
  );
}

function importJob(request: ImportRequest, hooks: JobHooks): JobResponse {
  const source = openSource(request.file, hooks);
  const settings = request.settings ?? [];
  const templates = settings.flatMap((folder) => folder.templates ?? []);
  const imported: Result<ImportedFile> = importFile(source, request.importer, templates);
  if (!imported.ok) {
    const [first, ...rest] = placeIssues(imported.issues, source.name);
    return fail(first!, ...rest);
  }
  const outcome: JobOutcome = {
    format: imported.value.format,
    encoding: imported.value.encoding,
    sha256: source.sha256,
    measurements: imported.value.measurements.map((measurement) =>
      applyNamePattern(applyChannels(measurement, settings), settings),
    ),
    outcomes: [],
    issues: placeIssues(imported.issues, source.name),
  };
  return succeed(outcome, outcome.issues);
}

function analyseJob(request: Extract<JobRequest, { type: 'analyse' }>, hooks: JobHooks): JobResponse {
  const { measurement } = request;
  const outcome = analyseMeasurement(
    measurement,
    request.recipe,
    resolveConditions(measurement, request.settings ?? [], request.conditions),
    request.windows,
    request.siblings,
    hooks,
    request.fitOptions,
    request.formula,
    request.keepTrace ? new Reuse(measurement, request.previous ?? null) : null,
  );
  return succeed({
    format: measurement.source.format,
    encoding: measurement.source.encoding,
    sha256: measurement.source.sha256,
    measurements: [measurement],
    outcomes: [outcome],
    issues: [],
  });
}

function fullJob(request: FullRequest, hooks: JobHooks): JobResponse {
  const { recipe } = request;
  const choice =
    request.importer ?? (typeof recipe === 'string' || recipe.importer === 'auto' ? null : recipe.importer);
  const imported = importJoined(choice ? { ...request, importer: choice } : request, hooks);
  if (!imported.ok) return imported;
  const { measurements } = imported.value;
  const outcomes: MeasurementOutcome[] = [];
  for (const measurement of measurements) {
    if (hooks.cancelled?.()) break;
    outcomes.push(
      analyseMeasurement(
        measurement,
        recipe,
        resolveConditions(measurement, request.settings ?? [], request.conditions),
        windowsOf(request, measurement),
        siblingsOf(measurement, measurements),
        hooks,
        [],
        null,
        request.keepTrace ? new Reuse(measurement, null) : null,
      ),
    );
  }
  return succeed({ ...imported.value, outcomes }, imported.issues);
}

/**
 * Imports a file together with the other channels of its acquisition. The file of the first channel gets the joined measurement,
 * the others none and a note; each file of the group decides alike. Channels that do not fit stay apart, with the reason.
 */
function importJoined(request: FullRequest, hooks: JobHooks): JobResponse {
  const own = importJob(request, hooks);
  const others = request.file.channels ?? [];
  if (!own.ok || others.length === 0 || isJoiningOff(request.settings ?? [])) return own;
  const files = [own, ...others.map((file) => importJob({ ...request, file }, hooks))];
  const parts = files.flatMap((file) => (file.ok ? file.value.measurements : []));
  if (parts.length !== files.length) return own;
  const channel = (measurement: Measurement): string => channelOfName(measurement.source.file)?.channel ?? '';
  parts.sort((a, b) => (channel(a) < channel(b) ? -1 : 1));
  const joined = joinChannels(parts);
  const names = parts.map((part) => baseName(part.source.file)).join(', ');
  const at = { file: request.file.name };
  if (!joined.ok) {
    const apart = warning('NOTE', `${names} are analysed apart: ${joined.reason}.`, { at });
    return succeed({ ...own.value, issues: [...own.value.issues, apart] }, own.issues);
  }
  const leads = parts[0]!.source.file === request.file.name;
  const note = leads
    ? info('NOTE', `${names} are one acquisition and analysed together.`, { at })
    : info('NOTE', `Analysed together with ${baseName(parts[0]!.source.file)}: the same acquisition.`, {
        at,
      });
  const measurements = leads ? [applyChannels(joined.measurement, request.settings ?? [])] : [];
  return succeed({ ...own.value, measurements, issues: [...own.value.issues, note] }, own.issues);
}

function siblingsOf(measurement: Measurement, all: readonly Measurement[]): readonly Measurement[] {
  return all.filter((other) => other !== measurement && other.deviceId === measurement.deviceId);
}

/** The most particular window wins: asked for this device, asked for all, kept in the recipe. */
function windowsOf(request: FullRequest, { deviceId }: Measurement): readonly FitWindow[] {
  const kept = typeof request.recipe === 'string' ? {} : request.recipe.windows;
  for (const table of [request.windows, kept]) {
    for (const key of [deviceId, '*']) if (Object.hasOwn(table, key)) return table[key]!;
  }
  return [];
}
