import { runFits } from '../state/batch-run.ts';
import { toggleMark } from '../state/device-selection.ts';
import { type Command, hasCurve } from './command.types.ts';
import { applyWindowToAll, backToRecipe, fitSelected, guessSelected, simulateSelected } from './fit-verbs.ts';

/** Fits, their windows, and the marks of a device. */
export const FIT_COMMANDS: readonly Command[] = [
  {
    id: 'guess',
    label: 'Guess where the fit starts',
    group: 'Fit',
    icon: 'search',
    keys: ['G'],
    run: guessSelected,
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
    run: simulateSelected,
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
    run: (session) => toggleMark(session, 'dead'),
    enabled: hasCurve,
  },
  {
    id: 'outlier',
    label: 'Outlier',
    group: 'Range and marks',
    icon: 'x',
    keys: ['X'],
    run: (session) => toggleMark(session, 'outlier'),
    enabled: hasCurve,
  },
];
