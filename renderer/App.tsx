import { useEffect, useState } from 'react';
import { COMMANDS } from './commands/commands.ts';
import { listenToKeys } from './commands/keyboard.ts';
import { Boundary } from './components/Boundary.tsx';
import { Sprite } from './components/Icon.tsx';
import { takeDrop } from './host/read-dropped.ts';
import { BatchView } from './panels/batch/BatchView.tsx';
import { ConditionsSheet } from './panels/curves/ConditionsSheet.tsx';
import { CurvesView } from './panels/curves/CurvesView.tsx';
import { FiguresView } from './panels/figures/FiguresView.tsx';
import { FirstRun } from './panels/frame/FirstRun.tsx';
import { Header } from './panels/frame/Header.tsx';
import { KeysSheet } from './panels/frame/KeysSheet.tsx';
import { CommandPalette } from './panels/frame/Palette.tsx';
import { StatusBar } from './panels/frame/StatusBar.tsx';
import { ToastBox } from './panels/frame/ToastBox.tsx';
import { ImportView } from './panels/import/ImportView.tsx';
import { NamesSheet } from './panels/import/NamesSheet.tsx';
import { GroupSheet } from './panels/library/GroupSheet.tsx';
import { StatisticsView } from './panels/statistics/StatisticsView.tsx';
import { type Session, SessionContext } from './state/session.ts';
import { useStore } from './state/store.ts';

function useTheme(session: Session): void {
  const theme = useStore(session.view, (view) => view.theme);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const show = () => {
      const dark = theme === 'dark' || (theme === 'system' && system.matches);
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
      dispatchEvent(new CustomEvent('ivory:theme'));
    };
    show();
    system.addEventListener('change', show);
    return () => system.removeEventListener('change', show);
  }, [theme]);
}

/** Files dropped anywhere on the window, or a table pasted into it. */
function useDrops(session: Session): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hold = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      const dropped = event.dataTransfer && takeDrop(event.dataTransfer);
      void dropped?.then((found) => session.addFolder(session.host.openDropped(found)));
    };
    const paste = (event: ClipboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.closest('input,textarea,select')) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim().includes('\n')) {
        const name = `pasted ${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.txt`;
        void session.addHandles([session.host.openText(name, text)], 'the clipboard');
      }
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', hold);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', hold);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, [session]);
  return over;
}

function useMenu(session: Session): void {
  useEffect(
    () =>
      window.ivory?.onMenu((command) => {
        COMMANDS.find(({ id }) => id === command)?.run(session);
      }),
    [session],
  );
}

function Body({ session }: { readonly session: Session }) {
  const view = useStore(session.view, (state) => state.view);
  const empty = useStore(
    session.history,
    ({ entries, index }) => entries[index]!.workspace.files.length === 0,
  );
  const withoutData = useStore(session.view, (state) => state.withoutData);
  const ready = useStore(session.ready, (value) => value);
  const asked = useStore(session.unknown.panel, (groups) => groups !== null);
  if (!ready) return <main className="body" aria-busy="true" />;
  if (asked) return <ImportView />;
  if (empty && !withoutData) return <FirstRun />;
  switch (view) {
    case 'curves':
      return <CurvesView />;
    case 'batch':
      return <BatchView />;
    case 'statistics':
      return <StatisticsView />;
    case 'figures':
      return <FiguresView />;
  }
}

export function App({ session }: { readonly session: Session }) {
  useTheme(session);
  useMenu(session);
  useEffect(() => listenToKeys(session), [session]);
  const over = useDrops(session);
  const overlay = useStore(session.view, (view) => view.overlay);
  return (
    <SessionContext value={session}>
      <Sprite />
      <div className={`app host-${session.host.kind}`}>
        <Header />
        <Boundary>
          <Body session={session} />
        </Boundary>
        <StatusBar />
      </div>
      <ToastBox />
      {overlay === 'palette' && <CommandPalette />}
      {overlay === 'keys' && <KeysSheet />}
      {overlay === 'conditions' && <ConditionsSheet />}
      {overlay === 'group' && <GroupSheet />}
      {overlay === 'names' && <NamesSheet />}
      {over && (
        <div className="drop-over" role="status">
          <span>Drop to add files or a folder</span>
        </div>
      )}
    </SessionContext>
  );
}
