import { spawnSync } from 'node:child_process';
import { compileFormula, type FitModel, fitModel, type LeastSquaresSolver } from '../../fitting/index.ts';
import { countDigits, HAS_NIST, type NistSet, readNistSets } from '../support/nist.ts';

interface Outcome {
  readonly digits: number;
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
    ...runPython(sets),
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
      fitModel(request); // warm the compiler
      const from = performance.now();
      const report = fitModel(request);
      const milliseconds = performance.now() - from;
      return {
        digits: countWorst(
          set,
          report.parameters.map((p) => [p.id, p.value]),
        ),
        milliseconds,
      };
    });
  });
}

function countWorst(set: NistSet, found: readonly (readonly [string, number])[]): number {
  const values = new Map(found);
  return Math.min(...set.ids.map((id, j) => countDigits(values.get(id)!, set.certified[j]!)));
}

const PYTHON = `
import sys, json, time
from numpy import *
from scipy.optimize import curve_fit
try:
    import lmfit
except ImportError:
    lmfit = None
arctan_, out = arctan, {'curve_fit': []}
if lmfit: out['lmfit'] = []
for job in json.load(sys.stdin):
    names, cols = job['ids'], {k: array(v) for k, v in job['x'].items()}
    code, y = compile(job['formula'], 'f', 'eval'), array(job['y'])
    f = lambda _, *p: eval(code, globals(), {**cols, **dict(zip(names, p))})
    for start in job['starts']:
        for _ in range(2):
            t = time.perf_counter()
            try: p = list(curve_fit(f, zeros(len(y)), y, start, maxfev=20000)[0])
            except Exception: p = list(start)
            t = time.perf_counter() - t
        out['curve_fit'].append([p, 1e3 * t])
        if lmfit:
            ps = lmfit.Parameters()
            for n, v in zip(names, start): ps.add(n, v)
            g = lambda q: f(None, *[q[n].value for n in names]) - y
            t = time.perf_counter()
            try: p = [v.value for v in lmfit.minimize(g, ps).params.values()]
            except Exception: p = list(start)
            out['lmfit'].append([p, 1e3 * (time.perf_counter() - t)])
json.dump(out, sys.stdout)
`;

function runPython(sets: readonly NistSet[]): [string, Outcome[]][] {
  const jobs = sets.map((set) => ({
    ids: set.ids,
    formula: set.formula.replaceAll('[', '(').replaceAll(']', ')').replace(/\s+/g, ' '),
    x: Object.fromEntries(set.columns.map((name, c) => [name, Array.from(set.x[c]!)])),
    y: Array.from(set.y),
    starts: set.starts.map((start) => Array.from(start)),
  }));
  for (const command of ['python3', '/usr/bin/python3']) {
    const child = spawnSync(command, ['-W', 'ignore', '-c', PYTHON], {
      input: JSON.stringify(jobs),
      encoding: 'utf8',
    });
    if (child.status !== 0) continue;
    const found = JSON.parse(child.stdout) as Record<string, [number[], number][]>;
    return Object.entries(found).map(([name, runs]) => [
      `${name === 'lmfit' ? 'lmfit leastsq' : 'scipy curve_fit'}, its defaults`,
      runs.map(([values, milliseconds], k) => {
        const set = sets[k >> 1]!;
        return {
          digits: countWorst(
            set,
            set.ids.map((id, j) => [id, values[j]!]),
          ),
          milliseconds,
        };
      }),
    ]);
  }
  return [];
}
