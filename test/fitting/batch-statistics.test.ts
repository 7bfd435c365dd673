import { describe, expect, it } from 'vitest';
import {
  type CensoredValue,
  correlateRanks,
  createNormal,
  createRandom,
  estimateQuantiles,
  fitDistribution,
  fitRobustLine,
  placeValues,
  rankValues,
  scoreRobustly,
  separateVariances,
  weibullParameters,
} from '../../fitting/index.ts';

/** Reference numbers are those of SciPy 1.17 (spearmanr, theilslopes, f_oneway, CensoredData, nct) unless said otherwise. */
const X = [3.74, 3.81, 3.66, 3.92, 3.77, 3.7, 3.85, 3.77, 3.69, 3.88, 3.79, 3.64];
const Y = [0.1275, 0.1298, 0.1281, 0.1331, 0.1294, 0.1264, 0.1311, 0.1289, 0.1283, 0.1329, 0.1279, 0.1273];

describe('rank correlation', () => {
  it('shares the mean rank among equal values', () => {
    expect([...rankValues([10, 30, 20, 20])]).toEqual([1, 4, 2.5, 2.5]);
  });

  it('equals SciPy with ties, probability by Student', () => {
    const found = correlateRanks(X, Y)!;
    expect(found.rho).toBeCloseTo(0.8231186002975569, 12);
    expect(found.p).toBeCloseTo(0.0010049467838746389, 12);
    expect(found.isExact).toBe(false);
  });

  it('counts all 5,040 orders of seven values: 62 lie as far out', () => {
    const found = correlateRanks([2.1, 3.4, 1.7, 4.4, 5.2, 3.9, 6.1], [1.2, 2.9, 1.9, 3.0, 5.5, 2.7, 4.1])!;
    expect(found.rho).toBeCloseTo(0.8928571428571429, 12);
    expect(found.p).toBeCloseTo(62 / 5040, 12);
    expect(found.isExact).toBe(true);
  });

  it('is 1 for any rising law, and answers nothing for few or equal values', () => {
    expect(correlateRanks([1, 2, 3, 4, 5], [1, 8, 27, 64, 1250])!.rho).toBe(1);
    expect(correlateRanks([1, 2, 3], [1, 2, 3])).toBeNull();
    expect(correlateRanks([1, 2, 3, 4], [7, 7, 7, 7])).toBeNull();
  });
});

describe('Theil-Sen line', () => {
  it('has the slope and the 95 % interval of SciPy, with ties', () => {
    const line = fitRobustLine(X, Y)!;
    expect(line.slope).toBeCloseTo(0.02125, 12);
    expect(line.interval[0]).toBeCloseTo(0.011333333333333388, 12);
    expect(line.interval[1]).toBeCloseTo(0.031818181818181884, 12);
  });

  it('and on six points', () => {
    const line = fitRobustLine([1, 2, 3, 4, 5, 6], [1.1, 1.9, 3.2, 3.9, 5.4, 5.8])!;
    expect([line.slope, ...line.interval]).toEqual([
      expect.closeTo(0.975, 12),
      expect.closeTo(0.7, 12),
      expect.closeTo(1.3, 12),
    ]);
  });

  it('needs four points and two different x', () => {
    expect(fitRobustLine([1, 2, 3], [1, 2, 3])).toBeNull();
    expect(fitRobustLine([1, 1, 1, 1], [1, 2, 3, 4])).toBeNull();
  });
});

