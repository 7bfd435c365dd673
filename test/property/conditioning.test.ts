import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionSweep } from '../../src/conditioning/condition-sweep.ts';
import { MASK, type MaskCause } from '../../src/conditioning/conditioned.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import { analyse } from '../support/analyse.ts';
import { FIXTURES } from '../support/fixtures/index.ts';
import { makeSweep, sweepVoltages } from '../support/iv-measurements.ts';

/** Every bit of the data of a measurement, NaN payloads included. */
function snapshot({ curve }: Measurement): string {
  const bits = (data: Float64Array): string =>
    [...new BigUint64Array(data.slice().buffer)].map((word) => word.toString(36)).join();
  return [...curve.columns.map(({ data }) => bits(data)), curve.flags.join()].join('|');
}

describe('conditioning leaves the data alone (METHODS 0.4: masks only)', () => {
  const RECIPES: Readonly<Record<string, readonly string[]>> = {
    iv: ['lec-iv', 'rram-iv', 'lem-iv', 'regimes'],
    waveform: ['lec-transient', 'rram-pulse'],
    spectrum: ['spectrum'],
  };

  it.each(FIXTURES.map((fixture) => [`${fixture.id} ${fixture.name}`, fixture] as const))(
    '%s: input columns and flags are the same to the bit after every recipe',
    (_, fixture) => {
      // fifty loops by four recipes take long and say no more than one loop does
      const [one] = Object.values(fixture.make(5));
      const before = snapshot(one!);
      for (const recipe of fixture.id === 'FX-5' ? ['rram-iv'] : (RECIPES[one!.kind] ?? ['auto']))
        analyse(one!, { recipe, set: { thickness: 800e-9, area: 1e-6, permittivity: 20, readVoltage: 0.2 } });
      expect(snapshot(one!)).toBe(before);
    },
  );

  it('every masked row has a cause with a name, and each cause its count, on any sweep', () => {
    const reading = fc.oneof(
      fc.double({ min: -1e-2, max: 1e-2, noNaN: true }),
      fc.constantFrom(Number.NaN, 9.91e37, -9.9e37, 0, 5e-3),
    );
    fc.assert(
      fc.property(
        fc.array(reading, { minLength: 3, maxLength: 120 }),
        fc.array(fc.constantFrom(0, 0, 0, 1, 2, 4), { minLength: 120, maxLength: 120 }),
        (current, flags) => {
          const voltage = current.map((_, k) => 0.05 * k);
          const sweep = makeSweep({ voltage, current, flags: flags.slice(0, current.length) });
          const before = snapshot(sweep);
          const { mask, counts } = conditionSweep(sweep);
          expect(snapshot(sweep)).toBe(before);
          const known = Object.values(MASK).reduce((all, bit) => all | bit, 0);
          for (const bits of mask) expect(bits & ~known).toBe(0);
          for (const [cause, bit] of Object.entries(MASK) as [MaskCause, number][])
            expect(counts[cause]).toBe(mask.filter((bits) => (bits & bit) !== 0).length);
          current.forEach((i, row) => {
            const lost = !(Math.abs(i) < 9.9e37) || (flags[row]! & 2) !== 0;
            expect((mask[row]! & MASK.sentinel) !== 0).toBe(lost);
          });
        },
      ),
      { numRuns: 200, seed: 41 },
    );
  });

  it('a mirrored sweep has the mirrored legs and the same masks', () => {
    for (const id of ['FX-2', 'FX-3', 'FX-4', 'FX-20']) {
      const { curve } = FIXTURES.find((one) => one.id === id)!.make(7)['loop']!;
      const mirrored = makeSweep({
        ...Object.fromEntries(
          curve.columns.map((column) => [
            column.programmed ? 'programmed' : column.role,
            column.data.map((value) => (Math.abs(value) > 9e37 ? value : -value)),
          ]),
        ),
        current: curve.columns
          .find(({ role }) => role === 'current')!
          .data.map((value) => (Math.abs(value) > 9e37 ? value : -value)),
      });
      const [one, other] = [conditionSweep(makeSweepOf(curve)), conditionSweep(mirrored)];
      expect([...other.mask], id).toEqual([...one.mask]);
      expect(other.legs.map(({ polarity, direction }) => [-polarity, direction])).toEqual(
        one.legs.map(({ polarity, direction }) => [polarity, direction]),
      );
    }
  });

  it('legs cover every row that holds a voltage, whatever the corners', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 2, maxLength: 6 }),
        fc.constantFrom(0.01, 0.05, 0.1),
        (corners, step) => {
          const turns = corners.filter((v, k) => k === 0 || v !== corners[k - 1]);
          fc.pre(turns.length > 1 && turns.every((v, k) => k === 0 || Math.abs(v - turns[k - 1]!) * 10 > 5));
          const programmed = sweepVoltages(turns, step);
          const { legs } = conditionSweep(makeSweep({ programmed, current: programmed.map((v) => v / 1e3) }));
          const seen = new Set(
            legs.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, k) => start + k)),
          );
          expect(seen.size).toBe(programmed.length);
        },
      ),
      { numRuns: 100, seed: 42 },
    );
  });
});

function makeSweepOf(curve: Measurement['curve']): Measurement {
  const data = (role: string, programmed = false): Float64Array | undefined =>
    curve.columns.find((column) => column.role === role && Boolean(column.programmed) === programmed)?.data;
  const [voltage, set] = [data('voltage'), data('voltage', true)];
  return makeSweep({
    current: data('current')!,
    ...(voltage ? { voltage } : {}),
    ...(set ? { programmed: set } : {}),
  });
}
