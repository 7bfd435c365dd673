import { useRef, useState } from 'react';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import type { Selected } from '../frame/use-selected.ts';
import { WhyPopover } from './WhyPopover.tsx';

/** Opens the reasons of one record beside it. */
export function WhyButton({
  quantity,
  selected,
  name,
}: {
  readonly quantity: Quantity;
  readonly selected: Selected;
  /** Which of several records, for its accessible name: `steepest step, forward`. */
  readonly name: string;
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const label = QUANTITIES[quantity.id].label.toLowerCase();
  return (
    <>
      <button
        type="button"
        ref={anchor}
        className="link"
        aria-expanded={open}
        aria-label={`Why: ${label}, ${name}`}
        onClick={() => setOpen(!open)}
      >
        Why?
      </button>
      {open && (
        <WhyPopover
          quantities={[quantity]}
          anchor={anchor}
          selected={selected}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
