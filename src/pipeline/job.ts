import { error, type Issue } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { type ImportedFile, importFile } from '../importers/import-file.ts';
import type { SourceFile } from '../importers/importer.ts';
import type { Measurement } from '../model/measurement.ts';
import type { FitWindow } from '../model/recipe.ts';
import { analyseMeasurement } from './analyse-measurement.ts';
import { applyNamePattern } from './apply-name-pattern.ts';
import { isJoiningOff } from './companions.ts';
import { resolveConditions } from './conditions.ts';
import { applyChannels } from './folder-settings.ts';
import { sourcesOf } from './group-by-hand.ts';
import type {
  JobFile,
  JobHooks,
  JobOutcome,
  JobRequest,
  JobResponse,
  MeasurementOutcome,
} from './job.types.ts';
import { type FileParts, joinAcquisition, joinDevice } from './join-files.ts';
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

function openSource(file: JobFile, { openBlocks, onProgress, cancelled }: JobHooks): SourceFile {
  const companions = new Map((file.companions ?? []).map(({ name, bytes }) => [name, bytes]));
  return {
    name: file.name,
    bytes: file.bytes,
    sha256: file.sha256 ?? hashSha256(file.bytes),
    ...(file.handle !== undefined && openBlocks ? { rest: openBlocks(file.handle) } : {}),
    ...(onProgress || cancelled
      ? { watch: { ...(onProgress ? { onProgress } : {}), ...(cancelled ? { cancelled } : {}) } }
      : {}),
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
  // whatever follows is no longer reading
  const size = source.rest?.size ?? source.bytes.length;
  hooks.onProgress?.(size, size);
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
    request.stepOptions,
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
        request.stepOptions,
      ),
    );
  }
  return succeed({ ...imported.value, outcomes }, imported.issues);
}

/** Imports a file together with the files that belong to it: the other channels of its acquisition, and others of its device. */
function importJoined(request: FullRequest, hooks: JobHooks): JobResponse {
  const own = importJob(request, hooks);
  if (!own.ok) return own;
  const settings = request.settings ?? [];
  const joining = !isJoiningOff(settings);
  // other channels are files of the same kind; a spectrum needs another importer than the one asked for
  const { importer: _, ...plain } = request;
  const remarks = new Map<string, readonly Issue[]>();
  const read = (files: readonly JobFile[] = [], like: FullRequest | typeof plain = plain): Measurement[][] =>
    files.map((file) => {
      const answer = importJob({ ...like, file }, hooks);
      if (answer.ok) remarks.set(file.name, answer.value.issues);
      return answer.ok ? [...answer.value.measurements] : [];
    });
  let parts: FileParts = { measurements: own.value.measurements, issues: [] };
  const channels = joining ? read(request.file.channels, request) : [];
  const [only, ...more] = parts.measurements;
  if (only && more.length === 0 && channels.length > 0 && channels.every((found) => found.length === 1)) {
    parts = joinAcquisition(request.file.name, only, channels.flat());
    parts = { ...parts, measurements: parts.measurements.map((one) => applyChannels(one, settings)) };
  }
  const siblings = read(request.file.siblings);
  if (siblings.length > 0) {
    // a file of several curves is a series of its own: none of them is the light of a sweep
    const others = siblings.filter((found) => found.length === 1 || found[0]?.kind === 'spectrum').flat();
    const stated = (device: string): boolean =>
      [request.conditions, ...settings.flatMap((at) => [at.conditions, at.devices[device] ?? {}])].some(
        (given) => given.photonEnergy !== undefined,
      );
    const joined = joinDevice(request.file.name, parts.measurements, others, { joining, stated });
    parts = { measurements: joined.measurements, issues: [...parts.issues, ...joined.issues] };
  }
  // what was odd about a file that was joined in is odd about the whole
  const joinedIn = new Set(parts.measurements.flatMap((one) => sourcesOf(one).map(({ file }) => file)));
  const carried = [...joinedIn].flatMap((file) => remarks.get(file) ?? []);
  return succeed(
    {
      ...own.value,
      measurements: parts.measurements,
      issues: [
        ...own.value.issues,
        ...carried.filter(({ severity }) => severity !== 'info'),
        ...parts.issues,
      ],
    },
    own.issues,
  );
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
