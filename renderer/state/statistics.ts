import { type CorrelationCell, correlateDevices } from '../../src/batch/correlate-devices.ts';
import { type DeviceStatistics, describeDevices } from '../../src/batch/describe-devices.ts';
import {
  collectDeviceValues,
  type DeviceCurve,
  type QuantitySeries,
  type SeriesValues,
  seriesKey,
} from '../../src/batch/device-values.ts';
import {
  type DeviceGroup,
  type GroupingId,
  groupDevices,
  groupNameOf,
  suggestGrouping,
} from '../../src/batch/group-devices.ts';
import { chooseCorrelated, listQuantities, type QuantityChoice } from '../../src/batch/list-series.ts';
import { type OutlierProposal, proposeOutliers, scoreDevices } from '../../src/batch/propose-outliers.ts';
import type { DeviceId, MeasurementId } from '../../src/model/ids.ts';
import type { BranchName } from '../../src/model/quantity.ts';
import { type CurveGroup, groupCurves } from './groups.ts';
import { currentOutcome, type Results } from './results.ts';
import type { StatisticsChoice } from './view-state.ts';
import { type FileEntry, newDevice, type Workspace } from './workspace.ts';

/** Fewer devices are no statistic. */
export const FEWEST_DEVICES = 3;

/** One leg of the quantity in hand. */
export interface LegStatistics {
  readonly series: QuantitySeries;
  readonly values: SeriesValues;
  /** The same of the devices marked as outliers: drawn apart, counted nowhere. */
  readonly apart: SeriesValues;
  readonly statistics: DeviceStatistics;
  /** Robust standard deviations of each device from the median of those counted. */
  readonly scores: ReadonlyMap<DeviceId, number>;
}

export interface Correlations {
  readonly samples: readonly SeriesValues[];
  readonly cells: readonly CorrelationCell[];
}

/** Devices that take no part, by kind; a device stands in one list only. */
export interface LeftOut {
  readonly dead: readonly DeviceId[];
  readonly outliers: readonly DeviceId[];
  readonly unreadable: readonly FileEntry[];
  readonly missing: readonly { readonly device: DeviceId; readonly reason: string; readonly leg: string }[];
}

/** Everything the Statistics view shows but the selection. */
export interface StatisticsModel {
  readonly groups: readonly CurveGroup[];
  readonly group: CurveGroup | undefined;
  readonly choices: readonly QuantityChoice[];
  readonly choice: QuantityChoice | undefined;
  /** Legs shown: all of the quantity, or the chosen one. */
  readonly legs: readonly LegStatistics[];
  readonly curvesOf: ReadonlyMap<DeviceId, readonly MeasurementId[]>;
  readonly counted: readonly DeviceId[];
  readonly by: GroupingId;
  readonly deviceGroups: readonly DeviceGroup[];
  /** Group of each device marked as outlier, by name. */
  readonly groupsApart: ReadonlyMap<DeviceId, string>;
  readonly correlations: Correlations;
  readonly proposals: readonly OutlierProposal[];
  readonly leftOut: LeftOut;
  /** Devices of the group and files that gave none. */
  readonly total: number;
}

function curvesIn(
  workspace: Workspace,
  results: Results,
  ids: readonly MeasurementId[],
  keep: (device: DeviceId) => boolean,
): readonly DeviceCurve[] {
  return ids.flatMap((id): DeviceCurve[] => {
    const device = workspace.measurements[id]!.deviceId;
    if (!keep(device)) return [];
    const current = currentOutcome(results, workspace, id);
    // a result for other inputs is no result of this work
    return [{ id, device, results: current && !current.outOfDate ? current.outcome.results : [] }];
  });
}

/** The group asked for, else the one of most curves. */
export function pickGroup(groups: readonly CurveGroup[], asked: string | null): CurveGroup | undefined {
  const largest = groups.reduce<CurveGroup | undefined>(
    (best, one) => (best && best.ids.length >= one.ids.length ? best : one),
    undefined,
  );
  return groups.find(({ id }) => id === asked) ?? largest;
}

function legName(branch: BranchName | null): string {
  return branch ?? 'value';
}

function listMissing(legs: readonly LegStatistics[], counted: readonly DeviceId[]): LeftOut['missing'] {
  const byDevice = legs.map(({ values }) => new Map(values.devices.map((one) => [one.device, one])));
  return counted.flatMap((device) => {
    const found = legs.map(({ series }, k) => ({
      one: byDevice[k]!.get(device),
      leg: legName(series.branch),
    }));
    const gone = found.filter(({ one }) => !one || one.value === null);
    if (gone.length === 0) return [];
    const told = gone.find(({ one }) => one?.reason);
    return [
      {
        device,
        reason: told?.one?.reason ?? 'It was not looked for in the curves of this device.',
        leg: gone.length === legs.length ? '' : gone.map(({ leg }) => leg).join(', '),
      },
    ];
  });
}

