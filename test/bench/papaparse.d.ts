/** The one call the benchmark makes on papaparse. */
declare module 'papaparse' {
  interface ParseSettings {
    readonly delimiter: string;
    readonly newline: '\n';
    readonly quoteChar: '"';
    readonly dynamicTyping?: boolean;
  }
  const Papa: { parse(text: string, settings: ParseSettings): { readonly data: string[][] } };
  // biome-ignore lint/style/noDefaultExport: the library has no named export that Node can see
  export default Papa;
}
