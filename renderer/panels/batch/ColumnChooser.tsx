import { useRef } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import type { BatchColumn } from '../../state/batch-table.ts';
import { useSession } from '../../state/session.ts';

/** Which quantities the table shows: a list with a tick each; without a choice it shows what suits the curves. */
export function ColumnChooser({
  offered,
  shown,
}: {
  readonly offered: readonly BatchColumn[];
  readonly shown: readonly BatchColumn[];
}) {
  const session = useSession();
  const box = useRef<HTMLDetailsElement>(null);
  const keys = new Set(shown.map(({ key }) => key));
  const set = (columns: readonly string[] | null) => {
    session.setView({ columns });
    session.autosave.soonView();
  };
  return (
    <details
      className="menu"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !box.current?.open) return;
        event.preventDefault();
        box.current.open = false;
        box.current.querySelector('summary')?.focus();
      }}
      onBlur={(event) => {
        if (box.current && !box.current.contains(event.relatedTarget)) box.current.open = false;
      }}
    >
      <summary className="btn sm ghost">
        Columns <Icon id="chev" />
      </summary>
      <div className="menu-list scroll-y">
        {offered.map((column) => (
          <label key={column.key} className="row t12">
            <input
              type="checkbox"
              checked={keys.has(column.key)}
              onChange={(event) =>
                set(
                  offered
                    .map(({ key }) => key)
                    .filter((key) => (key === column.key ? event.target.checked : keys.has(key))),
                )
              }
            />
            <MathSymbol text={column.symbol} /> {column.arrow}
            <span className="t3 el">{column.convention ?? ''}</span>
          </label>
        ))}
        <button type="button" className="link t12" onClick={() => set(null)}>
          What suits the curves
        </button>
      </div>
    </details>
  );
}
