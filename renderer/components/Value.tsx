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

export function QuantityValue({
  quantity,
  options,
  slot = false,
}: {
  readonly quantity: Quantity;
  readonly options?: FormatOptions;
  readonly slot?: boolean;
}) {
  return <FormattedNumber parts={formatQuantity(quantity, options)} slot={slot} />;
}
