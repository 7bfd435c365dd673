import { useState } from 'react';
import { isUnit } from '../../../src/units/units.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Select } from '../../components/Select.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { useSession } from '../../state/session.ts';
import { startTest, type TestForm, type TestId, testsFor } from '../../state/simulator/device-test.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import { useStore } from '../../state/store.ts';
import { TestQuantities } from './TestQuantities.tsx';

/** Tests of the simulated device whose answer is a table: endurance, retention, pulse widths, frequency response, an array of it. */
export function TestSection({ scene }: { readonly scene: Scene }) {
  const session = useSession();
  const run = session.deviceTest;
  const [open, setOpen] = useState(false);
  const kept = useStore(run.form, (state) => state);
  const running = useStore(run.running, (state) => state);
  const fault = useStore(run.fault, (state) => state);
  const result = useStore(run.result, (state) => (state?.key === scene.key ? state : null));
  const choices = testsFor(scene.setup);
  const [first] = choices;
  if (!first) return null;
  const choice = choices.find(({ id }) => id === kept?.id) ?? first;
  const form: TestForm = kept?.id === choice.id ? kept : startTest(choice);
  const set = (change: Partial<TestForm>) => run.form.set({ ...form, ...change });
  return (
    <section className="sec last" aria-label="Tests of the device">
      <button type="button" className="subhead fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon id={open ? 'chev' : 'chevr'} />
        Tests of the device
        <span className="t3">{choices.length}</span>
      </button>
      {open && (
        <>
          <div className="row">
            <Select<TestId>
              framed
              label="Test"
              value={choice.id}
              options={choices.map(({ id, label }) => ({ id, text: label }))}
              onChange={(id) => run.form.set(startTest(choices.find((one) => one.id === id) ?? first))}
              style={{ flex: 1, minWidth: 0 }}
            />
            {choice.syntax !== null && (
              <span className="fld test-range">
                <input
                  aria-label={choice.label}
                  title={choice.syntax}
                  value={form.abscissa}
                  spellCheck={false}
                  onChange={(event) => set({ abscissa: event.target.value })}
                />
              </span>
            )}
          </div>
          <div className="test-fields">
            {choice.parameters.map((spec) => (
              <div key={spec.id} className="row" title={spec.label}>
                <MathSymbol text={spec.symbol} />
                <span className="sp" />
                <NumberField
                  label={`${choice.label}: ${spec.label}`}
                  value={form.values[spec.id] === undefined ? spec.default : form.values[spec.id]!}
                  unit={isUnit(spec.unit) ? spec.unit : '1'}
                  onSet={(value) => set({ values: { ...form.values, [spec.id]: value } })}
                  {...(spec.optional
                    ? { onOff: () => set({ values: { ...form.values, [spec.id]: null } }) }
                    : {})}
                />
              </div>
            ))}
          </div>
          <div className="row verbs">
            {running ? (
              <Button keys="Esc" onClick={() => run.stop()}>
                Stop
              </Button>
            ) : (
              <Button onClick={() => void run.start(scene, form, choice.label)}>
                Run {choice.label.toLowerCase()}
              </Button>
            )}
          </div>
          {fault && (
            <p className="t11 c-fail" role="alert">
              {fault}
            </p>
          )}
          {result && <TestQuantities test={result} />}
        </>
      )}
    </section>
  );
}
