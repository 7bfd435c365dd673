import type { FileHandle } from '../../src/host/host.ts';
import { guessTable, type TableGuess } from '../../src/importers/guess-table.ts';
import { checkTemplate, parseTemplate, writeTemplate } from '../../src/importers/template-json.ts';
import { type FolderSettings, NO_SETTINGS } from '../../src/model/folder-settings.ts';
import type { ImportTemplate } from '../../src/model/import-template.ts';
import { type FolderSet, settingsFor } from './add-files.ts';
import { needsLook, shapeOf } from './import-answers.ts';
import type { PlannedFile } from './plan-files.ts';
import type { Session } from './session.ts';
import { createStore, type Store } from './store.ts';

/** A file the import panel asks about, with its first bytes. */
export interface UnknownFile {
  readonly name: string;
  readonly handle: FileHandle;
  readonly set: FolderSet;
  readonly bytes: Uint8Array;
  readonly guess: TableGuess;
}

/** Files of one shape: one answer serves all. */
export interface UnknownGroup {
  readonly shape: string;
  readonly files: readonly UnknownFile[];
}

const KEY = 'import-templates';
/** What the panel looks at; a longer file is read whole once the answers are given. */
const MOST_BYTES = 1_500_000;
const MOST_FILES = 400;

/** The first part of a file, cut at the end of a line. */
function headOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MOST_BYTES) return bytes;
  const cut = bytes.lastIndexOf(10, MOST_BYTES);
  return bytes.subarray(0, cut > 0 ? cut + 1 : MOST_BYTES);
}

/** Files no importer knows, the questions about them, and the templates that answer those questions from then on. */
export class UnknownFiles {
  /** Groups the import panel shows; null while it is closed. */
  readonly panel: Store<readonly UnknownGroup[] | null> = createStore<readonly UnknownGroup[] | null>(null);
  readonly templates: Store<readonly ImportTemplate[]> = createStore<readonly ImportTemplate[]>([]);
  /** Settles when the remembered templates are there. */
  readonly ready: Promise<void>;
  private readonly known = new Map<string, { readonly handle: FileHandle; readonly set: FolderSet }>();
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
    this.ready = session.repository
      .readPreference(KEY)
      .then((kept) => {
        const read = Array.isArray(kept) ? kept.map((one) => checkTemplate(one)) : [];
        this.templates.set(read.flatMap((one) => (one.ok ? [one.value] : [])));
      })
      .catch(() => undefined);
  }

  /** Settings of a file's folders below the remembered templates: what a folder says of its own files wins. */
  settingsOver(folders: readonly FolderSettings[]): readonly FolderSettings[] {
    const templates = this.templates.get();
    return templates.length === 0 ? folders : [{ ...NO_SETTINGS, templates }, ...folders];
  }

  /** After a run: keeps the way to each file, and asks about those that were only guessed. */
  async offer(set: FolderSet, plan: readonly PlannedFile[]): Promise<void> {
    for (const { name, handle } of plan) this.known.set(name, { handle, set });
    const added = new Set(plan.map((file) => file.name));
    const names = this.session.workspace.files
      .filter(
        (file) =>
          added.has(file.name) &&
          // a folder with settings was set up by somebody: its tables are read as it says
          (file.state === 'failed' || settingsFor(set, file.name).length === 0) &&
          (file.format === 'generic-table' ||
            (file.state === 'failed' && file.issues[0]?.code === 'UNKNOWN_FORMAT')),
      )
      .map((file) => file.name);
    const groups = await this.group(names, needsLook);
    if (groups.length > 0) this.panel.set(groups);
  }

  /** Asks about these files, known to an importer or not. */
  async open(names: readonly string[]): Promise<void> {
    const gone = names.filter((name) => !this.known.has(name));
    if (gone.length > 0) {
      this.session.tell('flagged', `${gone[0]} is no longer open. Add its file again.`);
      return;
    }
    const large = names.find((name) => this.known.get(name)!.handle.size > this.session.heldBytes);
    if (large) {
      this.session.tell('flagged', `${large} is too large to be opened as a table by hand.`);
      return;
    }
    const groups = await this.group(names, () => true);
    if (groups.length > 0) this.panel.set(groups);
    else if (!this.session.toast.get())
      this.session.tell('flagged', `${names[0] ?? 'The file'} holds no table of numbers.`);
  }

  private async group(
    names: readonly string[],
    wanted: (guess: TableGuess) => boolean,
  ): Promise<readonly UnknownGroup[]> {
    const groups = new Map<string, UnknownFile[]>();
    for (const name of names.slice(0, MOST_FILES)) {
      const way = this.known.get(name)!;
      // a table of that size is not looked at by eye; it is read by what its format is, or refused with its reason
      if (way.handle.size > this.session.heldBytes) continue;
      const read = await this.session.host.readFile(way.handle.token);
      if (!read.ok) {
        this.session.report(read.issues);
        continue;
      }
      const bytes = headOf(read.value);
      const guess = guessTable(bytes, name);
      if (!guess || !wanted(guess)) continue;
      const shape = shapeOf(guess);
      groups.set(shape, [...(groups.get(shape) ?? []), { name, ...way, bytes, guess }]);
    }
    return [...groups].map(([shape, files]) => ({ shape, files }));
  }

  /** Takes a group off the panel, and closes it with the last one. */
  settle(group: UnknownGroup): void {
    this.panel.set((now) => {
      const rest = now?.filter((other) => other.shape !== group.shape) ?? [];
      return rest.length > 0 ? rest : null;
    });
  }

  remember(template: ImportTemplate): void {
    this.keep([...this.templates.get().filter((one) => one.id !== template.id), template]);
  }

  forget(id: string): void {
    this.keep(this.templates.get().filter((one) => one.id !== id));
  }

  private keep(templates: readonly ImportTemplate[]): void {
    this.templates.set(templates);
    this.session.repository.writePreference(KEY, templates).catch(() => {
      this.session.tell('flagged', 'The template is used now, but this browser could not keep it.');
    });
  }

  async exportTemplate(template: ImportTemplate): Promise<void> {
    const saved = await this.session.host.saveFile({
      suggestedName: `${template.id}.ivory-template.json`,
      bytes: new TextEncoder().encode(writeTemplate(template)),
      mimeType: 'application/json',
    });
    if (!saved.ok) this.session.report(saved.issues);
  }

  /** A template from a file; null where none was chosen or it cannot be used. */
  async importTemplate(): Promise<ImportTemplate | null> {
    const opened = await this.session.host.openFiles();
    const handle = opened.ok ? opened.value[0] : undefined;
    if (!handle) return null;
    const read = await this.session.host.readFile(handle.token);
    const parsed = read.ok ? parseTemplate(new TextDecoder().decode(read.value), handle.name) : read;
    if (parsed.ok) return parsed.value;
    this.session.report(parsed.issues);
    return null;
  }
}
