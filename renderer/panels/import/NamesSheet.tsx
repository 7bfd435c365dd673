import { useState } from 'react';
import { compileNamePattern, matchName } from '../../../src/importers/name-pattern.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { runFits } from '../../state/batch-run.ts';
import { nameByPattern } from '../../state/group-actions.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { PatternTrial } from './PatternTrial.tsx';

const SHOWN_NAMES = 12;

/** What the parts of the file names mean, tried on all that is open while it is typed: device, row, column, date and conditions. */
export function NamesSheet() {
  const session = useSession();
  const { files } = useWorkspace();
  const [pattern, setPattern] = useState('');
  const names = files.filter((file) => file.measurements.length > 0).map((file) => file.name);
  const compiled = compileNamePattern(pattern);
  const fits =
    compiled.ok && pattern.trim() !== '' && names.some((name) => matchName(compiled.pattern, name));
  const close = () => session.setView({ overlay: null });
  const use = () => {
    const text = pattern.trim();
    session.step(`file names read as ${text}`, (now) => nameByPattern(now, text));
    close();
    void runFits(session, session.workspace.order, false);
  };
  return (
    <Sheet label="File names" className="sheet narrow" onClose={close}>
      <div className="hd">
        <b className="t15">File names</b>
        <span className="t12 t2">what their parts mean; a slash is a folder, * is anything</span>
        <span className="sp" />
        <IconButton icon="x" label="Close" onClick={close} />
      </div>
      <div className="group-why">
        <span className="fld names-pattern">
          <input
            aria-label="Pattern of the file names"
            placeholder="{date}_{batch}_d{device}_p{pixel}"
            spellCheck={false}
            value={pattern}
            onChange={(event) => setPattern(event.target.value)}
          />
        </span>
        <PatternTrial pattern={pattern} names={names} shown={SHOWN_NAMES} />
      </div>
      <div className="row foot">
        <span className="sp" />
        <Button onClick={close}>Cancel</Button>
        <Button primary disabled={!fits} onClick={use}>
          Use for the files that fit
        </Button>
      </div>
    </Sheet>
  );
}
