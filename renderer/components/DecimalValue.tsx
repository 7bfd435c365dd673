import type { FormattedValue } from '../../src/units/format-value.ts';

/** Letters after the whole part: what the slot of a column must hold. */
export function restLength({ value, uncertainty, power }: FormattedValue): number {
  const at = value.indexOf('.');
  return (at < 0 ? 0 : value.length - at) + uncertainty.length + power.length;
}

/** A value whose point stands under the points of its column: whole part to the left, the rest in a slot to the right. */
export function DecimalValue({
  parts,
  slot,
}: {
  readonly parts: FormattedValue;
  /** Letters of the longest rest of the column. */
  readonly slot: number;
}) {
  const at = parts.value.indexOf('.');
  const whole = at < 0 ? parts.value : parts.value.slice(0, at);
  const rest = at < 0 ? '' : parts.value.slice(at);
  return (
    <span className="dec">
      <span>{whole}</span>
      <span className="frac" style={{ width: `${slot}ch` }}>
        {rest}
        <span className="u">{parts.uncertainty}</span>
        {parts.power}
      </span>
    </span>
  );
}
