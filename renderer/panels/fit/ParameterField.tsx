import { useState } from 'react';
import type { FormattedValue } from '../../../src/units/format-value.ts';
import { parseValue } from '../../../src/units/parse-value.ts';
import type { Unit } from '../../../src/units/units.ts';
import { FormattedNumber } from '../../components/Value.tsx';

/** A fitted value that can be typed over: `254.5(4)` at rest, the full value with the focus. */
export function ParameterField({
  label,
  parts,
  value,
  unit,
  trial,
  onSet,
}: {
  readonly label: string;
  readonly parts: FormattedValue;
  /** As it is typed: the logarithm where the logarithm is shown. */
  readonly value: number;
  readonly unit: Unit;
  /** Typed and not fitted yet. */
  readonly trial: boolean;
  readonly onSet: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = typed === null ? null : parseValue(typed, unit);
  const bad = parsed !== null && !parsed.ok;
  if (typed === null)
    return (
      <button
        type="button"
        className={`fld edit ${trial ? 'trial' : ''}`}
        aria-label={`${label}: ${parts.text}`}
        title={trial ? 'Typed, not fitted yet' : 'Type a value to start from'}
        onClick={() => setTyped(String(value))}
      >
        <FormattedNumber parts={parts} />
      </button>
    );
  const finish = () => {
    if (parsed?.ok && parsed.value !== value) onSet(parsed.value);
    setTyped(null);
  };
  return (
    <span className={`fld ${bad ? 'bad' : 'foc'}`} title={bad && !parsed.ok ? parsed.message : undefined}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was asked for by the click that made it
        autoFocus
        aria-label={label}
        aria-invalid={bad}
        value={typed}
        inputMode="decimal"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => (bad ? setTyped(null) : finish())}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !bad) finish();
          else if (event.key === 'Escape') {
            event.preventDefault();
            setTyped(null);
          }
        }}
      />
    </span>
  );
}
