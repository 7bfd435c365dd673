import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layoutFigure } from '../../../src/figures/layout/layout.ts';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import { writeSvg } from '../../../src/figures/writers/svg.ts';
import { FONTS } from '../../src/figures/support/fonts.ts';
import { OUTCOMES } from '../../src/figures/support/outcomes.ts';

/** Coordinates are written to 1/100 pt; engines that differ in the last bit of `exp` may round one of them the other way. */
const TOLERANCE = 0.0101;
/** Run with UPDATE_GOLDEN=1 after a change that was looked at; the difference belongs to the same commit. */
const isUpdating = process.env['UPDATE_GOLDEN'] === '1';

const NUMBER = /-?(?:\d+\.?\d*|\.\d+)/g;

describe('figures from hand-made outcomes', () => {
  for (const template of TEMPLATES.all) {
    it(`${template.id} is drawn as it was when it was looked at`, () => {
      const list = layoutFigure(template.build(OUTCOMES[template.id]!)!, FONTS);
      const drawn = writeSvg(list, FONTS, { embedFonts: false });
      const file = new URL(`${template.id}.svg`, import.meta.url);
      if (isUpdating) writeFileSync(file, drawn);
      expect(existsSync(file)).toBe(true);
      const golden = readFileSync(file, 'utf8');
      expect(drawn.replace(NUMBER, '#')).toBe(golden.replace(NUMBER, '#'));
      const [now, then] = [drawn.match(NUMBER)!.map(Number), golden.match(NUMBER)!.map(Number)];
      now.forEach((value, i) => {
        if (Math.abs(value - then[i]!) > TOLERANCE) expect(value).toBe(then[i]);
      });
    });
  }
});
