import type { IconId } from '../components/Icon.tsx';
import type { Session } from '../state/session.ts';

/** A named deed: in the palette, on the keys sheet and, where it has one, on a key. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: 'Anywhere' | 'Curve' | 'Fit' | 'Range and marks' | 'Tables';
  readonly icon: IconId;
  /** As shown: `Ctrl K`, `PageUp`, `L`. The first is the one in the palette. */
  readonly keys: readonly string[];
  readonly run: (session: Session) => void;
  readonly enabled?: (session: Session) => boolean;
}

export const hasCurve = (session: Session) => session.view.get().selected !== null;
