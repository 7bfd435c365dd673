import type { CellSpec, DisplayList, FigureSpec, PanelSpec } from '../figure.ts';
import { panelLetter, presetOf } from '../presets.ts';
import { type Style, styleOf } from '../style.ts';
import { CAP_HEIGHT, type FontSet, loadFonts } from '../writers/fonts.ts';
import type { Box } from './box.ts';
import { Canvas } from './canvas.ts';
import { colorbarWidth } from './draw-colorbar.ts';
import { drawPanel } from './draw-panel.ts';
import { plainText } from './markup.ts';
import {
  type Margins,
  measureMargins,
  pitchY,
  SHOW_ALL,
  type Shown,
  tickLabels,
  tickRoom,
} from './measure.ts';
import { createPanelContext } from './panel-context.ts';
import { dropUndrawable, mendAxes } from './sound-spec.ts';
import { chooseTicks } from './ticks.ts';
import { createTypesetter, type Typeset } from './typeset.ts';

export const PT_PER_MM = 72 / 25.4;
/** Air inside each edge of the page [pt]; nothing else stands outside the labels, because journals crop. */
const AIR = 0.8;
const GUTTER = { x_mm: 5, y_mm: 4, stack: 3.5 } as const;

const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
/** Half-point steps keep a batch of figures from one template in register. */
const roundUp = (value: number): number => Math.ceil(value * 2) / 2;

/** Frames of the grid: widths and heights, and the margins common to a column or a row [pt]. */
interface Grid {
  readonly widths: number[];
  readonly heights: number[];
  readonly left: number[];
  readonly right: number[];
  readonly top: number[];
  readonly bottom: number[];
  readonly gapX: number;
  readonly gapY: number;
}

/** Inner panels of a stack or a row leave labels and titles to their neighbours. */
function shownIn(cell: CellSpec, index: number): Shown {
  const last = cell.panels.length - 1;
  if (cell.dir !== 'row') return { ...SHOW_ALL, xLabels: index === last, xTitle: index === last };
  return {
    xLabels: true,
    xTitle: !cell.xTitle,
    yLabels: index === 0,
    yTitle: index === 0,
    breakLeft: cell.broken === true && index > 0,
    breakRight: cell.broken === true && index < last,
  };
}

function sharesOf(cell: CellSpec): readonly number[] {
  const ratio = cell.ratio ?? cell.panels.map(() => 1);
  return ratio.map((part) => part / sum(ratio));
}

/** Room above a frame for the panel letter: it stands beside the top y label when it fits there, else the row gains a line. */
function letterRoom(cell: CellSpec, letter: string, left: number, style: Style, typeset: Typeset): number {
  const { text } = style;
  const y = cell.panels[0]!.y;
  const labels = y.labels === false ? [] : tickLabels(chooseTicks(y, 100, pitchY(style)), style, typeset);
  const free = left - tickRoom(style) - style.labelGap - Math.max(0, ...labels.map(({ line }) => line.width));
  const cap = CAP_HEIGHT * text.letter;
  if (typeset(letter, text.letter, 'b').width + 1.2 <= free) return cap * 0.75 + 1;
  return cap + 1.6 + (CAP_HEIGHT / 2 + 0.37) * text.tick;
}

