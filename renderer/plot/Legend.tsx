import { countCauses } from './masked.ts';
import { inkVar } from './palette.ts';
import type { CurveView, Ink, Look } from './view-model.ts';

function Sample({ look, ink }: { readonly look: Look; readonly ink: Ink }) {
  const colour = inkVar(ink);
  switch (look) {
    case 'disc':
      return <circle cx="5" cy="5" r="2.3" fill={colour} />;
    case 'square':
      return <rect x="3" y="3" width="4" height="4" fill="none" stroke={colour} />;
    case 'triangle':
      return <path d="M5 2 8 8H2z" fill={colour} />;
    case 'diamond':
      return <path d="M5 1.500 8.500 5 5 8.500 1.500 5z" fill="none" stroke={colour} />;
    case 'hollow':
      return <circle cx="5" cy="5" r="2" fill="none" stroke={colour} />;
    case 'cross':
      return <path d="M2 2l6 6m0-6l-6 6" stroke={colour} strokeWidth="1.3" />;
    case 'dash':
      return <path d="M0 5h20" stroke={colour} strokeWidth="1.5" strokeDasharray="6 3" />;
    case 'long-dash':
      return <path d="M0 5h20" stroke={colour} strokeDasharray="5 3" />;
    case 'dots':
      return <path d="M0 5h20" stroke={colour} strokeWidth="1.2" strokeDasharray="2 2.500" />;
    case 'line':
      return <path d="M0 5h16" stroke={colour} strokeWidth="1.3" />;
  }
}

const LINES: readonly Look[] = ['dash', 'long-dash', 'dots', 'line'];

/** What the marks mean; the points left out by cause, each count a button that shows where they are. */
export function Legend({
  view,
  flashed,
  onFlash,
}: {
  readonly view: CurveView;
  readonly flashed: string | null;
  readonly onFlash: (cause: string) => void;
}) {
  const causes = countCauses(view.masked);
  return (
    <ul className="legend" aria-label="Legend">
      {view.legend.map((entry) => (
        <li key={entry.text}>
          <svg width={entry.line ? 30 : LINES.includes(entry.look) ? 22 : 11} height="10" aria-hidden="true">
            <Sample look={entry.look} ink={entry.ink} />
            {entry.line && <path d="M13 5h15" stroke={inkVar(entry.lineInk ?? 'text')} strokeWidth="1.1" />}
          </svg>
          {entry.text}
        </li>
      ))}
      {causes.length > 0 && (
        <li>
          <svg width="11" height="10" aria-hidden="true">
            <Sample look="cross" ink="masked" />
          </svg>
          masked:
          {causes.map(([cause, count]) => (
            <button
              type="button"
              key={cause}
              className="cause"
              aria-pressed={flashed === cause}
              aria-label={`${cause} ${count}: show these masked points`}
              onClick={() => onFlash(cause)}
            >
              {cause} {count}
            </button>
          ))}
        </li>
      )}
    </ul>
  );
}
