import { useSession, useView } from '../../state/session.ts';
import type { InspectorTab } from '../../state/view-state.ts';
import { DataTab } from '../curves/DataTab.tsx';
import { FitTab } from '../fit/FitTab.tsx';
import { RawLines } from '../import/RawLines.tsx';
import { SimulatorTab } from '../simulator/SimulatorTab.tsx';
import { FoldButton } from './Frame.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { useSelected } from './use-selected.ts';

const TABS: readonly { readonly id: InspectorTab; readonly text: string }[] = [
  { id: 'fit', text: 'Fit' },
  { id: 'simulator', text: 'Simulator' },
  { id: 'data', text: 'Data' },
  { id: 'history', text: 'History' },
];

export function Inspector() {
  const session = useSession();
  const tab = useView((view) => view.tab);
  const selected = useSelected();
  const fault = useView((view) => (view.fault?.beside === view.selected ? (view.fault?.file ?? null) : null));
  const withoutData = useView((view) => view.withoutData);
  const show = (id: InspectorTab) =>
    session.setView({ tab: id, why: null, ...(id === 'simulator' ? { cursor: true } : {}) });
  return (
    <>
      <div className="ph tab-row">
        <div className="row" role="tablist" aria-label="Inspector">
          {TABS.map(({ id, text }, index) => (
            <button
              type="button"
              key={id}
              id={`inspector-${id}`}
              role="tab"
              className="tab small"
              aria-selected={id === tab}
              aria-controls="inspector-panel"
              tabIndex={id === tab ? 0 : -1}
              onClick={() => show(id)}
              onKeyDown={(event) => {
                const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                if (by === 0) return;
                event.preventDefault();
                const next = (index + by + TABS.length) % TABS.length;
                show(TABS[next]!.id);
                event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
              }}
            >
              {text}
            </button>
          ))}
        </div>
        <span className="sp" />
        <FoldButton side="inspector" />
      </div>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must take the focus
        tabIndex={0}
        className="scroll"
        role="tabpanel"
        id="inspector-panel"
        aria-labelledby={`inspector-${tab}`}
      >
        {tab === 'history' && <HistoryTab />}
        {selected && tab === 'fit' && <FitTab selected={selected} />}
        {(selected || withoutData) && tab === 'simulator' && (
          <SimulatorTab key={withoutData ? '' : selected?.id} />
        )}
        {tab === 'data' && fault !== null && <RawLines file={fault} />}
        {selected && tab === 'data' && fault === null && <DataTab selected={selected} />}
        {!selected && !(withoutData && tab === 'simulator') && tab !== 'history' && fault === null && (
          <p className="pad t2">Choose a curve in the library.</p>
        )}
      </div>
    </>
  );
}
