import { type Issue, info, warning } from '../../base/issues.ts';
import type { Conditions, Given, InputName } from '../../model/inputs.ts';
import { collectInputs, findInput, listMissing } from '../given-inputs.ts';
import { computeLayerShare } from './interlayer.ts';

/** How much of the voltage lies on the active layer, and what that share rests on. */
export interface LayerVoltage {
  /** V_layer/V. */
  readonly share: number;
  readonly inputs: Readonly<Record<string, Given>>;
  readonly reasons: readonly Issue[];
  /** Inputs that are half given: nothing can be said without the other half. */
  readonly missing: readonly Issue[];
  readonly relative: { readonly thickness: number; readonly permittivity: number };
}

const INTERLAYER = ['interfaceThickness', 'interfacePermittivity'] as const satisfies readonly InputName[];

/**
 * Division of the field between the active layer and an interlayer in series (METHODS 3.2 check 7): equal displacement on both sides gives
 * V_layer = V (L/eps)/(L/eps + L_i/eps_i). Without an interlayer among the inputs all of V is taken for the layer, and that is said; a
 * thickness of 0 says that there is none.
 */
export function findLayerVoltage(conditions: Conditions): LayerVoltage {
  const whole = { share: 1, inputs: {}, missing: [], relative: { thickness: 0, permittivity: 0 } };
  const [between, betweenPermittivity] = INTERLAYER.map((name) => findInput(conditions, name));
  if (!between && !betweenPermittivity)
    return {
      ...whole,
      reasons: [
        warning(
          'ASSUMED_INPUT',
          'No interlayer was given: all of the voltage is taken to lie on the layer.',
          {
            subject: 'interfaceThickness',
            hint: 'Set interfaceThickness and interfacePermittivity; interfaceThickness 0 says that there is none.',
          },
        ),
      ],
    };
  if (between?.value === 0)
    return { ...whole, inputs: collectInputs(conditions, ['interfaceThickness']), reasons: [] };
  const missing = listMissing(conditions, INTERLAYER, 'The division of the field');
  const layer = findInput(conditions, 'thickness');
  const permittivity = findInput(conditions, 'permittivity');
  const needed = listMissing(conditions, ['thickness', 'permittivity'], 'The division of the field');
  if (missing.length > 0 || !layer || !permittivity || !between || !betweenPermittivity)
    return { ...whole, missing: [...missing, ...needed], reasons: [] };
  const share = computeLayerShare(layer.value, permittivity.value, between.value, betweenPermittivity.value);
  return {
    share,
    inputs: collectInputs(conditions, [...INTERLAYER, 'permittivity']),
    missing: [],
    relative: { thickness: between.relative, permittivity: betweenPermittivity.relative },
    reasons: [
      info(
        'NOTE',
        `The interlayer of ${nanometres(between.value)} (permittivity ${betweenPermittivity.value}) takes ${(100 * (1 - share)).toPrecision(3)} % of the voltage; the field of the layer is that of the rest.`,
        { subject: 'interfaceThickness' },
      ),
    ],
  };
}

const nanometres = (length_m: number): string => `${(length_m * 1e9).toPrecision(3)} nm`;

/** Exponents of what a quantity is made of: the voltage on the layer, its thickness and its permittivity. */
export interface Powers {
  readonly voltage: number;
  readonly thickness: number;
  readonly permittivity: number;
}

/**
 * Relative uncertainty of V_layer^a L^b eps^c from geometry and permittivities alone: L and eps enter the division of the field
 * too, d ln share = (1 - share)(d ln L - d ln eps - d ln L_i + d ln eps_i).
 */
export function combineGeometry(conditions: Conditions, layer: LayerVoltage, powers: Powers): number {
  const lost = powers.voltage * (1 - layer.share);
  const thickness = findInput(conditions, 'thickness')?.relative ?? 0;
  const permittivity = findInput(conditions, 'permittivity')?.relative ?? 0;
  return Math.hypot(
    (powers.thickness + lost) * thickness,
    (powers.permittivity - lost) * permittivity,
    lost * layer.relative.thickness,
    lost * layer.relative.permittivity,
  );
}
