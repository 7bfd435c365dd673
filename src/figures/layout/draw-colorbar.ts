import { colorAt } from '../color/color-scale.ts';
import { INK } from '../color/palette.ts';
import type { AxisSpec, PanelSpec } from '../figure.ts';
import type { Style } from '../style.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import type { Box } from './box.ts';
import { tickLabels, ticksOfY } from './measure.ts';
import type { PanelContext } from './panel-context.ts';
import { createScale } from './scales.ts';
import type { Typeset } from './typeset.ts';

type Colorbar = NonNullable<PanelSpec['colorbar']>;
const BAR = { gap: 4, width: 5, steps: 48 } as const;

function axisOf(bar: Colorbar): AxisSpec {
  return {
    kind: bar.log ? 'log' : 'linear',
    domain: bar.domain,
    name: bar.name,
    ...(bar.factor === undefined ? {} : { scale: bar.factor }),
  };
}

/** Room right of the frame for the bar, its labels and its title [pt]. */
export function colorbarWidth(bar: Colorbar, style: Style, typeset: Typeset, height: number): number {
  const labels = tickLabels(ticksOfY(axisOf(bar), height, style), style, typeset);
  const widest = Math.max(0, ...labels.map(({ line }) => line.width));
  const title = typeset(bar.name, style.text.title);
  return (
    BAR.gap +
    BAR.width +
    style.tickLength.major +
    style.labelGap +
    widest +
    style.titleGap +
    CAP_HEIGHT * style.text.title +
    title.descent +
    0.5
  );
}

/** The colour bar right of the frame: 48 steps that overlap by 0.4 pt, because abutting cells show light seams. */
export function drawColorbar(context: PanelContext, bar: Colorbar): void {
  const { canvas, style, frame, typeset } = context;
  const box: Box = { x: frame.x + frame.w + BAR.gap, y: frame.y, w: BAR.width, h: frame.h };
  const step = box.h / BAR.steps;
  for (let i = 0; i < BAR.steps; i++) {
    const y = box.y + box.h - (i + 1) * step;
    canvas.rect(
      { x: box.x, y, w: box.w, h: step + (i > 0 ? 0.4 : 0) },
      colorAt(bar.scale, (i + 0.5) / BAR.steps),
    );
  }
  canvas.rect(box, null, { color: INK, width: style.thinnest });
  const axis = axisOf(bar);
  const scale = createScale(axis, box.y + box.h, box.y);
  const ticks = ticksOfY(axis, box.h, style);
  const right = box.x + box.w;
  const draw = (values: readonly number[], length: number, width: number): void =>
    canvas.segments(
      values.flatMap((value) => [right, scale.map(value), right + length, scale.map(value)]),
      { color: INK, width },
    );
  draw(
    ticks.major.map((tick) => tick.at),
    style.tickLength.major,
    style.tick.major,
  );
  draw(ticks.minor, style.tickLength.minor, style.tick.minor);
  const x = right + style.tickLength.major + style.labelGap;
  let widest = 0;
  for (const { at, line } of tickLabels(ticks, style, typeset)) {
    widest = Math.max(widest, line.width);
    canvas.text(line, x, scale.map(at) + (CAP_HEIGHT * style.text.tick) / 2);
  }
  const titleX = x + widest + style.titleGap + CAP_HEIGHT * style.text.title;
  canvas.text(typeset(bar.name, style.text.title), titleX, box.y + box.h / 2, 'middle', 90);
}
