import type { IconId } from '../components/Icon.tsx';
import { runFits } from '../state/batch-run.ts';
import { clearWindows, copyWindows, markDevice } from '../state/project-actions.ts';
import type { Session } from '../state/session.ts';
import { CREATED_WITH } from '../state/stored-project.ts';
import type { ScaleId, ViewId } from '../state/view-state.ts';

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

const SCALES: readonly ScaleId[] = ['log+lin', 'log', 'lin', 'symlog'];

function showView(view: ViewId) {
  return (session: Session) => {
    session.setView({ view });
    session.autosave.soonView();
  };
}

function selectedDevice(session: Session) {
  const { selected } = session.view.get();
  return selected ? session.workspace.measurements[selected]?.deviceId : undefined;
}

function moveSelection(by: number) {
  return (session: Session) => {
    const { order } = session.workspace;
    const { selected } = session.view.get();
    const at = selected ? order.indexOf(selected) : -1;
    const next = order[Math.max(0, Math.min(order.length - 1, at + by))];
    if (next) session.select(next);
  };
}

function toggleMark(mark: 'dead' | 'outlier') {
  return (session: Session) => {
    const device = selectedDevice(session);
    if (!device) return;
    const now = session.workspace.devices[device]?.mark === mark ? null : mark;
    const words = now === null ? `${device} is counted again` : `${device} marked as ${now}`;
    session.step(words, (workspace) => markDevice(workspace, device, now));
  };
}

function togglePanel(side: 'library' | 'inspector') {
  return (session: Session) => {
    const { view, panels } = session.view.get();
    const key = side === 'library' ? 'libraryFolded' : 'inspectorFolded';
    const now = panels[view];
    session.setView({ panels: { ...panels, [view]: { ...now, [key]: !now[key] } } });
  };
}

const hasCurve = (session: Session) => session.view.get().selected !== null;

