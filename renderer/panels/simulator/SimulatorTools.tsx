import { Button, IconButton, Segmented } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { belowInForce, belowOptions } from '../../plot/simulator/below-panels.ts';
import { useSession, useView } from '../../state/session.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import type { ShownId } from '../../state/simulator/simulator-desk.ts';
import { useStore } from '../../state/store.ts';
import { SCALES } from '../curves/ToolRow.tsx';

/** Tools over a simulated curve: its scale, what stands below it, zoom and cursor. */
export function SimulatorTools({ scene }: { readonly scene: Scene }) {
  const session = useSession();
  const scale = useView((view) => view.scale);
  const wished = useView((view) => view.below);
  const mode = useView((view) => view.mode);
  const cursor = useView((view) => view.cursor);
  const curve = useStore(session.simulator.view, (state) =>
    state?.scene.key === scene.key ? state.curve : null,
  );
  const varied = useStore(session.vary.varied, (state) => (state?.scene.key === scene.key ? state : null));
  const tested = useStore(session.deviceTest.result, (state) => (state?.key === scene.key ? state : null));
  const shown = useStore(session.simulator.shown, (state) => state);
  const choices: { id: ShownId; text: string }[] = [
    { id: 'curve', text: 'Curve' },
    ...(varied ? [{ id: 'varied' as const, text: varied.sweep.axes.length > 1 ? 'Map' : 'Family' }] : []),
    ...(tested ? [{ id: 'test' as const, text: 'Test' }] : []),
  ];
  return (
    <div className="row tool-row" role="toolbar" aria-label="Plot tools" data-region="tools">
      <Segmented
        label="Scale"
        value={scale}
        options={SCALES}
        onChange={(id) => {
          session.setView({ scale: id });
          session.autosave.soonView();
        }}
      />
      <Select
        label="Below the curve"
        value={belowInForce(wished, curve)}
        options={belowOptions(curve)}
        onChange={(below) => session.setView({ below })}
      />
      {choices.length > 1 && (
        <Segmented<ShownId>
          label="Shown"
          value={choices.some(({ id }) => id === shown) ? shown : 'curve'}
          options={choices}
          onChange={(id) => session.simulator.shown.set(id)}
        />
      )}
      <span className="sp" />
      <IconButton
        icon="cursor"
        label="Select and zoom"
        keys="Esc"
        pressed={mode === 'select' && !cursor}
        onClick={() => session.setView({ mode: 'select', cursor: false })}
      />
      <IconButton
        icon="cross"
        label="Cursor"
        keys="C"
        pressed={cursor}
        onClick={() => session.setView({ cursor: !cursor })}
      />
      <span className="div" />
      <IconButton
        icon="undo"
        label="Zoom back"
        keys="Alt ←"
        onClick={() => dispatchEvent(new CustomEvent('ivory:zoom-back'))}
      />
      <Button ghost small keys="A" onClick={() => dispatchEvent(new CustomEvent('ivory:show-all'))}>
        Show all
      </Button>
    </div>
  );
}
