import { useSession } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';

/** Steps as sentences, newest on top; a click goes back to any of them. */
export function HistoryTab() {
  const session = useSession();
  const history = useStore(session.history, (state) => state);
  const rows = history.entries.map((entry, index) => ({ entry, index })).toReversed();
  return (
    <ol className="steps t12" aria-label="Steps">
      {rows.map(({ entry, index }) => (
        <li key={entry.id}>
          <button
            type="button"
            aria-current={index === history.index ? 'step' : undefined}
            className={index > history.index ? 'undone' : ''}
            onClick={() => session.returnTo(index)}
          >
            <span className="t3">{entry.id}</span>
            <span>{entry.sentence || 'start'}</span>
            <span className="t11 t3">
              {new Date(entry.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
