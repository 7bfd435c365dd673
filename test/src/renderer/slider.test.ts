import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Slider } from '../../../renderer/components/Slider.tsx';

function attributes(value: number, lower: number, upper: number) {
  const markup = renderToStaticMarkup(
    createElement(Slider, {
      label: 'x',
      value,
      lower,
      upper,
      tick: null,
      scale: 'log' as const,
      text: '',
      onChange: () => {},
    }),
  );
  return ['now', 'min', 'max'].map((end) => new RegExp(`aria-value${end}="([^"]*)"`).exec(markup)?.[1]);
}

describe('the values a slider tells', () => {
  it('have no power of ten and read back the same', () => {
    const values = [3e-7, 1.6e-8, 1e-35, 5e21, 0.25, -1.045e-9] as const;
    for (const value of values) {
      const [now] = attributes(value, 1e-9, 1);
      expect(now).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(now) / value).toBeCloseTo(1, 12);
    }
    expect(attributes(1, 5e-9, 1e12).slice(1)).toEqual(['0.000000005', '1000000000000']);
  });
});
