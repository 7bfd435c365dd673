import { expect, it } from 'vitest';
import { error } from '../../../src/base/issues.ts';
import { bounded, determined, refused } from '../../../src/model/build-quantity.ts';
import { formatQuantity } from '../../../src/model/format-quantity.ts';

const shown = (text: string): string => text.replaceAll('\u202f', '_');

it('writes a value, a limit and a refusal as the window and the figures show them', () => {
  const method = 'test';
  const value = determined('seriesResistance', { method, value: 254.46, standardUncertainty: 0.41 });
  expect(shown(formatQuantity(value).text)).toBe('254.5(4)_Ω');
  const limit = bounded('highResistance', 'lower', 1.2e10, [error('BELOW_NOISE_FLOOR', 'small')], { method });
  expect(shown(formatQuantity(limit).text)).toBe('>_12_GΩ');
  const none = refused('trapDensity', [error('INPUT_MISSING', 'no L', { subject: 'thickness' })], { method });
  expect(formatQuantity(none).text).toBe('not determined: INPUT_MISSING(thickness)');
});

it('writes unequal ends of the 95 % interval apart', () => {
  const quantity = determined('riseTime', {
    method: 'test',
    value: 4.66e-6,
    standardUncertainty: 3.7e-7,
    interval95: [4.66e-6 - 1.96 * 1.3e-7, 4.66e-6 + 1.96 * 4.1e-7],
  });
  expect(shown(formatQuantity(quantity).text)).toBe('4.66_(+41 −13)_µs');
});
