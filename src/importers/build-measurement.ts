import { type Column, type Curve, ROW_FLAG } from '../model/curve.ts';
import { deviceId, measurementId } from '../model/ids.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Instrument, Measurement, MeasurementKind, SweepBranch } from '../model/measurement.ts';
import { type ColumnDraft, convertColumn, finishColumn, makeUnique } from './columns.ts';
import { deviceOfName, fileStem } from './device-name.ts';
import { findBranches, isSwept } from './find-branches.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { findKind } from './measurement-kind.ts';

/** What an importer knows of one curve; the rest follows by the common rules. */
export interface CurveDraft {
  readonly columns: readonly ColumnDraft[];
  /** Added to the file's name: ` GATE = 2 V`. */
  readonly suffix?: string;
  /** @default by the columns, see `findKind` */
  readonly kind?: MeasurementKind;
  /** A record of a scope: whatever its channels do over time, it is a waveform. */
  readonly isScope?: boolean;
  /** Index of the column that was swept. @default voltage, or current, if it was swept */
  readonly swept?: number | undefined;
  readonly stepped?: SweepBranch['stepped'];
  readonly instrument?: Partial<Instrument>;
  readonly recordedAt?: string | null;
  readonly conditions?: Conditions;
  readonly metadata?: Iterable<readonly [string, string]>;
  /** Row flags the file itself gives (compliance). */
  readonly flags?: Uint8Array;
  readonly deviceName?: string;
}

const FLAGGED_ROLES: ReadonlySet<string> = new Set([
  'voltage',
  'current',
  'light',
  'stimulus',
  'intensity',
  'time',
]);

function pickSwept(columns: readonly Column[], draft: CurveDraft, kind: MeasurementKind): Column | undefined {
  if (draft.swept !== undefined) return columns[draft.swept];
  if (kind !== 'iv') return undefined;
  const candidates = columns.filter((c) => c.role === 'voltage' || c.role === 'current');
  const programmed = candidates.filter((c) => c.programmed && isSwept(c.data));
  return programmed[0] ?? candidates.find((c) => isSwept(c.data)) ?? candidates[0];
}

function wholeBranch(
  columns: readonly Column[],
  length: number,
  stepped: SweepBranch['stepped'],
): SweepBranch[] {
  if (length === 0) return [];
  const x =
    columns.find((c) => c.role === 'time' || c.role === 'wavelength' || c.role === 'frequency') ?? columns[0];
  const data = x?.data;
  const rise = data ? data[length - 1]! - data[0]! : 0;
  return [
    {
      index: 0,
      cycle: 0,
      direction: rise > 0 ? 'up' : rise < 0 ? 'down' : 'hold',
      polarity: 1,
      start: 0,
      end: length,
      ...(stepped ? { stepped } : {}),
    },
  ];
}

/** Metadata without a prototype in the way: `Object.fromEntries` makes own properties even of `__proto__`. */
export function collectMetadata(
  entries: Iterable<readonly [string, string]>,
): Readonly<Record<string, string>> {
  const seen = new Map<string, string>();
  for (const [key, value] of entries) {
    const name = key.trim();
    if (name === '' || seen.size >= 2000) continue;
    let unique = name;
    for (let n = 2; seen.has(unique); n++) unique = `${name} [${n}]`;
    seen.set(unique, value.trim());
  }
  return Object.fromEntries(seen);
}

/** A measurement by the common rules: SI columns, sentinels to NaN with a flag, kind, branches, title, device. */
export function buildMeasurement(
  file: DecodedFile,
  importer: Pick<Importer, 'id' | 'version' | 'vendor'>,
  index: number,
  draft: CurveDraft,
): Measurement {
  const length = draft.columns[0]?.data.length ?? 0;
  const flags = draft.flags ?? new Uint8Array(length);
  const labels = makeUnique(draft.columns.map((column) => (column.name ?? column.header).trim()));
  const columns = draft.columns.map((column, k) => {
    const over = convertColumn(column.data, column.unit);
    const finished = finishColumn(column, labels[k]!);
    // A column of nothing but sentinels was never measured: it says nothing about the other cells of its rows.
    if (over && over.length < length && FLAGGED_ROLES.has(finished.role)) {
      for (const row of over) flags[row]! |= ROW_FLAG.overRange;
    }
    return finished;
  });
  const curve: Curve = { length, columns, flags };
  const isWaveform = draft.isScope && columns[0]?.role === 'time';
  const kind = draft.kind ?? (isWaveform ? 'waveform' : findKind(columns, file.name));
  const swept = pickSwept(columns, draft, kind);
  const title = fileStem(file.name) + (draft.suffix ?? '');
  return {
    id: measurementId(file.name, index),
    kind,
    title,
    curve,
    branches: swept ? findBranches(swept.data, draft.stepped) : wholeBranch(columns, length, draft.stepped),
    deviceId: deviceId(draft.deviceName ?? deviceOfName(file.name)),
    conditions: draft.conditions ?? {},
    instrument: { vendor: importer.vendor, model: null, serial: null, ...draft.instrument },
    recordedAt: draft.recordedAt ?? null,
    source: {
      file: file.name,
      sha256: file.sha256,
      format: importer.id,
      formatVersion: importer.version,
      encoding: file.encoding,
    },
    metadata: collectMetadata(draft.metadata ?? []),
  };
}
