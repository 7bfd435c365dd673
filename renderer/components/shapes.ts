/** Every drawing of the interface: 16 grid for icons (`i-`), 14 grid for status shapes (`s-`). Rendered once as an SVG sprite. */
export const SHAPES = {
  'i-book': {
    box: '0 0 16 16',
    body: '<path d="M8 4C6.5 2.8 4.5 2.7 2.5 3v9.5c2-.3 4-.2 5.5 1 1.5-1.2 3.5-1.3 5.5-1V3c-2-.3-4-.2-5.5 1zM8 4v9.5"/>',
  },
  'i-bottom': {
    box: '0 0 16 16',
    body: '<rect x="2.5" y="3" width="11" height="10" rx="1"/><path d="M2.5 9.3h11"/>',
  },
  'i-brush': {
    box: '0 0 16 16',
    body: '<path d="M3 13c1.7 0 2.9-.6 2.9-2.2 0-.9-.6-1.5-1.4-1.5S3 10 3 11zM6 9.3 12 3l1.2 1.1-5.9 6.4"/>',
  },
  'i-check': { box: '0 0 16 16', body: '<path d="m3.5 8.5 3 3 6-7"/>' },
  'i-chev': { box: '0 0 16 16', body: '<path d="m4.5 6.3 3.5 3.5 3.5-3.5"/>' },
  'i-chevr': { box: '0 0 16 16', body: '<path d="M6.3 4.5 9.8 8l-3.5 3.5"/>' },
  'i-chevu': { box: '0 0 16 16', body: '<path d="m4.5 9.7 3.5-3.5 3.5 3.5"/>' },
  'i-copy': {
    box: '0 0 16 16',
    body: '<rect x="5.5" y="5.5" width="8" height="8" rx="1"/><path d="M10.5 5.5v-3h-8v8h3"/>',
  },
  'i-cross': {
    box: '0 0 16 16',
    body: '<path d="M8 1.8v12.4M1.8 8h12.4" stroke-dasharray="2.2 1.6"/><circle cx="8" cy="8" r="2"/>',
  },
  'i-cursor': { box: '0 0 16 16', body: '<path d="M4 2.8 12.2 8 8.5 8.9 6.6 12.5z"/>' },
  'i-dots': { box: '0 0 16 16', body: '<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.2"/>' },
  'i-export': { box: '0 0 16 16', body: '<path d="M8 9.8V2.5M5.3 5 8 2.3 10.7 5M3 9v4h10V9"/>' },
  'i-filter': { box: '0 0 16 16', body: '<path d="M2.5 3.5h11L9.5 8.5v4l-3 1v-5z"/>' },
  'i-flagm': { box: '0 0 16 16', body: '<path d="M4 14V2.8h8l-2.2 2.9L12 8.6H4"/>' },
  'i-folder': { box: '0 0 16 16', body: '<path d="M2.5 12.5v-9h4l1.3 1.7h5.7v7.3z"/>' },
  'i-group': { box: '0 0 16 16', body: '<path d="M2.5 4h11M4.5 8h9M4.5 12h9M2.5 8v4"/>' },
  'i-help': {
    box: '0 0 16 16',
    body: '<circle cx="8" cy="8" r="5.7"/><path d="M6.2 6.4a1.85 1.85 0 1 1 2.6 1.7c-.6.3-.8.6-.8 1.2M8 11.3v.1"/>',
  },
  'i-hist': { box: '0 0 16 16', body: '<circle cx="8" cy="8" r="5.5"/><path d="M8 4.8V8l2.3 1.5"/>' },
  'i-left': {
    box: '0 0 16 16',
    body: '<rect x="2.5" y="3" width="11" height="10" rx="1"/><path d="M6.3 3v10"/>',
  },
  'i-link': {
    box: '0 0 16 16',
    body: '<path d="M6.7 9.3a2.4 2.4 0 0 0 3.5.2l2-2a2.45 2.45 0 0 0-3.5-3.5l-.8.8M9.3 6.7a2.4 2.4 0 0 0-3.5-.2l-2 2a2.45 2.45 0 0 0 3.5 3.5l.8-.8"/>',
  },
  'i-lock': {
    box: '0 0 16 16',
    body: '<rect x="3.7" y="7.2" width="8.6" height="6" rx="1"/><path d="M5.5 7V5.3a2.5 2.5 0 0 1 5 0V7"/>',
  },
  'i-menu': { box: '0 0 16 16', body: '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>' },
  'i-note': { box: '0 0 16 16', body: '<path d="M3 2.8h10v7.4L10.2 13H3zM13 10.2h-2.8V13"/>' },
  'i-pin': { box: '0 0 16 16', body: '<path d="M6 2.5h4l-.5 4 2 2.3h-7l2-2.3zM8 8.8v5"/>' },
  'i-plus': { box: '0 0 16 16', body: '<path d="M8 3.5v9M3.5 8h9"/>' },
  'i-redo': { box: '0 0 16 16', body: '<path d="m10.5 3 3 3-3 3M13.5 6H7.3a4.3 3.5 0 0 0 0 7H10"/>' },
  'i-right': {
    box: '0 0 16 16',
    body: '<rect x="2.5" y="3" width="11" height="10" rx="1"/><path d="M9.7 3v10"/>',
  },
  'i-search': { box: '0 0 16 16', body: '<circle cx="7" cy="7" r="4"/><path d="m10 10 3.5 3.5"/>' },
  'i-sliders': {
    box: '0 0 16 16',
    body: '<path d="M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6"/><circle cx="10" cy="4.5" r="1.5"/><circle cx="6" cy="11.5" r="1.5"/>',
  },
  'i-stop': { box: '0 0 16 16', body: '<rect x="4" y="4" width="8" height="8" rx="1"/>' },
  'i-theme': {
    box: '0 0 16 16',
    body: '<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor" stroke="none"/>',
  },
  'i-type': { box: '0 0 16 16', body: '<path d="M3 4.5V3h10v1.5M8 3v10M6 13h4"/>' },
  'i-undo': { box: '0 0 16 16', body: '<path d="M5.5 3 2.5 6l3 3M2.5 6h6.2a4.3 3.5 0 0 1 0 7H6"/>' },
  'i-unlock': {
    box: '0 0 16 16',
    body: '<rect x="3.7" y="7.2" width="8.6" height="6" rx="1"/><path d="M5.5 7V5a2.5 2.5 0 0 1 4.8-.9"/>',
  },
  'i-window': {
    box: '0 0 16 16',
    body: '<path d="M4.5 2.5v11M11.5 2.5v11M4.5 8h7M6.3 6.3 4.6 8l1.7 1.7M9.7 6.3 11.4 8 9.7 9.7"/>',
  },
  'i-x': { box: '0 0 16 16', body: '<path d="m4 4 8 8M12 4l-8 8"/>' },
  'i-zoom': {
    box: '0 0 16 16',
    body: '<path d="M2.5 5.5v-3h3M13.5 5.5v-3h-3M2.5 10.5v3h3M13.5 10.5v3h-3"/>',
  },
  's-bound': {
    box: '0 0 14 14',
    body: '<rect x="1.5" y="1.5" width="11" height="11" rx="2" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="m5.2 4 3.8 3-3.8 3" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>',
  },
  's-boundu': {
    box: '0 0 14 14',
    body: '<rect x="1.5" y="1.5" width="11" height="11" rx="2" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M8.8 4 5 7l3.8 3" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>',
  },
  's-dead': {
    box: '0 0 14 14',
    body: '<rect x="1.7" y="1.7" width="10.6" height="10.6" rx="1.5" fill="none" stroke="currentColor" stroke-width="1.2"/><path d="m4.3 4.3 5.4 5.4M9.7 4.3 4.3 9.7" stroke="currentColor" stroke-width="1.2"/>',
  },
  's-fail': {
    box: '0 0 14 14',
    body: '<path d="M7 .8 13.2 7 7 13.2.8 7z" fill="currentColor"/><path d="m5 5 4 4M9 5 5 9" stroke="var(--canvas)" stroke-width="1.4" stroke-linecap="round"/>',
  },
  's-flag': {
    box: '0 0 14 14',
    body: '<path d="M7 1.6 13 12.2H1z" fill="currentColor"/><path d="M7 5.4v3.2M7 10.3v.2" stroke="var(--canvas)" stroke-width="1.5" stroke-linecap="round"/>',
  },
  's-ok': {
    box: '0 0 14 14',
    body: '<path d="m3.4 7.4 2.5 2.5 4.8-5.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>',
  },
  's-out': {
    box: '0 0 14 14',
    body: '<circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" stroke-width="1.3"/>',
  },
  's-refuse': {
    box: '0 0 14 14',
    body: '<circle cx="7" cy="7" r="5.3" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M3.3 10.7 10.7 3.3" stroke="currentColor" stroke-width="1.5"/>',
  },
  's-run': {
    box: '0 0 14 14',
    body: '<circle cx="7" cy="7" r="5" fill="none" stroke="var(--line-2)" stroke-width="2"/><path d="M7 2a5 5 0 0 1 5 5" fill="none" stroke="currentColor" stroke-width="2"/>',
  },
  's-wait': {
    box: '0 0 14 14',
    body: '<circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.6 2.3"/>',
  },
} as const satisfies Record<string, { readonly box: string; readonly body: string }>;

export type ShapeId = keyof typeof SHAPES;