export const COMMANDS: readonly Command[] = [
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
    id: 'palette',
    label: 'Commands and search',
    group: 'Anywhere',
    icon: 'search',
    keys: ['Ctrl K'],
    run: (session) =>
      session.setView({ overlay: session.view.get().overlay === 'palette' ? null : 'palette' }),
  },
  {
    id: 'open-folder',
    label: 'Open folder…',
    group: 'Anywhere',
    icon: 'folder',
    keys: ['Ctrl O'],
    run: (session) => void session.openFolder(),
  },
  {
    id: 'open-files',
    label: 'Open files…',
    group: 'Anywhere',
    icon: 'plus',
    keys: ['Ctrl Shift O'],
    run: (session) => void session.openFiles(),
  },
  {
    id: 'open-samples',
    label: 'Open sample data',
    group: 'Anywhere',
    icon: 'folder',
    keys: [],
    run: (session) => void session.openSamples(),
  },
  {
    id: 'new-project',
    label: 'New project',
    group: 'Anywhere',
    icon: 'plus',
    keys: [],
    run: (session) => void session.autosave.begin(),
  },
  {
    id: 'undo',
    label: 'Undo',
    group: 'Anywhere',
    icon: 'undo',
    keys: ['Ctrl Z'],
    run: (session) => session.undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Anywhere',
    icon: 'redo',
    keys: ['Ctrl Shift Z', 'Ctrl Y'],
    run: (session) => session.redo(),
  },
  {
    id: 'view-curves',
    label: 'Show curves',
    group: 'Anywhere',
    icon: 'chevr',
    keys: ['Ctrl 1'],
    run: showView('curves'),
  },
  {
    id: 'view-batch',
    label: 'Show batch',
    group: 'Anywhere',
    icon: 'chevr',
    keys: ['Ctrl 2'],
    run: showView('batch'),
  },
  {
    id: 'view-statistics',
    label: 'Show statistics',
    group: 'Anywhere',
    icon: 'chevr',
    keys: ['Ctrl 3'],
    run: showView('statistics'),
  },
  {
    id: 'view-figures',
    label: 'Show figures',
    group: 'Anywhere',
    icon: 'chevr',
    keys: ['Ctrl 4'],
    run: showView('figures'),
  },
  {
    id: 'export',
    label: 'Export',
    group: 'Anywhere',
    icon: 'export',
    keys: ['Ctrl E'],
    run: (session) => {
      if (session.view.get().view === 'figures') dispatchEvent(new CustomEvent('ivory:export'));
      else showView('figures')(session);
    },
    enabled: hasCurve,
  },
  {
    id: 'library',
    label: 'Fold or open the library',
    group: 'Anywhere',
    icon: 'left',
    keys: ['Ctrl B'],
    run: togglePanel('library'),
  },
  {
    id: 'inspector',
    label: 'Fold or open the inspector',
    group: 'Anywhere',
    icon: 'right',
    keys: ['Ctrl I'],
    run: togglePanel('inspector'),
  },
  {
    id: 'next-region',
    label: 'Next region',
    group: 'Anywhere',
    icon: 'chevr',
    keys: ['F6', 'Shift F6'],
    run: () => {},
  },
  {
    id: 'full-screen',
    label: 'Full screen',
    group: 'Anywhere',
    icon: 'zoom',
    keys: ['F11'],
    run: () =>
      void (document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen()),
  },
  {
    id: 'theme',
    label: 'Light or dark',
    group: 'Anywhere',
    icon: 'theme',
    keys: [],
    run: (session) =>
      session.setView({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' }),
  },
  {
    id: 'leave',
    label: 'Leave a mode, cancel',
    group: 'Anywhere',
    icon: 'x',
    keys: ['Esc'],
    run: (session) => {
      const view = session.view.get();
      if (view.overlay || view.why) session.setView({ overlay: null, why: null });
      else if (session.jobs.get().kind === 'running') session.cancel();
      else session.setView({ mode: 'select' });
    },
  },
  {
    id: 'about',
    label: 'About Ivory',
    group: 'Anywhere',
    icon: 'help',
    keys: [],
    run: (session) =>
      session.tell(
        'ok',
        `${CREATED_WITH}, MIT licence.`,
        'Everything is computed and kept on this computer.',
      ),
  },
  {
    id: 'keys',
    label: 'This list of keys',
    group: 'Anywhere',
    icon: 'help',
    keys: ['?'],
    run: (session) => session.setView({ overlay: 'keys' }),
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
  {
    id: 'fit',
    label: 'Fit this curve',
    group: 'Fit',
    icon: 'check',
    keys: ['F'],
    run: fitSelected,
    enabled: hasCurve,
  },
  {
    id: 'simulate',
    label: 'Simulate over this curve',
    group: 'Fit',
    icon: 'sliders',
    keys: ['S'],
    run: (session) => session.setView({ view: 'curves', tab: 'simulator' }),
    enabled: hasCurve,
  },
  {
    id: 'fit-all',
    label: 'Fit all curves again',
    group: 'Fit',
    icon: 'check',
    keys: ['Ctrl Enter'],
    run: (session) => void runFits(session, session.workspace.order, true),
  },
  {
    id: 'window',
    label: 'Fit window',
    group: 'Range and marks',
    icon: 'window',
    keys: ['R'],
    run: (session) => session.setView({ mode: session.view.get().mode === 'window' ? 'select' : 'window' }),
    enabled: hasCurve,
  },
  {
    id: 'window-for-all',
    label: 'Use this window for all devices',
    group: 'Range and marks',
    icon: 'pin',
    keys: ['Ctrl Shift R'],
    run: applyWindowToAll,
    enabled: (session) => Boolean(session.workspace.windows[session.view.get().selected ?? '']),
  },
  {
    id: 'window-back',
    label: 'Back to the window of the recipe',
    group: 'Range and marks',
    icon: 'undo',
    keys: [],
    run: backToRecipe,
    enabled: (session) => Boolean(session.workspace.windows[session.view.get().selected ?? '']),
  },
  {
    id: 'dead',
    label: 'Dead pixel',
    group: 'Range and marks',
    icon: 'x',
    keys: ['D'],
    run: toggleMark('dead'),
    enabled: hasCurve,
  },
  {
    id: 'outlier',
    label: 'Outlier',
    group: 'Range and marks',
    icon: 'x',
    keys: ['X'],
    run: toggleMark('outlier'),
    enabled: hasCurve,
  },
  {
    id: 'filter',
    label: 'Filter',
    group: 'Tables',
    icon: 'filter',
    keys: ['/'],
    run: () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus(),
  },
  {
    id: 'why',
    label: 'Why this status',
    group: 'Tables',
    icon: 'help',
    keys: ['W'],
    run: () => document.querySelector<HTMLButtonElement>('[data-why]')?.click(),
    enabled: hasCurve,
  },
];

export function fitSelected(session: Session): void {
  const { selected } = session.view.get();
  if (selected) session.refit(selected, session.workspace, true);
}

export function applyWindowToAll(session: Session): void {
  const { selected } = session.view.get();
  if (!selected) return;
  const kind = session.workspace.measurements[selected]?.kind;
  const all = session.workspace.order.filter((id) => session.workspace.measurements[id]?.kind === kind);
  const device = selectedDevice(session) ?? '';
  session.step(`window of ${device} used for ${all.length} curves`, (workspace) =>
    copyWindows(workspace, selected, all),
  );
  session.tell('waiting', `${all.length} curves have a new window.`, 'Their fits are out of date.', {
    label: `Refit these ${all.length}`,
    run: () => void runFits(session, all, false),
  });
}

export function backToRecipe(session: Session): void {
  const { selected } = session.view.get();
  if (!selected) return;
  session.step(`${selectedDevice(session)} is back to the window of the recipe`, (workspace) =>
    clearWindows(workspace, selected),
  );
}
