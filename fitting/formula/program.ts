import {
  BINARY_FUNCTIONS,
  type BinaryFunction,
  OPERATOR_FUNCTIONS,
  UNARY_FUNCTIONS,
  type UnaryFunction,
} from './functions.ts';
import type { Expression } from './parser.ts';

/** What a name stands for. */
export type Meaning =
  | { readonly kind: 'column'; readonly index: number }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'constant'; readonly value: number };

type Instruction =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'column'; readonly index: number }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'unary'; readonly f: UnaryFunction; readonly a: number }
  | {
      readonly kind: 'binary';
      readonly f: BinaryFunction;
      readonly operator: string;
      readonly a: number;
      readonly b: number;
    };

/** Registers of one data length: values, and per register the tangents of the parameters it depends on. */
interface Registers {
  readonly values: readonly Float64Array[];
  readonly tangents: readonly (readonly (Float64Array | null)[])[];
}

const NEGATE: UnaryFunction = { value: (x) => -x, slope: () => -1 };

/**
 * A formula as a flat list of instructions, each run over a whole column. Derivatives are exact: forward mode, the rule of each instruction
 * applied to the tangents of the parameters it depends on. No code is generated; evaluation can reach nothing but arithmetic.
 */
export class Program {
  readonly #instructions: Instruction[] = [];
  /** Parameters each register depends on, ascending. */
  readonly #depends: number[][] = [];
  readonly #parameterCount: number;
  #registers: Registers | null = null;
  #length = -1;

  constructor(expression: Expression, meanings: ReadonlyMap<string, Meaning>, parameterCount: number) {
    this.#parameterCount = parameterCount;
    this.#emit(expression, meanings);
  }

  evaluate(x: readonly Float64Array[], p: Float64Array, out: Float64Array): void {
    const registers = this.#prepare(out.length);
    this.#run(registers, x, p, false);
    out.set(registers.values[registers.values.length - 1]!);
  }

  differentiate(x: readonly Float64Array[], p: Float64Array, out: readonly Float64Array[]): void {
    const length = out[0]?.length ?? 0;
    const registers = this.#prepare(length);
    this.#run(registers, x, p, true);
    const last = registers.tangents[registers.tangents.length - 1]!;
    for (let j = 0; j < out.length; j++) {
      const tangent = last[j];
      if (tangent === null || tangent === undefined) out[j]!.fill(0);
      else out[j]!.set(tangent);
    }
  }

  #emit(node: Expression, meanings: ReadonlyMap<string, Meaning>): number {
    switch (node.kind) {
      case 'number':
        return this.#push({ kind: 'constant', value: node.value }, []);
      case 'name': {
        const meaning = meanings.get(node.name)!;
        return this.#push(meaning, meaning.kind === 'parameter' ? [meaning.index] : []);
      }
      case 'negate':
        return this.#emitUnary(NEGATE, this.#emit(node.of, meanings));
      case 'operate': {
        const a = this.#emit(node.left, meanings);
        const b = this.#emit(node.right, meanings);
        return this.#emitBinary(OPERATOR_FUNCTIONS.get(node.operator)!, node.operator, a, b);
      }
      case 'call': {
        const args = node.args.map((arg) => this.#emit(arg, meanings));
        const unary = UNARY_FUNCTIONS.get(node.name);
        if (unary !== undefined) return this.#emitUnary(unary, args[0]!);
        return this.#emitBinary(BINARY_FUNCTIONS.get(node.name)!, node.name, args[0]!, args[1]!);
      }
    }
  }