describe('variance components', () => {
  const groups = [
    [0.74, 0.77, 0.79, 0.8],
    [0.82, 0.82, 0.83],
    [0.85, 0.87, 0.91, 0.88, 0.86],
  ];

  it('has the F and p of SciPy', () => {
    const found = separateVariances(groups)!;
    expect(found.f).toBeCloseTo(22.968895800933055, 9);
    expect(found.p).toBeCloseTo(0.0002915217103492686, 12);
    expect(found.withinDegrees).toBe(9);
    // (12 - (16 + 9 + 25) / 12) / 2, by hand
    expect(found.effectiveSize).toBeCloseTo((12 - 50 / 12) / 2, 12);
  });

  it('gives both scatters back from 400 made devices of 3 to 7 cycles', () => {
    const normal = createNormal(createRandom(5));
    const made = Array.from({ length: 400 }, (_, i) => {
      const centre = 0.8 + 0.05 * normal();
      return Array.from({ length: 3 + (i % 5) }, () => centre + 0.02 * normal());
    });
    const found = separateVariances(made)!;
    expect(Math.abs(found.within / 0.02 - 1)).toBeLessThan(0.05);
    expect(Math.abs(found.between! / 0.05 - 1)).toBeLessThan(0.1);
  });

  it('states no scatter between devices where that within explains it', () => {
    const found = separateVariances([
      [1, 2, 3],
      [1.1, 2, 2.9],
    ])!;
    expect(found.between).toBeNull();
    expect(separateVariances([[1], [2], [3]])).toBeNull();
    expect(separateVariances([[1, 2, 3]])).toBeNull();
  });
});

describe('robust scores', () => {
  it('takes resistances on their logarithm: twice and half are equally far', () => {
    const values = [90, 95, 100, 105, 111, 100, 200, 50];
    const found = scoreRobustly(values, true)!;
    expect(found.onLogarithm).toBe(true);
    expect(found.scores[6]).toBeCloseTo(-found.scores[7]!, 10);
    // median 0, MAD of the logarithms ln(1.111/1.0526...)/... by hand: sorted |ln(v/100)|, mean of the 4th and 5th
    const sizes = values.map((v) => Math.abs(Math.log(v / 100))).sort((a, b) => a - b);
    const mad = 1.4826 * ((sizes[3]! + sizes[4]!) / 2);
    expect(found.scores[6]).toBeCloseTo(Math.log(2) / mad, 10);
  });

  it('keeps signed values as they are and refuses few or equal ones', () => {
    expect(scoreRobustly([-3, -2, -1, 0, 1, 2, 3, 30], true)!.onLogarithm).toBe(false);
    expect(scoreRobustly([1, 2, 3, 4, 5, 6, 70], true)).toBeNull();
    expect(scoreRobustly([5, 5, 5, 5, 5, 9, 8, 7], true)).toBeNull();
  });
});

