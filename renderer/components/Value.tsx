import { formatQuantity } from '../../src/model/format-quantity.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import type { FormatOptions, FormattedValue } from '../../src/units/format-value.ts';

/** A written value: the number leads, its uncertainty is quieter; in a column the uncertainty has a slot of its own. */
export function FormattedNumber({
  parts,
  slot = false,
}: {
  readonly parts: FormattedValue;
  readonly slot?: boolean;
}) {
  return (
    <>
      {parts.value}
      {slot ? (
        <span className="uu">{parts.uncertainty}</span>
      ) : (
        <span className="u">{parts.uncertainty}</span>
      )}
      {parts.power}
      {parts.unit && `\u202f${parts.unit}`}
    </>
  );
}

/** A count is written as a count: 4 regimes, not 4.000. */
function countOptions({ value, unit, standardUncertainty }: Quantity): FormatOptions {
  const isCount = unit === '1' && standardUncertainty === null && Number.isInteger(value);
  return isCount ? { digits: String(Math.abs(value as number)).length } : {};
}

export function QuantityValue({
  quantity,
  options,
  slot = false,
}: {
  readonly quantity: Quantity;
  readonly options?: FormatOptions;
  readonly slot?: boolean;
}) {
  return (
    <FormattedNumber
      parts={formatQuantity(quantity, { ...countOptions(quantity), ...options })}
      slot={slot}
    />
  );
}
