import type { ComparedRecord } from './compared-record.ts';
import type { NoteArithmetic } from './note-arithmetic.ts';
import { CELL_NOTES } from './note-cell.ts';
import { MEMORY_NOTES } from './note-memory.ts';
import { REVIEW_NOTES } from './note-review.ts';
import { PAPER_NOTES, PAPERS, type PaperNote } from './paper-notes.ts';

/** A note that concerns a result, with its arithmetic in the printed numbers and in the user's. */
export interface LiveNote {
  readonly note: PaperNote;
  readonly printed: readonly string[];
  readonly own: readonly string[];
}

const ARITHMETIC: ReadonlyMap<string, NoteArithmetic> = new Map(
  [...CELL_NOTES, ...MEMORY_NOTES, ...REVIEW_NOTES].map((one) => [one.id, one]),
);

/** The arithmetic of a note in the printed numbers; empty where it has none (typography). */
export function workOutPrinted(id: string): readonly string[] {
  return ARITHMETIC.get(id)?.printed() ?? [];
}

/**
 * The notes of METHODS 9 that a result touches, for those who ask how it compares with the two texts. Reads the result and changes
 * nothing of it; notes whose quantities the result does not hold are left out.
 */
export function compareWithPapers(record: ComparedRecord): readonly LiveNote[] {
  return PAPER_NOTES.flatMap((note) => {
    const arithmetic = ARITHMETIC.get(note.id);
    if (!arithmetic?.applies(record)) return [];
    return [{ note, printed: arithmetic.printed(), own: arithmetic.own(record) }];
  });
}

/** The notes as lines of plain text, as the command line prints them. */
export function writeNotes(notes: readonly LiveNote[]): string {
  return notes
    .map(({ note, printed, own }) =>
      [
        `  ${note.id}  ${note.subject} (${PAPERS[note.paper]})`,
        `      printed  ${note.printed}`,
        ...printed.map((line) => `      gives    ${line}`),
        ...own.map((line) => `      yours    ${line}`),
        `      so       ${note.consequence}`,
        '',
      ].join('\n'),
    )
    .join('');
}
