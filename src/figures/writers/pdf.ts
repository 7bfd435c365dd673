import PDFDocument from 'pdfkit';
import type { DisplayList, Item, Values } from '../figure.ts';
import { markerOutline } from '../layout/marker-shapes.ts';
import { joinBytes } from './deflate.ts';
import { type FontSet, loadFonts } from './fonts.ts';

/** Coordinates to 1/1000 pt. */
function writeNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** PDF path operators of an outline. */
function writePath(ops: string, xy: Values, dx = 0, dy = 0): string {
  const lines: string[] = [];
  let k = 0;
  for (const op of ops) {
    if (op === 'Z') {
      lines.push('h');
      continue;
    }
    const numbers: string[] = [];
    for (let i = 0; i < (op === 'C' ? 3 : 1); i++, k += 2) {
      numbers.push(writeNumber(xy[k]! + dx), writeNumber(xy[k + 1]! + dy));
    }
    lines.push(`${numbers.join(' ')} ${op.toLowerCase()}`);
  }
  return lines.join('\n');
}

function drawShape(document: PDFDocument, item: Extract<Item, { k: 'path' | 'marks' }>): void {
  if (item.fill) document.fillColor(item.fill);
  if (item.stroke) document.strokeColor(item.stroke).lineWidth(item.w ?? 1);
  const paint = item.fill && item.stroke ? 'B' : item.fill ? 'f' : 'S';
  if (item.k === 'path') {
    const cap = item.cap === 'round' ? 1 : 0;
    const join = item.join === 'round' ? 1 : 0;
    document.addContent(`${cap} J ${join} j [${(item.dash ?? []).map(writeNumber).join(' ')}] 0 d`);
    document.addContent(`${writePath(item.ops, item.xy)}\n${paint}`);
    return;
  }
  const shape = markerOutline(item.shape, item.size);
  const each: string[] = [];
  for (let k = 0; k < item.xy.length; k += 2) {
    each.push(`${writePath(shape.ops, shape.xy, item.xy[k]!, item.xy[k + 1]!)}\n${paint}`);
  }
  if (each.length > 0) document.addContent('0 J 0 j [] 0 d').addContent(each.join('\n'));
}

function drawText(document: PDFDocument, item: Extract<Item, { k: 'text' }>): void {
  document.fillColor(item.color);
  const isTurned = item.angle !== 0;
  if (isTurned) document.save().translate(item.x, item.y).rotate(-item.angle);
  const [x, y] = isTurned ? [0, 0] : [item.x, item.y];
  for (const run of item.runs) {
    document.font(run.face).fontSize(run.size);
    // Without `lineBreak: false` text near the lower edge starts a second page.
    document.text(run.text, x + run.dx, y + run.dy, { lineBreak: false, baseline: 'alphabetic' });
  }
  if (isTurned) document.restore();
}

/**
 * Writes a display list as a PDF of one page of exactly its size, fonts embedded as subsets, no transparency. Date and file id
 * are fixed, so that the same list gives the same bytes within one engine.
 */
export function writePdf(list: DisplayList, fontSet: FontSet): Promise<Uint8Array> {
  const fonts = loadFonts(fontSet);
  const document = new PDFDocument({
    size: [list.w, list.h],
    margin: 0,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    font: null, // the browser build has no standard fonts, and we use none
    info: { Title: list.title, Creator: 'Ivory', Producer: 'Ivory', CreationDate: new Date(0) },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve) => {
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(joinBytes(chunks)));
  });
  // The parsed font is registered: from bytes pdfkit would parse the file again for every document.
  for (const face of ['r', 'i', 'b'] as const) document.registerFont(face, fonts[face].font);
  for (const item of list.items) {
    if (item.k === 'open') {
      document.save();
      if (item.clip) document.rect(...item.clip).clip();
    } else if (item.k === 'close') document.restore();
    else if (item.k === 'text') drawText(document, item);
    else drawShape(document, item);
  }
  document.end();
  return done;
}
