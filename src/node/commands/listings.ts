import { CROSSBAR, MODELS, SIMULATORS } from '../../../fitting/index.ts';
import { PRESET_LIST } from '../../figures/presets.ts';
import { TEMPLATES } from '../../figures/templates/registry.ts';
import { IMPORTERS } from '../../importers/registry.ts';
import { testedWith } from '../../importers/tested-with.ts';
import { QUANTITIES } from '../../model/quantities.ts';
import { FITTABLE_SIMULATORS } from '../../pipeline/fit-simulator.ts';
import { RECIPES } from '../../recipes/registry.ts';
import { type Command, EXIT, HELP_OPTION, JSON_OPTION } from '../command.ts';
import { layoutTable } from '../text-table.ts';

/** A command that lists what is known: one JSON object a line, or a table of some of its fields. */
function defineListing(
  id: string,
  summary: string,
  list: () => readonly Readonly<Record<string, unknown>>[],
  shown: readonly string[],
): Command {
  return {
    id,
    usage: `ivory ${id}`,
    summary,
    options: [JSON_OPTION, HELP_OPTION],
    positionals: [0, 0],
    async run(args, { terminal }) {
      const items = list();
      const text = args.flags.has('json')
        ? items.map((item) => `${JSON.stringify(item)}\n`).join('')
        : layoutTable(items.map((item) => shown.map((field) => showField(item[field]))));
      await terminal.out(text);
      return EXIT.done;
    },
  };
}

function showField(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

const formats = () =>
  IMPORTERS.all.map(({ id, label, vendor, extensions, version }) => ({
    id,
    label,
    vendor,
    extensions,
    version,
    testedWith: testedWith(id),
  }));

const models = () => [
  ...MODELS.all.map((model) => ({
    id: model.id,
    use: SIMULATORS.get(model.id) ? 'fit, simulate' : 'fit',
    label: model.label,
    formula: model.formula,
    columns: [...model.columns.map((column) => column.name), model.output.name],
    parameters: model.parameters.map(({ id, symbol, unit }) => ({ id, symbol, unit })),
    references: model.references,
  })),
  ...[...SIMULATORS.all, CROSSBAR]
    .filter((simulator) => !MODELS.get(simulator.id))
    .map((simulator) => ({
      id: simulator.id,
      use: FITTABLE_SIMULATORS.includes(simulator.id) ? 'fit, simulate' : 'simulate',
      label: simulator.label,
      presets: Object.keys(simulator.presets),
      parameters: simulator.parameters.map(({ id, symbol, unit, default: standard }) => ({
        id,
        symbol,
        unit,
        default: standard,
      })),
    })),
];

const recipes = () =>
  RECIPES.all.map(({ id, label, steps }) => ({ id, label, steps: steps.map((step) => step.analysis) }));

const quantities = () =>
  Object.entries(QUANTITIES).map(([id, { symbol, label, unit, area }]) => ({
    id,
    symbol,
    unit,
    label,
    area,
  }));

const presets = () => PRESET_LIST.map((preset) => ({ ...preset }));

const templates = () => TEMPLATES.all.map(({ id, label, kinds }) => ({ id, label, kinds }));

/** `formats`, `models`, `recipes`, `quantities`, `presets`, `templates`. */
export const LISTINGS: readonly Command[] = [
  defineListing('formats', 'file formats that are read', formats, ['id', 'vendor', 'label', 'testedWith']),
  defineListing('models', 'models to fit and to simulate', models, ['id', 'use', 'label']),
  defineListing('recipes', 'recipes of analyse', recipes, ['id', 'label', 'steps']),
  defineListing('quantities', 'quantities with symbol and unit', quantities, [
    'id',
    'symbol',
    'unit',
    'label',
  ]),
  defineListing('presets', 'journal presets of figures', presets, ['id', 'label', 'width_mm', 'columns']),
  defineListing('templates', 'types of figure', templates, ['id', 'label', 'kinds']),
];
