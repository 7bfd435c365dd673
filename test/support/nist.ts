import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The certified sets of NIST StRD, kept beside the repository. */
export const NIST_FOLDER = join(process.cwd(), '../shared/nist-strd');
export const HAS_NIST = existsSync(NIST_FOLDER);

export interface NistSet {
  readonly name: string;
  /** The model as the file prints it, without "+ e". */
  readonly formula: string;
  readonly columns: readonly string[];
  readonly x: readonly Float64Array[];
  readonly y: Float64Array;
  readonly ids: readonly string[];
  readonly starts: readonly [Float64Array, Float64Array];
  readonly certified: Float64Array;
  readonly deviations: Float64Array;
  readonly residualSumOfSquares: number;
}

/** Reads every .dat file of the folder; line numbers are fixed by the format (README there). */
export function readNistSets(): NistSet[] {
  return readdirSync(NIST_FOLDER)
    .filter((file) => file.endsWith('.dat'))
    .sort()
    .map((file) => parseNistSet(file.replace('.dat', ''), readFileSync(join(NIST_FOLDER, file), 'utf8')));
}

function parseNistSet(name: string, text: string): NistSet {
  const lines = text.split(/\r?\n/);
  const head = lines.slice(29, 60);
  const first = head.findIndex((line) => /Parameters \(b1/.test(line));
  const last = head.findIndex((line) => /Starting [vV]alues/.test(line));
  const model = head
    .slice(first + 1, last)
    .filter((line) => !/^\s*pi\s*=/.test(line))
    .join(' ');
  const [left, right] = model.split('=') as [string, string];
  const formula = right.replace(/\+\s*e\s*$/, '').trim();
  const rows = head.map((line) => /^\s*(b\d)\s*=\s*(.*)$/.exec(line)).filter((match) => match !== null);
  const numbers = rows.map((match) => match[2]!.trim().split(/\s+/).map(Number));
  const column = (k: number): Float64Array => Float64Array.from(numbers, (row) => row[k]!);
  const data = lines
    .slice(60)
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length >= 2 && row.every(Number.isFinite));
  const variables = data[0]!.length - 1;
  const y = Float64Array.from(data, (row) => row[0]!);
  const rss = Number(/Residual Sum of Squares:\s*(\S+)/.exec(text)![1]);
  return {
    name,
    formula,
    columns: variables === 1 ? ['x'] : Array.from({ length: variables }, (_, k) => `x${k + 1}`),
    x: Array.from({ length: variables }, (_, k) => Float64Array.from(data, (row) => row[k + 1]!)),
    y: left.includes('log') ? y.map(Math.log) : y,
    ids: rows.map((match) => match[1]!),
    starts: [column(0), column(1)],
    certified: column(2),
    deviations: column(3),
    residualSumOfSquares: rss,
  };
}

/** Number of correct digits, at most 11 (the certified values have no more). */
export function countDigits(found: number, certified: number): number {
  if (found === certified) return 11;
  const digits = -Math.log10(Math.abs(found - certified) / Math.abs(certified));
  return Number.isNaN(digits) ? 0 : Math.max(0, Math.min(11, digits));
}
