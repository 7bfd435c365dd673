import { useMemo, useState } from 'react';
import { compareWithPapers } from '../../../src/analyses/reference-papers/compare-with-papers.ts';
import { PAPERS } from '../../../src/analyses/reference-papers/paper-notes.ts';
import { Icon } from '../../components/Icon.tsx';
import { quantitiesOf } from '../../state/device-status.ts';
import type { Selected } from '../frame/use-selected.ts';

/**
 * What the two reference texts leave open about the quantities shown above, with the arithmetic in their numbers and in these.
 * Folded: a comparison is asked for. Nothing here changes a value.
 */
export function NotesSection({ selected }: { readonly selected: Selected }) {
  const [open, setOpen] = useState(false);
  const { outcome } = selected;
  const notes = useMemo(
    () => (outcome ? compareWithPapers({ recipe: outcome.recipe, quantities: quantitiesOf(outcome) }) : []),
    [outcome],
  );
  if (notes.length === 0) return null;
  return (
    <section className="sec fold" aria-label="Reference papers">
      <button type="button" className="sh" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon id={open ? 'chev' : 'chevr'} />
        Against the reference papers
        <span className="sp" />
        <span className="t11 t3">{notes.length}</span>
      </button>
      {open && (
        <ul className="t11 t2 notes papers">
          {notes.map(({ note, printed, own }) => (
            <li key={note.id}>
              <span className="paper-subject" title={PAPERS[note.paper]}>
                {note.id} {note.subject}
              </span>
              <dl>
                <dt>printed</dt>
                <dd>{note.printed}</dd>
                {printed.map((line) => (
                  <Row key={line} term="gives" line={line} />
                ))}
                {own.map((line) => (
                  <Row key={line} term="yours" line={line} strong />
                ))}
                <dt>so</dt>
                <dd>{note.consequence}</dd>
              </dl>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({
  term,
  line,
  strong = false,
}: {
  readonly term: string;
  readonly line: string;
  readonly strong?: boolean;
}) {
  return (
    <>
      <dt>{term}</dt>
      <dd className={strong ? 'mine' : undefined}>{line}</dd>
    </>
  );
}
