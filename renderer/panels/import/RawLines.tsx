import { useEffect, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { findOpened } from '../../state/opened-files.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { RepairButton } from './RepairButton.tsx';

const AROUND = 9;
const TEXT_LIMIT = 4_000_000;

interface Excerpt {
  readonly from: number;
  readonly lines: readonly string[];
  readonly of: number;
}

/** Lines around a place of a text, and how many there are in all; `line` counts from 1. */
export function cutExcerpt(text: string, line: number): Excerpt {
  const all = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const at = Math.min(Math.max(1, line), all.length);
  const from = Math.max(1, at - AROUND);
  return { from, lines: all.slice(from - 1, at + AROUND), of: all.length };
}

/** The raw lines of a file around its fault, as they stand in the file; nothing is changed. */
export function RawLines({ file: name }: { readonly file: string }) {
  const session = useSession();
  const { files } = useWorkspace();
  const [excerpt, setExcerpt] = useState<Excerpt | string | null>(null);
  const file = files.find((one) => one.name === name);
  const issue = file?.issues[0];
  const line = issue?.at?.line ?? 1;
  useEffect(() => {
    let wanted = true;
    const show = (found: Excerpt | string) => wanted && setExcerpt(found);
    const opened = findOpened(session, name);
    if (!opened) {
      show('The file is no longer open. Add its folder again to see its lines.');
      return;
    }
    if (opened.handle.size > TEXT_LIMIT) {
      show('The file is too large to be shown here.');
      return;
    }
    void session.host.readFile(opened.handle.token).then((read) => {
      if (!read.ok) show(read.issues[0].message);
      else show(cutExcerpt(new TextDecoder('latin1').decode(read.value), line));
    });
    return () => {
      wanted = false;
    };
  }, [session, name, line]);
  return (
    <section className="sec last" aria-label="Raw lines">
      <div className="sh">
        <span className="el" title={name}>
          {name}
        </span>
        <span className="sp" />
        <IconButton small icon="x" label="Close" onClick={() => session.setView({ fault: null })} />
      </div>
      <p className="t12 t2 raw-why">{issue?.message}</p>
      {file && <RepairButton file={file} />}
      {typeof excerpt === 'string' && <p className="t12 t3">{excerpt}</p>}
      {excerpt !== null && typeof excerpt !== 'string' && (
        <>
          <pre className="raw-lines mono">
            {excerpt.lines.map((text, index) => {
              const number = excerpt.from + index;
              return (
                <span key={number} className={number === line ? 'at' : ''} title={text}>
                  <b>{number}</b>
                  {text || ' '}
                </span>
              );
            })}
          </pre>
          <p className="t11 t3">
            Line {Math.min(line, excerpt.of)} of {excerpt.of}, as it stands in the file.
          </p>
        </>
      )}
    </section>
  );
}
