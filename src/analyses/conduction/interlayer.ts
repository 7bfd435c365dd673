import { type Issue, warning } from '../../base/issues.ts';
import type { Conditions } from '../../model/inputs.ts';
import { findInput } from '../given-inputs.ts';

/** Share of the voltage over the active layer in series with an interlayer, (L/ε)/(L/ε + δ/ε_i) (METHODS 3.2 check 7). */
export function computeLayerShare(
  thickness_m: number,
  permittivity: number,
  interlayer_m: number,
  interlayerPermittivity: number,
): number {
  const layer = thickness_m / permittivity;
  return layer / (layer + interlayer_m / interlayerPermittivity);
}

/**
 * What a declared interlayer (`interfaceThickness`, `interfacePermittivity`) does to every number that puts the whole voltage over the
 * active layer. The number stays as it is: nothing is divided in silence.
 */
export function cautionInterlayer(conditions: Conditions): readonly Issue[] {
  const layer = findInput(conditions, 'interfaceThickness');
  // a thickness of 0 says that there is none
  if (!layer || layer.value === 0) return [];
  const nm = (layer.value * 1e9).toPrecision(3);
  const known = ['thickness', 'permittivity', 'interfacePermittivity'] as const;
  const missing = known.filter((name) => findInput(conditions, name) === null);
  const [first] = missing;
  if (first)
    return [
      warning(
        'INPUT_MISSING',
        `An interlayer of ${nm} nm is declared: its share of the voltage needs ${missing.join(', ')}.`,
        { subject: first, hint: 'The voltage is taken to lie over the active layer alone.' },
      ),
    ];
  const [thickness, permittivity, own] = known.map((name) => findInput(conditions, name)!.value);
  const share = 1 - computeLayerShare(thickness!, permittivity!, layer.value, own!);
  return [
    warning(
      'REGIME',
      `An interlayer of ${nm} nm (permittivity ${own}) in series with ${(thickness! * 1e9).toPrecision(3)} nm (${permittivity}) takes ${(100 * share).toPrecision(3)} % of the voltage (by thickness over permittivity); the value puts all of it over the active layer.`,
      { subject: 'interfaceThickness' },
    ),
  ];
}
