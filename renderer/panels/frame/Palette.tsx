import { useMemo, useState } from 'react';
import { ISSUE_CODES } from '../../../src/base/issues.ts';
import { RECIPES } from '../../../src/recipes/registry.ts';
import { COMMANDS } from '../../commands/commands.ts';
import { Icon, type IconId } from '../../components/Icon.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { Status } from '../../components/Status.tsx';
import { curveShape } from '../../state/device-status.ts';
import { setRecipe } from '../../state/project-actions.ts';
import { useSession, useWorkspace } from '../../state/session.ts';

interface Option {
  readonly key: string;
  readonly section: 'Commands' | 'Devices' | 'Help';
  readonly label: string;
  readonly note: string;
  readonly keys?: string;
  readonly picture: React.ReactNode;
  readonly run: () => void;
}

const MOST = 9;

function useOptions(): readonly Option[] {
  const session = useSession();
  const workspace = useWorkspace();
  return useMemo(() => {
    const icon = (id: IconId) => <Icon id={id} />;
    const commands = COMMANDS.filter(
      (command) => command.id !== 'palette' && command.enabled?.(session) !== false,
    ).map(
      (command): Option => ({
        key: command.id,
        section: 'Commands',
        label: command.label,
        note: command.group,
        ...(command.keys[0] ? { keys: command.keys[0] } : {}),
        picture: icon(command.icon),
        run: () => command.run(session),
      }),
    );
    const { selected } = session.view.get();
    const recipes = selected
      ? RECIPES.all.map(
          (recipe): Option => ({
            key: `recipe-${recipe.id}`,
            section: 'Commands',
            label: `Set recipe: ${recipe.label}`,
            note: 'Fit',
            picture: icon('sliders'),
            run: () =>
              session.step(`recipe set to ${recipe.label}`, (now) => setRecipe(now, selected, recipe.id)),
          }),
        )
      : [];
    const recents = session.recents.get().map(
      (recent): Option => ({
        key: `recent-${recent.id}`,
        section: 'Commands',
        label: `Open project ${recent.title}`,
        note: `${recent.measurements} curves`,
        picture: icon('folder'),
        run: () => void session.autosave.open(recent.id),
      }),
    );
    const devices = workspace.order.map(
      (id): Option => ({
        key: id,
        section: 'Devices',
        label: workspace.measurements[id]!.deviceId,
        note: workspace.measurements[id]!.source.file,
        picture: <Status of={curveShape(workspace, session.results.get(), id)} />,
        run: () => {
          session.setView({ view: 'curves' });
          session.select(id);
        },
      }),
    );
    const help = ISSUE_CODES.map(
      (code): Option => ({
        key: code,
        section: 'Help',
        label: code,
        note: 'reason code',
        picture: icon('book'),
        run: () => session.setView({ filter: '' }),
      }),
    );
    return [...commands, ...recipes, ...recents, ...devices, ...help];
  }, [session, workspace]);
}

function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + query.length)}</mark>
      {text.slice(at + query.length)}
    </>
  );
}

/** Commands, devices and help in one list; `>`, `#` and `?` narrow it. */
export function CommandPalette() {
  const session = useSession();
  const options = useOptions();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const section = text.startsWith('>')
    ? 'Commands'
    : text.startsWith('#')
      ? 'Devices'
      : text.startsWith('?')
        ? 'Help'
        : null;
  const query = (section ? text.slice(1) : text).trim().toLowerCase();
  const found = useMemo(() => {
    const hits = options.filter(
      (option) =>
        (section === null || option.section === section) &&
        (query === ''
          ? option.section !== 'Help' || section === 'Help'
          : `${option.label} ${option.note}`.toLowerCase().includes(query)),
    );
    return (['Commands', 'Devices', 'Help'] as const).flatMap((name) =>
      hits
        .filter((hit) => hit.section === name)
        .slice(0, section ? 40 : query === '' && name === 'Commands' ? MOST : 6),
    );
  }, [options, section, query]);
  const close = () => session.setView({ overlay: null });
  const run = (option: Option | undefined) => {
    if (!option) return;
    close();
    option.run();
  };
  return (
    <Sheet label="Commands" className="pal" onClose={close}>
      <div className="in">
        <Icon id="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found[at] ? `palette-${at}` : undefined}
          aria-label="Search or run"
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to be typed into
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
            if (by !== 0 && found.length > 0) setAt((at + by + found.length) % found.length);
            else if (event.key === 'Enter') run(found[at]);
            else return;
            event.preventDefault();
          }}
        />
        <kbd>Esc</kbd>
      </div>
      <div id="palette-list" role="listbox" aria-label="Found" className="list">
        {found.map((option, index) => (
          <div key={option.key} role="none">
            {option.section !== found[index - 1]?.section && <div className="h">{option.section}</div>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox */}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className={`o ${index === at ? 'sel' : ''}`}
              onClick={() => run(option)}
              onPointerMove={() => setAt(index)}
            >
              {option.picture}
              <span className="el">
                <Marked text={option.label} query={query} />
                <small>
                  <Marked text={option.note} query={query} />
                </small>
              </span>
              <span>{option.keys && <kbd>{option.keys}</kbd>}</span>
            </div>
          </div>
        ))}
        {found.length === 0 && <p className="t12 t3 pad">Nothing is called that.</p>}
      </div>
      <div className="ft">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> run
        </span>
        <span className="sp" />
        <span>type &gt; commands, # devices, ? help</span>
      </div>
    </Sheet>
  );
}
