import { useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Status } from '../../components/Status.tsx';
import { leaveOutFile } from '../../state/project-actions.ts';
import { type Session, useSession, useWorkspace } from '../../state/session.ts';
import { RepairButton } from '../import/RepairButton.tsx';

/** Shows the lines around the fault of a file, in the Data tab of the curves. */
export function openFault(session: Session, file: string): void {
  const { selected, panels } = session.view.get();
  session.setView({
    view: 'curves',
    tab: 'data',
    fault: { file, beside: selected },
    panels: { ...panels, curves: { ...panels.curves, inspectorFolded: false } },
  });
}

/** Files that could not be used, each with its reason; the rest is done and kept. */
export function Failures() {
  const session = useSession();
  const { files } = useWorkspace();
  const [closed, setClosed] = useState(false);
  const failed = files.filter((file) => file.state === 'failed');
  if (failed.length === 0) return null;
  return (
    <section className="fl" aria-label="Could not be used">
      <div className="row fl-head">
        <b className="t12">Could not be used</b>
        <span className="t11 t3">
          {failed.length} of {files.length}. The other files are done and kept.
        </span>
        <span className="sp" />
        <IconButton
          icon={closed ? 'chevu' : 'chev'}
          label={closed ? 'Show failures' : 'Fold failures'}
          onClick={() => setClosed(!closed)}
        />
      </div>
      {!closed && (
        <ul className="fl-list">
          {failed.map((file) => (
            <li key={file.name} className="row t12">
              <Status of="failed" />
              <div className="grow">
                <b>{file.name}</b>{' '}
                <span className="t2">
                  {file.issues[0]?.message}
                  {file.issues[0]?.hint && ` ${file.issues[0].hint}`}
                </span>
              </div>
              {file.issues[0]?.code === 'UNKNOWN_FORMAT' && (
                <Button small ghost onClick={() => void session.unknown.open([file.name])}>
                  Open as table…
                </Button>
              )}
              <RepairButton file={file} />
              <Button small ghost onClick={() => openFault(session, file.name)}>
                Open
              </Button>
              <Button
                small
                ghost
                onClick={() =>
                  session.step(`${file.name} left out`, (workspace) => leaveOutFile(workspace, file.name))
                }
              >
                Leave out
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