/** Solves margins and frame sizes together: labels depend on the frame's length, the frame on the labels; three rounds settle it. */
function solveGrid(
  figure: FigureSpec,
  page: Box,
  style: Style,
  typeset: Typeset,
  letters: readonly string[],
): Grid {
  const { cols, rows } = figure.grid;
  const gapX = (figure.grid.gapX_mm ?? GUTTER.x_mm) * PT_PER_MM;
  const gapY = (figure.grid.gapY_mm ?? GUTTER.y_mm) * PT_PER_MM;
  const share = (length: number, parts: readonly number[]): number[] =>
    parts.map((part) => (length * part) / sum(parts));
  let widths = share(0.75 * page.w, cols);
  let heights = share(0.75 * page.h, rows);
  let left = cols.map(() => 0);
  let right = [...left];
  let top = rows.map(() => 0);
  let bottom = [...top];
  for (let round = 0; round < 3; round++) {
    const previousLeft = left;
    left = cols.map(() => 0);
    right = cols.map(() => 0);
    top = rows.map(() => 0);
    bottom = rows.map(() => 0);
    figure.cells.forEach((cell, index) => {
      const [row, column] = cell.at;
      const [rowSpan, columnSpan] = cell.span ?? [1, 1];
      const w = sum(widths.slice(column, column + columnSpan));
      const h = sum(heights.slice(row, row + rowSpan));
      const inRow = cell.dir === 'row';
      const shares = sharesOf(cell);
      const margins = cell.panels.map((panel, i) => {
        const part = shares[i]!;
        const m = measureMargins(
          panel,
          style,
          typeset,
          inRow ? w * part : w,
          inRow ? h : h * part,
          shownIn(cell, i),
        );
        return panel.colorbar
          ? { ...m, right: Math.max(m.right, colorbarWidth(panel.colorbar, style, typeset, h)) }
          : m;
      });
      const [first, last] = [margins[0]!, margins[margins.length - 1]!];
      const end = column + columnSpan - 1;
      const low = row + rowSpan - 1;
      const sharedTitle = inRow && cell.xTitle ? style.titleGap + style.text.title * 0.95 : 0;
      left[column] = Math.max(left[column]!, ...(inRow ? [first.left] : margins.map((m) => m.left)));
      right[end] = Math.max(right[end]!, ...(inRow ? [last.right] : margins.map((m) => m.right)));
      top[row] = Math.max(top[row]!, ...(inRow ? margins.map((m) => m.top) : [first.top]));
      bottom[low] = Math.max(
        bottom[low]!,
        ...(inRow ? margins.map((m) => m.bottom + sharedTitle) : [last.bottom]),
      );
      const letter = letters[index];
      if (letter) {
        top[row] = Math.max(top[row]!, letterRoom(cell, letter, previousLeft[column]!, style, typeset));
      }
    });
    left = left.map(roundUp);
    right = right.map(roundUp);
    top = top.map(roundUp);
    bottom = bottom.map(roundUp);
    widths = share(page.w - sum(left) - sum(right) - gapX * (cols.length - 1), cols);
    heights = share(page.h - sum(top) - sum(bottom) - gapY * (rows.length - 1), rows);
  }
  return { widths, heights, left, right, top, bottom, gapX, gapY };
}

function cellFrame(cell: CellSpec, grid: Grid, page: Box): Box {
  const [row, column] = cell.at;
  const [rowSpan, columnSpan] = cell.span ?? [1, 1];
  const xOf = (c: number): number =>
    page.x +
    sum(grid.widths.slice(0, c)) +
    sum(grid.left.slice(0, c + 1)) +
    sum(grid.right.slice(0, c)) +
    grid.gapX * c;
  const yOf = (r: number): number =>
    page.y +
    sum(grid.heights.slice(0, r)) +
    sum(grid.top.slice(0, r + 1)) +
    sum(grid.bottom.slice(0, r)) +
    grid.gapY * r;
  const [lastColumn, lastRow] = [column + columnSpan - 1, row + rowSpan - 1];
  const [x, y] = [xOf(column), yOf(row)];
  return {
    x,
    y,
    w: xOf(lastColumn) + grid.widths[lastColumn]! - x,
    h: yOf(lastRow) + grid.heights[lastRow]! - y,
  };
}

/** The figure with the legends of some panels above their frames. */
function liftLegends(figure: FigureSpec, crowded: ReadonlySet<PanelSpec>): FigureSpec {
  const cells = figure.cells.map((cell) => ({
    ...cell,
    panels: cell.panels.map((panel): PanelSpec => {
      return crowded.has(panel) ? { ...panel, legend: { ...panel.legend, at: 'top' } } : panel;
    }),
  }));
  return { ...figure, cells };
}

