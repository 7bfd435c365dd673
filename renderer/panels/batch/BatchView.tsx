import { useCallback, useMemo, useState } from 'react';
import { type GroupingId, groupDevices } from '../../../src/batch/group-devices.ts';
import { type DeviceId, deviceId, type MeasurementId } from '../../../src/model/ids.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ScrollArea } from '../../components/ScrollArea.tsx';
import { Select } from '../../components/Select.tsx';
import { STATUS, Status, type StatusShape } from '../../components/Status.tsx';
import { type BatchRow, buildBatchTable, sortRows } from '../../state/batch-table.ts';
import { writeTsvOf } from '../../state/copy-table.ts';
import { pickDevice, selectDevices } from '../../state/device-selection.ts';
import { quantitiesOf } from '../../state/device-status.ts';
import { saveTable } from '../../state/export-table.ts';
import { parseFilter } from '../../state/filter-curves.ts';
import { type CurveGroup, groupCurves } from '../../state/groups.ts';
import { currentOutcome } from '../../state/results.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { newDevice } from '../../state/workspace.ts';
import { Frame } from '../frame/Frame.tsx';
import { RunLine } from '../frame/RunLine.tsx';
import { Library } from '../library/Library.tsx';
import { BatchSide } from './BatchSide.tsx';
import { type BatchLine, BatchTableView } from './BatchTableView.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import { Failures } from './Failures.tsx';

const SHAPES: readonly StatusShape[] = [
  'ok',
  'flagged',
  'bound-lower',
  'refused',
  'outlier',
  'dead',
  'waiting',
];

const ROWS_BY: readonly { readonly id: GroupingId; readonly text: string }[] = [
  { id: 'none', text: 'no groups' },
  { id: 'row', text: 'by row' },
  { id: 'column', text: 'by column' },
  { id: 'folder', text: 'by folder' },
  { id: 'kind', text: 'by kind' },
  { id: 'tag', text: 'by tag' },
];

function useGroups(): readonly CurveGroup[] {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  return useMemo(
    () =>
      groupCurves(workspace, (id) => currentOutcome(results, workspace, id)?.outcome.recipe, workspace.order),
    [workspace, results],
  );
}

function StatusFilter({ rows, failed }: { readonly rows: readonly BatchRow[]; readonly failed: number }) {
  const session = useSession();
  const chosen = useView((view) => view.statusFilter);
  const count = (shape: StatusShape) => rows.filter((row) => row.shape === shape).length;
  const choose = (id: string) => session.setView({ statusFilter: id });
  return (
    // biome-ignore lint/a11y/useSemanticElements: one row of segments
    <div className="seg" role="group" aria-label="Status">
      <button type="button" aria-pressed={chosen === 'all'} onClick={() => choose('all')}>
        All <span className="t3">{rows.length + failed}</span>
      </button>
      {SHAPES.filter((shape) => count(shape) > 0).map((shape) => (
        <button type="button" key={shape} aria-pressed={chosen === shape} onClick={() => choose(shape)}>
          <Status of={shape} hidden />
          {STATUS[shape].word} <span className="t3">{count(shape)}</span>
        </button>
      ))}
      {failed > 0 && (
        <button type="button" aria-pressed={chosen === 'failed'} onClick={() => choose('failed')}>
          <Status of="failed" hidden />
          failed <span className="t3">{failed}</span>
        </button>
      )}
    </div>
  );
}

