/** Files of a drop, folders walked, with their path below what was dropped. */
export interface DroppedFile {
  readonly file: File;
  readonly path: string;
}

export interface Dropped {
  readonly files: readonly DroppedFile[];
  readonly name: string;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** `readEntries` hands out at most 100 names a call, so it is called until it gives none. */
async function listFolder(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Must be called inside the drop event: entries and files are gone after it. Null where nothing was dropped. */
export function takeDrop(transfer: DataTransfer): Promise<Dropped> | null {
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length > 0) return readEntries(entries);
  // some sources hand over plain files without entries
  const files = [...transfer.files].map((file) => ({ file, path: file.name }));
  return files.length === 0
    ? null
    : Promise.resolve({
        files,
        name: files.length === 1 ? files[0]!.path : `${files.length} files`,
        skipped: [],
      });
}

async function readEntries(entries: readonly FileSystemEntry[]): Promise<Dropped> {
  const files: DroppedFile[] = [];
  const skipped: { name: string; reason: string }[] = [];
  const walk = async (entry: FileSystemEntry, path: string): Promise<void> => {
    try {
      if (entry.isDirectory) {
        const inside = await listFolder(entry as FileSystemDirectoryEntry);
        for (const child of inside) await walk(child, path === '' ? child.name : `${path}/${child.name}`);
      } else files.push({ file: await fileOf(entry as FileSystemFileEntry), path });
    } catch (reason) {
      skipped.push({ name: path || entry.name, reason: String(reason) });
    }
  };
  const only = entries.length === 1 ? entries[0]! : null;
  // one folder is opened as such: names start below it, as with the folder dialog
  for (const entry of entries) await walk(entry, only?.isDirectory ? '' : entry.name);
  return { files, name: only?.name ?? `${files.length} files`, skipped };
}
