import { engineeringExponent, showUnit, takesPrefix } from './prefixes.ts';
import type { Unit } from './units.ts';

export const MINUS = '\u2212';
/** Narrow no-break space: parts number and unit, and groups of three digits. */
export const NARROW_SPACE = '\u202f';

export interface FormatOptions {
  /** `254.5(4)` or `254.5 ± 0.4`. @default 'brackets' */
  readonly style?: 'brackets' | 'plus-minus';
  /** Power of ten of the prefix, for a column with one prefix in its header. @default chosen so that 1 <= |value| < 1000 */
  readonly exponent?: number;
  /** Leave the unit to the header. @default true */
  readonly withUnit?: boolean;
  /** Significant digits where no uncertainty is known. @default 4 */
  readonly digits?: number;
  /** Unequal distances to the lower and the upper end (k = 1), in the unit of the value: `4.66 (+41 −33) µs`. */
  readonly unequal?: readonly [down: number, up: number];
  /** The value is a limit: `> 12 GΩ`. */
  readonly bound?: 'upper' | 'lower';
}

/** The spans of a written value: a column lines up `value` on its right end and gives `uncertainty` a slot of its own. */
export interface FormattedValue {
  readonly value: string;
  readonly uncertainty: string;
  /** `× 10⁻⁶` where the unit takes no prefix, else empty. */
  readonly power: string;
  readonly unit: string;
  readonly text: string;
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function superscript(n: number): string {
  return (n < 0 ? '⁻' : '') + [...String(Math.abs(n))].map((digit) => SUPERSCRIPT[Number(digit)]).join('');
}

/** A number with a fixed number of decimals: U+2212 minus, groups of three from five digits on, never `-0`. */
export function formatFixed(value: number, decimals: number): string {
  const rounded = decimals >= 0 ? value : Math.round(value / 10 ** -decimals) * 10 ** -decimals;
  const text = Math.abs(rounded).toFixed(Math.min(100, Math.max(0, decimals)));
  const [whole = '0', fraction] = text.split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE) : whole;
  const isZero = Number(text) === 0;
  return (value < 0 && !isZero ? MINUS : '') + grouped + (fraction === undefined ? '' : `.${fraction}`);
}

/** Decimal place at which an uncertainty ends: one digit, two if it begins with 1 (GUM habit of the field). */
function decimalsOfUncertainty(u: number): number {
  const exponent = Math.floor(Math.log10(u) + 1e-12);
  const lead = u / 10 ** exponent;
  return lead < 1.95 ? 1 - exponent : -exponent;
}

function decimalsOfDigits(value: number, digits: number): number {
  if (value === 0) return 0;
  const rounded = Math.abs(Number(value.toPrecision(digits)));
  return digits - 1 - Math.floor(Math.log10(rounded) + 1e-12);
}

/** Uncertainty in units of the last decimal of the value: 0.011 at three decimals is `11`, 30 at tens is `30`. */
function inLastPlace(u: number, decimals: number): string {
  return decimals > 0
    ? String(Math.round(u * 10 ** decimals))
    : String(Math.round(u / 10 ** -decimals) * 10 ** -decimals);
}

/** Units without prefixes are written with a power of ten outside 0.1 .. 100 000; plain counts and ratios from 0.001. */
function scientificExponent(value: number, unit: Unit): number {
  if (value === 0 || takesPrefix(unit) || unit === 'text') return 0;
  const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(6)))) + 1e-12);
  const plainFrom = unit === '1' ? -3 : unit === 'cm^-3' || unit === 'cm^-2 eV^-1' ? 0 : -1;
  return exponent >= plainFrom && exponent < 5 ? 0 : exponent;
}

/** What chooses the prefix: the value, or its uncertainty where that is larger, so that a zero reads `0(8) mV`, not `0(8000) µV`. */
function leadingSize(value: number, errors: readonly number[]): number {
  const known = errors.map(Math.abs).filter((u) => Number.isFinite(u));
  return Math.max(Math.abs(value), ...known);
}

/** The spans of a value with its standard uncertainty (k = 1); `value` and `uncertainty` in `unit`, as records carry them. */
export function formatParts(
  value: number,
  uncertainty: number | null,
  unit: Unit,
  options: FormatOptions = {},
): FormattedValue {
  const size = leadingSize(value, options.unequal ?? [uncertainty ?? 0]);
  const power = options.exponent === undefined ? scientificExponent(size, unit) : 0;
  const prefix = options.exponent ?? engineeringExponent(size, unit, options.digits ?? 4);
  const factor = 10 ** -(power + prefix);
  const shown = value * factor;
  const errors = (options.unequal ?? [uncertainty ?? 0, uncertainty ?? 0]).map((u) => Math.abs(u) * factor);
  const [down = 0, up = 0] = errors;
  const known = down > 0 && up > 0 && Number.isFinite(down + up);
  const decimals = known
    ? decimalsOfUncertainty(Math.min(down, up))
    : decimalsOfDigits(shown, options.digits ?? 4);
  const plusMinus = options.style === 'plus-minus';
  const write = (u: number): string => (plusMinus ? formatFixed(u, decimals) : inLastPlace(u, decimals));
  let error = '';
  if (known && options.unequal) error = `${NARROW_SPACE}(+${write(up)} ${MINUS}${write(down)})`;
  else if (known) error = plusMinus ? ` ± ${write(down)}` : `(${write(down)})`;
  const sign = options.bound === undefined ? '' : `${options.bound === 'lower' ? '>' : '<'}${NARROW_SPACE}`;
  const number = sign + formatFixed(shown, decimals);
  const powerText = power === 0 ? '' : `${NARROW_SPACE}×${NARROW_SPACE}10${superscript(power)}`;
  const unitText = options.withUnit === false ? '' : showUnit(unit, prefix);
  const body = powerText && plusMinus && error ? `(${number}${error})` : number + error;
  const text = body + powerText + (unitText ? NARROW_SPACE + unitText : '');
  return { value: number, uncertainty: error, power: powerText, unit: unitText, text };
}

/**
 * A value with its standard uncertainty as DESIGN section 5 writes it: `254.5(4) Ω`, `5.989(11) V`, `> 12 GΩ`.
 * Without uncertainty four significant digits. @param value in `unit`, as records carry it
 */
export function formatValue(
  value: number,
  uncertainty: number | null,
  unit: Unit,
  options: FormatOptions = {},
): string {
  return formatParts(value, uncertainty, unit, options).text;
}

/** A bare number with its engineering prefix, no uncertainty: `4.700 kΩ`; `digits` significant ones. @default 4 */
export function formatEngineering(value: number, unit: Unit, digits = 4): string {
  return formatParts(value, null, unit, { digits }).text;
}
