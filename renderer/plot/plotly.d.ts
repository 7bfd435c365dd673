/* biome-ignore-all lint/style/noDefaultExport: these modules have default exports; the page itself has none */
/** The few calls of plotly that the page makes; the package brings no types. */
declare module 'plotly.js' {
  export interface PlotlyStatic {
    react(root: HTMLElement, data: readonly object[], layout: object, config: object): Promise<HTMLElement>;
    purge(root: HTMLElement): void;
  }
  const Plotly: PlotlyStatic;
  export default Plotly;
}

declare module '*.ttf?url' {
  const url: string;
  export default url;
}

declare module '*.wasm?url' {
  const url: string;
  export default url;
}

declare module '*.css' {}