export function BatchView() {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const selected = useView((view) => view.selected);
  const sort = useView((view) => view.sort);
  const statusFilter = useView((view) => view.statusFilter);
  const asked = useView((view) => view.columns);
  const rowsBy = useView((view) => view.rowsBy);
  const chosen = useView((view) => view.selectedDevices);
  const devices = useMemo(() => new Set<string>(chosen), [chosen]);
  const groups = useGroups();
  const [groupId, setGroupId] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const largest = groups.reduce<CurveGroup | undefined>(
    (best, group) => (best && best.ids.length >= group.ids.length ? best : group),
    undefined,
  );
  const group = groups.find((one) => one.id === groupId) ?? largest;
  const table = useMemo(
    () => buildBatchTable(workspace, results, group?.ids ?? [], asked),
    [workspace, results, group, asked],
  );
  const test = useMemo(() => parseFilter(filter), [filter]);
  const shown = useMemo(
    () =>
      sortRows(
        table.rows.filter(
          (row) =>
            (statusFilter === 'all' || row.shape === statusFilter) &&
            test({
              name: `${row.device} ${row.title}`,
              shape: row.shape,
              device: workspace.devices[row.device],
              quantities: [...row.cells.values()],
            }),
        ),
        sort,
      ),
    [table, statusFilter, test, workspace, sort],
  );
  const lines = useMemo((): readonly BatchLine[] => {
    const plain = shown.map((row): BatchLine => ({ kind: 'row', row }));
    if (rowsBy === 'none') return plain;
    const places = shown.map((row) => ({
      device: {
        ...(workspace.devices[row.device] ?? newDevice(deviceId(row.device))),
        id: row.id as string as DeviceId,
      },
      curves: [row.id],
    }));
    const byId = new Map(shown.map((row) => [row.id as string, row]));
    return groupDevices(rowsBy, places).flatMap(({ name, devices: members }): BatchLine[] => [
      { kind: 'group', name, count: members.length },
      ...members.map((id): BatchLine => ({ kind: 'row', row: byId.get(id)! })),
    ]);
  }, [shown, rowsBy, workspace]);
  const failed = workspace.files.filter((file) => file.state === 'failed').length;
  const onSelect = useCallback(
    (id: MeasurementId, adds: boolean) => {
      const { measurements } = session.workspace;
      const device = measurements[id]!.deviceId;
      if (!adds) {
        session.select(id);
        return;
      }
      const { selected: now, selectedDevices } = session.view.get();
      // the row in hand is the first of those chosen
      if (selectedDevices.length === 0 && now) selectDevices(session, [measurements[now]!.deviceId]);
      if (session.view.get().selectedDevices.includes(device) && now === id) return;
      pickDevice(session, device, true);
      if (session.view.get().selectedDevices.includes(device)) session.select(id);
    },
    [session],
  );
  const onSort = (key: string, add: boolean) => {
    const found = sort.find((one) => one.key === key);
    const next = { key, down: found ? !found.down : false };
    session.setView({ sort: add ? [...sort.filter((one) => one.key !== key), next] : [next] });
  };
  const open = useCallback(() => session.setView({ view: 'curves' }), [session]);
  const copy = () => {
    const parts = shown.map((row) => ({
      device: row.device,
      quantities: quantitiesOf(currentOutcome(results, workspace, row.id)?.outcome ?? null),
    }));
    void navigator.clipboard.writeText(writeTsvOf(parts));
    session.tell('ok', `${parts.length} rows copied with units and full precision.`);
  };
  return (
    <Frame leftName="Library" left={<Library />} rightName="Device map" right={<BatchSide group={group} />}>
      <section className="pane canvas" aria-label="Batch results" data-region="plot">
        <div className="row batch-head">
          <h1>{workspace.title}</h1>
          {group && (
            <Select
              label="Curves of"
              value={group.id}
              options={groups.map((one) => ({ id: one.id, text: `${one.name} (${one.ids.length})` }))}
              onChange={setGroupId}
            />
          )}
          <span className="t12 t3 el">each device with its own window where one is set</span>
          <span className="sp" />
          <Button small ghost icon="copy" onClick={copy}>
            Copy table
          </Button>
          <Select
            label="Export table"
            style={{ width: 136 }}
            value="none"
            options={[
              { id: 'none', text: 'Export table…' },
              { id: 'csv', text: 'CSV, one row a quantity' },
              { id: 'wide', text: 'CSV, one row a curve' },
              { id: 'xlsx', text: 'XLSX' },
              { id: 'jsonl', text: 'JSON Lines' },
            ]}
            onChange={(format) => {
              if (format !== 'none') void saveTable(session, format, workspace.order);
            }}
          />
        </div>
        <RunLine />
        <div className="row filter-row" role="toolbar" aria-label="Filters" data-region="tools">
          <StatusFilter rows={table.rows} failed={failed} />
          <span className="sp" />
          <label className="fld find">
            <Icon id="filter" />
            <input
              data-filter
              value={filter}
              placeholder="R_s > 300, row = C …"
              aria-label="Filter rows"
              onChange={(event) => setFilter(event.target.value)}
            />
          </label>
          <Select
            label="Group rows"
            value={rowsBy}
            options={ROWS_BY}
            onChange={(by) => session.setView({ rowsBy: by })}
          />
          <ColumnChooser offered={table.offered} shown={table.columns} />
        </div>
        <ScrollArea label="Table of results">
          <BatchTableView
            columns={table.columns}
            lines={lines}
            devices={devices}
            measurements={workspace.measurements}
            selected={selected}
            sort={sort}
            onSort={onSort}
            onSelect={onSelect}
            onOpen={open}
          />
          {shown.length === 0 && <p className="pad t12 t3">No row passes the filter.</p>}
        </ScrollArea>
        <Failures />
      </section>
    </Frame>
  );
}