  #push(instruction: Instruction, depends: number[]): number {
    this.#instructions.push(instruction);
    this.#depends.push(depends);
    return this.#instructions.length - 1;
  }

  #emitUnary(f: UnaryFunction, a: number): number {
    const inner = this.#instructions[a]!;
    if (inner.kind === 'constant') return this.#push({ kind: 'constant', value: f.value(inner.value) }, []);
    return this.#push({ kind: 'unary', f, a }, this.#depends[a]!);
  }

  #emitBinary(f: BinaryFunction, operator: string, a: number, b: number): number {
    const left = this.#instructions[a]!;
    const right = this.#instructions[b]!;
    if (left.kind === 'constant' && right.kind === 'constant') {
      return this.#push({ kind: 'constant', value: f.value(left.value, right.value) }, []);
    }
    const depends = [...new Set([...this.#depends[a]!, ...this.#depends[b]!])].sort((i, j) => i - j);
    return this.#push({ kind: 'binary', f, operator, a, b }, depends);
  }

  /** Registers for a data length; constants are filled once. */
  #prepare(length: number): Registers {
    if (this.#registers !== null && this.#length === length) return this.#registers;
    const values = this.#instructions.map((instruction) => {
      const register = new Float64Array(length);
      return instruction.kind === 'constant' ? register.fill(instruction.value) : register;
    });
    const tangents = this.#instructions.map((instruction, k) =>
      Array.from({ length: this.#parameterCount }, (_, j) => {
        if (!this.#depends[k]!.includes(j)) return null;
        const tangent = new Float64Array(length);
        return instruction.kind === 'parameter' ? tangent.fill(1) : tangent;
      }),
    );
    this.#registers = { values, tangents };
    this.#length = length;
    return this.#registers;
  }

  #run({ values, tangents }: Registers, x: readonly Float64Array[], p: Float64Array, derive: boolean): void {
    for (let k = 0; k < this.#instructions.length; k++) {
      const instruction = this.#instructions[k]!;
      const y = values[k]!;
      if (instruction.kind === 'column') y.set(x[instruction.index]!);
      else if (instruction.kind === 'parameter') y.fill(p[instruction.index]!);
      else if (instruction.kind === 'unary') {
        runUnary(instruction.f, values[instruction.a]!, y);
        if (derive)
          deriveUnary(instruction.f, values[instruction.a]!, y, tangents[instruction.a]!, tangents[k]!);
      } else if (instruction.kind === 'binary') {
        const a = values[instruction.a]!;
        const b = values[instruction.b]!;
        runBinary(instruction.f, instruction.operator, a, b, y);
        if (derive)
          deriveBinary(
            instruction.f,
            a,
            b,
            y,
            tangents[instruction.a]!,
            tangents[instruction.b]!,
            tangents[k]!,
          );
      }
    }
  }
}

function runUnary(f: UnaryFunction, a: Float64Array, y: Float64Array): void {
  const { value } = f;
  for (let i = 0; i < y.length; i++) y[i] = value(a[i]!);
}

function runBinary(
  f: BinaryFunction,
  operator: string,
  a: Float64Array,
  b: Float64Array,
  y: Float64Array,
): void {
  const n = y.length;
  if (operator === '+') for (let i = 0; i < n; i++) y[i] = a[i]! + b[i]!;
  else if (operator === '-') for (let i = 0; i < n; i++) y[i] = a[i]! - b[i]!;
  else if (operator === '*') for (let i = 0; i < n; i++) y[i] = a[i]! * b[i]!;
  else if (operator === '/') for (let i = 0; i < n; i++) y[i] = a[i]! / b[i]!;
  else {
    const { value } = f;
    for (let i = 0; i < n; i++) y[i] = value(a[i]!, b[i]!);
  }
}

function deriveUnary(
  f: UnaryFunction,
  a: Float64Array,
  y: Float64Array,
  from: readonly (Float64Array | null)[],
  to: readonly (Float64Array | null)[],
): void {
  const { slope } = f;
  for (let j = 0; j < to.length; j++) {
    const target = to[j]!;
    const source = from[j]!;
    if (target === null || source === null) continue;
    for (let i = 0; i < y.length; i++) target[i] = multiply(slope(a[i]!, y[i]!), source[i]!);
  }
}

function deriveBinary(
  f: BinaryFunction,
  a: Float64Array,
  b: Float64Array,
  y: Float64Array,
  fromA: readonly (Float64Array | null)[],
  fromB: readonly (Float64Array | null)[],
  to: readonly (Float64Array | null)[],
): void {
  const { slopeA, slopeB } = f;
  for (let j = 0; j < to.length; j++) {
    const target = to[j]!;
    if (target === null) continue;
    const left = fromA[j]!;
    const right = fromB[j]!;
    for (let i = 0; i < y.length; i++) {
      let sum = 0;
      if (left !== null) sum = multiply(slopeA(a[i]!, b[i]!, y[i]!), left[i]!);
      if (right !== null) sum += multiply(slopeB(a[i]!, b[i]!, y[i]!), right[i]!);
      target[i] = sum;
    }
  }
}

/** A slope that is infinite where nothing flows through it contributes nothing: sqrt at the edge of its domain. */
function multiply(slope: number, tangent: number): number {
  return tangent === 0 ? 0 : slope * tangent;
}