/**
 * Lays a figure out. Pure: same spec and fonts, same list. A legend that finds no free place moves above its frame; a character
 * the face has not is drawn as a box. What was left out or replaced is in `remarks`.
 */
export function layoutFigure(figure: FigureSpec, fontSet: FontSet): DisplayList {
  const faults: string[] = [];
  const sound = mendAxes(figure, faults);
  const crowded = new Set<PanelSpec>();
  const list = layoutOnce(sound, fontSet, crowded, faults);
  return crowded.size > 0 ? layoutOnce(liftLegends(sound, crowded), fontSet, new Set(), faults) : list;
}

function layoutOnce(
  figure: FigureSpec,
  fontSet: FontSet,
  crowded: Set<PanelSpec>,
  faults: readonly string[],
): DisplayList {
  const rules = presetOf(figure.preset);
  const style = styleOf(rules);
  const remarks = [...faults];
  const typeset = createTypesetter(loadFonts(fontSet), rules.text.smallestScript, (label) => {
    const remark = `"${label}" holds a character the figure's font has not.`;
    if (!remarks.includes(remark)) remarks.push(remark);
  });
  const canvas = new Canvas(style);
  const [w, h] = [figure.width_mm * PT_PER_MM, figure.height_mm * PT_PER_MM];
  const page: Box = { x: AIR, y: AIR, w: w - 2 * AIR, h: h - 2 * AIR };
  const isLettered = figure.letters ?? figure.cells.length > 1;
  const letters = figure.cells.map((cell, i) =>
    isLettered ? (cell.letter ?? panelLetter(rules.letters, i)) : '',
  );
  const grid = solveGrid(figure, page, style, typeset, letters);
  figure.cells.forEach((cell, index) => {
    const [row, column] = cell.at;
    const [rowSpan, columnSpan] = cell.span ?? [1, 1];
    const id = `${figure.id}-${index}`;
    const area = cellFrame(cell, grid, page);
    const inRow = cell.dir === 'row';
    const gap = cell.gap ?? GUTTER.stack;
    const free = (inRow ? area.w : area.h) - gap * (cell.panels.length - 1);
    const shares = sharesOf(cell);
    const margins: Margins = {
      left: grid.left[column]!,
      right: grid.right[column + columnSpan - 1]!,
      top: grid.top[row]!,
      bottom: grid.bottom[row + rowSpan - 1]!,
    };
    let position = inRow ? area.x : area.y;
    canvas.open(id);
    cell.panels.forEach((panel, i) => {
      const length = free * shares[i]!;
      let frame: Box = inRow ? { ...area, x: position, w: length } : { ...area, y: position, h: length };
      position += length + gap;
      if (panel.aspect) {
        const width = Math.min(frame.w, frame.h * panel.aspect);
        frame = { ...frame, w: width, h: width / panel.aspect };
      }
      const base = { id: `${id}-${i}`, panel, canvas, style, typeset, frame, margins, remarks, crowded };
      drawPanel(createPanelContext(base, shownIn(cell, i)));
    });
    if (cell.xTitle) {
      const line = typeset(cell.xTitle, style.text.title);
      const inner = measureMargins(cell.panels[0]!, style, typeset, free * shares[0]!, area.h, {
        ...SHOW_ALL,
        xTitle: false,
      });
      const y = area.y + area.h + inner.bottom + style.titleGap + CAP_HEIGHT * style.text.title;
      canvas.text(line, area.x + area.w / 2, y, 'middle');
    }
    const letter = letters[index];
    if (letter) {
      const y = area.y - margins.top + CAP_HEIGHT * style.text.letter + 0.2;
      canvas.text(typeset(letter, style.text.letter, 'b'), area.x - margins.left, y);
    }
    canvas.close();
  });
  return {
    id: figure.id,
    w,
    h,
    w_mm: figure.width_mm,
    h_mm: figure.height_mm,
    title: plainText(figure.caption ?? figure.id).split('\n')[0]!,
    items: dropUndrawable(canvas.items, remarks),
    remarks,
  };
}
