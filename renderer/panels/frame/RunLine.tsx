import { useEffect, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Status } from '../../components/Status.tsx';
import { resumeFiles, runFits } from '../../state/batch-run.ts';
import { secondsLeft, writeTimeLeft } from '../../state/jobs.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';

const TICK_MS = 500;

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function useClock(on: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}

/** The run at work: file name, bar, done of all, time left, Cancel. After it: how it ended, and what can be done next. */
export function RunLine() {
  const session = useSession();
  const workspace = useWorkspace();
  const jobs = useStore(session.jobs, (state) => state);
  const running = jobs.kind === 'running';
  const now = useClock(running);
  const waiting = workspace.files.filter((file) => file.state === 'waiting');
  if (running) {
    const names = jobs.current.slice(0, 2).map(baseName);
    const parts = new Map(Object.entries(jobs.inside).map(([name, part]) => [baseName(name), part]));
    const percent = (name: string | undefined) =>
      name !== undefined && parts.has(name) ? ` ${parts.get(name)} % read` : '';
    // files at work count by the part of them that is read
    const done = jobs.done + [...parts.values()].reduce((sum, part) => sum + part / 100, 0);
    return (
      <div className="row run-line">
        <Status of="fitting" hidden />
        <span className="nw el names">
          {jobs.verb} <b>{names[0] ?? ''}</b>
          {percent(names[0])}
          {names[1] && (
            <>
              {' '}
              and <b>{names[1]}</b>
              {percent(names[1])}
            </>
          )}
        </span>
        <div
          className="prog"
          role="progressbar"
          aria-label="Files done"
          aria-valuenow={jobs.done}
          aria-valuemin={0}
          aria-valuemax={jobs.total}
        >
          <i style={{ width: `${(100 * done) / Math.max(1, jobs.total)}%` }} />
        </div>
        <span className="nw">
          <b>{jobs.done}</b> of {jobs.total}
        </span>
        <span className="t2 nw left">{writeTimeLeft(secondsLeft(jobs, now))}</span>
        <Button small icon="stop" keys="Esc" onClick={() => session.cancel()}>
          Cancel
        </Button>
      </div>
    );
  }
  const took = Math.max(0, (jobs.endedAt - jobs.startedAt) / 1000);
  return (
    <div className="row run-line" role="status">
      {jobs.kind === 'cancelled' ? (
        <>
          <Status of="waiting" hidden />
          <span>
            Stopped by you after {jobs.done} of {jobs.total}. {jobs.done} are saved.
          </span>
          <span className="sp" />
          {waiting.length > 0 ? (
            <Button small onClick={() => void resumeFiles(session)}>
              Resume {waiting.length}
            </Button>
          ) : (
            <Button small onClick={() => void runFits(session, workspace.order, false)}>
              Resume
            </Button>
          )}
        </>
      ) : (
        <>
          <Status of={jobs.failed > 0 ? 'flagged' : 'ok'} hidden />
          <span>
            {jobs.kind === 'done'
              ? `${jobs.done} of ${jobs.total} in ${took < 10 ? took.toFixed(1) : Math.round(took)} s${jobs.failed > 0 ? `, ${jobs.failed} could not be used` : ''}${jobs.steps.reused > 0 ? `; ${jobs.steps.ran} of ${jobs.steps.ran + jobs.steps.reused} steps recalculated` : ''}`
              : `${workspace.order.length} curves, kept in this browser`}
          </span>
          <span className="sp" />
          <Button small keys="Ctrl Enter" onClick={() => void runFits(session, workspace.order, true)}>
            Fit all {workspace.order.length} again
          </Button>
        </>
      )}
    </div>
  );
}
