import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeMarkup,
  normaliseText,
  parseMarkup,
  plainText,
  symbolMarkup,
} from '../../../src/figures/layout/markup.ts';
import { layoutText } from '../../../src/figures/layout/text-layout.ts';
import { loadFonts } from '../../../src/figures/writers/fonts.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { showUnit } from '../../../src/units/prefixes.ts';
import { UNITS, type Unit } from '../../../src/units/units.ts';
import { FONTS } from './support/fonts.ts';

const fonts = loadFonts(FONTS);

describe('markup', () => {
  it('parts base, scripts and italics', () => {
    expect(parseMarkup('*V*_{on} (V)')).toEqual([
      { text: 'V', place: 'base', face: 'i' },
      { text: 'on', place: 'sub', face: 'r' },
      { text: ' (V)', place: 'base', face: 'r' },
    ]);
  });

  it('normalises signs the face lacks or the style forbids', () => {
    expect(normaliseText('5 k\u2126 -3 cm\u207b\u00b2')).toBe('5 k\u03a9 \u22123 cm^{\u22122}');
    expect(normaliseText('\u03bcA \u03bc_{n}')).toBe('\u00b5A \u03bc_{n}');
    expect(normaliseText('12\u202f000')).toBe('12\\,000');
    expect(normaliseText('well-known A-3')).toBe('well-known A-3');
  });

  it('keeps text of files as it is once escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab*_^{}\\ ,9') }), (text) => {
        expect(plainText(escapeMarkup(text))).toBe(text);
      }),
      { seed: 3 },
    );
  });

  it('writes the symbol of every quantity and every unit with glyphs the face has', () => {
    for (const { symbol } of Object.values(QUANTITIES)) {
      expect(() => layoutText(symbolMarkup(symbol), 7, fonts, 5)).not.toThrow();
    }
    for (const unit of Object.keys(UNITS) as Unit[]) {
      expect(() => layoutText(showUnit(unit, -6), 7, fonts, 5)).not.toThrow();
    }
  });

  it('names the character and the string when a glyph is missing', () => {
    expect(() => layoutText('I \u221d V', 7, fonts, 5)).toThrow(/U\+221D in "I/);
  });
});

describe('a laid-out line', () => {
  it('sets scripts at 0.72 of the size, not below the smallest of the journal', () => {
    const size = (smallest: number): number => layoutText('*R*_{s}', 7, fonts, smallest).runs[1]!.size;
    expect(size(4.5)).toBeCloseTo(5.04, 9);
    expect(size(6)).toBe(6);
  });

  it('stacks two scripts on one base and goes on after the wider', () => {
    const line = layoutText('*R*_{long}^{2}x', 10, fonts, 5);
    const [, sub, sup, rest] = line.runs;
    expect(sup!.dx).toBeLessThan(sub!.dx + sub!.w);
    expect(rest!.dx).toBeGreaterThanOrEqual(sub!.dx + sub!.w - 1e-9);
  });

  it('has the advances of the font file: W is 1933 of 2048 units', () => {
    expect(layoutText('W', 2048, fonts, 5).width).toBeCloseTo(1933, 6);
  });
});
