import { useRef, useState } from 'react';
import { formatFixed, formatParts } from '../../src/units/format-value.ts';
import { parseValue } from '../../src/units/parse-value.ts';
import type { Unit } from '../../src/units/units.ts';

/** A number with its unit, typed as people do (`4.7k`, `800 nm`, `4,7`); what was understood is echoed, a fault is said. */
export function NumberField({
  label,
  value,
  unit,
  digits = 4,
  uncertainty = null,
  onSet,
  onOff,
}: {
  readonly label: string;
  /** In the unit given; null is off. */
  readonly value: number | null;
  readonly unit: Unit;
  readonly digits?: number;
  /** Shown beside the value while nobody types. */
  readonly uncertainty?: number | null;
  readonly onSet: (value: number) => void;
  /** Given where the value can be switched off: an empty field or `off` does it. */
  readonly onOff?: () => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  // leaving the field comes right after Enter or Escape, before they are drawn: what was done then must not be done again
  const open = useRef(false);
  const parts = value === null ? null : formatParts(value, uncertainty, unit, { digits });
  const isOff = onOff !== undefined && typed !== null && /^(off|none)?$/.test(typed.trim());
  const parsed = typed === null || isOff ? null : parseValue(typed, unit);
  const bad = parsed !== null && !parsed.ok;
  const close = () => {
    open.current = false;
    setTyped(null);
  };
  const finish = () => {
    if (!open.current) return;
    if (isOff && value !== null) onOff?.();
    if (parsed?.ok && parsed.value !== value) onSet(parsed.value);
    close();
  };
  return (
    <span className="field">
      <span className={`fld ${typed === null ? '' : bad ? 'bad' : 'foc'}`}>
        <input
          aria-label={label}
          aria-invalid={bad}
          value={typed ?? (parts ? parts.value + parts.uncertainty + parts.power : 'off')}
          inputMode="decimal"
          onFocus={(event) => {
            open.current = true;
            setTyped(value === null ? 'off' : String(value));
            const field = event.target;
            requestAnimationFrame(() => field.select());
          }}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => (bad ? close() : finish())}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !bad) {
              finish();
              event.currentTarget.blur();
            } else if (event.key === 'Escape') {
              close();
              event.preventDefault();
              event.currentTarget.blur();
            } else if (value !== null && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
              event.preventDefault();
              const last = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - digits + 1);
              const by = (event.key === 'ArrowUp' ? 1 : -1) * last * (event.shiftKey ? 10 : 1);
              const next = Number((value + by).toPrecision(12));
              onSet(next);
              setTyped(String(next));
            }
          }}
        />
        <span className="u">{parts?.unit}</span>
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
