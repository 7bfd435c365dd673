/**
 * What each importer was checked against. `real files`: files as the instrument wrote them, compared with facts a person took
 * from them. `description`: texts or binaries made from manuals and public descriptions; no real file was at hand.
 */
export type TestedWith = 'real files' | 'real files, parts by description' | 'description';

const BY_DESCRIPTION: ReadonlySet<string> = new Set([
  'keithley-2400-log',
  'keithley-kxci',
  'keithley-clarius',
  'lecroy-wavesurfer',
  'rigol-wfm',
  'keysight-infiniium',
  'digilent',
  'tektronix-isf',
  'tektronix-wfm',
  'lecroy-trc',
  'keysight-bin',
]);
const IN_PARTS: ReadonlySet<string> = new Set([
  'rigol-time',
  'lecroy',
  'rohde-schwarz-rto',
  'yokogawa',
  'hantek',
]);

/** @param id an importer id */
export function testedWith(id: string): TestedWith {
  if (BY_DESCRIPTION.has(id)) return 'description';
  return IN_PARTS.has(id) ? 'real files, parts by description' : 'real files';
}
