import { describe, expect, it } from 'vitest';
import { writeCaption } from '../../../src/figures/caption.ts';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import { answerSampleFolder } from '../sample-folder.ts';

const DOUBTED: readonly QuantityId[] = [
  'trapDensity',
  'spaceChargeMobility',
  'fieldActivation',
  'freeCarrierDensity',
  'opticalTrapDensity',
];
const CAUTION = /mobile ions .* in doubt \(Röhr and Le Corre, J\. Phys\. Chem\. Lett\. 2024\)/;

describe('the caution of mobile ions (METHODS 3.2; Röhr and Le Corre 2024)', () => {
  const outcomes = answerSampleFolder();
  const records = outcomes.flatMap(({ file, outcome }) =>
    outcome.results
      .flatMap((result) => result.quantities)
      .filter(({ id, value }) => DOUBTED.includes(id) && value !== null)
      .map((record) => ({ file, record })),
  );

  it('stands beside every trap density, carrier density and space-charge mobility of the sample folder', () => {
    for (const id of DOUBTED)
      expect(
        records.some(({ record }) => record.id === id),
        id,
      ).toBe(true);
    const bare = records.filter(({ record }) => !record.reasons.some(({ message }) => CAUTION.test(message)));
    expect(bare.map(({ file, record }) => `${file}: ${record.id}`)).toEqual([]);
  });

  it('is the last sentence of the caption of the figures they are read from, and of no other', () => {
    for (const [template, file, told] of [
      ['loglog-regimes', 'tables/SCLC-2_iv.csv', true],
      ['semilog-iv', 'tables/SCLC-2_iv.csv', false],
      ['decay', 'picoscope/TEL-11_pulse.csv', false],
      ['decay', 'keysight-infiniivision/TEL-1_pulse.csv', true],
    ] as const) {
      const { outcome } = outcomes.find((one) => one.file === file)!;
      const spec = TEMPLATES.get(template)!.build([outcome])!;
      expect(CAUTION.test(writeCaption(spec)), `${template} of ${file}`).toBe(told);
    }
  });
});
