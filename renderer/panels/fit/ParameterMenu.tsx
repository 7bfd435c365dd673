import { useState } from 'react';
import type { FitOptions } from '../../../src/model/recipe.ts';
import { Button } from '../../components/Button.tsx';
import { boundParameter, parseRange, resetParameter, tieParameter } from '../../state/fit-options.ts';

/** Bounds, tie and reset of one parameter, in a line below it. */
export function ParameterMenu({
  id,
  options,
  limits,
  others,
  onSet,
}: {
  readonly id: string;
  readonly options: FitOptions;
  /** The model's own box. */
  readonly limits: readonly [number, number];
  /** Names an expression may use. */
  readonly others: readonly string[];
  readonly onSet: (options: FitOptions, words: string) => void;
}) {
  const bounds = options.bounds[id];
  const [range, setRange] = useState(bounds ? `${bounds[0]}:${bounds[1]}` : '');
  const [tie, setTie] = useState(options.ties[id] ?? '');
  const parsed = range.trim() === '' ? null : parseRange(range, limits);
  const bad = range.trim() !== '' && parsed === null;
  const setBounds = () => {
    if (bad || range === (bounds ? `${bounds[0]}:${bounds[1]}` : '')) return;
    onSet(
      boundParameter(options, id, parsed),
      parsed ? `kept within ${parsed[0]} and ${parsed[1]}` : 'no longer bounded',
    );
  };
  const setTied = () => {
    if (tie.trim() === (options.ties[id] ?? '')) return;
    onSet(tieParameter(options, id, tie), tie.trim() ? `tied to ${tie.trim()}` : 'no longer tied');
  };
  return (
    <div className="par-menu t11">
      <label>
        Bounds
        <span className={`fld ${bad ? 'bad' : ''}`}>
          <input
            aria-label={`Bounds of ${id}`}
            aria-invalid={bad}
            placeholder={`${limits[0]}:${limits[1]}`}
            title={bad ? 'Two plain numbers in the unit of the model, the lower first: 100:500' : undefined}
            value={range}
            onChange={(event) => setRange(event.target.value)}
            onBlur={setBounds}
            onKeyDown={(event) => event.key === 'Enter' && setBounds()}
          />
        </span>
      </label>
      <label>
        Tied to
        <span className="fld">
          <input
            aria-label={`Tie of ${id}`}
            placeholder={`such as 2*${others[0] ?? 'other'}`}
            title={`Other parameters: ${others.join(', ')}`}
            value={tie}
            onChange={(event) => setTie(event.target.value)}
            onBlur={setTied}
            onKeyDown={(event) => event.key === 'Enter' && setTied()}
          />
        </span>
      </label>
      <Button small ghost onClick={() => onSet(resetParameter(options, id), 'left to the model again')}>
        Reset
      </Button>
    </div>
  );
}
