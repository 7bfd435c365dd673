import { useEffect, useMemo, useState } from 'react';
import { decodeFile } from '../../../src/importers/decode-text.ts';
import { compileNamePattern, matchName } from '../../../src/importers/name-pattern.ts';
import { parseWithTemplate } from '../../../src/importers/template.ts';
import type { ImportTemplate } from '../../../src/model/import-template.ts';
import { Button } from '../../components/Button.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { rereadFiles } from '../../state/reread-files.ts';
import { useSession } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import type { UnknownGroup } from '../../state/unknown-files.ts';
import { ImportAnswers } from './ImportAnswers.tsx';
import { ImportFiles } from './ImportFiles.tsx';
import { ImportRaw } from './ImportRaw.tsx';
import { ImportTable } from './ImportTable.tsx';

/** Letters, digits and hyphens: what a template is kept and asked for by. */
function idOf(label: string): string {
  return (
    label
      .trim()
      .replace(/[^\w-]+/g, '-')
      .slice(0, 60) || 'template'
  );
}

function Group({ group, onGroup }: { readonly group: UnknownGroup; readonly onGroup: (at: number) => void }) {
  const session = useSession();
  const [at, setAt] = useState(0);
  const file = group.files[at] ?? group.files[0]!;
  const guessed = group.files[0]!.guess.template;
  const [template, setTemplate] = useState<ImportTemplate>(guessed);
  const [remember, setRemember] = useState(
    guessed.signature.header !== null || guessed.signature.begins !== null,
  );
  const [pattern, setPattern] = useState('');
  const [busy, setBusy] = useState(false);
  const decoded = useMemo(() => decodeFile({ name: file.name, bytes: file.bytes, sha256: '' }), [file]);
  const read = useMemo(() => parseWithTemplate(template, decoded, {}), [template, decoded]);
  const measurement = read.ok ? read.value[0]! : null;
  const compiled = useMemo(() => compileNamePattern(pattern), [pattern]);
  const fits = compiled.ok && group.files.some((one) => matchName(compiled.pattern, one.name) !== null);
  const use = async () => {
    setBusy(true);
    const done = await rereadFiles(session, group.files, template, fits ? pattern.trim() : null);
    setBusy(false);
    if (!done) return;
    if (remember) session.unknown.remember(template);
    session.unknown.settle(group);
  };
  const rows = measurement?.curve.length ?? 0;
  const words = group.files.length === 1 ? `Use ${rows} rows` : `Use ${group.files.length} files`;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      event.stopPropagation();
      session.unknown.panel.set(null);
    };
    // before the keys of the window, which know Escape too
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, [session]);
  const { signature } = template;
  const known = signature.header ?? signature.begins;
  return (
    <main className="import" aria-label="Open as table">
      <ImportFiles
        group={group}
        file={file}
        pattern={pattern}
        onPattern={setPattern}
        onFile={setAt}
        onGroup={onGroup}
      />
      <section className="import-centre canvas" aria-label={`Contents of ${file.name}`} data-region="plot">
        <header className="ph">
          <h1 className="el">{file.name}</h1>
          <span className="t12 t2 nw">
            {measurement ? `${rows} rows, ${measurement.curve.columns.length} columns` : 'not readable so'}
          </span>
        </header>
        <ImportRaw file={decoded} template={template} />
        <ImportTable
          template={template}
          measurement={measurement}
          refusal={read.ok ? null : read.issues[0].message}
          guess={file.guess}
          onChange={setTemplate}
        />
      </section>
      <ImportAnswers
        file={decoded}
        guess={file.guess}
        template={template}
        measurement={measurement}
        onChange={setTemplate}
        onGuess={() => setTemplate(guessed)}
      />
      <footer className="import-foot">
        <Toggle label="Remember as" checked={remember} onChange={setRemember} />
        <span className="fld import-name">
          <input
            aria-label="Name of the template"
            value={template.label}
            onChange={({ target }) =>
              setTemplate({ ...template, label: target.value, id: idOf(target.value) })
            }
          />
        </span>
        <span className="t12 t2 el grow" title={known ?? ''}>
          {known === null ? (
            'to be chosen by hand: nothing in the file tells its kind'
          ) : (
            <>
              and use it, without asking, for files with the line <code className="mono">{known}</code>
            </>
          )}
        </span>
        <Button keys="Esc" onClick={() => session.unknown.panel.set(null)}>
          Cancel
        </Button>
        <Button onClick={() => session.unknown.settle(group)}>
          {group.files.length === 1 ? 'Skip this one' : `Skip these ${group.files.length}`}
        </Button>
        <Button primary disabled={!measurement || busy} onClick={() => void use()}>
          {words}
        </Button>
      </footer>
    </main>
  );
}

/** A file nobody knows: its lines, what each was taken for, every guess with its reason, and the numbers that come of it. */
export function ImportView() {
  const session = useSession();
  const groups = useStore(session.unknown.panel, (state) => state);
  const [at, setAt] = useState(0);
  const group = groups?.[Math.min(at, groups.length - 1)];
  if (!group) return null;
  return <Group key={group.shape} group={group} onGroup={setAt} />;
}
