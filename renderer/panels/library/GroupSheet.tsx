import { useMemo, useState } from 'react';
import { fileStem } from '../../../src/importers/device-name.ts';
import type { MeasurementId } from '../../../src/model/ids.ts';
import { isJoined } from '../../../src/pipeline/group-by-hand.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { runFits } from '../../state/batch-run.ts';
import { groupAsDevice, joinByHand, keepApart, whyNotJoined } from '../../state/group-actions.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import type { Workspace } from '../../state/workspace.ts';

/** Joining looks at every row of the chosen curves, so it is tried for a handful of them only. */
const MOST_JOINED = 8;

/** The file, and the curve where the file has several. */
function nameOf(workspace: Workspace, id: MeasurementId): string {
  const { title, source } = workspace.measurements[id]!;
  return title === fileStem(source.file) ? source.file : `${source.file}: ${title}`;
}

/** Which curves are one device and which are one curve, by hand: for names the program cannot read. */
export function GroupSheet() {
  const session = useSession();
  const workspace = useWorkspace();
  const selected = useView((view) => view.selected);
  const first = selected ? workspace.measurements[selected] : undefined;
  const [chosen, setChosen] = useState<readonly MeasurementId[]>(() =>
    workspace.order.filter((id) => workspace.measurements[id]!.deviceId === first?.deviceId),
  );
  const [filter, setFilter] = useState('');
  const [name, setName] = useState<string>(first?.deviceId ?? '');
  const ids = chosen.filter((id) => workspace.measurements[id]);
  const why = useMemo(
    () => (ids.length > MOST_JOINED ? `at most ${MOST_JOINED} at a time` : whyNotJoined(workspace, ids)),
    [workspace, ids],
  );
  const close = () => session.setView({ overlay: null });
  const act = (sentence: string, change: (now: Workspace) => Workspace) => {
    session.step(sentence, change);
    close();
    const after = session.workspace;
    const seen = session.view.get().selected;
    if (!seen || !after.measurements[seen]) session.select(after.order[0] ?? null);
    void runFits(session, after.order, false);
  };
  const words = filter.toLowerCase();
  const shown = workspace.order.filter((id) => {
    const { deviceId, title, source } = workspace.measurements[id]!;
    return chosen.includes(id) || `${deviceId} ${title} ${source.file}`.toLowerCase().includes(words);
  });
  const device = name.trim();
  const together =
    ids.length > 1 && new Set(ids.map((id) => workspace.measurements[id]!.deviceId)).size === 1;
  const apart = ids.length > 1 || ids.some((id) => isJoined(workspace.measurements[id]!));
  return (
    <Sheet label="Group curves" className="sheet narrow" onClose={close}>
      <div className="hd">
        <b className="t15">Group curves</b>
        <span className="t12 t2">files of one device, or parts of one curve, by hand</span>
        <span className="sp" />
        <IconButton icon="x" label="Close" onClick={close} />
      </div>
      <div className="row group-find">
        <span className="fld">
          <input
            aria-label="Find curves"
            placeholder="Find by device or file"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </span>
        <span className="t12 t3">{ids.length} chosen</span>
      </div>
      <ul className="group-list" aria-label="Curves to group">
        {shown.map((id) => (
          <li key={id} className="row">
            <Toggle
              label={nameOf(workspace, id)}
              checked={ids.includes(id)}
              onChange={(on) => setChosen(on ? [...ids, id] : ids.filter((other) => other !== id))}
            />
            <span className="sp" />
            <span className="t12 t3">
              {workspace.measurements[id]!.deviceId}, {workspace.measurements[id]!.kind}
              {isJoined(workspace.measurements[id]!) && ', joined'}
            </span>
          </li>
        ))}
      </ul>
      <p className="t12 t3 group-why">
        {ids.length < 2
          ? 'Choose two curves or more.'
          : why === null
            ? 'These fit together row by row and can be one curve.'
            : `They stay separate curves: ${why}.`}
      </p>
      <div className="row foot">
        <label className="row t12">
          Device
          <span className="fld">
            <input
              aria-label="Name of the device"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </span>
        </label>
        <span className="sp" />
        <Button
          disabled={!apart}
          onClick={() => act(`${ids.length} curves kept apart`, (now) => keepApart(now, ids))}
        >
          Keep apart
        </Button>
        <Button
          disabled={why !== null}
          onClick={() => act(`${ids.length} curves joined into one`, (now) => joinByHand(now, ids))}
        >
          Join channels
        </Button>
        <Button
          primary
          disabled={device === '' || ids.length === 0 || (together && device === first?.deviceId)}
          onClick={() =>
            act(`${ids.length} curves grouped as ${device}`, (now) => groupAsDevice(now, ids, device))
          }
        >
          Group as one device
        </Button>
      </div>
    </Sheet>
  );
}
