import { useMemo } from 'react';
import type { QuantitySeries } from '../../../src/batch/device-values.ts';
import type { DeviceId } from '../../../src/model/ids.ts';
import type { BranchName } from '../../../src/model/quantity.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { buildStatistics, type StatisticsModel } from '../../state/statistics.ts';
import { useStore } from '../../state/store.ts';
import type { StatisticsChoice } from '../../state/view-state.ts';

export interface StatisticsControl {
  readonly model: StatisticsModel;
  readonly choice: StatisticsChoice;
  readonly change: (part: Partial<StatisticsChoice>) => void;
  readonly selected: ReadonlySet<DeviceId>;
  readonly nameOf: (device: DeviceId) => string;
}

/** The model of the view, made anew only when the work, its results or the choices change: not when a point is chosen. */
export function useStatistics(): StatisticsControl {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const choice = useView((view) => view.statistics);
  const devices = useView((view) => view.selectedDevices);
  const model = useMemo(() => buildStatistics(workspace, results, choice), [workspace, results, choice]);
  const selected = useMemo(() => new Set(devices.filter((id) => model.curvesOf.has(id))), [devices, model]);
  return {
    model,
    choice,
    selected,
    change: (part) => {
      session.setView({ statistics: { ...session.view.get().statistics, ...part } });
      session.autosave.soonView();
    },
    nameOf: (device) => workspace.devices[device]?.name ?? device,
  };
}

/** `→` forward, `←` reverse, with the sign of V before it where both are swept. */
export function arrowOf(branch: BranchName | null): string {
  if (!branch) return '';
  const sign = branch.startsWith('+') ? '+' : branch.startsWith('-') ? '\u2212' : '';
  return `${sign}${branch.endsWith('forward') ? '→' : '←'}`;
}

export function legWords(branch: BranchName | null): string {
  if (!branch) return 'all legs';
  return branch.replace('+', 'positive ').replace('-', 'negative ');
}

/** A quantity with its leg for an accessible name: `R s forward`. */
export function seriesWords({ id, branch }: QuantitySeries): string {
  return `${id} ${branch ?? ''}`.trim();
}
