import { OUTLIER_SCORE, scoreApart } from '../../src/batch/propose-outliers.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { formatFixed } from '../../src/units/format-value.ts';
import { columnExponent } from '../../src/units/prefixes.ts';
import type { Unit } from '../../src/units/units.ts';
import type { StatusShape } from '../components/Status.tsx';
import { fitsOf } from '../plot/overlays.ts';
import { curveShape, quantitiesOf } from './device-status.ts';
import { currentOutcome, type Results } from './results.ts';
import type { Workspace } from './workspace.ts';

export interface BatchColumn {
  readonly key: string;
  readonly id: Quantity['id'];
  readonly symbol: string;
  /** The leg: `→` forward, `←` reverse, with the sign of V before it where both are swept. */
  readonly arrow: string;
  readonly unit: Unit;
  readonly exponent: number;
  readonly convention: string | null;
}

export interface BatchRow {
  readonly id: MeasurementId;
  readonly device: string;
  /** The device, or the title of the curve where a device has several. */
  readonly name: string;
  readonly title: string;
  readonly shape: StatusShape;
  readonly cells: ReadonlyMap<string, Quantity>;
  readonly chiSquare: number | null;
  readonly note: string;
  readonly noteTone: 'why' | 'own' | 'fail';
  /** Quantities in which the row lies far from the others, the farthest first. */
  readonly far: readonly { readonly symbol: string; readonly arrow: string; readonly score: number }[];
}

export interface BatchTable {
  readonly columns: readonly BatchColumn[];
  /** All columns there could be, those people ask for first in front. */
  readonly offered: readonly BatchColumn[];
  readonly rows: readonly BatchRow[];
}

const MOST_COLUMNS = 6;
/** A column that few rows fill takes the place of one that all do: those below this share of the fullest give way. */
const LEAST_FILLED = 0.25;
const PREFERRED: readonly Quantity['id'][] = [
  'turnOnVoltage',
  'seriesResistance',
  'shuntResistance',
  'idealityFactor',
  'hysteresisIndex',
  'setVoltage',
  'resetVoltage',
  'highResistance',
  'lowResistance',
  'onOffRatio',
  'stateRatio',
  'regionBoundary',
  'riseTime',
  'fallTime',
  'delayTime',
  'mobility',
  'peakWavelength',
  'fwhm',
  'cieX',
  'cieY',
];
/** Two legs of these are worth two columns; of the others the forward leg speaks. */
const BOTH_LEGS: readonly Quantity['id'][] = ['turnOnVoltage'];

/** Place of a quantity among those people ask for first. */
export function rankQuantity(id: string): number {
  const at = (PREFERRED as readonly string[]).indexOf(id);
  return at < 0 ? PREFERRED.length : at;
}

function keyOf(quantity: Quantity): string {
  return `${quantity.id} ${quantity.branch ?? ''}`;
}

/** First record of each id and leg: the convention in force. */
function firstOf(outcome: MeasurementOutcome | null): ReadonlyMap<string, Quantity> {
  const cells = new Map<string, Quantity>();
  for (const quantity of quantitiesOf(outcome))
    if (!cells.has(keyOf(quantity))) cells.set(keyOf(quantity), quantity);
  return cells;
}

function arrowOf(quantity: Quantity): BatchColumn['arrow'] {
  if (!quantity.branch) return '';
  const sign = quantity.branch.startsWith('+') ? '+' : quantity.branch.startsWith('-') ? '−' : '';
  return `${sign}${quantity.branch.endsWith('forward') ? '→' : '←'}`;
}

/** Every quantity and leg of the rows with at least one number, in the order of the chooser. */
function listColumns(
  all: readonly ReadonlyMap<string, Quantity>[],
): readonly (BatchColumn & { filled: number })[] {
  const seen = new Map<string, Quantity[]>();
  for (const cells of all) {
    for (const [key, quantity] of cells) {
      if (typeof quantity.value !== 'number') continue;
      const found = seen.get(key);
      if (found) found.push(quantity);
      else seen.set(key, [quantity]);
    }
  }
  return [...seen.entries()]
    .sort(([, a], [, b]) => rankQuantity(a[0]!.id) - rankQuantity(b[0]!.id) || b.length - a.length)
    .map(([key, found]) => ({
      key,
      id: found[0]!.id,
      symbol: found[0]!.symbol,
      arrow: arrowOf(found[0]!),
      unit: found[0]!.unit,
      exponent: columnExponent(
        found.map((quantity) => quantity.value as number),
        found[0]!.unit,
      ),
      convention: found[0]!.convention,
      filled: found.length,
    }));
}

/** Those the user chose, in the order of the list; else the first that most rows fill, one leg of each but for a few. */
function chooseColumns(
  offered: readonly (BatchColumn & { filled: number })[],
  asked: readonly string[] | null,
): readonly BatchColumn[] {
  const own = asked ? offered.filter(({ key }) => asked.includes(key)) : [];
  if (own.length > 0) return own;
  const fullest = Math.max(0, ...offered.map(({ filled }) => filled));
  const legTaken = new Set<string>();
  return offered
    .filter(({ filled }) => filled >= LEAST_FILLED * fullest)
    .filter(({ id }) => {
      if (BOTH_LEGS.includes(id)) return true;
      if (legTaken.has(id)) return false;
      legTaken.add(id);
      return true;
    })
    .slice(0, MOST_COLUMNS);
}

