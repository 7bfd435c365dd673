import { TEMPLATES } from '../figures/templates/registry.ts';
import { deviceId, type MeasurementId } from '../model/ids.ts';
import { MEASUREMENT_KINDS } from '../model/measurement.ts';
import { QUANTITIES } from '../model/quantities.ts';
import type { Quantity } from '../model/quantity.ts';
import { isUnit } from '../units/units.ts';
import type { NamedBytes } from './answer-job.ts';
import { drawTogether, type FigureWish } from './figures.ts';
import type { MeasurementOutcome } from './job.types.ts';
import type { AnalyseRecord, QuantityRecord } from './record.types.ts';
import type { FigureAssets } from './write-figure.ts';

/** What every folder gets; the others are asked for by name. */
const GROUP_TEMPLATES = ['cdf-weibull', 'device-map'] as const;
/** Fewer devices than this make no figure of a group. */
const LEAST_DEVICES = 3;

function quantityOf(record: QuantityRecord): Quantity | null {
  if (!Object.hasOwn(QUANTITIES, record.id) || !isUnit(record.unit)) return null;
  return { ...record, reasons: [], inputs: {} } as unknown as Quantity;
}

/** What a figure over many devices looks at: device, kind and quantities. The curve is left out; those figures show none. */
function outcomeOf(record: AnalyseRecord): MeasurementOutcome {
  const id = record.measurement.id as MeasurementId;
  return {
    measurement: {
      id,
      kind: MEASUREMENT_KINDS.find((kind) => kind === record.measurement.kind) ?? 'generic',
      title: record.measurement.title,
      curve: { length: 0, columns: [], flags: new Uint8Array(0) },
      branches: [],
      deviceId: deviceId(record.device),
      conditions: {},
      instrument: { vendor: null, model: null, serial: null },
      recordedAt: null,
      source: {
        file: record.file,
        sha256: record.sha256,
        format: record.format,
        formatVersion: 0,
        encoding: 'utf-8',
      },
      metadata: {},
    },
    recipe: record.recipe,
    results: [
      {
        measurementId: id,
        analysis: 'records',
        analysisVersion: 0,
        quantities: record.quantities.flatMap((quantity) => quantityOf(quantity) ?? []),
        fits: [],
        overlays: [],
        issues: [],
      },
    ],
    conditioned: null,
  };
}

/** Figures over the devices of each group (a folder): distributions and device maps, as `<group>/<template>.<format>`. */
export async function drawGroups(
  records: readonly AnalyseRecord[],
  groupOf: (record: AnalyseRecord) => string,
  wish: FigureWish,
  assets: FigureAssets,
): Promise<readonly NamedBytes[]> {
  const groups = new Map<string, AnalyseRecord[]>();
  for (const record of records) {
    const group = groupOf(record);
    groups.set(group, [...(groups.get(group) ?? []), record]);
  }
  const templates = GROUP_TEMPLATES.flatMap((id) => TEMPLATES.get(id) ?? []);
  const files: NamedBytes[] = [];
  for (const [group, members] of groups) {
    if (new Set(members.map((record) => record.device)).size < LEAST_DEVICES) continue;
    const drawn = await drawTogether(members.map(outcomeOf), templates, wish, assets);
    for (const { name, bytes } of drawn)
      files.push({ name: group === '.' ? name : `${group}/${name}`, bytes });
  }
  return files;
}
