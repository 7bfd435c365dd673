import { useState } from 'react';
import { COMMANDS, type Command } from '../../commands/commands.ts';
import { nameKey } from '../../commands/keyboard.ts';
import { IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useSession } from '../../state/session.ts';

const COLUMNS: readonly (readonly Command['group'][])[] = [
  ['Anywhere'],
  ['Curve', 'Fit'],
  ['Range and marks', 'Tables'],
];

/** Keys that live on the plot and in lists rather than in the whole window. */
const ELSEWHERE: Readonly<
  Partial<Record<Command['group'], readonly { readonly label: string; readonly keys: readonly string[] }[]>>
> = {
  'Range and marks': [{ label: 'Edge by one point, by ten', keys: ['← →', 'Shift ← →'] }],
  Curve: [{ label: 'Cursor by a step, by ten', keys: ['← →', 'Shift ← →'] }],
  Tables: [{ label: 'Open the curve', keys: ['Enter'] }],
};

export function KeysSheet() {
  const session = useSession();
  const [query, setQuery] = useState('');
  const mac = navigator.userAgent.includes('Mac');
  const show = (key: string) => (mac ? key.replace('Ctrl', 'Cmd') : key);
  const matches = (label: string, keys: readonly string[]) =>
    query === '' ||
    label.toLowerCase().includes(query.toLowerCase()) ||
    keys.some((key) => key.toLowerCase() === query.toLowerCase());
  return (
    <Sheet label="Keys" className="sheet" onClose={() => session.setView({ overlay: null })}>
      <div className="hd">
        <b className="t15">Keys</b>
        <label className="fld find">
          <Icon id="search" />
          <input
            value={query}
            placeholder="Type an action, or press its keys"
            aria-label="Type an action, or press its keys"
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              // a chord or a named key is looked up as such; plain letters are typed
              if (
                event.key === 'Escape' ||
                event.key === 'Tab' ||
                ['Control', 'Shift', 'Alt', 'Meta', 'Backspace'].includes(event.key)
              )
                return;
              if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) {
                event.preventDefault();
                setQuery(nameKey(event.nativeEvent));
              }
            }}
          />
        </label>
        <span className="sp" />
        <span className="t12 t2">Single keys work when no field has focus</span>
        <IconButton icon="x" label="Close" onClick={() => session.setView({ overlay: null })} />
      </div>
      <div className="co">
        {COLUMNS.map((groups) => (
          <div key={groups.join()}>
            {groups.map((group) => (
              <section key={group}>
                <h2>{group}</h2>
                {[
                  ...COMMANDS.filter((command) => command.group === group && command.keys.length > 0),
                  ...(ELSEWHERE[group] ?? []),
                ]
                  .filter(({ label, keys }) => matches(label, keys))
                  .map(({ label, keys }) => (
                    <div className="k" key={label}>
                      <span>{label}</span>
                      <span className="sp" />
                      {keys.map((key) => (
                        <kbd key={key}>{show(key)}</kbd>
                      ))}
                    </div>
                  ))}
              </section>
            ))}
          </div>
        ))}
      </div>
      <div className="row t11 t3 foot">
        <span>Every action is also in Ctrl K.</span>
      </div>
    </Sheet>
  );
}