describe('distributions with bounds', () => {
  const MIXED: CensoredValue[] = [
    ...[1.2, 1.9, 2.4, 2.6, 3.1, 3.3].map((x) => ({ x })),
    ...[1.0, 1.5].map((x) => ({ x, bound: 'upper' as const })),
    ...[3.0, 3.5].map((x) => ({ x, bound: 'lower' as const })),
  ];

  it.each([
    ['normal', 2.36017745002086, 1.311025483873703, -14.097785059668242, 0.189392, 0.0005078, 0.1027534],
    [
      'log-normal',
      0.7815861364627733,
      0.643827486219787,
      -14.796884507621066,
      0.0457246,
      0.0004592,
      0.1023636,
    ],
    ['weibull', 1.01492104467836, 0.4968243222162947, -14.289433243633566, 0.0310136, -0.0039876, 0.1258105],
  ] as const)(
    '%s with bounds of both sides equals a direct search over SciPy',
    (family, location, spread, logLikelihood, ll, ls, ss) => {
      const fit = fitDistribution(family, MIXED)!;
      expect(fit.location).toBeCloseTo(location, 6);
      expect(fit.spread).toBeCloseTo(spread, 6);
      expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 9);
      expect(fit.covariance[0]).toBeCloseTo(ll, 5);
      expect(fit.covariance[1]).toBeCloseTo(ls, 5);
      expect(fit.covariance[2]).toBeCloseTo(ss, 5);
      expect([fit.values, fit.bounds]).toEqual([6, 4]);
    },
  );

  it('EX-2.15: five failures and five that still run', () => {
    const sample: CensoredValue[] = [
      ...[10, 30, 45, 60, 80].map((x) => ({ x })),
      ...[20, 45, 100, 100, 100].map((x) => ({ x, bound: 'lower' as const })),
    ];
    const { shape, scale, shapeInterval } = weibullParameters(fitDistribution('weibull', sample)!);
    expect(shape).toBeCloseTo(1.370420383612938, 5);
    expect(scale).toBeCloseTo(103.58847196943412, 3);
    expect(shapeInterval[0]).toBeLessThan(shape);
    // the product limit of the same example: 1 - S = .1, .2125, .325, .46, .595
    const placed = placeValues(sample);
    const limit = [0.1, 0.2125, 0.325, 0.46, 0.595];
    let before = 0;
    placed.forEach(({ position }, k) => {
      const step = limit[k]! - before;
      const rank = 10 * before + (1 + 10 * step) / 2;
      expect(position).toBeCloseTo((rank - 0.3) / 10.4, 6);
      before = limit[k]!;
    });
  });

  it('EX-2.7: a complete Weibull sample', () => {
    const sample = [0.74, 0.77, 0.79, 0.8, 0.82, 0.82, 0.83, 0.85, 0.87, 0.91].map((x) => ({ x }));
    const fit = fitDistribution('weibull', sample)!;
    expect(1 / fit.spread).toBeCloseTo(18.123, 3);
    expect(Math.exp(fit.location)).toBeCloseTo(0.84244, 5);
    const normal = fitDistribution('normal', sample)!;
    expect(normal.location).toBeCloseTo(0.82, 10);
    expect(normal.spread).toBeCloseTo(0.04922, 5);
  });

  it('ranks plain values (i - 0.3)/(n + 0.4), and counts bounds below them', () => {
    expect(
      placeValues([{ x: 3 }, { x: 1 }, { x: 2 }]).map(({ index, position }) => [index, position]),
    ).toEqual([
      [1, expect.closeTo(0.7 / 3.4, 12)],
      [2, expect.closeTo(1.7 / 3.4, 12)],
      [0, expect.closeTo(2.7 / 3.4, 12)],
    ]);
    const below = placeValues([{ x: 3 }, { x: 1, bound: 'upper' }, { x: 2 }]);
    expect(below.map(({ position }) => position)).toEqual([
      expect.closeTo(1.7 / 3.4, 12),
      expect.closeTo(2.7 / 3.4, 12),
    ]);
  });

  it('refuses equal values, and zero on a logarithm', () => {
    expect(fitDistribution('normal', [{ x: 2 }, { x: 2 }, { x: 3, bound: 'lower' }])).toBeNull();
    expect(fitDistribution('weibull', [{ x: 0 }, { x: 1 }, { x: 2 }])).toBeNull();
  });

  it('has the exact band of a normal quantile: the non-central t of ten values', () => {
    const sample = [-1.2, 0.4, 0.9, -0.3, 1.6, -0.8, 0.1, 0.5, -1.1, 0.7].map((x) => ({ x }));
    const fit = fitDistribution('normal', sample)!;
    const [found] = estimateQuantiles(fit, [0.05]);
    expect((found!.lower - fit.location) / fit.spread).toBeCloseTo(-3.259, 1);
    expect((found!.upper - fit.location) / fit.spread).toBeCloseTo(-0.915, 1);
  });

  it('holds the truth in 92 to 98 % of 400 samples of eight', () => {
    const uniform = createRandom(11);
    let plain = 0;
    for (let i = 0; i < 400; i++) {
      const sample = Array.from({ length: 8 }, () => ({ x: 2 * (-Math.log(1 - uniform())) ** (1 / 3) }));
      const [q] = estimateQuantiles(fitDistribution('weibull', sample)!, [0.1]);
      const truth = 2 * (-Math.log(0.9)) ** (1 / 3);
      if (q!.lower <= truth && truth <= q!.upper) plain++;
    }
    expect(plain / 400).toBeGreaterThan(0.92);
    expect(plain / 400).toBeLessThan(0.98);
  });
});
