import { describe, expect, it } from 'vitest';
import { type FitModel, MODELS, type ParameterSpec } from '../../fitting/index.ts';

/** docs/methods/models.md is written from the registry; `npx vitest run test/golden/model-page.test.ts --update` renews it. */

/** Inputs of a device: `ivory fit` refuses without them. */
const ASKED_FOR = new Set(['permittivity', 'thickness_m', 'area_m2']);

const bound = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'none';

function describeParameter(spec: ParameterSpec): string {
  const carried = spec.transform === 'log' ? 'logarithm' : 'value';
  const fixed = spec.fixedAt === undefined ? '' : `fixed at ${spec.fixedAt} unless freed`;
  const unit = spec.unit === '' ? 'of the data' : spec.unit;
  return `| \`${spec.id}\` | ${spec.symbol} | ${unit} | ${bound(spec.lower)} | ${bound(spec.upper)} | ${carried} | ${fixed} |`;
}

function describeModel(model: FitModel): string {
  const columns = [...model.columns, model.output].map(({ name }) => `\`${name}\``).join(', ');
  const constants = Object.entries(model.constants).map(([name, value]) =>
    ASKED_FOR.has(name) ? `\`${name}\` (must be given)` : `\`${name}\` = ${value}`,
  );
  return [
    `## \`${model.id}\`: ${model.label}`,
    '',
    `\`${model.formula}\``,
    '',
    `Columns ${columns}. ${model.starts ? 'Starts by itself.' : 'Needs starting values.'} ${
      model.bounds ? 'Its box follows the data inside the one below.' : ''
    }`.trimEnd(),
    ...(constants.length > 0 ? ['', `Constants: ${constants.join(', ')}.`] : []),
    '',
    '| parameter | symbol | unit | lower | upper | carried as | |',
    '|---|---|---|---|---|---|---|',
    ...model.parameters.map(describeParameter),
    ...(model.references.length > 0 ? ['', ...model.references.map((reference) => `* ${reference}`)] : []),
  ].join('\n');
}

describe('the page of the models', () => {
  it('lists every model with its formula, parameters and range', async () => {
    const page = [
      '# Models',
      '',
      'Every model of `ivory fit --model`, with the range of its parameters: what lies outside is not fitted, and a parameter that ends on its bound is',
      'refused as not determined. How they are fitted: [fitting.md](fitting.md). This page is written from the registry by a test.',
      '',
      MODELS.all.map(describeModel).join('\n\n'),
      '',
    ].join('\n');
    expect(page).not.toMatch(/NaN|undefined/);
    await expect(page).toMatchFileSnapshot('../../docs/methods/models.md');
  });
});
