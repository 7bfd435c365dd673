import { codeWithSubject } from '../../src/base/issues.ts';
import { guardFormula } from '../../src/exporters/csv.ts';
import type { Quantity } from '../../src/model/quantity.ts';

const HEADER = [
  'device',
  'quantity',
  'symbol',
  'branch',
  'cycle',
  'value',
  'standardUncertainty',
  'unit',
  'status',
  'convention',
  'reasons',
];

/** Texts that a spreadsheet would take for a formula get an apostrophe, numbers do not; tabs and line ends become spaces. */
function cell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n\v\f\u2028\u2029]+/g, ' ');
  return flat.trim() !== '' && Number.isFinite(Number(flat)) ? flat : guardFormula(flat);
}

function line(device: string, quantity: Quantity): string {
  return [
    device,
    quantity.id,
    quantity.symbol,
    quantity.branch ?? '',
    quantity.cycle === null ? '' : String(quantity.cycle),
    quantity.value === null ? '' : String(quantity.value),
    quantity.standardUncertainty === null ? '' : String(quantity.standardUncertainty),
    quantity.unit,
    quantity.status,
    quantity.convention ?? '',
    quantity.reasons.map(codeWithSubject).join(' '),
  ]
    .map(cell)
    .join('\t');
}

/** Quantities as tab-separated text in full precision: units, errors and reasons beside the values, empty where there is none. */
export function writeTsv(device: string, quantities: readonly Quantity[]): string {
  return `${[HEADER.join('\t'), ...quantities.map((quantity) => line(device, quantity))].join('\n')}\n`;
}

/** The same for many devices. */
export function writeTsvOf(
  parts: readonly { readonly device: string; readonly quantities: readonly Quantity[] }[],
): string {
  const lines = parts.flatMap(({ device, quantities }) =>
    quantities.map((quantity) => line(device, quantity)),
  );
  return `${[HEADER.join('\t'), ...lines].join('\n')}\n`;
}