const MOST_FAR = 3;

/** Rows far from the others in a shown column: marked rows are measured against those that are not. */
function findFar(
  rows: readonly Omit<BatchRow, 'far'>[],
  columns: readonly BatchColumn[],
): ReadonlyMap<MeasurementId, BatchRow['far']> {
  const far = new Map<MeasurementId, BatchRow['far'][number][]>();
  for (const { key, symbol, arrow } of columns) {
    const known = rows.flatMap(({ id, shape, cells }) => {
      const quantity = cells.get(key);
      return shape !== 'dead' && typeof quantity?.value === 'number' && quantity.status !== 'bound'
        ? [{ id, value: quantity.value, isApart: shape === 'outlier' }]
        : [];
    });
    const counted = known.filter(({ isApart }) => !isApart);
    const apart = known.filter(({ isApart }) => isApart);
    const found = scoreApart(
      counted.map(({ value }) => value),
      apart.map(({ value }) => value),
    );
    const scores = [...found.counted, ...found.apart];
    [...counted, ...apart].forEach(({ id }, k) => {
      const score = scores[k];
      if (typeof score !== 'number' || Math.abs(score) <= OUTLIER_SCORE) return;
      far.set(id, [...(far.get(id) ?? []), { symbol, arrow, score }]);
    });
  }
  for (const [id, list] of far)
    far.set(id, list.sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, MOST_FAR));
  return far;
}

/** Window and reason of a row: what the user set, else what limits the first quantities. */
function noteOf(
  workspace: Workspace,
  id: MeasurementId,
  shape: StatusShape,
  cells: ReadonlyMap<string, Quantity>,
): Pick<BatchRow, 'note' | 'noteTone'> {
  const device = workspace.devices[workspace.measurements[id]!.deviceId];
  if (shape === 'dead') return { note: 'dead pixel, set by you', noteTone: 'why' };
  if (shape === 'outlier') return { note: 'outlier, set by you', noteTone: 'why' };
  if (shape === 'waiting') return { note: 'out of date', noteTone: 'why' };
  const own = workspace.windows[id]?.[0];
  if (own)
    return { note: `own window ${formatFixed(own.from, 2)} – ${formatFixed(own.to, 2)} V`, noteTone: 'own' };
  const troubled = [...cells.values()].find(
    (quantity) => quantity.status === 'flagged' && PREFERRED.includes(quantity.id),
  );
  const reason = troubled?.reasons.find((one) => one.severity !== 'info');
  return { note: reason?.message ?? device?.note ?? '', noteTone: 'why' };
}

export function buildBatchTable(
  workspace: Workspace,
  results: Results,
  ids: readonly MeasurementId[],
  asked: readonly string[] | null = null,
): BatchTable {
  const alike = new Set(ids.map((id) => workspace.measurements[id]!.deviceId)).size < ids.length;
  const rows = ids.map((id): Omit<BatchRow, 'far'> => {
    const measurement = workspace.measurements[id]!;
    const outcome = currentOutcome(results, workspace, id)?.outcome ?? null;
    const cells = firstOf(outcome);
    const shape = curveShape(workspace, results, id);
    return {
      id,
      device: measurement.deviceId,
      name: alike && measurement.title ? measurement.title : measurement.deviceId,
      title: measurement.title,
      shape,
      cells,
      chiSquare: outcome ? (fitsOf(outcome)[0]?.report.reducedChiSquare ?? null) : null,
      ...noteOf(workspace, id, shape, cells),
    };
  });
  const offered = listColumns(rows.map((row) => row.cells));
  const columns = chooseColumns(offered, asked);
  const far = findFar(rows, columns);
  return { columns, offered, rows: rows.map((row) => ({ ...row, far: far.get(row.id) ?? [] })) };
}

export interface SortKey {
  readonly key: string;
  readonly down: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

function compareBy(key: string, a: BatchRow, b: BatchRow): number {
  if (key === 'device') return collator.compare(a.device, b.device) || collator.compare(a.id, b.id);
  if (key === 'status') return collator.compare(a.shape, b.shape);
  if (key === 'note') return collator.compare(a.note, b.note);
  const value = (row: BatchRow) => (key === 'chi' ? row.chiSquare : row.cells.get(key)?.value);
  const left = value(a);
  const right = value(b);
  // a row without a value goes last whichever way it is sorted
  if (typeof left !== 'number' || typeof right !== 'number') return Number.NaN;
  return left - right;
}

export function sortRows(rows: readonly BatchRow[], keys: readonly SortKey[]): readonly BatchRow[] {
  const missing = (row: BatchRow, key: string) =>
    !['device', 'status', 'note'].includes(key) &&
    typeof (key === 'chi' ? row.chiSquare : row.cells.get(key)?.value) !== 'number';
  return rows.toSorted((a, b) => {
    for (const { key, down } of keys) {
      const gone = Number(missing(a, key)) - Number(missing(b, key));
      if (gone !== 0) return gone;
      const order = compareBy(key, a, b);
      if (order !== 0 && !Number.isNaN(order)) return down ? -order : order;
    }
    return 0;
  });
}
