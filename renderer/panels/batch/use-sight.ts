import { type RefObject, useLayoutEffect, useState } from 'react';

/** From this many rows on only those in sight are in the page. */
const VIRTUAL_FROM = 200;
/** Rows above and below the sight, so that a flick shows no gap. */
const SPARE = 24;
/** Before the first row was measured. */
const USUAL_HEIGHT = 23.5;
/** Height of the heading that stays on top. */
export const HEAD_HEIGHT = 38;

/** Places of the lines in the page, half-open, and the height of one. */
export interface Sight {
  readonly first: number;
  readonly last: number;
  readonly height: number;
}

/** The lines in sight of the part that scrolls; all of them below 200. */
export function useSight(table: RefObject<HTMLTableElement | null>, count: number): Sight {
  const [sight, setSight] = useState<Sight>({ first: 0, last: 2 * SPARE, height: USUAL_HEIGHT });
  const virtual = count >= VIRTUAL_FROM;
  useLayoutEffect(() => {
    const part = table.current?.closest('.scroll');
    if (!part || !virtual) return;
    const look = () => {
      const height =
        table.current?.querySelector('tbody tr[data-id]')?.getBoundingClientRect().height || USUAL_HEIGHT;
      const top = Math.floor((part.scrollTop - HEAD_HEIGHT) / height);
      // in steps of half the spare, so that most scrolling renders nothing
      const step = SPARE / 2;
      const first = Math.max(0, Math.floor((top - SPARE) / step) * step);
      const last = Math.ceil((top + part.clientHeight / height + SPARE) / step) * step;
      setSight((now) =>
        now.first === first && now.last === last && Math.abs(now.height - height) < 0.01
          ? now
          : { first, last, height },
      );
    };
    look();
    part.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(part);
    return () => {
      part.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [table, virtual]);
  return virtual ? sight : { first: 0, last: count, height: sight.height };
}
