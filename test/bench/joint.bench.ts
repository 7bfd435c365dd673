import {
  createNormal,
  createRandom,
  diodeCurrent,
  fitMany,
  type JointCurve,
  MODELS,
} from '../../fitting/index.ts';

const model = MODELS.get('modified-shockley')!;
const grid = Float64Array.from({ length: 161 }, (_, i) => i * 0.05);
const weighting = { kind: 'asinh', relative: 0.01, absolute: 2e-9 } as const;

/** Cells of one chip: R_s in common, I_s and n from cell to cell. */
function buildCurves(count: number): JointCurve[] {
  const normal = createNormal(createRandom(5));
  return Array.from({ length: count }, (_, k) => {
    const cell = {
      lnSaturationCurrent: -30 + (6 * k) / count,
      idealityFactor: 5 + (2 * k) / count,
      seriesResistance: 250,
      shuntResistance: 5e5,
    };
    const y = grid.map((v) => diodeCurrent(v, cell, 300) * (1 + 0.01 * normal()) + 2e-9 * normal());
    return { x: [grid], y, weighting };
  });
}

/** Joint fit of many curves with one shared R_s: what a curve costs must not depend on how many there are. */
export function run(print: (line: string) => void = console.log): void {
  const spend = (count: number): number => {
    const curves = buildCurves(count);
    let least = Number.POSITIVE_INFINITY;
    for (let repeat = 0; repeat < 3; repeat++) {
      const from = performance.now();
      const report = fitMany({ model, curves, shared: ['seriesResistance'] });
      least = Math.min(least, performance.now() - from);
      if (!report.termination.startsWith('converged')) print(`${count} curves: ${report.termination}`);
    }
    return least;
  };
  spend(20); // warm the compiler
  const one = spend(1);
  print('| curves, R_s shared | parameters | ms | ms a curve | cost of one curve x |');
  print('| --- | --- | --- | --- | --- |');
  for (const count of [1, 2, 10, 100, 1000]) {
    const spent = spend(count);
    print(
      `| ${count} | ${3 * count + 1} | ${spent.toFixed(1)} | ${(spent / count).toFixed(2)} | ${(spent / one).toFixed(0)} |`,
    );
  }
}
