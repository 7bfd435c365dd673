import { runFits } from '../state/batch-run.ts';
import { keepApart } from '../state/group-actions.ts';
import type { Session } from '../state/session.ts';
import type { ScaleId } from '../state/view-state.ts';
import { type Command, hasCurve } from './command.types.ts';

const SCALES: readonly ScaleId[] = ['log+lin', 'log', 'lin', 'symlog'];

function moveSelection(by: number) {
  return (session: Session) => {
    const { order } = session.workspace;
    const { selected } = session.view.get();
    const at = selected ? order.indexOf(selected) : -1;
    const next = order[Math.max(0, Math.min(order.length - 1, at + by))];
    if (next) session.select(next);
  };
}

/** Takes the curves of the selected device apart: every file a device of its own, joined curves in their parts. */
function keepSelectedApart(session: Session): void {
  const { workspace } = session;
  const { selected } = session.view.get();
  const device = selected && workspace.measurements[selected]?.deviceId;
  if (!device) return;
  const ids = workspace.order.filter((id) => workspace.measurements[id]!.deviceId === device);
  session.step(`the curves of ${device} kept apart`, (now) => keepApart(now, ids));
  if (!session.workspace.measurements[selected]) session.select(session.workspace.order[0] ?? null);
  void runFits(session, session.workspace.order, false);
}

/** The curve in sight: which one, and how it is drawn. */
export const CURVE_COMMANDS: readonly Command[] = [
  {
    id: 'open-as-table',
    label: 'Open the file of this curve as a table…',
    group: 'Curve',
    icon: 'note',
    keys: [],
    enabled: hasCurve,
    run: (session) => {
      const { selected } = session.view.get();
      const file = selected && session.workspace.measurements[selected]?.source.file;
      if (file) void session.unknown.open([file]);
    },
  },
  {
    id: 'group-device',
    label: 'Group as one device…',
    group: 'Curve',
    icon: 'group',
    keys: [],
    run: (session) => session.setView({ overlay: 'group' }),
    enabled: hasCurve,
  },
  {
    id: 'join-channels',
    label: 'Join channels…',
    group: 'Curve',
    icon: 'link',
    keys: [],
    run: (session) => session.setView({ overlay: 'group' }),
    enabled: hasCurve,
  },
  {
    id: 'file-names',
    label: 'Read file names by a pattern…',
    group: 'Curve',
    icon: 'type',
    keys: [],
    run: (session) => session.setView({ overlay: 'names' }),
    enabled: hasCurve,
  },
  {
    id: 'keep-apart',
    label: 'Keep the curves of this device apart',
    group: 'Curve',
    icon: 'group',
    keys: [],
    run: keepSelectedApart,
    enabled: hasCurve,
  },
  {
    id: 'previous',
    label: 'Previous device',
    group: 'Curve',
    icon: 'chevu',
    keys: ['PageUp'],
    run: moveSelection(-1),
    enabled: hasCurve,
  },
  {
    id: 'next',
    label: 'Next device',
    group: 'Curve',
    icon: 'chev',
    keys: ['PageDown'],
    run: moveSelection(1),
    enabled: hasCurve,
  },
  {
    id: 'scale',
    label: 'Log + lin, log, lin, ±log',
    group: 'Curve',
    icon: 'chevr',
    keys: ['L'],
    run: (session) => {
      const at = SCALES.indexOf(session.view.get().scale);
      session.setView({ scale: SCALES[(at + 1) % SCALES.length]! });
    },
    enabled: hasCurve,
  },
  {
    id: 'show-all',
    label: 'Show all',
    group: 'Curve',
    icon: 'zoom',
    keys: ['A'],
    run: () => dispatchEvent(new CustomEvent('ivory:show-all')),
    enabled: hasCurve,
  },
  {
    id: 'zoom-back',
    label: 'Zoom back',
    group: 'Curve',
    icon: 'undo',
    keys: ['Alt ←'],
    run: () => dispatchEvent(new CustomEvent('ivory:zoom-back')),
    enabled: hasCurve,
  },
  {
    id: 'cursor',
    label: 'Cursor on, off',
    group: 'Curve',
    icon: 'cross',
    keys: ['C'],
    run: (session) => session.setView({ cursor: !session.view.get().cursor }),
    enabled: hasCurve,
  },
];
