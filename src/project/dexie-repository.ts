import Dexie, { type EntityTable, type Table } from 'dexie';
import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Project } from '../model/project.ts';
import type { AnalysisResult } from '../model/quantity.ts';
import { migrate } from './migrations.ts';
import type { ProjectRepository, ProjectSummary } from './repository.ts';
import { type ProjectDocument, readProjectDocument } from './schema.ts';

interface ProjectRow extends ProjectSummary {
  readonly document: ProjectDocument;
}
interface Part<T> {
  readonly projectId: string;
  readonly measurementId: string;
  readonly value: T;
}
type Parts<T> = Table<Part<T>, [string, string]>;

/**
 * The store in the browser's IndexedDB. Curves and results have a row each, never indexed, so that moving one fit window
 * rewrites one row; what did not change since the last save (same object) is not written again.
 */
export class DexieProjectRepository implements ProjectRepository {
  readonly #db: Dexie;
  readonly #projects: EntityTable<ProjectRow, 'id'>;
  readonly #measurements: Parts<Measurement>;
  readonly #results: Parts<readonly AnalysisResult[]>;
  readonly #preferences: Table<{ readonly key: string; readonly value: unknown }, string>;
  readonly #saved = new Map<string, Project>();

  constructor(name = 'ivory') {
    this.#db = new Dexie(name);
    this.#db.version(1).stores({
      projects: 'id, savedAt',
      measurements: '[projectId+measurementId], projectId',
      results: '[projectId+measurementId], projectId',
      preferences: 'key',
    });
    this.#projects = this.#db.table('projects');
    this.#measurements = this.#db.table('measurements');
    this.#results = this.#db.table('results');
    this.#preferences = this.#db.table('preferences');
  }

  async list(): Promise<readonly ProjectSummary[]> {
    const rows = await this.#projects.orderBy('savedAt').reverse().toArray();
    return rows.map(({ id, title, savedAt, measurements }) => ({ id, title, savedAt, measurements }));
  }

  async load(id: string): Promise<Result<Project>> {
    const row = await this.#projects.get(id);
    if (!row) return fail(error('FILE_ACCESS', 'That project is no longer kept here.'));
    const read = readProjectDocument(migrate(row.document));
    if ('fault' in read) {
      return fail(error('UNREADABLE', `${row.title} was kept by another version of Ivory (${read.fault}).`));
    }
    const { measurementIds, ...document } = read.document;
    const keys = measurementIds.map((measurement): [string, string] => [id, measurement]);
    const [curves, results] = await Promise.all([
      this.#measurements.bulkGet(keys),
      this.#results.bulkGet(keys),
    ]);
    const issues: Issue[] = [];
    const kept = curves.flatMap((part, i) => {
      if (part) return [part.value];
      issues.push(warning('UNREADABLE', `${measurementIds[i]} was not kept whole; open its file again.`));
      return [];
    });
    const project: Project = {
      ...document,
      measurements: kept,
      results: Object.fromEntries(
        results.flatMap((part) => (part ? [[part.measurementId, part.value]] : [])),
      ),
    };
    this.#saved.set(id, project);
    return succeed(project, issues);
  }

  async save(id: string, project: Project): Promise<Result<ProjectSummary>> {
    const before = this.#saved.get(id);
    const { measurements, results, ...rest } = project;
    const document: ProjectDocument = {
      ...rest,
      measurementIds: measurements.map((measurement) => measurement.id),
    };
    const summary: ProjectSummary = {
      id,
      title: project.title,
      savedAt: Date.now(),
      measurements: measurements.length,
    };
    const known = new Set(before?.measurements);
    const newCurves = measurements.filter((measurement) => !known.has(measurement)).map(withExactBuffers);
    const wanted = new Set<string>(document.measurementIds);
    const gone = (before?.measurements ?? []).filter((measurement) => !wanted.has(measurement.id));
    const newResults = Object.entries(results).filter(
      ([measurement, value]) => before?.results[measurement as Measurement['id']] !== value,
    );
    const staleResults = Object.keys(before?.results ?? {}).filter(
      (measurement) => !Object.hasOwn(results, measurement),
    );
    try {
      await this.#db.transaction('rw', [this.#projects, this.#measurements, this.#results], async () => {
        await this.#projects.put({ ...summary, document });
        await this.#measurements.bulkPut(
          newCurves.map((value) => ({ projectId: id, measurementId: value.id, value })),
        );
        await this.#results.bulkPut(
          newResults.map(([measurement, value]) => ({ projectId: id, measurementId: measurement, value })),
        );
        await this.#measurements.bulkDelete(
          gone.map((measurement): [string, string] => [id, measurement.id]),
        );
        await this.#results.bulkDelete(
          staleResults.map((measurement): [string, string] => [id, measurement]),
        );
      });
    } catch (cause) {
      const full = cause instanceof Error && /quota/i.test(`${cause.name} ${cause.message}`);
      return fail(
        full
          ? error(
              'WRITE_FAILED',
              'The store of this browser is full. Work goes on, but is not kept; export it or remove old projects.',
            )
          : error(
              'WRITE_FAILED',
              `The work could not be kept: ${cause instanceof Error ? cause.message : String(cause)}`,
            ),
      );
    }
    this.#saved.set(id, project);
    return succeed(summary);
  }

  async remove(id: string): Promise<void> {
    this.#saved.delete(id);
    await this.#db.transaction('rw', [this.#projects, this.#measurements, this.#results], async () => {
      await this.#projects.delete(id);
      await this.#measurements.where('projectId').equals(id).delete();
      await this.#results.where('projectId').equals(id).delete();
    });
  }

  async readPreference(key: string): Promise<unknown> {
    return (await this.#preferences.get(key))?.value;
  }

  async writePreference(key: string, value: unknown): Promise<void> {
    await this.#preferences.put({ key, value });
  }

  close(): void {
    this.#db.close();
  }
}

/** A stored view keeps its whole buffer alive; columns are copied to buffers of their own size first. */
function withExactBuffers(measurement: Measurement): Measurement {
  const { curve } = measurement;
  const exact = <T extends Float64Array | Uint8Array>(array: T): T =>
    array.byteLength === array.buffer.byteLength ? array : (array.slice() as T);
  return {
    ...measurement,
    curve: {
      ...curve,
      flags: exact(curve.flags),
      columns: curve.columns.map((column) => ({ ...column, data: exact(column.data) })),
    },
  };
}
