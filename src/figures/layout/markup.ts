import type { Face } from '../figure.ts';

/** A stretch of one label: where it stands (base line, superscript, subscript) and in which face. */
export interface Piece {
  readonly text: string;
  readonly place: 'base' | 'sup' | 'sub';
  readonly face: Face;
}
/** `space`: a thin space of 0.17 em, drawn as distance because the face has no such glyph. */
export type Token = Piece | 'space';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Characters as the face has them and the house style wants them: Ohm and Angstrom signs as letters, hyphen before a digit
 * as U+2212, superscript digits as `^{}`, thin and narrow spaces as `\,`.
 */
export function normaliseText(text: string): string {
  return text
    .replaceAll('\u2126', '\u03a9')
    .replaceAll('\u212b', '\u00c5')
    .replaceAll('\u2223', '|')
    .replace(/[\u27e8\u2329]/g, '<')
    .replace(/[\u27e9\u232a]/g, '>')
    .replace(/\u03bc(?=[AVWsSFHJgmΩ](?![a-z]))/g, '\u00b5')
    .replace(/[\u202f\u2009\u200a]/g, '\\,')
    .replace(/\u00a0/g, ' ')
    .replace(/(^|[\s({=~±×,^_*])-(?=\d)/g, '$1\u2212')
    .replace(/[₀-₉]+/g, (run) => `_{${[...run].map((c) => c.charCodeAt(0) - 0x2080).join('')}}`)
    .replace(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => {
      const digits = [...run].map((c) => (c === '⁻' ? '\u2212' : String(SUPERSCRIPTS.indexOf(c))));
      return `^{${digits.join('')}}`;
    });
}

/** Splits `*V*_{on} (10^{3} V)` into pieces. Backslash before a mark makes it a plain character. */
export function parseMarkup(source: string, face: Face = 'r'): Token[] {
  const text = normaliseText(source);
  const tokens: Token[] = [];
  let italic = false;
  let buffer = '';
  let place: Piece['place'] = 'base';
  const flush = (): void => {
    if (buffer) tokens.push({ text: buffer, place, face: italic && face === 'r' ? 'i' : face });
    buffer = '';
  };
  let outerItalic = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\\') {
      i++;
      if (text[i] === ',') {
        flush();
        tokens.push('space');
      } else buffer += text[i] ?? '';
    } else if (c === '*') {
      flush();
      italic = !italic;
    } else if ((c === '_' || c === '^') && text[i + 1] === '{' && place === 'base') {
      flush();
      outerItalic = italic;
      italic = false; // indices are upright unless they are marked as quantities themselves
      place = c === '^' ? 'sup' : 'sub';
      i++;
    } else if (c === '}' && place !== 'base') {
      flush();
      place = 'base';
      italic = outerItalic;
    } else buffer += c;
  }
  flush();
  return tokens;
}

/** The label as plain text, for titles of files and for search. */
export function plainText(source: string): string {
  return parseMarkup(source)
    .map((token) => (token === 'space' ? ' ' : token.text))
    .join('');
}

/** Makes data text safe as a label: the marks of the markup become plain characters. */
export function escapeMarkup(text: string): string {
  return text.replace(/[\\*]/g, '\\$&').replace(/([_^])(?=\{)/g, '\\$1');
}

/** The markup of a symbol of the quantity list: `V_on` becomes `*V*_{on}`; words (`ON/OFF`, `FWHM`) stay upright. */
export function symbolMarkup(symbol: string): string {
  const isWord = /^[A-Z]{2,}/.test(symbol) || symbol.includes('/');
  const [, base = symbol, index] = /^(.*?)_(.+)$/.exec(symbol) ?? [];
  const head = isWord
    ? escapeMarkup(base)
    : base.replace(/\p{L}+/gu, (run) => (run === 'ln' ? run : `*${run}*`));
  return index === undefined ? head : `${head}_{${escapeMarkup(index)}}`;
}
