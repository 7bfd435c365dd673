/** A formula is wrong at one character; thrown inside this folder only, and caught by `compileFormula`. */
export class FormulaError extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

export interface Token {
  readonly kind: 'number' | 'name' | 'operator' | 'end';
  readonly text: string;
  readonly value: number;
  readonly position: number;
}

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const OPERATORS = ['**', '+', '-', '*', '/', '^', '(', ')', '[', ']', '{', '}', ','];

/** Splits a formula into numbers, names and operators; `**` becomes `^` and every bracket a round one. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text)?.[0];
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[0];
    const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at));
    if (number !== undefined)
      tokens.push({ kind: 'number', text: number, value: Number(number), position: at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, value: 0, position: at });
    else if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: normalise(operator), value: 0, position: at });
    } else {
      throw new FormulaError(
        `"${String.fromCodePoint(text.codePointAt(at)!)}" has no meaning in a formula.`,
        at,
      );
    }
    at += (number ?? name ?? operator ?? '').length;
  }
  tokens.push({ kind: 'end', text: '', value: 0, position: text.length });
  return tokens;
}

function normalise(operator: string): string {
  if (operator === '**') return '^';
  if (operator === '[' || operator === '{') return '(';
  return operator === ']' || operator === '}' ? ')' : operator;
}
