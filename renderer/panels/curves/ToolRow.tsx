import { Button, IconButton, Segmented } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { useSession, useView } from '../../state/session.ts';
import type { ScaleId } from '../../state/view-state.ts';
import type { Selected } from '../frame/use-selected.ts';

export const SCALES: readonly { readonly id: ScaleId; readonly text: string }[] = [
  { id: 'log+lin', text: 'Log + lin' },
  { id: 'log', text: 'Log' },
  { id: 'lin', text: 'Lin' },
  { id: 'symlog', text: '±Log' },
];

export function ToolRow({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const scale = useView((view) => view.scale);
  const residuals = useView((view) => view.residuals);
  const mode = useView((view) => view.mode);
  const cursor = useView((view) => view.cursor);
  const sweep = selected.measurement.kind === 'iv';
  return (
    <div className="row tool-row" role="toolbar" aria-label="Plot tools" data-region="tools">
      {sweep && (
        <>
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
            value={residuals ? 'weighted' : 'none'}
            options={[
              { id: 'weighted', text: 'Residual: weighted' },
              { id: 'none', text: 'Residual: hidden' },
            ]}
            onChange={(id) => session.setView({ residuals: id === 'weighted' })}
          />
        </>
      )}
      <span className="sp" />
      <IconButton
        icon="cursor"
        label="Select and zoom"
        keys="Esc"
        pressed={mode === 'select'}
        onClick={() => session.setView({ mode: 'select' })}
      />
      {sweep && (
        <IconButton
          icon="window"
          label="Fit window"
          keys="R"
          pressed={mode === 'window'}
          onClick={() => session.setView({ mode: mode === 'window' ? 'select' : 'window' })}
        />
      )}
      <IconButton
        icon="brush"
        label="Mask points; Alt takes them back"
        keys="M"
        pressed={mode === 'mask'}
        onClick={() => session.setView({ mode: mode === 'mask' ? 'select' : 'mask' })}
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
