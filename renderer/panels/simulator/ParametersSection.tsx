import { useState } from 'react';
import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { plainSymbol } from '../../components/Symbol.tsx';
import { isAgainstTime } from '../../plot/simulator/simulator-view.ts';
import { useSession } from '../../state/session.ts';
import {
  isEdited,
  resetSetup,
  setParameter,
  setParameters,
  tieParameter,
  toggleFree,
  untieParameter,
} from '../../state/simulator/edit-setup.ts';
import { fittedOf } from '../../state/simulator/fit-request.ts';
import { groupRows, type ParameterRow, type RowGroup } from '../../state/simulator/rows.ts';
import type { Refusal, Scene } from '../../state/simulator/simulation-view.ts';
import { hasOneSign, startSetup } from '../../state/simulator/start-setup.ts';
import { takeFromFits } from '../../state/simulator/take-from-fits.ts';
import { writeStep } from '../../state/simulator/write-step.ts';
import { FitVerb } from './FitVerb.tsx';
import { ParameterSlider } from './ParameterSlider.tsx';

/**
 * Parameters under the part they belong to, with their locks and ties. The ones a person moves come with the verbs below them; the
 * folded ones stand on their own.
 */
export function ParametersSection({
  scene,
  refusal,
  folded,
}: {
  readonly scene: Scene;
  readonly refusal: Refusal | null;
  readonly folded: boolean;
}) {
  const session = useSession();
  const desk = session.simulator;
  const { key, setup, measurement, outcome } = scene;
  const [open, setOpen] = useState<readonly string[]>([]);
  const groups = groupRows(setup, hasOneSign(measurement, outcome), isAgainstTime(scene)).filter(
    (one) => one.folded === folded,
  );
  const found = takeFromFits(outcome, setup);
  const name = measurement?.deviceId ?? 'without data';
  const keep = (next: SimulatorSetup, sentence: string) => desk.keep(key, next, sentence);
  const circuit = () => startSetup(setup.model, measurement, outcome, scene.conditions).values;
  const slider = (row: ParameterRow) => {
    const fitted = fittedOf(setup, row.id);
    return (
      <ParameterSlider
        key={row.id}
        row={row}
        fitted={fitted ? { standardError: fitted.standardError, atBound: fitted.atBound } : null}
        refused={refusal?.parameter === row.id ? refusal.message : null}
        pair={setup.model === 'light-emitting-memory'}
        onHold={(value) => desk.hold(key, setParameter(desk.setupOf(key), row.id, value))}
        onKeep={() => {
          const held = desk.draft.get();
          if (held?.key === key) keep(held.setup, writeStep(held.setup, row));
        }}
        onSet={(value) => {
          const next = setParameter(setup, row.id, value);
          keep(next, writeStep(next, row));
        }}
        onLock={() =>
          keep(
            toggleFree(setup, row.id),
            `${plainSymbol(row.spec.symbol)} of the simulator ${row.free ? 'locked' : 'freed'}`,
          )
        }
        onTie={() =>
          keep(
            row.tied ? untieParameter(setup, row.id) : tieParameter(setup, row.id),
            `${plainSymbol(row.spec.symbol)} of both devices ${row.tied ? 'untied' : 'tied'}`,
          )
        }
      />
    );
  };
  return (
    <section className="sec" aria-label={folded ? 'More parameters' : 'Parameters'}>
      {groups.map((group, index) => (
        <Group
          key={group.name}
          group={group}
          first={index === 0}
          open={
            !group.folded ||
            open.includes(group.name) ||
            group.rows.some((row) => row.id === refusal?.parameter)
          }
          onToggle={() =>
            setOpen((now) =>
              now.includes(group.name) ? now.filter((one) => one !== group.name) : [...now, group.name],
            )
          }
        >
          {group.rows.map(slider)}
        </Group>
      ))}
      {!folded && refusal && refusal.parameter === null && (
        <p className="t12 c-fail" role="alert">
          {refusal.message}
        </p>
      )}
      {!folded && (
        <div className="row verbs">
          <Button
            disabled={!isEdited(setup)}
            onClick={() =>
              keep(resetSetup(setup, circuit()), `simulator of ${name} set back to ${setup.preset}`)
            }
          >
            Reset
          </Button>
          <Button
            disabled={!found}
            onClick={() =>
              found && keep(setParameters(setup, found), `simulator of ${name} takes the values of its fits`)
            }
          >
            Take from fits
          </Button>
          <FitVerb scene={scene} />
        </div>
      )}
    </section>
  );
}

function Group({
  group,
  first,
  open,
  onToggle,
  children,
}: {
  readonly group: RowGroup;
  readonly first: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <div>
      {group.folded ? (
        <button type="button" className="subhead fold" aria-expanded={open} onClick={onToggle}>
          <Icon id={open ? 'chev' : 'chevr'} />
          {group.name}
          <span className="t3">{group.rows.length}</span>
        </button>
      ) : (
        <h3 className={`subhead ${first ? 'first' : ''}`}>
          {group.name}
          <span className="t3">{group.note}</span>
          {group.note === 'tied' && <Icon id="link" />}
        </h3>
      )}
      {open && children}
    </div>
  );
}
