/** Journals as data (WORKBENCH section 3): what a figure must keep to, where that was read, and when. */

export interface JournalRules {
  readonly id: string;
  readonly label: string;
  readonly journal: string;
  /** Full width of the figure [mm]. */
  readonly width_mm: number;
  readonly columns: '1' | '1.5' | '2';
  /** Largest height [mm]; null where the journal states none (half a page is then our own limit of taste, not theirs). */
  readonly maximumHeight_mm: number | null;
  readonly text: TextSizes;
  /** Smallest text and smallest sub- and superscript allowed [pt]. */
  readonly smallestText_pt: number;
  /** Thinnest and, where stated, thickest line [pt]. */
  readonly thinnestLine_pt: number;
  readonly thickestLine_pt: number | null;
  /** Resolution of raster files of line art [dots per inch]. */
  readonly raster_dpi: number;
  readonly ticks: 'out' | 'in';
  readonly unitStyle: 'parentheses' | 'slash';
  readonly arbitraryUnit: string;
  readonly letters: LetterStyle;
  readonly files: readonly ('svg' | 'pdf' | 'png' | 'tiff')[];
  readonly source: string;
  /** V: read on the publisher's own page; S: second-hand. */
  readonly verified: 'V' | 'S';
  readonly checkedOn: string;
}

/** Text sizes [pt] of STYLE 4. */
export interface TextSizes {
  readonly title: number;
  readonly tick: number;
  readonly note: number;
  /** Insets and tables. */
  readonly small: number;
  readonly smallestScript: number;
  readonly letter: number;
}
export type LetterStyle = 'a' | 'A' | '(a)' | 'a)';

type Shared = Omit<JournalRules, 'id' | 'label' | 'width_mm' | 'columns'>;
type Widths = Readonly<Partial<Record<JournalRules['columns'], number>>>;

const CHECKED_ON = '2026-11-14';
const SUFFIX = { '1': '1col', '1.5': '1.5col', '2': '2col' } as const;

function sizes(
  title: number,
  tick: number,
  note: number,
  small: number,
  smallestScript: number,
  letter: number,
): TextSizes {
  return { title, tick, note, small, smallestScript, letter };
}

function journal(id: string, widths: Widths, shared: Shared): readonly JournalRules[] {
  return (Object.keys(SUFFIX) as JournalRules['columns'][]).flatMap((columns) => {
    const width_mm = widths[columns];
    if (width_mm === undefined) return [];
    const label = `${shared.journal}, ${columns} column${columns === '1' ? '' : 's'} (${width_mm} mm)`;
    return [{ ...shared, id: `${id}-${SUFFIX[columns]}`, label, width_mm, columns }];
  });
}

const BASE = {
  maximumHeight_mm: null,
  smallestText_pt: 5,
  thinnestLine_pt: 0.5,
  thickestLine_pt: null,
  raster_dpi: 600,
  ticks: 'out',
  unitStyle: 'parentheses',
  arbitraryUnit: 'arb. units',
  verified: 'S',
  checkedOn: CHECKED_ON,
  files: ['pdf', 'tiff'],
} as const satisfies Partial<Shared>;

const NATURE = {
  ...BASE,
  text: sizes(7, 6.5, 6.5, 6, 5, 8),
  thinnestLine_pt: 0.25,
  thickestLine_pt: 1,
  raster_dpi: 450,
  arbitraryUnit: 'a.u.',
  letters: 'a',
  files: ['pdf', 'svg'],
  source: 'https://research-figure-guide.nature.com',
} as const;

