import { type ReactNode, useState } from 'react';
import { Icon } from './Icon.tsx';

/** A section that is one line until it is asked for: its name, and what it holds in a few words. */
export function Fold({
  title,
  summary,
  children,
}: {
  readonly title: string;
  readonly summary: ReactNode;
  readonly children: () => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <section className="sec fold" aria-label={title}>
      <button type="button" className="sh" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon id={open ? 'chev' : 'chevr'} />
        <span className="nw">{title}</span>
        <span className="sp" />
        <span className="t11 t3 el">{summary}</span>
      </button>
      {open && <div className="fold-body">{children()}</div>}
    </section>
  );
}
