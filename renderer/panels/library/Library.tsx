import { useMemo, useRef } from 'react';
import type { MeasurementId } from '../../../src/model/ids.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { columnExponent, showUnit } from '../../../src/units/prefixes.ts';
import { IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Sparkline } from '../../components/Sparkline.tsx';
import { Status } from '../../components/Status.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { QuantityValue } from '../../components/Value.tsx';
import { curveShape, headlineOf, quantitiesOf } from '../../state/device-status.ts';
import { parseFilter } from '../../state/filter-curves.ts';
import { type CurveGroup, groupCurves } from '../../state/groups.ts';
import { repairOf } from '../../state/repair-file.ts';
import { currentOutcome } from '../../state/results.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { openFault } from '../batch/Failures.tsx';
import { FoldButton } from '../frame/Frame.tsx';
import { RepairButton } from '../import/RepairButton.tsx';
import { DeviceMap } from './DeviceMap.tsx';

function useGroups(): readonly CurveGroup[] {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const filter = useView((view) => view.filter);
  return useMemo(() => {
    const test = parseFilter(filter);
    const outcome = (id: MeasurementId) => currentOutcome(results, workspace, id)?.outcome ?? null;
    const ids = workspace.order.filter((id) => {
      const measurement = workspace.measurements[id]!;
      return test({
        name: `${measurement.deviceId} ${measurement.title} ${measurement.source.file}`,
        shape: curveShape(workspace, results, id),
        device: workspace.devices[measurement.deviceId],
        quantities: quantitiesOf(outcome(id)),
      });
    });
    return groupCurves(workspace, (id) => outcome(id)?.recipe, ids);
  }, [workspace, results, filter]);
}

function Row({
  id,
  column,
  name,
  width,
  exponent,
}: {
  readonly id: MeasurementId;
  readonly column: Quantity['id'] | undefined;
  readonly name: string;
  readonly width: string;
  readonly exponent: number;
}) {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const selected = useView((view) => view.selected === id);
  const measurement = workspace.measurements[id]!;
  const shape = curveShape(workspace, results, id);
  const headline = headlineOf(currentOutcome(results, workspace, id)?.outcome ?? null);
  const off = shape === 'dead' || shape === 'outlier';
  return (
    <li
      className={`dv ${width} ${selected ? 'sel' : ''} ${off ? 'off' : ''}`}
      role="treeitem"
      aria-selected={selected}
      aria-level={2}
      tabIndex={selected ? 0 : -1}
      data-row={id}
      title={`${measurement.title}, ${measurement.source.file}`}
      onClick={() => session.select(id)}
      onContextMenu={(event) => {
        event.preventDefault();
        session.select(id);
        session.setView({ overlay: 'group' });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') session.select(id);
      }}
    >
      <Status of={shape} />
      <span className="b el">{name}</span>
      <Sparkline measurement={measurement} faded={off} />
      <span className="num">
        {shape === 'dead' ? (
          <span className="t3">dead pixel</span>
        ) : headline && headline.id === column ? (
          <QuantityValue quantity={headline} slot options={{ withUnit: false, exponent }} />
        ) : null}
      </span>
    </li>
  );
}

/** The quantity that most curves of a group lead with: a column holds one quantity. */
function mostCommon(headlines: readonly Quantity[]): readonly Quantity[] {
  const byId = new Map<Quantity['id'], Quantity[]>();
  for (const quantity of headlines) byId.set(quantity.id, [...(byId.get(quantity.id) ?? []), quantity]);
  return [...byId.values()].reduce<Quantity[]>(
    (best, found) => (found.length > best.length ? found : best),
    [],
  );
}

/** Nine names of ten are no longer; the tenth ends in an ellipsis, and its tooltip has the whole. */
function usualLength(lengths: readonly number[]): number {
  return [...lengths].sort((a, b) => a - b)[Math.floor(0.9 * (lengths.length - 1))] ?? 0;
}

