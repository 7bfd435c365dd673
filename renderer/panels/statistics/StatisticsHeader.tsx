import { GROUPINGS } from '../../../src/batch/group-devices.ts';
import type { QuantityChoice } from '../../../src/batch/list-series.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { BranchName } from '../../../src/model/quantity.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { GroupedSelect, Select } from '../../components/Select.tsx';
import { plainSymbol } from '../../components/Symbol.tsx';
import { markDevices, selectDevices } from '../../state/device-selection.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { arrowOf, legWords, type StatisticsControl } from './use-statistics.ts';

const BY_WORDS = {
  none: 'in one group',
  row: 'by row',
  column: 'by column',
  folder: 'by folder',
  kind: 'by kind',
  tag: 'by tag',
} as const;
const AREAS: Readonly<Record<string, string>> = {
  diode: 'Diode',
  memory: 'Memory',
  conduction: 'Conduction',
  'light-emitting-memory': 'Light-emitting memory',
  transients: 'Transients',
  spectra: 'Spectra and colour',
  statistics: 'Within devices',
  interface: 'Interface',
  synapse: 'Synapse',
};

function textOf(choice: QuantityChoice): string {
  const convention = choice.convention ? ` ${choice.convention}` : '';
  return `${plainSymbol(QUANTITIES[choice.id].symbol)}${convention} (${choice.devices})`;
}

function groupsOf(choices: readonly QuantityChoice[]) {
  const areas = new Map<string, QuantityChoice[]>();
  for (const choice of choices) {
    const { area } = QUANTITIES[choice.id];
    areas.set(area, [...(areas.get(area) ?? []), choice]);
  }
  return [...areas].map(([area, list]) => ({
    name: AREAS[area] ?? area,
    options: list.map((choice) => ({ id: choice.key, text: textOf(choice) })),
  }));
}

/** What is shown, of whom, and what can be done with the devices chosen. */
export function StatisticsHeader({ control }: { readonly control: StatisticsControl }) {
  const session = useSession();
  const workspace = useWorkspace();
  const { model, change, selected } = control;
  const { group, groups } = model;
  const branches = model.choice?.branches ?? [];
  const chosen = [...selected];
  const allOut = chosen.length > 0 && chosen.every((id) => workspace.devices[id]?.mark === 'outlier');
  return (
    <div className="row stat-head" role="toolbar" aria-label="Statistics" data-region="tools">
      <h1 className="el">{workspace.title}</h1>
      {group && (
        <Select
          framed
          label="Curves of"
          value={group.id}
          options={groups.map((one) => ({ id: one.id, text: `${one.name} (${one.ids.length})` }))}
          onChange={(id) => {
            change({ group: id, quantity: null, leg: 'all', by: null, pair: null });
            selectDevices(session, []);
          }}
        />
      )}
      {model.choice && (
        <GroupedSelect
          label="Quantity"
          value={model.choice.key}
          groups={groupsOf(model.choices)}
          onChange={(key) => change({ quantity: key, leg: 'all', pair: null })}
        />
      )}
      {branches.length > 1 && (
        <Select<BranchName | 'all'>
          framed
          label="Legs"
          value={model.legs.length === 1 ? (model.legs[0]!.series.branch ?? 'all') : 'all'}
          options={[
            { id: 'all', text: branches.length === 2 ? 'both legs' : 'all legs' },
            ...branches.flatMap((branch) =>
              branch === null ? [] : [{ id: branch, text: `${arrowOf(branch)} ${legWords(branch)}` }],
            ),
          ]}
          onChange={(leg) => change({ leg })}
        />
      )}
      {model.choice && (
        <Select
          framed
          label="Groups"
          value={model.by}
          options={GROUPINGS.map((id) => ({ id, text: BY_WORDS[id] }))}
          onChange={(by) => change({ by })}
        />
      )}
      <span className="sp" />
      {chosen.length > 0 && (
        <>
          <span className="chip chosen" role="status">
            {chosen.length} {chosen.length === 1 ? 'device' : 'devices'} selected
            <button type="button" aria-label="Clear selection" onClick={() => selectDevices(session, [])}>
              <Icon id="x" />
            </button>
          </span>
          <Button small ghost keys="Enter" onClick={() => session.setView({ view: 'curves' })}>
            Open curves
          </Button>
          <Button small ghost onClick={() => markDevices(session, chosen, allOut ? null : 'outlier')}>
            {allOut ? 'Include again' : chosen.length === 1 ? 'Mark as outlier' : 'Mark as outliers'}
          </Button>
        </>
      )}
    </div>
  );
}
