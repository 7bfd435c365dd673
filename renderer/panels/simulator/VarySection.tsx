import { useMemo } from 'react';
import type { ParameterAxis } from '../../../src/pipeline/sweep-parameters.ts';
import { isUnit } from '../../../src/units/units.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Select } from '../../components/Select.tsx';
import { plainSymbol } from '../../components/Symbol.tsx';
import { useSession } from '../../state/session.ts';
import { copyVaried, saveVaried } from '../../state/simulator/save-varied.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import {
  fitsSetup,
  setSecondAxis,
  startForm,
  suggestAxis,
  type VaryForm,
  variedRows,
} from '../../state/simulator/vary-form.ts';
import { variableQuantities } from '../../state/simulator/vary-quantities.ts';
import { useStore } from '../../state/store.ts';

const NONE = '';

function AxisFields({
  axis,
  unit,
  name,
  onChange,
}: {
  readonly axis: ParameterAxis;
  readonly unit: string;
  readonly name: string;
  readonly onChange: (axis: ParameterAxis) => void;
}) {
  const known = isUnit(unit) ? unit : '1';
  return (
    <div className="row vary-range">
      <NumberField
        label={`${name} from`}
        value={axis.from}
        unit={known}
        onSet={(from) => onChange({ ...axis, from })}
      />
      <NumberField
        label={`${name} to`}
        value={axis.to}
        unit={known}
        onSet={(to) => onChange({ ...axis, to })}
      />
      <NumberField
        label={`${name} count`}
        value={axis.count}
        unit="1"
        digits={String(axis.count).length}
        onSet={(count) => onChange({ ...axis, count: Math.round(count) })}
      />
      <Select<ParameterAxis['scale']>
        label={`${name} scale`}
        value={axis.scale}
        options={[
          { id: 'linear', text: 'lin' },
          { id: 'log', text: 'log' },
        ]}
        onChange={(scale) => onChange({ ...axis, scale })}
      />
    </div>
  );
}

/** One parameter over a range gives a family of curves, two give a map of an extracted quantity. */
export function VarySection({ scene }: { readonly scene: Scene }) {
  const session = useSession();
  const run = session.vary;
  const { setup, key } = scene;
  const kept = useStore(run.form, (state) => state);
  const progress = useStore(run.progress, (state) => state);
  const varied = useStore(run.varied, (state) => (state?.scene.key === key ? state : null));
  const list = useStore(session.simulator.quantities, (state) =>
    state?.scene.key === key ? state.list : null,
  );
  const form: VaryForm = useMemo(() => (fitsSetup(kept, setup) ? kept : startForm(setup)), [kept, setup]);
  const rows = variedRows(setup);
  const options = rows.map((row) => {
    const side = /^(left|right)\./.exec(row.id)?.[1];
    return { id: row.id, text: `${plainSymbol(row.spec.symbol)}${side ? ` ${side}` : ''}` };
  });
  const quantities = variableQuantities(list, setup.model);
  const unitOf = (id: string) => rows.find((row) => row.id === id)?.spec.unit ?? '1';
  const set = (next: VaryForm) => run.form.set(next);
  const setAxis = (k: number, axis: ParameterAxis) =>
    set({ ...form, axes: form.axes.map((one, j) => (j === k ? axis : one)) });
  const [first, second] = form.axes;
  if (!first) return null;
  const isMap = second !== undefined;
  return (
    <section className="sec vary" aria-label="Vary">
      <div className="sh">Vary</div>
      <div className="row">
        <Select
          framed
          label="Vary"
          value={first.id}
          options={options}
          onChange={(id) => setAxis(0, suggestAxis(setup, id, first.count))}
          style={{ flex: 1, minWidth: 0 }}
        />
        <Select
          framed
          label="And"
          value={second?.id ?? NONE}
          options={[{ id: NONE, text: 'alone' }, ...options.filter(({ id }) => id !== first.id)]}
          onChange={(id) => set(setSecondAxis(form, setup, id === NONE ? null : id))}
          style={{ flex: 1, minWidth: 0 }}
        />
      </div>
      <AxisFields
        axis={first}
        unit={unitOf(first.id)}
        name={options.find(({ id }) => id === first.id)?.text ?? first.id}
        onChange={(axis) => setAxis(0, axis)}
      />
      {second && (
        <AxisFields
          axis={second}
          unit={unitOf(second.id)}
          name={options.find(({ id }) => id === second.id)?.text ?? second.id}
          onChange={(axis) => setAxis(1, axis)}
        />
      )}
      {isMap && (
        <div className="row">
          <Select
            framed
            label="Quantity of the map"
            value={form.quantity}
            options={[{ id: NONE, text: 'Choose a quantity' }, ...quantities]}
            onChange={(quantity) => set({ ...form, quantity })}
            style={{ flex: 1, minWidth: 0 }}
          />
        </div>
      )}
      <div className="row verbs">
        {progress ? (
          <>
            <span className="t11" role="status">
              {progress.done} of {progress.total}
            </span>
            <progress aria-label="Simulations" value={progress.done} max={progress.total} />
            <Button keys="Esc" onClick={() => run.stop()}>
              Stop
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => void run.start(scene, form)}>
              {isMap ? `Map ${first.count * second.count}` : `Draw ${first.count} curves`}
            </Button>
            <span className="sp" />
            <Button small disabled={!varied} onClick={() => varied && void copyVaried(session, varied)}>
              Copy
            </Button>
            <Button small disabled={!varied} onClick={() => varied && void saveVaried(session, varied)}>
              Save CSV
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
