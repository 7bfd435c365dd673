import { INK } from '../color/palette.ts';
import type { DisplayList, Face, Item } from '../figure.ts';
import { markerOutline } from '../layout/marker-shapes.ts';
import { writeNumber, writePathData } from '../layout/path-data.ts';
import { encodeBase64 } from './base64.ts';
import { subsetFont } from './font-subset.ts';
import { type FontSet, loadFonts } from './fonts.ts';

export interface SvgOptions {
  /**
   * Embed the used glyphs under the alias Arial: browsers take them, editors their own Arial, with equal advances. Only for
   * saved files: in a page the alias would rename Arial for the whole page. @default true
   */
  readonly embedFonts?: boolean;
}

const FAMILY = "Arial,'Liberation Sans',Arimo,Helvetica,sans-serif";
const FACES: readonly Face[] = ['r', 'i', 'b'];
const FACE_ATTRIBUTES: Readonly<Record<Face, string>> = {
  r: '',
  i: ' font-style="italic"',
  b: ' font-weight="bold"',
};

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

type Painted = Pick<Extract<Item, { k: 'path' }>, 'fill' | 'stroke' | 'w' | 'dash' | 'cap' | 'join'>;

function paintAttributes(item: Painted): string {
  const stroke = item.stroke ? ` stroke="${item.stroke}" stroke-width="${writeNumber(item.w ?? 1)}"` : '';
  const dash = item.dash ? ` stroke-dasharray="${item.dash.map(writeNumber).join(' ')}"` : '';
  const cap = item.cap === 'round' ? ' stroke-linecap="round"' : '';
  const join = item.join === 'round' ? ' stroke-linejoin="round"' : '';
  return `${item.fill ? ` fill="${item.fill}"` : ''}${stroke}${dash}${cap}${join}`;
}

/** One element a marker where they overlap (Inkscape 1.2 drops `<use href>`), one compound path where none do. */
function writeMarkers(item: Extract<Item, { k: 'marks' }>): string {
  const shape = markerOutline(item.shape, item.size);
  const at = (k: number): string => writePathData(shape.ops, shape.xy, item.xy[k]!, item.xy[k + 1]!);
  const starts = Array.from({ length: item.xy.length / 2 }, (_, i) => 2 * i);
  if (item.apart) return `<path d="${starts.map(at).join('')}"${paintAttributes(item)}/>`;
  const each = starts.map((k) =>
    item.shape === 'circle'
      ? `<circle cx="${writeNumber(item.xy[k]!)}" cy="${writeNumber(item.xy[k + 1]!)}" r="${writeNumber(item.size / 2)}"/>`
      : `<path d="${at(k)}"/>`,
  );
  return `<g${paintAttributes(item)}>${each.join('')}</g>`;
}

/** Real text: every run has its own x and y, no text-anchor. */
function writeText(item: Extract<Item, { k: 'text' }>): string {
  const [first] = item.runs;
  if (!first) return '';
  const isTurned = item.angle !== 0;
  const turn = isTurned
    ? ` transform="translate(${writeNumber(item.x)} ${writeNumber(item.y)}) rotate(${writeNumber(-item.angle)})"`
    : '';
  const [x0, y0] = isTurned ? [0, 0] : [item.x, item.y];
  const fill = ` fill="${item.color ?? INK}"`;
  const spans = item.runs.map((run) => ({
    position: ` x="${writeNumber(x0 + run.dx)}" y="${writeNumber(y0 + run.dy)}"`,
    size: run.size === first.size ? '' : ` font-size="${writeNumber(run.size)}"`,
    face: FACE_ATTRIBUTES[run.face],
    text: escapeXml(run.text),
  }));
  const size = ` font-size="${writeNumber(first.size)}"`;
  if (spans.length === 1) {
    const [only] = spans;
    return `<text${turn}${only!.position}${size}${only!.face}${fill}>${only!.text}</text>`;
  }
  const body = spans.map((s) => `<tspan${s.position}${s.size}${s.face}>${s.text}</tspan>`).join('');
  return `<text${turn}${size}${fill}>${body}</text>`;
}

/** The characters each face is used for. */
export function usedCharacters(list: DisplayList): Readonly<Record<Face, ReadonlySet<string>>> {
  const used = { r: new Set<string>(), i: new Set<string>(), b: new Set<string>() };
  for (const item of list.items) {
    if (item.k !== 'text') continue;
    for (const run of item.runs) for (const character of run.text) used[run.face].add(character);
  }
  return used;
}

function fontFaces(list: DisplayList, fontSet: FontSet): string {
  const used = usedCharacters(list);
  const fonts = loadFonts(fontSet);
  const rules = FACES.filter((face) => used[face].size > 0).map((face) => {
    const data = encodeBase64(subsetFont(fonts[face], used[face]));
    const look = `font-style:${face === 'i' ? 'italic' : 'normal'};font-weight:${face === 'b' ? 700 : 400}`;
    return `@font-face{font-family:Arial;${look};src:url(data:font/ttf;base64,${data})}`;
  });
  return rules.length > 0 ? `<style>${rules.join('')}</style>` : '';
}

/** Drops groups that hold nothing. */
function dropEmptyGroups(lines: readonly string[]): string[] {
  const out: string[] = [];
  for (const line of lines) {
    if (line === '</g>' && /^<g[^>]*>$/.test(out[out.length - 1] ?? '')) out.pop();
    else if (line !== '') out.push(line);
  }
  return out;
}

/** Writes a display list as SVG: one user unit is one point, the size is in mm, the ground white. Same list, same bytes. */
export function writeSvg(list: DisplayList, fontSet: FontSet, options: SvgOptions = {}): string {
  const clips: string[] = [];
  const write = (item: Item): string => {
    if (item.k === 'close') return '</g>';
    if (item.k === 'path') return `<path d="${writePathData(item.ops, item.xy)}"${paintAttributes(item)}/>`;
    if (item.k === 'marks') return writeMarkers(item);
    if (item.k === 'text') return writeText(item);
    if (!item.clip) return `<g id="${escapeXml(item.id)}">`;
    const id = `${list.id}-clip${clips.length}`; // ids of two figures in one page must not collide
    const [x, y, w, h] = item.clip.map(writeNumber);
    clips.push(
      `<clipPath id="${escapeXml(id)}"><rect x="${x}" y="${y}" width="${w}" height="${h}"/></clipPath>`,
    );
    return `<g id="${escapeXml(item.id)}" clip-path="url(#${escapeXml(id)})">`;
  };
  const body = dropEmptyGroups(list.items.map(write)).join('\n');
  const style = options.embedFonts === false ? '' : fontFaces(list, fontSet);
  const size = `width="${list.w_mm}mm" height="${list.h_mm}mm" viewBox="0 0 ${Number(list.w.toFixed(3))} ${Number(list.h.toFixed(3))}"`;
  const title = escapeXml(list.title);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${title}">
<title>${title}</title>
<defs>${style}${clips.join('')}</defs>
<rect width="100%" height="100%" fill="#fff"/>
<g fill="none" font-family="${FAMILY}" xml:space="preserve">
${body}
</g>
</svg>
`;
}
