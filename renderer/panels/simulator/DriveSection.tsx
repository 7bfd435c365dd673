import { useState } from 'react';
import type { SimulatorDrive } from '../../../src/model/simulator-setup.ts';
import { Select } from '../../components/Select.tsx';
import { useSession, useWorkspace } from '../../state/session.ts';
import { setDrive } from '../../state/simulator/edit-setup.ts';
import { findRecords, readDrive, suggestDrive } from '../../state/simulator/read-drive.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';

const RECORD = 'record ';
const HINTS = {
  sweep: 'from : to : step, then further turning points, in volts',
  pulse: 'low : high : width : period : count',
} as const;

/** What drives the device: the measurement's own voltage, a sweep with turning points, or pulses. */
export function DriveSection({ scene }: { readonly scene: Scene }) {
  const desk = useSession().simulator;
  const { key, setup, measurement } = scene;
  const { drive } = setup;
  const [typed, setTyped] = useState<string | null>(null);
  const records = findRecords(useWorkspace()).filter(({ id }) => id !== measurement?.id);
  const choices: { id: string; text: string }[] = [
    ...(measurement
      ? [
          {
            id: 'measurement',
            text: measurement.kind === 'waveform' ? 'Recorded drive' : 'Drive of the curve',
          },
        ]
      : []),
    { id: 'sweep', text: 'Sweep' },
    { id: 'pulse', text: 'Pulses' },
    ...records.map(({ id, title }) => ({ id: RECORD + id, text: `Stimulus of ${title}` })),
  ];
  const keep = (next: SimulatorDrive, sentence: string) => {
    setTyped(null);
    desk.keep(key, setDrive(setup, next), sentence);
  };
  const fault = typed === null || !('text' in drive) ? null : readDrive({ ...drive, text: typed });
  const choose = (id: string) => {
    if (id.startsWith(RECORD)) {
      const record = records.find((one) => RECORD + one.id === id);
      keep(
        { kind: 'recorded', id: id.slice(RECORD.length) },
        `simulator driven by ${record?.title ?? 'a record'}`,
      );
    } else if (id === 'measurement' || id === 'sweep' || id === 'pulse')
      keep(suggestDrive(id, scene), `drive of the simulator is ${id}`);
  };
  const finish = () => {
    if (typed === null || !('text' in drive)) return;
    if (fault === null && typed.trim() !== drive.text)
      keep({ ...drive, text: typed.trim() }, `simulator driven by ${typed.trim()}`);
    else if (fault === null) setTyped(null);
  };
  return (
    <section className="sec drive" aria-label="Drive">
      <div className="row">
        <Select
          framed
          label="Drive"
          value={drive.kind === 'recorded' ? RECORD + drive.id : drive.kind}
          options={choices}
          onChange={choose}
          style={{ minWidth: 0 }}
        />
        {'text' in drive && (
          <span className={`fld sp ${typed === null ? '' : fault ? 'bad' : 'foc'}`}>
            <input
              aria-label={drive.kind === 'sweep' ? 'Sweep' : 'Pulses'}
              aria-invalid={fault !== null}
              title={HINTS[drive.kind]}
              value={typed ?? drive.text}
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
              onBlur={finish}
              onKeyDown={(event) => {
                if (event.key === 'Enter') finish();
                else if (event.key === 'Escape') {
                  setTyped(null);
                  event.preventDefault();
                }
              }}
            />
          </span>
        )}
        {drive.kind === 'measurement' && (
          <span className="t11 t3 el">
            {measurement?.kind === 'waveform' ? 'its stimulus channel' : 'its own grid'}
          </span>
        )}
      </div>
      {fault ? (
        <p className="t11 c-fail" role="alert">
          {fault}
        </p>
      ) : (
        typed !== null && 'text' in drive && <p className="t11 t3">{HINTS[drive.kind]}</p>
      )}
    </section>
  );
}
