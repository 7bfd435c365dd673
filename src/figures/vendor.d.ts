/** The few calls the figures make on libraries whose own types are missing or would bring Node's globals into the core. */
declare module 'fontkit' {
  export interface FontkitGlyph {
    readonly id: number;
    readonly advanceWidth: number;
  }
  export interface FontkitFont {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): FontkitGlyph;
    layout(text: string): { readonly advanceWidth: number };
  }
  export function create(bytes: Uint8Array): FontkitFont;
}

declare module 'pdfkit' {
  import type { FontkitFont } from 'fontkit';

  interface PdfOptions {
    size: readonly [number, number];
    margin: number;
    pdfVersion: string;
    lang: string;
    displayTitle: boolean;
    info: Record<string, string | Date>;
    /** Null: no standard font is looked up; the browser build has none registered. */
    font: null;
  }
  // biome-ignore lint/style/noDefaultExport: this is how the library exports it
  export default class PDFDocument {
    constructor(options: PdfOptions);
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    registerFont(name: string, font: FontkitFont): this;
    font(name: string): this;
    fontSize(size: number): this;
    text(text: string, x: number, y: number, options: { lineBreak: boolean; baseline: string }): this;
    fillColor(color: string): this;
    strokeColor(color: string): this;
    lineWidth(width: number): this;
    rect(x: number, y: number, w: number, h: number): this;
    clip(): this;
    save(): this;
    restore(): this;
    translate(x: number, y: number): this;
    rotate(angle: number): this;
    addContent(operators: string): this;
    end(): void;
  }
}
