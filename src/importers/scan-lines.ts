import { findLineEnd, skipLineEnd } from './decode-text.ts';
import type { DecodedFile } from './importer.ts';

/** A line beyond the head: its offset, its number (from 1) and its text. */
export interface ScannedLine {
  readonly start: number;
  readonly line: number;
  readonly text: string;
  /** Offset of the next line. */
  readonly next: number;
}

/** The line that starts at `start`; null at the end of the file. At most 64 KB of its text. */
export function scanLine(file: DecodedFile, start: number, line: number): ScannedLine | null {
  const { content } = file;
  if (start >= content.length) return null;
  const end = findLineEnd(content, start);
  const next = end < content.length ? skipLineEnd(content, end) : end;
  return { start, line, text: file.slice(start, Math.min(end, start + 65_536)), next };
}
