/** One option of a command. `value`: takes one word; `list`: may be given again and again. */
export interface OptionSpec {
  readonly name: string;
  readonly kind: 'flag' | 'value' | 'list';
  readonly placeholder?: string;
  readonly help: string;
}

export interface ParsedArgs {
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** Wrong use of the command line: one plain sentence and what to do; ends with exit status 2. */
export class UsageError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** Steps of inserting, deleting or exchanging a letter between two words. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The known word nearest to a mistyped one, if it is near enough to be what was meant. */
export function suggestWord(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, distance: editDistance(word, name) }));
  const best = ranked.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.name : undefined;
}

/**
 * Splits the words after the command. `--name value` and `--name=value` both work; a value may begin with a minus sign (`--from -3`);
 * after `--` everything is positional.
 * @throws UsageError
 */
export function parseArgs(words: readonly string[], options: readonly OptionSpec[]): ParsedArgs {
  const positionals: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--') {
      positionals.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-' || /^-[.\d]/.test(word)) {
      positionals.push(word);
      continue;
    }
    const [name, attached] = splitOption(word);
    const option = options.find((known) => known.name === name);
    if (!option) throw unknownOption(name, options);
    if (option.kind === 'flag') {
      if (attached !== undefined) throw new UsageError(`--${name} takes no value.`);
      flags.add(name);
      continue;
    }
    const value = attached ?? words[++i];
    if (value === undefined || (attached === undefined && value.startsWith('--'))) {
      throw new UsageError(`--${name} needs ${option.placeholder ?? 'a value'}.`);
    }
    if (option.kind === 'list') lists.set(name, [...(lists.get(name) ?? []), value]);
    else if (values.has(name)) throw new UsageError(`--${name} is given twice.`);
    else values.set(name, value);
  }
  return { positionals, flags, values, lists };
}

function splitOption(word: string): readonly [name: string, attached: string | undefined] {
  const body = word.replace(/^--?/, '');
  const cut = body.indexOf('=');
  const name = cut < 0 ? body : body.slice(0, cut);
  const long = word.startsWith('--') ? name : ({ h: 'help', o: 'out', j: 'jobs' }[name] ?? name);
  return [long, cut < 0 ? undefined : body.slice(cut + 1)];
}

function unknownOption(name: string, options: readonly OptionSpec[]): UsageError {
  const near = suggestWord(
    name,
    options.map((option) => option.name),
  );
  return new UsageError(
    `There is no option --${name} here.`,
    near ? `Did you mean --${near}?` : 'See --help of the command.',
  );
}

/** `NAME=VALUE` words as a table. @throws UsageError */
export function parsePairs(words: readonly string[], option: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.map((word) => {
      const cut = word.indexOf('=');
      if (cut < 1) throw new UsageError(`--${option} needs NAME=VALUE; got '${word}'.`);
      return [word.slice(0, cut).trim(), word.slice(cut + 1).trim()];
    }),
  );
}

/** A list with commas: `svg,pdf`. */
export function parseList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
