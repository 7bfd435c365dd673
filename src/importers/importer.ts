import type { Result } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { OptionSpec, Options } from '../model/recipe.ts';
import type { ReadWatch } from './read-watch.ts';

/** A file too large to be held: read in blocks, at once (a worker waits for its disk). */
export interface BlockSource {
  /** Bytes of the whole file. */
  readonly size: number;
  /** @throws UnreadableBlock */
  read(start: number, end: number): Uint8Array;
}

/** A file as the host hands it over: the core never sees a path, only a name relative to what was opened. */
export interface SourceFile {
  /** Relative path with forward slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Of a very large file, `bytes` are only the first; the whole is read from here. */
  readonly rest?: BlockSource;
  /** Other files of the same folder, for formats with a companion (R&S settings, Rigol parameter save). */
  readonly companion?: (name: string) => Uint8Array | undefined;
  /** Progress and cancel inside the file. */
  readonly watch?: ReadWatch;
}

/**
 * What detection and parsing share: decoded once, lazily. `head` holds the first lines without their ends (CR, LF, CRLF
 * and CR CR LF are one line end each); `text` is the whole.
 */
export interface DecodedFile extends SourceFile {
  readonly encoding: string;
  readonly isBinary: boolean;
  /** The text as bytes in which every ASCII character is one byte: no byte order mark, UTF-16 turned into UTF-8. */
  readonly content: Uint8Array;
  readonly head: readonly string[];
  /** Offset in `content` at which each line of `head` starts. */
  readonly headStarts: readonly number[];
  readonly text: () => string;
  readonly lines: () => readonly string[];
  /** Text of a byte range of `content`. */
  readonly slice: (start: number, end: number) => string;
}

/** A reader of one file format. It never analyses, never guesses a unit from a name, and keeps header entries verbatim. */
export interface Importer {
  readonly id: string;
  /** Raised whenever a number or a name it reads changes. */
  readonly version: number;
  readonly label: string;
  readonly vendor: string | null;
  readonly extensions: readonly string[];
  readonly options: readonly OptionSpec[];
  /** 0 (not mine) to 1 (signature seen); looks at `head` and the bytes only, never at the extension alone. */
  sniff(file: DecodedFile): number;
  /** One measurement a curve. A user-causable failure is an Issue with file, line and what to do; never a throw. */
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]>;
}
