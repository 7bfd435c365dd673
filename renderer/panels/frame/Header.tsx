import { IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { renameProject } from '../../state/project-actions.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import type { ViewId } from '../../state/view-state.ts';

const VIEWS: readonly { readonly id: ViewId; readonly text: string }[] = [
  { id: 'curves', text: 'Curves' },
  { id: 'batch', text: 'Batch' },
  { id: 'statistics', text: 'Statistics' },
  { id: 'figures', text: 'Figures' },
];

function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 2.5V17h14.5" fill="none" stroke="var(--text-3)" strokeWidth="1.3" />
      <path d="M4.5 15.5c6.5-.2 7-4 8.2-11" fill="none" stroke="var(--d1)" strokeWidth="2" />
      <path d="M12.7 4.5c1.5 7-2 10.5-8.2 11" fill="none" stroke="var(--d2)" strokeWidth="2" opacity=".9" />
    </svg>
  );
}

function SavedNote() {
  const session = useSession();
  const saved = useStore(session.saved, (state) => state);
  const text =
    saved.kind === 'saving'
      ? 'Saving…'
      : saved.kind === 'saved'
        ? `Saved ${new Date(saved.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`
        : saved.kind === 'failed'
          ? 'Not kept'
          : '';
  return <span className={`t11 nw ${saved.kind === 'failed' ? 'c-fail' : 't3'}`}>{text}</span>;
}

function moveTab(event: React.KeyboardEvent, current: ViewId, choose: (id: ViewId) => void): void {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const at = VIEWS.findIndex((view) => view.id === current);
  choose(VIEWS[(at + by + VIEWS.length) % VIEWS.length]!.id);
  const tabs = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=tab]');
  tabs?.[(at + by + VIEWS.length) % VIEWS.length]?.focus();
}

export function Header() {
  const session = useSession();
  const view = useView((state) => state.view);
  const { title, files } = useWorkspace();
  const canUndo = useStore(session.history, (history) => history.index > 0);
  const canRedo = useStore(session.history, (history) => history.index < history.entries.length - 1);
  const show = (id: ViewId) => {
    session.setView({ view: id, why: null });
    session.autosave.soonView();
  };
  return (
    <header className="top" data-region="banner">
      <IconButton icon="menu" label="Menu" onClick={() => session.setView({ overlay: 'palette' })} />
      <span className="brand">
        <Mark />
        Ivory
      </span>
      <span className="div" />
      <input
        className="proj b"
        aria-label="Project name"
        key={title}
        defaultValue={title}
        size={Math.min(34, Math.max(8, title.length))}
        disabled={files.length === 0}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') {
            if (event.key === 'Escape') event.currentTarget.value = title;
            event.currentTarget.blur();
            event.preventDefault();
          }
        }}
        onBlur={(event) => {
          const next = event.target.value.trim();
          if (next !== '' && next !== title)
            session.step(`project named ${next}`, (w) => renameProject(w, next));
        }}
      />
      <SavedNote />
      <span className="sp" />
      <div className="tabs" role="tablist" aria-label="Views">
        {VIEWS.map(({ id, text }) => (
          <button
            type="button"
            key={id}
            className="tab"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === view}
            tabIndex={id === view ? 0 : -1}
            onKeyDown={(event) => moveTab(event, view, show)}
            onClick={() => show(id)}
          >
            {text}
          </button>
        ))}
      </div>
      <button type="button" className="cmd" onClick={() => session.setView({ overlay: 'palette' })}>
        <Icon id="search" />
        <span>Search or run</span>
        <span className="sp" />
        <kbd>Ctrl K</kbd>
      </button>
      <IconButton icon="undo" label="Undo" keys="Ctrl Z" disabled={!canUndo} onClick={() => session.undo()} />
      <IconButton
        icon="redo"
        label="Redo"
        keys="Ctrl Shift Z"
        disabled={!canRedo}
        onClick={() => session.redo()}
      />
      <IconButton
        icon="theme"
        label="Light or dark"
        onClick={() =>
          session.setView({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' })
        }
      />
      <IconButton
        icon="help"
        label="Keys and help"
        keys="?"
        onClick={() => session.setView({ overlay: 'keys' })}
      />
    </header>
  );
}
