import { compileFormula, type FitModel, fitModel, type LeastSquaresSolver } from '../../fitting/index.ts';
import { countDigits, HAS_NIST, type NistSet, readNistSets } from '../support/nist.ts';
import { runPython } from './run-python.ts';

interface Outcome {
  readonly digits: number;
  /** Of the worst standard error, where it was asked for. */
  readonly errorDigits?: number;
  readonly milliseconds: number;
}

/** Table of correct digits on NIST StRD: ours, ml-levenberg-marquardt behind the same interface, and scipy and lmfit where python3 has them. */
export function run(print: (line: string) => void = console.log): void {
  if (!HAS_NIST) {
    print('NIST StRD: the folder ../shared/nist-strd is not there; nothing to measure.');
    return;
  }
  const sets = readNistSets();
  const rows: [string, Outcome[]][] = [
    ['trust-region, exact derivatives', measure(sets, 'trust-region', false)],
    ['trust-region, differences', measure(sets, 'trust-region', true)],
    ['ml-levenberg-marquardt, our adapter', measure(sets, 'ml-levenberg-marquardt', false)],
    ...askPeers(sets),
  ];
  print('| 54 runs | LRE >= 4 | >= 6 | >= 8 | mean | worst | median ms |');
  print('| --- | --- | --- | --- | --- | --- | --- |');
  for (const [name, outcomes] of rows) {
    const digits = outcomes.map((outcome) => outcome.digits);
    const times = outcomes.map((outcome) => outcome.milliseconds).sort((a, b) => a - b);
    const atLeast = (least: number): number => digits.filter((d) => d >= least).length;
    const mean = digits.reduce((sum, d) => sum + d / digits.length, 0);
    print(
      `| ${name} | ${atLeast(4)} | ${atLeast(6)} | ${atLeast(8)} | ${mean.toFixed(2)} | ${Math.min(...digits).toFixed(2)} | ${times[times.length >> 1]!.toFixed(2)} |`,
    );
  }
  print('');
  printSets(sets, rows, print);
}

/** Digits of the worst parameter per set, from the first and the second start; last the digits of our worst standard error. */
function printSets(
  sets: readonly NistSet[],
  rows: readonly (readonly [string, readonly Outcome[]])[],
  print: (line: string) => void,
): void {
  print(`| set | ${rows.map(([name]) => name).join(' | ')} | standard errors, ours |`);
  print(`| --- |${' --- |'.repeat(rows.length + 1)}`);
  sets.forEach((set, k) => {
    const cells = rows.map(([, outcomes]) =>
      [outcomes[2 * k]!, outcomes[2 * k + 1]!].map(({ digits }) => digits.toFixed(1)).join(', '),
    );
    const errors = rows[0]![1].slice(2 * k, 2 * k + 2).map((outcome) => outcome.errorDigits!.toFixed(1));
    print(`| ${set.name} | ${cells.join(' | ')} | ${errors.join(', ')} |`);
  });
}

function compile(set: NistSet, numeric: boolean): FitModel {
  const compiled = compileFormula(set.formula, set.columns);
  if (!compiled.ok) throw new Error(`${set.name}: ${compiled.message}`);
  const { jacobian: _, ...rest } = compiled.model;
  return numeric ? rest : compiled.model;
}

function measure(sets: readonly NistSet[], solver: LeastSquaresSolver['id'], numeric: boolean): Outcome[] {
  return sets.flatMap((set) => {
    const model = compile(set, numeric);
    return set.starts.map((values) => {
      const start = Object.fromEntries(set.ids.map((id, j) => [id, values[j]!]));
      const request = {
        model,
        x: set.x,
        y: set.y,
        weighting: { kind: 'none' },
        start,
        solver,
        profile: 'never',
      } as const;
      let report = fitModel(request);
      let milliseconds = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 3; run++) {
        const from = performance.now();
        report = fitModel(request);
        milliseconds = Math.min(milliseconds, performance.now() - from);
      }
      return {
        digits: countWorst(
          set,
          set.certified,
          report.parameters.map((p) => [p.id, p.value]),
        ),
        errorDigits: countWorst(
          set,
          set.deviations,
          report.parameters.map((p) => [p.id, p.standardError ?? Number.NaN]),
        ),
        milliseconds,
      };
    });
  });
}

function countWorst(
  set: NistSet,
  certified: Float64Array,
  found: readonly (readonly [string, number])[],
): number {
  const values = new Map(found);
  return Math.min(...set.ids.map((id, j) => countDigits(values.get(id)!, certified[j]!)));
}

/** Best of three runs each, as for ours; the peers have no exact derivatives of a formula, so they take their own differences. */
const PYTHON = `
import sys, json, time
import scipy
from numpy import *
from scipy.optimize import curve_fit
try:
    import lmfit
except ImportError:
    lmfit = None
CF = 'scipy %s curve_fit' % scipy.__version__
LM = 'lmfit %s leastsq' % (lmfit.__version__ if lmfit else '')
out = {CF: []}
if lmfit: out[LM] = []
def best(fit, start):
    spent = inf
    for _ in range(3):
        t = time.perf_counter()
        try: p = fit()
        except Exception: p = start
        spent = min(spent, time.perf_counter() - t)
    return [list(p), 1e3 * spent]
for job in json.load(sys.stdin):
    names, cols = job['ids'], {k: array(v) for k, v in job['x'].items()}
    code, y = compile(job['formula'], 'f', 'eval'), array(job['y'])
    f = lambda _, *p: eval(code, globals(), {**cols, **dict(zip(names, p))})
    for start in job['starts']:
        out[CF].append(best(lambda: curve_fit(f, zeros(len(y)), y, start, maxfev=20000)[0], start))
        if lmfit:
            ps = lmfit.Parameters()
            for n, v in zip(names, start): ps.add(n, v)
            g = lambda q: f(None, *[q[n].value for n in names]) - y
            out[LM].append(best(lambda: [v.value for v in lmfit.minimize(g, ps).params.values()], start))
json.dump(out, sys.stdout)
`;

function askPeers(sets: readonly NistSet[]): [string, Outcome[]][] {
  const jobs = sets.map((set) => ({
    ids: set.ids,
    formula: set.formula.replaceAll('[', '(').replaceAll(']', ')').replace(/\s+/g, ' '),
    x: Object.fromEntries(set.columns.map((name, c) => [name, Array.from(set.x[c]!)])),
    y: Array.from(set.y),
    starts: set.starts.map((start) => Array.from(start)),
  }));
  const found = runPython<Record<string, [number[], number][]>>(PYTHON, jobs) ?? {};
  return Object.entries(found).map(([name, runs]) => [
    `${name}, its defaults`,
    runs.map(([values, milliseconds], k) => {
      const set = sets[k >> 1]!;
      return {
        digits: countWorst(
          set,
          set.certified,
          set.ids.map((id, j) => [id, values[j]!]),
        ),
        milliseconds,
      };
    }),
  ]);
}
