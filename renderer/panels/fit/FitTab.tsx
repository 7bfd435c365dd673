import type { BranchName } from '../../../src/model/quantity.ts';
import { RECIPES } from '../../../src/recipes/registry.ts';
import {
  applyWindowToAll,
  backToRecipe,
  fitSelected,
  guessSelected,
  simulateSelected,
} from '../../commands/fit-verbs.ts';
import { Button, Segmented } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Select } from '../../components/Select.tsx';
import { plainSymbol } from '../../components/Symbol.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { legWord } from '../../plot/legs.ts';
import { modelLabel } from '../../plot/model-label.ts';
import { fitsOf } from '../../plot/overlays.ts';
import { optionsFor, setFitOptions } from '../../state/fit-options.ts';
import { setRecipe } from '../../state/project-actions.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { ConditionsStrip } from '../curves/ConditionsStrip.tsx';
import { EvidenceSections } from '../evidence/EvidenceSections.tsx';
import type { Selected } from '../frame/use-selected.ts';
import { FitVerdictLine } from './FitVerdictLine.tsx';
import { FormulaSection } from './FormulaSection.tsx';
import { NotesSection } from './NotesSection.tsx';
import { type ParameterEditing, ParameterTable } from './ParameterTable.tsx';
import { Notes, QuantitySection } from './QuantitySection.tsx';

function RecipeSection({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const workspace = useWorkspace();
  const { id, measurement, outcome } = selected;
  const chosen = workspace.recipeOf[id] ?? 'auto';
  const own = workspace.windows[id] !== undefined;
  const used = outcome ? RECIPES.get(outcome.recipe)?.label.split(':', 1)[0] : undefined;
  return (
    <section className="sec" aria-label="Recipe">
      <div className="sh">
        Recipe
        <span className="sp" />
        <Select
          label="Recipe"
          value={chosen}
          options={[
            { id: 'auto', text: used && chosen === 'auto' ? `Auto: ${used}` : 'Auto' },
            ...RECIPES.all
              .filter((recipe) => recipe.id !== 'auto')
              .map((recipe) => ({ id: recipe.id, text: recipe.label.split(':', 1)[0]! })),
          ]}
          onChange={(recipe) =>
            session.step(
              `recipe of ${measurement.deviceId} set to ${RECIPES.get(recipe)?.label ?? 'auto'}`,
              (now) => setRecipe(now, id, recipe),
            )
          }
        />
      </div>
      {own && (
        <div className="row t11 t2 own">
          <Icon id="pin" />
          <span className="nw">Own window on {measurement.deviceId}</span>
          <span className="sp" />
          <button type="button" className="link nw" onClick={() => applyWindowToAll(session)}>
            Use for all
          </button>
          <span className="t3">·</span>
          <button type="button" className="link nw" onClick={() => backToRecipe(session)}>
            Back to recipe
          </button>
        </div>
      )}
    </section>
  );
}

const EDITABLE = 'modified-shockley';

function ModelSection({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const workspace = useWorkspace();
  const leg = useView((view) => view.leg);
  const trial = useView((view) => view.trial);
  const live = useView((view) => view.live);
  const fitting = useStore(session.refitting, (count) => count > 0);
  // a formula has a section of its own
  const fits = selected.outcome
    ? fitsOf(selected.outcome).filter(({ report }) => report.model !== 'formula')
    : [];
  const perLeg = fits.filter((fit) => fit.branch !== null && fit.report.parameters.length > 0);
  const shown = perLeg.find((fit) => fit.branch === leg) ?? perLeg[0] ?? fits[0];
  if (!shown) return null;
  const { report } = shown;
  const { id, measurement } = selected;
  const branch = shown.branch;
  const options = branch ? optionsFor(workspace, id, branch) : null;
  const tried = trial && trial.id === id && trial.branch === branch ? trial.values : {};
  // the analyses of other kinds take no hand yet: their tables only show
  const editing: ParameterEditing | undefined =
    branch && options && report.model === EDITABLE
      ? {
          options,
          trial: tried,
          onTry: (parameter, value) =>
            session.setView({ trial: { id, branch, values: { ...tried, [parameter]: value } } }),
          onSet: (next, parameter, words) =>
            session.step(
              `${plainSymbol(report.parameters.find((one) => one.id === parameter)?.symbol ?? parameter)} of ${measurement.deviceId} ${branch} ${words}`,
              (now) => setFitOptions(now, id, next),
            ),
        }
      : undefined;
  const branches = [...new Set(perLeg.map((fit) => fit.branch as BranchName))];
  return (
    <section className="sec" aria-label="Model">
      <div className="sh">
        <span className="el" title={report.formula}>
          {modelLabel(report.model)}
        </span>
        <span className="sp" />
        {branches.length > 1 && (
          <Segmented
            label="Leg"
            height={22}
            value={shown.branch ?? branches[0]!}
            options={branches.slice(0, 4).map((branch) => {
              const word = legWord(branch);
              return { id: branch, text: word[0]!.toUpperCase() + word.slice(1).replace(', V', '') };
            })}
            onChange={(branch) => session.setView({ leg: branch })}
          />
        )}
      </div>
      <ParameterTable report={report} editing={editing} />
      <div className="row verbs">
        {editing ? (
          <>
            <Button keys="G" onClick={() => guessSelected(session)}>
              Guess
            </Button>
            <Button keys="S" onClick={() => simulateSelected(session)}>
              Simulate
            </Button>
          </>
        ) : (
          <Button keys="S" onClick={() => session.setView({ tab: 'simulator' })}>
            Simulate
          </Button>
        )}
        <Button
          primary
          keys={fitting ? 'Esc' : 'F'}
          icon={fitting ? 'stop' : 'check'}
          className="grow"
          onClick={() => (fitting ? session.stopFit() : fitSelected(session))}
        >
          {fitting ? 'Stop' : 'Fit'}
        </Button>
        <Toggle label="Live" checked={live} onChange={(checked) => session.setView({ live: checked })} />
      </div>
      <FitVerdictLine report={report} />
    </section>
  );
}

export function FitTab({ selected }: { readonly selected: Selected }) {
  return (
    <>
      <ConditionsStrip selected={selected} />
      <RecipeSection selected={selected} />
      <ModelSection selected={selected} />
      <FormulaSection selected={selected} key={selected.id} />
      <QuantitySection selected={selected} />
      <EvidenceSections selected={selected} />
      <NotesSection selected={selected} />
      <Notes selected={selected} />
    </>
  );
}
