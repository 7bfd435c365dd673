import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C, VACUUM_PERMITTIVITY_F_PER_M } from '../constants.ts';
import type { FitModel, ParameterSpec } from '../types.ts';
import { FormulaError } from './lexer.ts';
import { type Expression, parseFormula } from './parser.ts';
import { type Meaning, Program } from './program.ts';

/** Names with a fixed value; a column of the same name wins. */
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
  ['q', ELEMENTARY_CHARGE_C],
  ['kB', BOLTZMANN_J_PER_K],
  ['eps0', VACUUM_PERMITTIVITY_F_PER_M],
]);

export type CompiledFormula =
  | { readonly ok: true; readonly model: FitModel }
  | { readonly ok: false; readonly message: string; readonly position: number };

/**
 * Compiles a formula of named columns to a model with exact derivatives. `x` is the first column unless one is called so; names that are neither
 * column nor constant (pi, e, q, kB, eps0) are parameters, in order of appearance. Square and curly brackets count as round ones.
 * @param columns names that may be used as variables, the abscissa first
 * @returns the model, whose `columns` are those the formula uses (the first one if it uses none); or what is wrong and at which character, from 0
 */
export function compileFormula(text: string, columns: readonly string[]): CompiledFormula {
  try {
    const expression = parseFormula(text);
    const names = listNames(expression);
    const resolve = (name: string): number =>
      columns.includes(name) ? columns.indexOf(name) : name === 'x' ? 0 : -1;
    const used = [...new Set(names.map(resolve).filter((c) => c >= 0))].sort((a, b) => a - b);
    if (used.length === 0) used.push(0);
    const meanings = new Map<string, Meaning>();
    const parameters: ParameterSpec[] = [];
    for (const name of names) {
      if (meanings.has(name)) continue;
      const column = resolve(name);
      const constant = CONSTANTS.get(name);
      if (column >= 0) meanings.set(name, { kind: 'column', index: used.indexOf(column) });
      else if (constant !== undefined) meanings.set(name, { kind: 'constant', value: constant });
      else {
        meanings.set(name, { kind: 'parameter', index: parameters.length });
        parameters.push({
          id: name,
          symbol: name,
          unit: '',
          transform: 'linear',
          lower: -1e300,
          upper: 1e300,
        });
      }
    }
    const program = new Program(expression, meanings, parameters.length);
    return {
      ok: true,
      model: {
        id: 'formula',
        label: text,
        formula: text,
        columns: used.map((c) => ({ name: columns[c] ?? 'x', unit: '' })),
        output: { name: 'y', unit: '' },
        parameters,
        references: [],
        constants: {},
        evaluate: (x, p, out) => program.evaluate(x, p, out),
        jacobian: (x, p, out) => program.differentiate(x, p, out),
      },
    };
  } catch (error) {
    if (error instanceof FormulaError) return { ok: false, message: error.message, position: error.position };
    throw error;
  }
}

function listNames(node: Expression): string[] {
  switch (node.kind) {
    case 'number':
      return [];
    case 'name':
      return [node.name];
    case 'negate':
      return listNames(node.of);
    case 'operate':
      return [...listNames(node.left), ...listNames(node.right)];
    case 'call':
      return node.args.flatMap(listNames);
  }
}
