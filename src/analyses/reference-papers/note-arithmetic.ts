import type { ComparedRecord } from './compared-record.ts';

/** The arithmetic of one note: which results it concerns, the printed numbers worked out, and the same with the user's own. */
export interface NoteArithmetic {
  /** Id of the note, such as `X5`. */
  readonly id: string;
  readonly applies: (record: ComparedRecord) => boolean;
  readonly printed: () => readonly string[];
  /** Lines of the user's own numbers; empty where the result holds none. */
  readonly own: (record: ComparedRecord) => readonly string[];
}
