import type { ReactNode } from 'react';
import type { DecodedFile } from '../../../src/importers/importer.ts';
import type { ImportTemplate } from '../../../src/model/import-template.ts';

const SHOWN_LINES = 60;
const SHOWN_CHARACTERS = 300;

/** What a line is taken for by the template in force. */
function takenFor(line: number, text: string, template: ImportTemplate): string {
  if (line === template.headerRow) return 'column names';
  if (line === template.unitRow) return 'units';
  if (text.trim() === '') return 'blank';
  if (line === template.firstRow) return 'data';
  if (line > template.firstRow) return '';
  return template.headerRow !== null && line > template.headerRow ? 'comment' : 'settings';
}

/** A line with its separators marked; runs of blanks count as one. */
function markSeparators(text: string, separator: ImportTemplate['separator']): ReactNode {
  const parts =
    separator === ' '
      ? text.split(/( +)/)
      : text.split(separator).flatMap((p, i) => (i ? [separator, p] : [p]));
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line have no other identity
  return parts.map((part, k) => (k % 2 === 1 ? <i key={k}>{separator === '\t' ? '→\t' : part}</i> : part));
}

/** The first lines as they stand, with what each was taken for. */
export function ImportRaw({
  file,
  template,
}: {
  readonly file: DecodedFile;
  readonly template: ImportTemplate;
}) {
  return (
    <section className="import-raw" aria-label="Raw text">
      <h2 className="import-head">
        Raw text <span>separators are marked; at the right is what each line was taken for</span>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
      <section className="import-lines" aria-label="First lines of the file" tabIndex={0}>
        <ol>
          {file.head.slice(0, SHOWN_LINES).map((text, k) => {
            const use = takenFor(k + 1, text, template);
            const kind = use === 'column names' ? 'names' : use === 'units' ? 'units' : '';
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <li key={k} className={kind}>
                <span className="no">{k + 1}</span>
                <code>
                  {k + 1 >= (template.headerRow ?? template.firstRow)
                    ? markSeparators(text.slice(0, SHOWN_CHARACTERS), template.separator)
                    : text.slice(0, SHOWN_CHARACTERS)}
                </code>
                <span className="use">{use}</span>
              </li>
            );
          })}
        </ol>
      </section>
    </section>
  );
}
