import type { Column, ColumnRole } from '../model/curve.ts';
import type { MeasurementKind } from '../model/measurement.ts';
import { isSwept } from './find-branches.ts';

/**
 * Kind of a measurement by what its columns are. A current against a voltage that was swept is an I-V curve, the same columns
 * over time with the voltage at levels are a waveform. The file name decides only between kinds the columns allow.
 */
export function findKind(columns: readonly Column[], fileName: string): MeasurementKind {
  const find = (role: ColumnRole): Column | undefined => columns.find((column) => column.role === role);
  const hint = fileName.toLowerCase();
  const time = find('time');
  const voltage = find('voltage');
  const current = find('current');
  const resistance = find('resistance');
  if (find('wavelength')) return 'spectrum';
  if (find('cycle') && (resistance || current)) return 'endurance';
  if (columns[0]?.role === 'frequency') return 'frequency-response';
  if (voltage && current) {
    if (!time) return 'iv';
    const swept = columns.some((c) => (c.role === 'voltage' || c.role === 'current') && isSwept(c.data));
    if (swept) return 'iv';
    return hint.includes('retention') ? 'retention' : 'waveform';
  }
  if (time) {
    const states = columns.some((column) => /\b[hl]rs\b|high resistance|low resistance/i.test(column.label));
    if (
      resistance &&
      (states || hint.includes('retention') || columns.every((c) => c === time || c.role === 'resistance'))
    ) {
      return 'retention';
    }
    return 'waveform';
  }
  const known = columns.filter((column) => column.unit !== '1' || (column.origin?.unit ?? '') !== '');
  return columns.length >= 2 && known.length >= 2 ? 'series' : 'generic';
}
