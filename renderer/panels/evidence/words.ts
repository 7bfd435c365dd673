import type { Issue } from '../../../src/base/issues.ts';
import type { Quantity } from '../../../src/model/quantity.ts';

/** `10-90 %` is a range and keeps its dash, `steepest-tangent` becomes two words. */
export function writeConvention(text: string): string {
  return text.replace(/(?<=\d)-(?=\d)/g, '–').replaceAll('-', ' ');
}

const CAUTION = 'mobile ions';

/** The doubt that stands beside each density and mobility of a space-charge-limited current, where there is a number. */
export function cautionOf(quantities: readonly Quantity[]): Issue | undefined {
  return (
    quantities
      // the density from light has its own reasons; this one is said of steady currents
      .filter((quantity) => quantity.value !== null && quantity.id !== 'opticalTrapDensity')
      .flatMap((quantity) => quantity.reasons)
      .find((reason) => reason.subject === CAUTION)
  );
}