function Group({ group }: { readonly group: CurveGroup }) {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const closedGroups = useView((view) => view.closedGroups);
  const closed = closedGroups.includes(group.id);
  const toggle = () =>
    session.setView({
      closedGroups: closed ? closedGroups.filter((id) => id !== group.id) : [...closedGroups, group.id],
    });
  // a device may have many curves of one kind; then the title of the file tells them apart
  const devices = group.ids.map((id) => workspace.measurements[id]!.deviceId);
  const alike = new Set(devices).size < devices.length;
  const nameOf = (id: MeasurementId): string => {
    const { title, deviceId } = workspace.measurements[id]!;
    return alike && title ? title : deviceId;
  };
  const longest = usualLength(group.ids.map((id) => nameOf(id).length));
  const headlines = mostCommon(
    group.ids
      .map((id) => headlineOf(currentOutcome(results, workspace, id)?.outcome ?? null))
      .filter((quantity) => quantity !== null),
  );
  const first = headlines[0];
  const exponent = first
    ? columnExponent(
        headlines.map((quantity) => quantity.value as number),
        first.unit,
      )
    : 0;
  return (
    <>
      <li
        className="g"
        role="treeitem"
        aria-expanded={!closed}
        aria-level={1}
        aria-selected={false}
        tabIndex={-1}
        onClick={toggle}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') toggle();
        }}
      >
        <Icon id={closed ? 'chevr' : 'chev'} />
        {group.name} <span className="t3">{group.ids.length}</span>
        <span className="sp" />
        {first && !closed && (
          <span className="t3 t11">
            <MathSymbol text={first.symbol} />
            {showUnit(first.unit, exponent) && `, ${showUnit(first.unit, exponent)}`}
          </span>
        )}
      </li>
      {!closed &&
        group.ids.map((id) => (
          <Row
            key={id}
            id={id}
            column={first?.id}
            name={nameOf(id)}
            width={longest > 9 ? 'long' : longest > 4 ? 'mid' : ''}
            exponent={exponent}
          />
        ))}
    </>
  );
}

function Failed() {
  const session = useSession();
  const { files } = useWorkspace();
  const failed = files.filter((file) => file.state === 'failed');
  if (failed.length === 0) return null;
  return (
    <>
      <li className="g" role="treeitem" aria-level={1} aria-selected={false} aria-expanded tabIndex={-1}>
        <Icon id="chev" />
        Could not be used <span className="t3">{failed.length}</span>
      </li>
      {failed.map((file) => (
        <li
          key={file.name}
          className="dv bad"
          role="treeitem"
          aria-level={2}
          aria-selected={false}
          tabIndex={-1}
          title={file.issues[0]?.message}
          onClick={(event) => {
            // the button of the repair stands inside the row
            if (!(event.target as HTMLElement).closest('button')) openFault(session, file.name);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.target === event.currentTarget) openFault(session, file.name);
          }}
        >
          <Status of="failed" />
          <span className="el">{file.name}</span>
          {repairOf(file) ? <RepairButton file={file} /> : <span className="num c-fail">unreadable</span>}
        </li>
      ))}
    </>
  );
}

/** Up and Down walk the rows that are shown, Home and End jump. */
function walkRows(
  event: React.KeyboardEvent,
  tree: HTMLElement | null,
  choose: (id: MeasurementId) => void,
): void {
  const rows = [...(tree?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const at = rows.findIndex((row) => row.getAttribute('aria-selected') === 'true');
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  const row = next === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, next))];
  if (!row) return;
  event.preventDefault();
  choose(row.dataset['row'] as MeasurementId);
  row.focus();
}

export function Library() {
  const session = useSession();
  const { order } = useWorkspace();
  const filter = useView((view) => view.filter);
  const groups = useGroups();
  const tree = useRef<HTMLUListElement>(null);
  return (
    <>
      <div className="ph">
        <h2>Library</h2>
        <span className="t11 t3">
          {order.length} {order.length === 1 ? 'curve' : 'curves'}
        </span>
        <span className="sp" />
        <IconButton icon="plus" label="Add files" keys="Ctrl O" onClick={() => void session.openFolder()} />
        <FoldButton side="library" />
      </div>
      <div className="flt">
        <label className="fld">
          <Icon id="filter" />
          <input
            data-filter
            value={filter}
            placeholder="Name, tag, V_on > 3.9"
            aria-label="Filter the library"
            onChange={(event) => session.setView({ filter: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              session.setView({ filter: '' });
              event.currentTarget.blur();
              event.preventDefault();
            }}
          />
          <kbd>/</kbd>
        </label>
      </div>
      <div className="lh" aria-hidden="true">
        <span />
        <span>Device</span>
        <span>
          log |<span className="m">I</span>|
        </span>
        <span />
      </div>
      <ul
        className="scroll tree"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list is what a tree of rows is without roles
        role="tree"
        aria-label="Curves"
        ref={tree}
        onKeyDown={(event) => walkRows(event, tree.current, (id) => session.select(id))}
      >
        {groups.map((group) => (
          <Group key={group.id} group={group} />
        ))}
        <Failed />
        {order.length > 0 && groups.length === 0 && (
          <li className="t12 t3 pad" role="none">
            Nothing matches the filter.
          </li>
        )}
      </ul>
      <DeviceMap />
    </>
  );
}
