import type { Session } from '../state/session.ts';

/** A simulation with a drive of its own; nothing measured is needed. */
export function openWithoutData(session: Session): void {
  session.setView({ view: 'curves', tab: 'simulator', withoutData: true, cursor: true, mode: 'select' });
}

/** The simulator over the selected curve. */
export function openSimulator(session: Session): void {
  session.setView({ view: 'curves', tab: 'simulator', cursor: true });
}

/** Simulate: in the simulator, the same once more. */
export function simulateAgain(session: Session): boolean {
  const { tab, view } = session.view.get();
  if (tab !== 'simulator' || view !== 'curves') return false;
  session.simulator.again();
  return true;
}

/** Fit: in the simulator, its free parameters. */
export function fitSimulatorInSight(session: Session): boolean {
  const { tab, view } = session.view.get();
  const scene = session.simulator.inSight;
  if (tab !== 'simulator' || view !== 'curves' || !scene) return false;
  void session.simulatorFit.start(scene);
  return true;
}

/** Ends a family, a test, a fit or a simulation; true where something ran. */
export function stopSimulator(session: Session): boolean {
  const runs = [session.vary, session.deviceTest, session.simulatorFit, session.simulator];
  return runs.some((run) => run.stop());
}
