import type { Session } from '../state/session.ts';
import { CREATED_WITH } from '../state/stored-project.ts';
import type { ViewId } from '../state/view-state.ts';
import { type Command, hasCurve } from './command.types.ts';
import { openWithoutData, stopSimulator } from './simulator-verbs.ts';

function showView(view: ViewId) {
  return (session: Session) => {
    session.setView({ view });
    session.autosave.soonView();
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

/** What works in every view. */
export const WINDOW_COMMANDS: readonly Command[] = [
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
    id: 'simulate-without-data',
    label: 'Simulate without data',
    group: 'Anywhere',
    icon: 'sliders',
    keys: [],
    run: openWithoutData,
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
      else if (stopSimulator(session)) return;
      else if (session.jobs.get().kind === 'running') session.cancel();
      else if (view.view !== 'curves' && view.selectedDevices.length > 0)
        session.setView({ selectedDevices: [] });
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
];