/** Every journal width; `figure.preset` is one of these ids. */
export const PRESET_LIST: readonly JournalRules[] = [
  ...journal(
    'nature',
    { '1': 89, '2': 183 },
    { ...NATURE, journal: 'Nature', maximumHeight_mm: 170, verified: 'V' },
  ),
  ...journal('nature-communications', { '1': 88, '2': 180 }, { ...NATURE, journal: 'Nature Communications' }),
  ...journal(
    'science',
    { '1': 57, '1.5': 121, '2': 184 },
    {
      ...BASE,
      journal: 'Science',
      text: sizes(7, 6.5, 6.5, 6, 5, 9),
      raster_dpi: 300,
      letters: 'A',
      files: ['pdf'],
      source: 'https://www.science.org/content/page/instructions-preparing-initial-manuscript',
    },
  ),
  ...journal(
    'acs',
    { '1': 82.55, '2': 177.8 },
    {
      ...BASE,
      journal: 'ACS',
      maximumHeight_mm: 233,
      text: sizes(7.5, 7, 6.5, 6, 4.5, 8.5),
      smallestText_pt: 4.5,
      raster_dpi: 1200,
      ticks: 'in',
      arbitraryUnit: 'a.u.',
      letters: 'a',
      source: 'https://pubs.acs.org/page/4authors/submission/graphics_prep.html',
      verified: 'V',
    },
  ),
  ...journal(
    'aps',
    { '1': 86, '2': 178 },
    {
      ...BASE,
      journal: 'APS',
      maximumHeight_mm: 240,
      text: sizes(8.5, 8.5, 8.5, 8.5, 6, 9),
      smallestText_pt: 8.24, // capitals of 2 mm in this face
      thinnestLine_pt: 0.51,
      ticks: 'in',
      letters: '(a)',
      files: ['pdf'],
      source: 'https://journals.aps.org/authors/style-basics',
    },
  ),
  ...journal(
    'aip',
    { '1': 85, '2': 170 },
    {
      ...BASE,
      journal: 'AIP',
      maximumHeight_mm: 211,
      text: sizes(8.5, 8, 8, 8, 5.8, 9),
      smallestText_pt: 8,
      ticks: 'in',
      letters: '(a)',
      source: 'https://publishing.aip.org/resources/researchers/author-instructions/',
      verified: 'V',
    },
  ),
  ...journal(
    'elsevier',
    { '1': 90, '1.5': 140, '2': 190 },
    {
      ...BASE,
      journal: 'Elsevier',
      maximumHeight_mm: 240,
      text: sizes(8, 7, 7, 7, 6, 9),
      smallestText_pt: 7,
      thinnestLine_pt: 0.1,
      thickestLine_pt: 1.5,
      raster_dpi: 1000,
      arbitraryUnit: 'a.u.',
      letters: '(a)',
      source: 'https://www.elsevier.com/about/policies-and-standards/author/artwork-and-media-instructions',
      verified: 'V',
    },
  ),
  ...journal(
    'wiley-advanced-materials',
    { '1': 85, '2': 178 },
    {
      ...BASE,
      journal: 'Wiley Advanced Materials',
      text: sizes(7.5, 7, 7, 6, 5, 9),
      arbitraryUnit: 'a.u.',
      letters: 'a)',
      source: 'https://onlinelibrary.wiley.com/page/journal/15214095/homepage/author-guidelines',
    },
  ),
  ...journal(
    'rsc',
    { '1': 83, '2': 171 },
    {
      ...BASE,
      journal: 'RSC',
      maximumHeight_mm: 233,
      text: sizes(7, 7, 7, 7, 5, 8),
      smallestText_pt: 7,
      unitStyle: 'slash',
      arbitraryUnit: 'a.u.',
      letters: '(a)',
      files: ['tiff', 'pdf'],
      source: 'https://www.rsc.org/publishing/publish-with-us/publish-a-journal-article/prepare-your-article',
      verified: 'V',
    },
  ),
  ...journal(
    'ieee',
    { '1': 88.9, '2': 182 },
    {
      ...BASE,
      journal: 'IEEE',
      maximumHeight_mm: 229,
      text: sizes(8.5, 8, 8, 8, 6, 9),
      smallestText_pt: 8,
      letters: '(a)',
      files: ['pdf', 'tiff', 'png'],
      source:
        'https://journals.ieeeauthorcenter.ieee.org/create-your-ieee-journal-article/create-graphics-for-your-article/',
      verified: 'V',
    },
  ),
  ...journal(
    'cell',
    { '1': 85, '1.5': 114, '2': 174 },
    {
      ...BASE,
      journal: 'Cell Press',
      maximumHeight_mm: 200,
      text: sizes(7, 6.5, 6.5, 6, 5, 9),
      smallestText_pt: 6,
      letters: 'A',
      source: 'https://www.cell.com/information-for-authors/figure-guidelines',
    },
  ),
];

export const PRESETS: Readonly<Record<string, JournalRules>> = Object.fromEntries(
  PRESET_LIST.map((preset) => [preset.id, preset]),
);
export const DEFAULT_PRESET = 'nature-1col';

/** Rules of a preset. Throws on an unknown id: the hosts offer the known ones only. */
export function presetOf(id: string): JournalRules {
  const preset = PRESETS[id];
  if (!preset) throw new Error(`no journal preset "${id}"; known: ${Object.keys(PRESETS).join(', ')}`);
  return preset;
}

export function panelLetter(style: LetterStyle, index: number): string {
  const letter = String.fromCharCode((style === 'A' ? 65 : 97) + index);
  return style === '(a)' ? `(${letter})` : style === 'a)' ? `${letter})` : letter;
}
