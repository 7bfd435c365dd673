import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import { spectraComparison } from '../../../src/analyses/spectra/spectra-comparison.ts';
import {
  computeConfinement,
  computeStateResolution,
  computeStokesShift,
} from '../../../src/analyses/spectra/spectra-formulas.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';

const normal = createNormal(createRandom(12));
const NM = Array.from({ length: 401 }, (_, k) => 440 + 0.5 * k);

const line = (centre: number, noise = 0.004): number[] =>
  NM.map((nm) => 1000 * (Math.exp(-4 * Math.LN2 * ((nm - centre) / 16) ** 2) + noise * normal()));

function compare(columns: Readonly<Record<string, number[]>>) {
  return spectraComparison.run(makeInput(makeTable(columns)));
}

function makeTable(columns: Readonly<Record<string, number[]>>, more = {}) {
  return makeMeasurement(
    'spectrum',
    [
      { role: 'wavelength', unit: 'm', data: NM.map((nm) => nm * 1e-9) },
      ...Object.entries(columns).map(([label, data]) => ({
        role: /absor/i.test(label) ? ('other' as const) : ('intensity' as const),
        unit: 'counts' as const,
        data,
        label,
      })),
    ],
    more,
  );
}

describe('comparison of spectra', () => {
  it('EX-5.3: 518 to 526 nm 36.40 meV, 526 to 533 nm 30.96 meV, 532 to 515 nm 76.93 meV', () => {
    expect(computeStokesShift(518e-9, 526e-9)).toBeCloseTo(0.0364, 5);
    expect(computeStokesShift(526e-9, 533e-9)).toBeCloseTo(0.03096, 5);
    expect(computeStokesShift(515e-9, 532e-9)).toBeCloseTo(0.07693, 5);
  });

  it('EX-5.5: a particle of 20 nm, reduced mass 0.126 or 0.18: 29.8 or 20.9 meV', () => {
    expect(computeConfinement(20e-9, 0.126)).toBeCloseTo(0.0298, 4);
    expect(computeConfinement(20e-9, 0.18)).toBeCloseTo(0.0209, 4);
  });

  it('EX-5.8: 532 and 515 nm, 16 nm each: 0.627', () => {
    const one = { peak: 532e-9, fwhm: 16e-9 };
    expect(computeStateResolution(one, { peak: 515e-9, fwhm: 16e-9 })).toBeCloseTo(0.627, 3);
    const output = compare({ '+6 V': line(532), '-6 V': line(515) });
    expect(numberOf(output, 'stateResolution')).toBeCloseTo(0.627, 2);
    expect(
      first(output, 'stateResolution')
        .reasons.map((r) => r.message)
        .join(' '),
    ).toMatch(/overlap/);
  });

  it('the Stokes shift of a table with an absorption and an emission column is EX-5.3', () => {
    const output = compare({ PL: line(526), Absorbance: line(518) });
    const record = first(output, 'stokesShift');
    expect(Math.abs((record.value as number) - 0.0364)).toBeLessThan(3 * record.standardUncertainty!);
    expect(codesOf(first(output, 'stateResolution'))).toContain('INPUT_MISSING');
  });

  it('an absorption edge without a peak is refused, an emission above the absorption is flagged', () => {
    const edge = NM.map((nm) => 1000 / (1 + Math.exp((nm - 520) / 4)) + normal());
    expect(codesOf(first(compare({ PL: line(526), Absorbance: edge }), 'stokesShift'))).toContain(
      'PEAK_AT_EDGE',
    );
    expect(codesOf(first(compare({ PL: line(515), Absorbance: line(526) }), 'stokesShift'))).toContain(
      'REGIME',
    );
  });

  it('a line that moves 0.3 nm/V is found, a still one is called stable', () => {
    const series = (slope: number) =>
      Object.fromEntries([4, 5, 6, 7, 8].map((v) => [`EL ${v} V`, line(532 + slope * (v - 4))]));
    const moving = first(compare(series(0.3)), 'lineShift');
    expect(Math.abs((moving.value as number) - 0.3)).toBeLessThan(4 * moving.standardUncertainty!);
    const still = first(compare(series(0)), 'lineShift');
    expect(still.interval95![0]).toBeLessThan(0);
    expect(still.interval95![1]).toBeGreaterThan(0);
    expect(still.reasons[0]!.message).toMatch(/^Stable/);
  });

  it('the width against voltage follows under the same id, with its own verdict', () => {
    const widening = Object.fromEntries(
      [4, 5, 6, 7, 8].map((v) => [
        `EL ${v} V`,
        NM.map((nm) => 1000 * Math.exp(-4 * Math.LN2 * ((nm - 532) / (16 + 0.5 * (v - 4))) ** 2) + normal()),
      ]),
    );
    const [peak, width] = pick(compare(widening), 'lineShift');
    expect(peak!.reasons[0]!.message).toMatch(/^Stable/);
    expect(width!.convention).toBe('of the width (FWHM)');
    expect(Math.abs((width!.value as number) - 0.5)).toBeLessThan(4 * width!.standardUncertainty!);
    expect(width!.reasons[0]!.message).toMatch(/^Changes: (1\.9|2\.0)\d ± /);
  });

  it('crosstalk behind a filter: ∫S1·T2/∫S2·T2 of two Gaussian lines and a Gaussian filter in closed form', () => {
    const filter = NM.map((nm) => 0.9 * Math.exp(-4 * Math.LN2 * ((nm - 510) / 12) ** 2));
    const output = compare({ 'EL +6 V': line(532), 'EL -6 V': line(515), 'Filter 510 transmission': filter });
    const records = pick(output, 'stateResolution');
    expect(records).toHaveLength(2);
    expect(records[0]!.value as number).toBeCloseTo(0.627, 2);
    // the product of two Gaussians integrates to exp(-4 ln 2 d^2/(F1^2 + F2^2)), the rest is common to both
    const truth = Math.exp((-4 * Math.LN2 * (22 ** 2 - 5 ** 2)) / (16 ** 2 + 12 ** 2));
    const crosstalk = records[1]!;
    expect(crosstalk.convention).toBe('crosstalk through Filter 510 transmission');
    expect(Math.abs((crosstalk.value as number) - truth)).toBeLessThan(
      4 * crosstalk.standardUncertainty! + 1e-4,
    );
    expect(crosstalk.reasons[0]!.message).toMatch(/EL \+6 V gives .* % of the signal of EL -6 V/);
    const alone = pick(compare({ EL: line(532), Filter: filter }), 'stateResolution');
    expect(codesOf(alone[1]!)).toContain('INPUT_MISSING');
  });

  it('spectra of other files of the device count, with the voltage of their title or their conditions', () => {
    const one = (v: number, named: boolean) =>
      makeTable(
        { Intensity: line(532 + 0.2 * v) },
        named ? { title: `LEC-1_${v}V_EL` } : { title: 'EL', conditions: given({ drive: v }) },
      );
    const output = spectraComparison.run(
      makeInput(one(4, true), { siblings: [one(5, true), one(6, false), one(7, false)] }),
    );
    const shift = first(output, 'lineShift');
    expect(shift.points).toBe(4);
    expect(Math.abs((shift.value as number) - 0.2)).toBeLessThan(0.05);
  });

  it('one spectrum alone is refused for every quantity with what is there', () => {
    const output = compare({ EL: line(532) });
    for (const id of spectraComparison.quantities) expect(first(output, id).status).toBe('refused');
    expect(first(output, 'stokesShift').reasons[0]!.message).toContain('made');
  });
});
