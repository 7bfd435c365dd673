import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODELS, SIMULATORS } from '../../fitting/index.ts';
import { ANALYSES } from '../../src/analyses/registry.ts';
import { IMPORTERS } from '../../src/importers/registry.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { RECIPES } from '../../src/recipes/registry.ts';
import { listCode, ROOT, readText } from '../support/source-tree.ts';

describe('registries', () => {
  it('are filled', () => {
    expect(IMPORTERS.all.length).toBeGreaterThan(10);
    expect(ANALYSES.all.length).toBeGreaterThan(10);
    expect(MODELS.all.length).toBeGreaterThan(10);
    expect(SIMULATORS.all.length).toBeGreaterThan(2);
  });

  it('every file that defines an analysis is registered', () => {
    const registry = readText('src/analyses/registry.ts');
    const missing = listCode('src/analyses').filter(
      (path) =>
        /=\s*defineAnalysis\(/.test(readText(path)) &&
        !registry.includes(`./${path.slice('src/analyses/'.length)}`),
    );
    expect(missing).toEqual([]);
  });

  it('every analysis has its page of method', () => {
    const missing = ANALYSES.all.filter(({ id }) => !existsSync(join(ROOT, 'docs/methods', `${id}.md`)));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('analyses declare ids of the vocabulary, and recipes name analyses that exist', () => {
    for (const analysis of ANALYSES.all) {
      for (const id of analysis.quantities)
        expect(Object.hasOwn(QUANTITIES, id), `${analysis.id}: ${id}`).toBe(true);
    }
    for (const recipe of RECIPES.all) {
      for (const step of recipe.steps) {
        expect(ANALYSES.get(step.analysis), `${recipe.id}: ${step.analysis}`).toBeDefined();
      }
    }
  });

  it('models and recipes have the ids of the contract', () => {
    const models = [
      'modified-shockley',
      'exponential-decay',
      'biexponential-decay',
      'stretched-decay',
      'step-response',
      'power-law',
      'mott-gurney',
      'gaussian-line',
      'pseudo-voigt-line',
      'paired-pulse',
      'two-step-decay',
      'one-pole-response',
      'weight-update',
      'arrhenius',
    ];
    expect(models.filter((id) => !MODELS.get(id))).toEqual([]);
    const simulators = [
      'light-emitting-cell',
      'resistive-memory',
      'light-emitting-memory',
      'modified-shockley',
    ];
    expect(simulators.filter((id) => !SIMULATORS.get(id))).toEqual([]);
    const recipes = [
      'lec-iv',
      'rram-iv',
      'lem-iv',
      'regimes',
      'lec-transient',
      'spectrum',
      'endurance',
      'retention',
      'frequency-response',
      'pulse-width',
    ];
    expect(recipes.filter((id) => !RECIPES.get(id))).toEqual([]);
  });
});
