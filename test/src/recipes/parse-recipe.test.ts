import { describe, expect, it } from 'vitest';
import { parseRecipe } from '../../../src/recipes/parse-recipe.ts';
import { RECIPES } from '../../../src/recipes/registry.ts';

describe('a recipe as a file', () => {
  it('every named recipe reads back as itself', () => {
    for (const recipe of RECIPES.all) {
      const parsed = parseRecipe(JSON.stringify(recipe), 'r.json');
      expect(parsed.ok && parsed.value).toEqual(recipe);
    }
  });

  it('takes bare ids of analyses and a window per device', () => {
    const text = JSON.stringify({
      schema: 1,
      id: 'mine',
      steps: [
        'diode-parameters',
        { analysis: 'turn-on-voltage', branches: ['forward'], options: { share: 0.2 } },
      ],
      windows: { A3: [{ branch: 'forward', from: 0.3, to: 7 }], '*': { from: 0.1, to: 8 } },
    });
    const parsed = parseRecipe(text, 'r.json');
    if (!parsed.ok) throw new Error(parsed.issues[0].message);
    expect(parsed.value.steps).toEqual([
      { analysis: 'diode-parameters', branches: 'all', options: {} },
      { analysis: 'turn-on-voltage', branches: ['forward'], options: { share: 0.2 } },
    ]);
    expect(parsed.value.windows).toEqual({
      A3: [{ branch: 'forward', from: 0.3, to: 7 }],
      '*': [{ branch: '*', from: 0.1, to: 8 }],
    });
  });

  it.each([
    ['{"schema":1', 'UNREADABLE'],
    ['{"schema":2,"steps":[]}', 'UNREADABLE'],
    ['{"schema":1,"steps":[{"options":{}}]}', 'WRONG_USE'],
    ['{"schema":1,"steps":[{"analysis":"x","branches":["up"]}]}', 'WRONG_USE'],
    ['{"schema":1,"steps":["x"],"windows":{"A3":[{"from":7,"to":0.3}]}}', 'WRONG_USE'],
  ])('refuses %s', (text, code) => {
    const parsed = parseRecipe(text, 'r.json');
    expect(parsed.ok).toBe(false);
    expect(parsed.issues[0]?.code).toBe(code);
    expect(parsed.issues[0]?.at?.file).toBe('r.json');
  });
});
