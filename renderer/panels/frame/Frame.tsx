import { type ReactNode, useRef } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { useSession, useView } from '../../state/session.ts';
import type { PanelSize } from '../../state/view-state.ts';
import { useWindowWidth } from './use-window-width.ts';

const LIBRARY = { least: 200, most: 420 } as const;
const INSPECTOR = { least: 300, most: 520 } as const;
const RAIL = 36;

/** Widths of DESIGN section 2 by the width of the window. */
function standardWidths(width: number): { readonly library: number; readonly inspector: number } {
  if (width >= 1800) return { library: 288, inspector: 376 };
  if (width >= 1400) return { library: 264, inspector: 352 };
  return { library: 232, inspector: 336 };
}

function Splitter({
  side,
  width,
  limits,
  onChange,
}: {
  readonly side: 'left' | 'right';
  readonly width: number;
  readonly limits: { readonly least: number; readonly most: number };
  readonly onChange: (width: number | null) => void;
}) {
  const start = useRef({ x: 0, width: 0 });
  const clamp = (value: number) => Math.round(Math.min(limits.most, Math.max(limits.least, value)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator with a value is the pattern for a splitter; <hr> has none
    <div
      className={`splitter ${side}`}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={side === 'left' ? 'Width of the library' : 'Width of the inspector'}
      aria-valuenow={width}
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const by = event.clientX - start.current.x;
        onChange(clamp(start.current.width + (side === 'left' ? by : -by)));
      }}
      onDoubleClick={() => onChange(null)}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowLeft' ? -8 : event.key === 'ArrowRight' ? 8 : 0;
        if (by === 0) return;
        event.preventDefault();
        onChange(clamp(width + (side === 'left' ? by : -by)));
      }}
    />
  );
}

function Rail({
  name,
  icon,
  onOpen,
  side,
}: {
  readonly name: string;
  readonly icon: 'left' | 'right';
  readonly onOpen: () => void;
  readonly side: 'l' | 'rr';
}) {
  return (
    <aside
      className={`pane rail ${side}`}
      aria-label={`${name}, folded`}
      data-region={side === 'l' ? 'library' : 'inspector'}
    >
      <IconButton icon={icon} label={`Open ${name.toLowerCase()}`} onClick={onOpen} />
      <span>{name}</span>
    </aside>
  );
}

/** Library left, work centre, inspector right: the same in every view, folded and sized per view. */
export function Frame({
  left,
  leftName,
  right,
  rightName,
  children,
}: {
  readonly left: ReactNode;
  readonly leftName: string;
  readonly right: ReactNode;
  readonly rightName: string;
  readonly children: ReactNode;
}) {
  const session = useSession();
  const windowWidth = useWindowWidth();
  const view = useView((state) => state.view);
  const panels = useView((state) => state.panels);
  const size = panels[view];
  const standard = standardWidths(windowWidth);
  const library = size.library ?? standard.library;
  const inspector = size.inspector ?? standard.inspector;
  const leftFolded = size.libraryFolded || windowWidth < 1180;
  const rightFolded = size.inspectorFolded || windowWidth < 1000;
  const change = (part: Partial<PanelSize>) =>
    session.setView({ panels: { ...panels, [view]: { ...size, ...part } } });
  return (
    <main
      className="body"
      style={{
        gridTemplateColumns: `${leftFolded ? RAIL : library}px minmax(0,1fr) ${rightFolded ? RAIL : inspector}px`,
      }}
    >
      {leftFolded ? (
        <Rail name={leftName} icon="left" side="l" onOpen={() => change({ libraryFolded: false })} />
      ) : (
        <aside className="pane l lib" aria-label={leftName} data-region="library">
          {left}
          <Splitter
            side="left"
            width={library}
            limits={LIBRARY}
            onChange={(width) => change({ library: width })}
          />
        </aside>
      )}
      {children}
      {rightFolded ? (
        <Rail name={rightName} icon="right" side="rr" onOpen={() => change({ inspectorFolded: false })} />
      ) : (
        <aside className="pane rr insp" aria-label={rightName} data-region="inspector">
          <Splitter
            side="right"
            width={inspector}
            limits={INSPECTOR}
            onChange={(width) => change({ inspector: width })}
          />
          {right}
        </aside>
      )}
    </main>
  );
}

export function FoldButton({ side }: { readonly side: 'library' | 'inspector' }) {
  const session = useSession();
  const view = useView((state) => state.view);
  const panels = useView((state) => state.panels);
  return (
    <IconButton
      icon={side === 'library' ? 'left' : 'right'}
      label={side === 'library' ? 'Fold library' : 'Fold inspector'}
      keys={side === 'library' ? 'Ctrl B' : 'Ctrl I'}
      onClick={() =>
        session.setView({
          panels: {
            ...panels,
            [view]: { ...panels[view], [side === 'library' ? 'libraryFolded' : 'inspectorFolded']: true },
          },
        })
      }
    />
  );
}
