import { Icon } from '../../components/Icon.tsx';
import { Status } from '../../components/Status.tsx';
import { countStatuses, writeCounts } from '../../state/device-status.ts';
import { writeInside } from '../../state/jobs.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { SimulationStatus } from '../simulator/SimulationStatus.tsx';
import { type Selected, useSelected } from './use-selected.ts';

/** What of the analysis of the selected curve was done anew for the last change: the rest did not depend on it. */
function writeRerun(selected: Selected | null): string {
  const counts = selected?.outcome?.trace?.counts;
  if (!counts || counts.reused === 0) return '';
  const fits = counts.computed > 0 ? '' : ', no fit repeated';
  return `, ${counts.ran} of ${counts.ran + counts.reused} steps recalculated${fits}`;
}

export function StatusBar() {
  const session = useSession();
  const workspace = useWorkspace();
  const step = useStore(session.history, (history) => history.entries[history.index]!);
  const jobs = useStore(session.jobs, (state) => state);
  const refitting = useStore(session.refitting, (count) => count > 0);
  const results = useStore(session.results, (state) => state);
  const selected = useSelected();
  const empty = workspace.files.length === 0;
  const running = jobs.kind === 'running';
  return (
    <footer className="status" data-region="status">
      {empty || step.sentence === '' ? (
        <span>Ready</span>
      ) : (
        <span className="row el">
          <Icon id="hist" />
          Step {step.id}: {step.sentence}
        </span>
      )}
      <span className="sp" />
      <SimulationStatus />
      {!empty && (
        <span className="row">
          <Status of={running || refitting ? 'fitting' : 'ok'} hidden />
          {running
            ? [`${Math.min(jobs.workers, jobs.current.length)} workers busy`, writeInside(jobs)]
                .filter(Boolean)
                .join(', ')
            : refitting
              ? 'Fitting'
              : `Idle${writeRerun(selected)}`}
        </span>
      )}
      {running && <span>finished files are already saved</span>}
      {!running && !empty && <span>{writeCounts(countStatuses(workspace, results))}</span>}
      <span className="row">
        <Icon id="bottom" />
        On this computer only
      </span>
      {empty && <span>Press ? for all keys</span>}
    </footer>
  );
}
