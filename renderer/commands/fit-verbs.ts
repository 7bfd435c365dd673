import { fitOf, fitsOf } from '../plot/overlays.ts';
import { runFits } from '../state/batch-run.ts';
import { optionsFor, setFitOptions } from '../state/fit-options.ts';
import { clearWindows, copyWindows, maskRows } from '../state/project-actions.ts';
import { currentOutcome } from '../state/results.ts';
import type { Session } from '../state/session.ts';
import { guessValues } from '../state/trial.ts';
import { fitSimulatorInSight, openSimulator, simulateAgain } from './simulator-verbs.ts';

/** The device of the selected curve. */
export function selectedDevice(session: Session) {
  const { selected } = session.view.get();
  return selected ? session.workspace.measurements[selected]?.deviceId : undefined;
}

/** The fit in the hand: of the chosen leg, else of the first that has one. */
function activeFit(session: Session) {
  const { selected, leg } = session.view.get();
  const outcome = selected && currentOutcome(session.results.get(), session.workspace, selected)?.outcome;
  if (!outcome) return null;
  const fit = (leg ? fitOf(outcome, leg) : undefined) ?? fitsOf(outcome).find((one) => one.branch !== null);
  return fit?.branch ? { id: selected, outcome, fit, branch: fit.branch } : null;
}

/** Guess: what the model would start from by itself, drawn over the curve. */
export function guessSelected(session: Session): void {
  const active = activeFit(session);
  const values = active ? guessValues(active.outcome, active.fit) : null;
  if (!active || !values) {
    session.tell('flagged', 'The model knows no start for this curve.');
    return;
  }
  const { fixed } = optionsFor(session.workspace, active.id, active.branch);
  const free = active.fit.report.freeIds.filter((id) => fixed[id] === undefined);
  session.setView({
    trial: {
      id: active.id,
      branch: active.branch,
      values: Object.fromEntries(free.map((id) => [id, values[id]!])),
    },
  });
}

/** Simulate: the model at the values in the fields, over the curve; again takes it away. Without such a fit, the simulator. */
export function simulateSelected(session: Session): void {
  if (simulateAgain(session)) return;
  const active = activeFit(session);
  const { trial } = session.view.get();
  if (active?.fit.report.model !== 'modified-shockley') openSimulator(session);
  else if (trial?.id === active.id && trial.branch === active.branch) session.setView({ trial: null });
  else
    session.setView({
      view: 'curves',
      tab: 'fit',
      trial: { id: active.id, branch: active.branch, values: {} },
    });
}

/** Fit: from the values in the hand where there are some, which then are a step of the work; else again as it was. */
export function fitSelected(session: Session): void {
  if (fitSimulatorInSight(session)) return;
  const { selected, trial } = session.view.get();
  if (!selected) return;
  if (trial?.id === selected) {
    session.setView({ trial: null });
    if (Object.keys(trial.values).length > 0) {
      const options = optionsFor(session.workspace, selected, trial.branch);
      const start = { ...options.start, ...trial.values };
      session.step(`start of ${selectedDevice(session) ?? ''} ${trial.branch} set by hand`, (now) =>
        setFitOptions(now, selected, { ...options, start }),
      );
    }
  }
  session.refit(selected, session.workspace, true);
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

/** All rows the user left out of the selected curve are in again. */
export function freeMasked(session: Session): void {
  const { selected } = session.view.get();
  const rows = selected ? session.workspace.masks[selected] : undefined;
  if (!selected || !rows) return;
  const { deviceId } = session.workspace.measurements[selected]!;
  session.step(`${rows.length} masked points of ${deviceId} taken back`, (now) =>
    maskRows(now, selected, rows, false),
  );
}

export function backToRecipe(session: Session): void {
  const { selected } = session.view.get();
  if (!selected) return;
  session.step(`${selectedDevice(session)} is back to the window of the recipe`, (workspace) =>
    clearWindows(workspace, selected),
  );
}
