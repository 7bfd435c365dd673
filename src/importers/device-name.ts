/** Words at the end of a file name that say what was measured, not on which device. */
const MEASUREMENT_WORD =
  /^(?:i-?v|j-?v|v-?i|l-?v|iv?l|c-?v|sweep|loop|set|reset|forming|endurance|retention|pulses?|pulse-?width|transient|spectrum|spectra|spec|el|pl|light|lum|luminance|photodiode|photocurrent|pd|dark|bias|response|frequency(?:-response)?|freq|decay|waveform|scope|buffer|defbuffer\d|data|write|erase|read|on|off|run\d*|cycle\d*|ch\d+|rep\d*|\d+|[+-]?\d+(?:\.\d+)?(?:[fpnumk\u00b5]?[VAs]|K|C|Hz|kHz|MHz))$/i;
/** Such words at the beginning of a name; numbers and words that may well be part of a name are left. */
const LEADING_WORD = /^(?:i-?v|j-?v|l-?v|iv?l|el|pl|spectrum|spectra|spec|luminance)$/i;
const PLACE = /^[A-Z]{1,2}\d{1,2}$/i;
/** Names scopes and spreadsheets give by themselves: channels, not places on an array. */
const NOT_A_PLACE = /^(?:ch|ds|v|t|n)\d+$/i;

/** File name without its folders, as messages say it. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

export function fileStem(name: string): string {
  const base = baseName(name);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}

/**
 * Device of a file by its name. 1. A first or last part such as `A3` or `B12` (row letters, column number) is the device:
 * `A3_iv.csv` is A3. 2. Otherwise the name without the measurement words at its end, and without the plainest of them at its
 * beginning: `LEC-7 sweep.csv` and `iv_LEC-7.csv` are LEC-7.
 * 3. A name of nothing but measurement words takes the folder's: `device7/iv.csv` is device7.
 */
export function deviceOfName(name: string): string {
  // Scopes number their acquisitions and add the channel: F0005CH1 and F0005CH2 belong together.
  const stem = fileStem(name).replace(/^([A-Z]\d{4})CH\d$/i, '$1');
  const parts = stem.split(/[_\s-]+/).filter((part) => part !== '');
  for (const part of [parts[0], parts.at(-1)]) {
    if (part !== undefined && PLACE.test(part) && !NOT_A_PLACE.test(part)) return part.toUpperCase();
  }
  const separated = [...stem.matchAll(/[^_\s]+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  let kept = separated.length;
  while (kept > 0 && MEASUREMENT_WORD.test(separated[kept - 1]!.text)) kept--;
  let from = 0;
  while (from < kept - 1 && LEADING_WORD.test(separated[from]!.text)) from++;
  if (kept > 0) return stem.slice(separated[from]!.start, separated[kept - 1]!.end);
  const folder = name.split('/').at(-2);
  return folder ?? stem;
}
