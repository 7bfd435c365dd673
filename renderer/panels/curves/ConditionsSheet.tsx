import { useState } from 'react';
import type { Given, InputSpec } from '../../../src/model/inputs.ts';
import { INPUTS } from '../../../src/model/inputs.ts';
import { parseInput } from '../../../src/pipeline/conditions.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { runFits } from '../../state/batch-run.ts';
import { setCondition } from '../../state/project-actions.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { conditionsOf } from '../../state/workspace.ts';
import { useSelected } from '../frame/use-selected.ts';
import { conditionsInForce, writeGiven } from './ConditionsStrip.tsx';

const COMMON: readonly string[] = [
  'temperature',
  'area',
  'thickness',
  'permittivity',
  'sweepRate',
  'readVoltage',
  'complianceCurrent',
  'loadResistance',
  'drive',
  'builtInVoltage',
  'onCurrent',
  'instrumentRiseTime',
  'photonEnergy',
  'collectionEfficiency',
  'responsivity',
];

function Field({ spec, given }: { readonly spec: InputSpec; readonly given: Given | undefined }) {
  const session = useSession();
  const { conditions } = useWorkspace();
  const [text, setText] = useState<string | null>(null);
  const parsed = text === null || text.trim() === '' ? null : parseInput(spec.id, text, 'user');
  const name = spec.id as Parameters<typeof setCondition>[1];
  const own = conditions[name] !== undefined;
  const set = () => {
    if (parsed?.ok)
      session.step(`${spec.label.toLowerCase()} set to ${writeGiven(spec, parsed.value)}`, (now) =>
        setCondition(now, name, parsed.value),
      );
    setText(null);
  };
  return (
    <tr>
      <td>
        <MathSymbol text={spec.symbol} />
      </td>
      <th scope="row">{spec.label}</th>
      <td>
        <span className={`fld ${parsed && !parsed.ok ? 'bad' : ''}`}>
          <input
            aria-label={spec.label}
            placeholder={given ? writeGiven(spec, given) : spec.unit === 'm2' ? '0.785mm2' : ''}
            value={text ?? ''}
            onChange={(event) => setText(event.target.value)}
            onBlur={set}
            onKeyDown={(event) => {
              if (event.key === 'Enter') set();
            }}
          />
        </span>
        {parsed && !parsed.ok && (
          <span className="t11 c-fail" role="alert">
            {parsed.issues[0].message}
          </span>
        )}
        {parsed?.ok && <span className="t11 t3">{writeGiven(spec, parsed.value)}</span>}
      </td>
      <td className={`t11 ${given?.from === 'assumed' ? 'c-flag' : 't3'}`}>
        {given ? (given.from === 'user' ? 'you' : given.from) : ''}
      </td>
      <td>
        {own && (
          <Button
            small
            ghost
            onClick={() =>
              session.step(`${spec.label.toLowerCase()} is taken from the files again`, (now) =>
                setCondition(now, name, null),
              )
            }
          >
            Forget
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Inputs for the whole project: typed once, they win over files and folders. */
export function ConditionsSheet() {
  const session = useSession();
  const workspace = useWorkspace();
  const selected = useSelected();
  const inForce = selected
    ? conditionsInForce(selected, conditionsOf(workspace, selected.id))
    : new Map<string, Given>();
  const specs = COMMON.map((id) => INPUTS.find((spec) => spec.id === id)).filter(
    (spec) => spec !== undefined,
  );
  const close = () => session.setView({ overlay: null });
  return (
    <Sheet label="Conditions" className="sheet narrow" onClose={close}>
      <div className="hd">
        <b className="t15">Conditions</b>
        <span className="t12 t2">
          for all curves of this project; values take units: 300K, 800nm, 0.785mm2
        </span>
        <span className="sp" />
        <IconButton icon="x" label="Close" onClick={close} />
      </div>
      <table className="conditions">
        <tbody>
          {specs.map((spec) => (
            <Field key={spec.id} spec={spec} given={inForce.get(spec.id)} />
          ))}
        </tbody>
      </table>
      <div className="row foot">
        <span className="sp" />
        <Button
          primary
          onClick={() => {
            close();
            void runFits(session, workspace.order, false);
          }}
        >
          Refit what changed
        </Button>
      </div>
    </Sheet>
  );
}
