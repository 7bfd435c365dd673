import { BINARY_FUNCTIONS, UNARY_FUNCTIONS } from './functions.ts';
import { FormulaError, readTokens, type Token } from './lexer.ts';

/** Arithmetic and nothing else: numbers, names, operators, calls of known functions. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string; readonly position: number }
  | { readonly kind: 'negate'; readonly of: Expression }
  | {
      readonly kind: 'operate';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

const BINDING: Readonly<Record<string, number>> = { '+': 10, '-': 10, '*': 20, '/': 20, '^': 40 };
const NEGATION = 30;
const DEEPEST = 200;

/** Parses a formula (Pratt's method). `^` binds to the right and tighter than a sign before it. Throws FormulaError. */
export function parseFormula(text: string): Expression {
  if (text.length > 10_000) throw new FormulaError('The formula is longer than 10000 characters.', 10_000);
  const parser = new Parser(readTokens(text));
  return parser.parseAll();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parseAll(): Expression {
    const expression = this.#parse(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw this.#unexpected(rest);
    return expression;
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #take(): Token {
    return this.#tokens[this.#next++]!;
  }

  #unexpected(token: Token): FormulaError {
    if (token.kind === 'end') return new FormulaError('The formula ends too early.', token.position);
    if (token.kind === 'operator')
      return new FormulaError(`"${token.text}" is not expected here.`, token.position);
    return new FormulaError(`An operator is missing before "${token.text}".`, token.position);
  }

  #parse(least: number): Expression {
    if (++this.#depth > DEEPEST)
      throw new FormulaError('The formula is nested too deeply.', this.#peek().position);
    let left = this.#parsePrefix();
    for (;;) {
      const token = this.#peek();
      const binding = token.kind === 'operator' ? BINDING[token.text] : undefined;
      if (binding === undefined || binding <= least) break;
      this.#next++;
      const right = this.#parse(token.text === '^' ? binding - 1 : binding);
      left = { kind: 'operate', operator: token.text, left, right };
    }
    this.#depth--;
    return left;
  }

  #parsePrefix(): Expression {
    const token = this.#take();
    if (token.kind === 'number') return { kind: 'number', value: token.value };
    if (token.kind === 'name') return this.#parseName(token);
    if (token.text === '-') return { kind: 'negate', of: this.#parse(NEGATION) };
    if (token.text === '+') return this.#parse(NEGATION);
    if (token.text === '(') {
      const inner = this.#parse(0);
      this.#close(token);
      return inner;
    }
    throw token.kind === 'end'
      ? new FormulaError('The formula ends too early.', token.position)
      : new FormulaError(`A number or a name is expected before "${token.text}".`, token.position);
  }

  #parseName(token: Token): Expression {
    const isFunction = UNARY_FUNCTIONS.has(token.text) || BINARY_FUNCTIONS.has(token.text);
    const open = this.#peek();
    if (!(open.kind === 'operator' && open.text === '(')) {
      if (isFunction)
        throw new FormulaError(`"${token.text}" needs its argument in brackets.`, token.position);
      return { kind: 'name', name: token.text, position: token.position };
    }
    if (!isFunction) throw new FormulaError(`"${token.text}" is not a known function.`, token.position);
    this.#next++;
    const args = [this.#parse(0)];
    while (this.#peek().text === ',') {
      this.#next++;
      args.push(this.#parse(0));
    }
    this.#close(open);
    const wanted = UNARY_FUNCTIONS.has(token.text) ? 1 : 2;
    if (args.length !== wanted) {
      throw new FormulaError(
        `"${token.text}" takes ${wanted} argument${wanted === 1 ? '' : 's'}, not ${args.length}.`,
        token.position,
      );
    }
    return { kind: 'call', name: token.text, args };
  }

  #close(open: Token): void {
    const token = this.#take();
    if (token.text === ')') return;
    throw token.kind === 'end'
      ? new FormulaError('This bracket is never closed.', open.position)
      : this.#unexpected(token);
  }
}
