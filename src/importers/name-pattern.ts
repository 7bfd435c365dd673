/** One part of a pattern: text that must stand there, or a field that takes what stands there. */
type Part = { readonly text: string } | { readonly field: string } | { readonly any: true };

/** A compiled pattern of file names such as `{date}_{batch}_d{device}_p{pixel}`. */
export interface NamePattern {
  readonly text: string;
  readonly fields: readonly string[];
  /** Folders the pattern names besides the file itself. */
  readonly folders: number;
  readonly parts: readonly Part[];
}

export type CompiledPattern =
  | { readonly ok: true; readonly pattern: NamePattern }
  | { readonly ok: false; readonly message: string /** Character, from 0. */; readonly position: number };

const LONGEST = 300;
const MOST_FIELDS = 20;
/** Fields whose shape is known: they may stand side by side with others. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  date: /^(?:\d{8}|\d{6}|\d{4}[-.]\d{2}[-.]\d{2}|\d{2}[-.]\d{2}[-.]\d{4})$/,
  time: /^(?:\d{6}|\d{4}|\d{2}[-.h]\d{2}(?:[-.m]\d{2})?)$/,
  row: /^(?:[A-Za-z]{1,2}|\d{1,3})$/,
  column: /^\d{1,3}$/,
  pixel: /^(?:\d+|[A-Za-z])$/,
};

function splitParts(text: string): readonly Part[] | { readonly message: string; readonly position: number } {
  const parts: Part[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < text.length; ) {
    const c = text[i]!;
    if (c === '}') return { message: 'There is a } without its {', position: i };
    if (c === '*') {
      parts.push({ any: true });
      i += 1;
      continue;
    }
    if (c !== '{') {
      let end = i;
      while (end < text.length && !'{}*'.includes(text[end]!)) end++;
      parts.push({ text: text.slice(i, end) });
      i = end;
      continue;
    }
    const end = text.indexOf('}', i);
    if (end < 0) return { message: 'The { is never closed', position: i };
    const field = text.slice(i + 1, end);
    if (!/^[A-Za-z]\w*$/.test(field))
      return { message: `"${field}" is no name of a field; use letters and digits`, position: i + 1 };
    if (seen.has(field)) return { message: `{${field}} stands there twice`, position: i };
    const last = parts.at(-1);
    if (last && 'field' in last && !Object.hasOwn(SHAPES, last.field) && !Object.hasOwn(SHAPES, field))
      return {
        message: `Nothing stands between {${last.field}} and {${field}}: where does one end?`,
        position: i,
      };
    seen.add(field);
    if (seen.size > MOST_FIELDS) return { message: `There are more than ${MOST_FIELDS} fields`, position: i };
    parts.push({ field });
    i = end + 1;
  }
  return parts;
}

/**
 * Places fields in a text from the left, each as short as it can be. What failed once at a place is not tried again there, so that
 * the work is bounded by parts x length^2 whatever the pattern.
 */
function placeParts(parts: readonly Part[], text: string): ReadonlyMap<string, string> | null {
  const failed = new Set<number>();
  const found = new Map<string, string>();
  const place = (k: number, start: number): boolean => {
    const part = parts[k];
    if (!part) return start === text.length;
    const key = k * (text.length + 1) + start;
    if (failed.has(key)) return false;
    if ('text' in part) {
      const end = start + part.text.length;
      if (text.slice(start, end).toLowerCase() === part.text.toLowerCase() && place(k + 1, end)) return true;
    } else {
      const shape = 'field' in part && Object.hasOwn(SHAPES, part.field) ? SHAPES[part.field]! : null;
      const shortest = start + ('any' in part ? 0 : 1);
      for (let end = shortest; end <= text.length; end++) {
        if (text[end - 1] === '/' && end > start) break;
        if (shape && !shape.test(text.slice(start, end))) continue;
        if (!place(k + 1, end)) continue;
        if ('field' in part) found.set(part.field, text.slice(start, end));
        return true;
      }
    }
    failed.add(key);
    return false;
  };
  return place(0, 0) ? found : null;
}

/**
 * Compiles a pattern. Text stands for itself, `*` for anything, `{name}` takes what stands there; a slash names a folder:
 * `{batch}/d{device}_*`. The ending of the file is left out. A field ends where the text behind it begins.
 */
export function compileNamePattern(text: string): CompiledPattern {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, message: 'The pattern is empty', position: 0 };
  if (trimmed.length > LONGEST)
    return { ok: false, message: `The pattern is longer than ${LONGEST} characters`, position: LONGEST };
  const parts = splitParts(trimmed);
  if (!Array.isArray(parts)) return { ok: false, ...(parts as { message: string; position: number }) };
  const fields = (parts as readonly Part[]).flatMap((part) => ('field' in part ? [part.field] : []));
  if (fields.length === 0)
    return { ok: false, message: 'The pattern has no field such as {device}', position: 0 };
  if ((parts as readonly Part[]).filter((part) => 'any' in part).length > 4)
    return { ok: false, message: 'The pattern has more than four *', position: trimmed.lastIndexOf('*') };
  return {
    ok: true,
    pattern: {
      text: trimmed,
      fields,
      folders: trimmed.split('/').length - 1,
      parts: parts as readonly Part[],
    },
  };
}

/**
 * What a name holds by a pattern: field and text, in the order of the pattern; null where the name does not fit.
 * @param name path with forward slashes; only as many folders as the pattern names are looked at
 */
export function matchName(pattern: NamePattern, name: string): ReadonlyMap<string, string> | null {
  const parts = name.split('/');
  if (parts.length <= pattern.folders) return null;
  const own = parts.slice(-1 - pattern.folders).join('/');
  const dot = own.lastIndexOf('.');
  const stem = dot > own.lastIndexOf('/') + 1 ? own.slice(0, dot) : own;
  if (stem.length > LONGEST) return null;
  const found = placeParts(pattern.parts, stem);
  return found && new Map(pattern.fields.map((field) => [field, found.get(field)!]));
}

const ROW_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Device a file belongs to by the fields of its name: batch, sample, device and pixel where they are given, else the place on
 * the array (`{row}{column}` is A3, a row number becomes its letter). Null where the fields name no device.
 */
export function deviceOfFields(fields: ReadonlyMap<string, string>): string | null {
  const row = fields.get('row');
  const column = fields.get('column');
  const letters = row !== undefined && /^\d+$/.test(row) ? (ROW_LETTERS[Number(row) - 1] ?? row) : row;
  const place =
    letters !== undefined && column !== undefined ? `${letters.toUpperCase()}${Number(column)}` : undefined;
  const named = fields.has('device') || fields.has('pixel') || place !== undefined;
  if (!named) return null;
  const parts = [fields.get('batch'), fields.get('sample'), fields.get('device'), place, fields.get('pixel')];
  return parts.filter((part) => part !== undefined && part !== '').join('-');
}

/** ISO date of a `{date}` that can only be read in one way: 20250312, 2025-03-12; null else. */
export function dateOfFields(fields: ReadonlyMap<string, string>): string | null {
  const match = /^(\d{4})[-.]?(\d{2})[-.]?(\d{2})$/.exec(fields.get('date') ?? '');
  if (!match) return null;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 1970
    ? date.toISOString().slice(0, 10)
    : null;
}