/** The view's numbers from the work and the choices. Pure: equal inputs, equal answer. */
export function buildStatistics(
  workspace: Workspace,
  results: Results,
  choice: StatisticsChoice,
): StatisticsModel {
  const groups = groupCurves(
    workspace,
    (id) => currentOutcome(results, workspace, id)?.outcome.recipe,
    workspace.order,
  );
  const group = pickGroup(groups, choice.group);
  const ids = group?.ids ?? [];
  const devices = [...new Set(ids.map((id) => workspace.measurements[id]!.deviceId))];
  const markOf = (device: DeviceId) => workspace.devices[device]?.mark ?? null;
  const counted = devices.filter((device) => markOf(device) === null);
  const curves = curvesIn(workspace, results, ids, (device) => markOf(device) === null);
  const marked = curvesIn(workspace, results, ids, (device) => markOf(device) === 'outlier');
  const curvesOf = new Map<DeviceId, MeasurementId[]>();
  for (const id of ids) {
    const device = workspace.measurements[id]!.deviceId;
    const own = curvesOf.get(device);
    if (own) own.push(id);
    else curvesOf.set(device, [id]);
  }
  const choices = listQuantities(curves, FEWEST_DEVICES);
  const quantity =
    choices.find(({ key }) => key === choice.quantity) ??
    choices.find(({ isInForce }) => isInForce) ??
    choices[0];
  const shown = quantity?.branches.filter((branch) => choice.leg === 'all' || branch === choice.leg) ?? [];
  const branches = shown.length > 0 ? shown : (quantity?.branches ?? []);
  const legs = branches.map((branch): LegStatistics => {
    const series: QuantitySeries = { id: quantity!.id, branch, convention: quantity!.convention };
    const values = collectDeviceValues(curves, series);
    const apart = collectDeviceValues(marked, series);
    return {
      series,
      values,
      apart,
      statistics: describeDevices(values.devices),
      scores: scoreDevices(values, apart),
    };
  });
  const places = counted.map((id) => ({
    device: workspace.devices[id] ?? newDevice(id),
    curves: curvesOf.get(id) ?? [],
  }));
  const by = choice.by ?? suggestGrouping(places);
  const samples = chooseCorrelated(choices, quantity).map((series) => collectDeviceValues(curves, series));
  const unreadable = workspace.files.filter(({ state }) => state === 'failed');
  return {
    groups,
    group,
    choices,
    choice: quantity,
    legs,
    curvesOf,
    counted,
    by,
    deviceGroups: groupDevices(by, places),
    groupsApart: new Map(
      marked.map(({ device }) => [
        device,
        groupNameOf(by, workspace.devices[device] ?? newDevice(device), curvesOf.get(device) ?? []),
      ]),
    ),
    correlations: { samples, cells: correlateDevices(samples) },
    proposals: proposeOutliers(samples),
    leftOut: {
      dead: devices.filter((device) => markOf(device) === 'dead'),
      outliers: devices.filter((device) => markOf(device) === 'outlier'),
      unreadable,
      missing: listMissing(legs, counted),
    },
    total: devices.length + unreadable.length,
  };
}

/** The two quantities of the scatter: those asked for, else the pair of the strongest correlation with the one in hand. */
export function pickPair(
  { samples, cells }: Correlations,
  asked: StatisticsChoice['pair'],
): { readonly x: SeriesValues; readonly y: SeriesValues } | null {
  const find = (key: string) => samples.find(({ series }) => seriesKey(series) === key);
  const x = asked && find(asked.x);
  const y = asked && find(asked.y);
  if (x && y && x !== y) return { x, y };
  const known = cells.filter(({ result }) => result !== null);
  const first = known.filter(({ column }) => column === 0);
  // the other leg of the same quantity tells little
  const other = first.filter(({ row }) => samples[row]!.series.id !== samples[0]!.series.id);
  const [best] = [...(other.length > 0 ? other : first.length > 0 ? first : known)].sort(
    (a, b) => Math.abs(b.result!.rho) - Math.abs(a.result!.rho),
  );
  return best ? { x: samples[best.column]!, y: samples[best.row]! } : null;
}
