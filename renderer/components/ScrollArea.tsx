import type { ReactNode } from 'react';

/** A part that scrolls, with a name, and reachable by keys: what moves under a wheel must move under arrows too. */
export function ScrollArea({
  label,
  className = '',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must take the focus (WCAG 2.1.1)
    <section className={`scroll ${className}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
