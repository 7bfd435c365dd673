import { useState } from 'react';
import { formatFixed, formatParts } from '../../src/units/format-value.ts';
import { parseValue } from '../../src/units/parse-value.ts';
import type { Unit } from '../../src/units/units.ts';

/** A number with its unit, typed as people do (`4.7k`, `800 nm`, `4,7`); what was understood is echoed, a fault is said. */
export function NumberField({
  label,
  value,
  unit,
  digits = 4,
  onSet,
}: {
  readonly label: string;
  /** In the unit given. */
  readonly value: number;
  readonly unit: Unit;
  readonly digits?: number;
  readonly onSet: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const parts = formatParts(value, null, unit, { digits });
  const parsed = typed === null ? null : parseValue(typed, unit);
  const bad = parsed !== null && !parsed.ok;
  const finish = () => {
    if (parsed?.ok && parsed.value !== value) onSet(parsed.value);
    setTyped(null);
  };
  return (
    <span className="field">
      <span className={`fld ${typed === null ? '' : bad ? 'bad' : 'foc'}`}>
        <input
          aria-label={label}
          aria-invalid={bad}
          value={typed ?? parts.value + parts.power}
          inputMode="decimal"
          onFocus={(event) => {
            setTyped(String(value));
            const field = event.target;
            requestAnimationFrame(() => field.select());
          }}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => (bad ? setTyped(null) : finish())}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !bad) {
              finish();
              event.currentTarget.blur();
            } else if (event.key === 'Escape') {
              setTyped(null);
              event.preventDefault();
              event.currentTarget.blur();
            } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
              event.preventDefault();
              const last = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - digits + 1);
              const by = (event.key === 'ArrowUp' ? 1 : -1) * last * (event.shiftKey ? 10 : 1);
              const next = Number((value + by).toPrecision(12));
              onSet(next);
              setTyped(String(next));
            }
          }}
        />
        <span className="u">{parts.unit}</span>
      </span>
      {bad && !parsed.ok && (
        <span className="t11 c-fail echo" role="alert">
          {parsed.message}
        </span>
      )}
      {parsed?.ok && typed !== String(value) && (
        <span className="t11 t3 echo">
          {formatParts(parsed.value, null, unit, { digits: 6, exponent: 0 }).text ||
            formatFixed(parsed.value, 6)}
        </span>
      )}
    </span>
  );
}
