import { useMemo, useRef } from 'react';
import { ScrollArea } from '../../components/ScrollArea.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { buildArrayMap } from '../../state/array-map.ts';
import type { CurveGroup } from '../../state/groups.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { FoldButton } from '../frame/Frame.tsx';
import { useSize } from '../frame/use-size.ts';
import { ArrayPicture, ColourBar } from '../library/ArrayPicture.tsx';
import { MiniCurves } from '../library/MiniCurves.tsx';
import { MakeFigure } from '../statistics/PanelHead.tsx';
import { MedianStrip } from './MedianStrip.tsx';

/** Device map, median, curves and the run, at the right of the table. */
export function BatchSide({ group }: { readonly group: CurveGroup | undefined }) {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const selected = useView((view) => view.selected);
  const chosen = useView((view) => view.selectedDevices);
  const devices = useMemo(() => new Set<string>(chosen), [chosen]);
  const jobs = useStore(session.jobs, (state) => state);
  const mapBox = useRef<HTMLDivElement>(null);
  const mapSize = useSize(mapBox);
  const map = useMemo(() => buildArrayMap(workspace, results), [workspace, results]);
  const measurements = useMemo(
    () => (group?.ids ?? []).map((id) => workspace.measurements[id]!),
    [group, workspace],
  );
  return (
    <>
      <div className="ph">
        <h2>Device map</h2>
        <span className="t11 t3">
          {map?.quantity && (
            <>
              <MathSymbol text={map.quantity.symbol} /> {map.quantity.branch}
            </>
          )}
        </span>
        <span className="sp" />
        {map?.quantity && (
          <MakeFigure
            template="device-map"
            quantity={map.quantity.id}
            curves={map.cells.flatMap(({ id, shape }) =>
              id !== null && shape !== 'dead' && shape !== 'outlier' ? [id] : [],
            )}
            label="device map"
          />
        )}
        <FoldButton side="inspector" />
      </div>
      <ScrollArea label="Map, curves and run">
        <div className="map-large" ref={mapBox}>
          {map ? (
            <>
              <ArrayPicture
                large
                {...(mapSize ? { room: mapSize.width - 24 } : {})}
                map={map}
                selected={selected}
                devices={devices}
                onSelect={(id) => session.select(id)}
              />
              <div className="row">
                <ColourBar map={map} width={150} />
                <span className="t11 t3">V</span>
              </div>
            </>
          ) : (
            <p className="t12 t3">Names such as A3 place devices on a map; none were found.</p>
          )}
        </div>
        {map?.quantity && group && <MedianStrip ids={group.ids} quantity={map.quantity} />}
        {measurements.some((measurement) => measurement.kind === 'iv') && (
          <section className="mini" aria-label="Selected curve over all others">
            <MiniCurves measurements={measurements} selected={selected} />
          </section>
        )}
        <section className="block" aria-label="This run">
          <h2 className="t12 b">This run</h2>
          <dl className="kv">
            <dt>Workers</dt>
            <dd>{jobs.workers || session.pool.size}</dd>
            <dt>Curves</dt>
            <dd>{workspace.order.length}</dd>
            <dt>Same numbers as single fits</dt>
            <dd>bit for bit</dd>
          </dl>
        </section>
      </ScrollArea>
    </>
  );
}
