import { useMemo } from 'react';
import { showUnit } from '../../../src/units/prefixes.ts';
import { Icon } from '../../components/Icon.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { buildArrayMap } from '../../state/array-map.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { useWindowWidth } from '../frame/use-window-width.ts';
import { ArrayPicture, ColourBar } from './ArrayPicture.tsx';

/** The small map at the foot of the library; folded by default in narrow windows. */
export function DeviceMap() {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const selected = useView((view) => view.selected);
  const chosen = useView((view) => view.selectedDevices);
  const devices = useMemo(() => new Set<string>(chosen), [chosen]);
  const kept = useView((view) => view.mapFolded);
  const narrow = useWindowWidth() < 1400;
  const folded = kept ?? narrow;
  const map = useMemo(() => buildArrayMap(workspace, results), [workspace, results]);
  if (!map) return null;
  const { quantity } = map;
  return (
    <section className="mm" aria-label="Device map">
      <button
        type="button"
        className="row map-head"
        aria-expanded={!folded}
        onClick={() => session.setView({ mapFolded: !folded })}
      >
        <span className="t12 b">Device map</span>
        {quantity && (
          <span className="t11 t3">
            <MathSymbol text={quantity.symbol} /> {quantity.branch ?? ''}, {showUnit(quantity.unit)}
          </span>
        )}
        <span className="sp" />
        <Icon id={folded ? 'chevr' : 'chev'} />
      </button>
      {!folded && (
        <div className="row map-body">
          <ArrayPicture
            map={map}
            room={172}
            selected={selected}
            devices={devices}
            onSelect={(id) => session.select(id)}
          />
          <ColourBar map={map} width={54} />
        </div>
      )}
    </section>
  );
}
