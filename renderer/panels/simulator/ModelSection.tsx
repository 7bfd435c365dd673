import { SIMULATORS } from '../../../src/pipeline/list-simulators.ts';
import { Select } from '../../components/Select.tsx';
import { useSession } from '../../state/session.ts';
import { choosePreset, isEdited } from '../../state/simulator/edit-setup.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import { startSetup } from '../../state/simulator/start-setup.ts';

/** Which model, from which preset. */
export function ModelSection({ scene }: { readonly scene: Scene }) {
  const desk = useSession().simulator;
  const { key, setup, measurement, outcome, conditions } = scene;
  const start = (model: string) => startSetup(model, measurement, outcome, conditions);
  const presets = Object.keys(SIMULATORS.get(setup.model)?.presets ?? {});
  return (
    <section className="sec" aria-label="Model">
      <div className="row">
        <Select
          framed
          label="Model"
          value={setup.model}
          options={SIMULATORS.all.map((one) => ({ id: one.id, text: one.label }))}
          onChange={(model) =>
            desk.keep(key, start(model), `simulator is the ${SIMULATORS.get(model)?.label.toLowerCase()}`)
          }
          style={{ flex: 1, minWidth: 0 }}
        />
        <Select
          framed
          label="Preset"
          value={setup.preset}
          options={presets.map((id) => ({
            id,
            text: id === setup.preset && isEdited(setup) ? `${id}, edited` : id,
          }))}
          onChange={(preset) =>
            desk.keep(
              key,
              choosePreset(setup, preset, start(setup.model).values),
              `simulator starts from ${preset}`,
            )
          }
        />
      </div>
    </section>
  );
}
