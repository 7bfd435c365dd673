/** Status by shape, word and colour; the shape alone is enough. */
export const STATUS = {
  ok: { shape: 's-ok', tone: 'ok', word: 'ok' },
  flagged: { shape: 's-flag', tone: 'flag', word: 'flagged' },
  'bound-lower': { shape: 's-bound', tone: 'bound', word: 'lower bound' },
  'bound-upper': { shape: 's-boundu', tone: 'bound', word: 'upper bound' },
  refused: { shape: 's-refuse', tone: 'refuse', word: 'refused' },
  failed: { shape: 's-fail', tone: 'fail', word: 'failed' },
  outlier: { shape: 's-out', tone: 'mut', word: 'outlier' },
  dead: { shape: 's-dead', tone: 'mut', word: 'dead' },
  fitting: { shape: 's-run', tone: 'run', word: 'fitting' },
  waiting: { shape: 's-wait', tone: 'mut', word: 'waiting' },
} as const;

export type StatusShape = keyof typeof STATUS;

export function Status({ of, hidden = false }: { readonly of: StatusShape; readonly hidden?: boolean }) {
  const { shape, tone, word } = STATUS[of];
  return hidden ? (
    <svg className={`st ${tone}`} aria-hidden="true">
      <use href={`#${shape}`} />
    </svg>
  ) : (
    <svg className={`st ${tone}`} role="img" aria-label={word}>
      <title>{word}</title>
      <use href={`#${shape}`} />
    </svg>
  );
}
