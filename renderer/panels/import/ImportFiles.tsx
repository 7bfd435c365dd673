import { IconButton } from '../../components/Button.tsx';
import { Status } from '../../components/Status.tsx';
import { useSession } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import type { UnknownFile, UnknownGroup } from '../../state/unknown-files.ts';
import { PatternTrial } from './PatternTrial.tsx';

/** Files nobody knows by shape, the pattern of their names, and the templates kept so far. */
export function ImportFiles({
  group,
  file,
  pattern,
  onPattern,
  onFile,
  onGroup,
}: {
  readonly group: UnknownGroup;
  readonly file: UnknownFile;
  readonly pattern: string;
  readonly onPattern: (pattern: string) => void;
  readonly onFile: (at: number) => void;
  readonly onGroup: (at: number) => void;
}) {
  const session = useSession();
  const groups = useStore(session.unknown.panel, (state) => state) ?? [];
  const templates = useStore(session.unknown.templates, (state) => state);
  const names = group.files.map((one) => one.name);
  return (
    <aside className="pane l" aria-label="Files to look at" data-region="library">
      <div className="ph">
        <h2>Unknown tables</h2>
        <span className="t11 t3">{groups.reduce((sum, one) => sum + one.files.length, 0)} files</span>
      </div>
      <nav className="grow scroll-y" aria-label="Files by shape">
        {groups.map((one, k) => (
          <div key={one.shape}>
            <button
              type="button"
              className={`import-group ${one.shape === group.shape ? 'on' : ''}`}
              aria-current={one.shape === group.shape}
              onClick={() => onGroup(k)}
            >
              <Status of="flagged" />
              <span className="grow">
                <b className="t12">Unknown text table</b>
                <span className="t11 t3 own-line">
                  {one.files.length === 1
                    ? one.files[0]!.name
                    : `all ${one.files.length} have the same shape; set one, use for all`}
                </span>
              </span>
              <span className="t12 num">{one.files.length}</span>
            </button>
            {one.shape === group.shape && one.files.length > 1 && (
              <ul className="import-list">
                {one.files.map((other, i) => (
                  <li key={other.name}>
                    <button
                      type="button"
                      className={other.name === file.name ? 'on' : ''}
                      aria-current={other.name === file.name}
                      title={other.name}
                      onClick={() => onFile(i)}
                    >
                      <span className="el grow">{other.name}</span>
                      <span className="t3 num">{(other.handle.size / 1000).toFixed(1)} kB</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
      </nav>
      <section className="import-pattern" aria-label="Device from the name">
        <label className="t12 b" htmlFor="name-pattern">
          Device and date from the name
        </label>
        <span className="fld">
          <input
            id="name-pattern"
            value={pattern}
            placeholder="{date}_{device}_p{pixel}"
            spellCheck={false}
            onChange={({ target }) => onPattern(target.value)}
          />
        </span>
        <PatternTrial pattern={pattern} names={names} />
      </section>
      {templates.length > 0 && (
        <section className="import-pattern" aria-label="Templates kept">
          <h3 className="t12 b">Templates kept</h3>
          <ul className="import-names">
            {templates.map((one) => (
              <li key={one.id} className="row t12">
                <span className="el grow">{one.label}</span>
                <IconButton
                  small
                  icon="export"
                  label={`Export the template ${one.label}`}
                  onClick={() => void session.unknown.exportTemplate(one)}
                />
                <IconButton
                  small
                  icon="x"
                  label={`Forget the template ${one.label}`}
                  onClick={() => session.unknown.forget(one.id)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
