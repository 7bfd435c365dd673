import {
  BOLTZMANN_J_PER_K,
  computeAicc,
  ELECTRON_MASS_KG,
  ELEMENTARY_CHARGE_C,
  fitLine,
  type LineFit,
  PLANCK_J_S,
  VACUUM_PERMITTIVITY_F_PER_M,
} from '../../../fitting/index.ts';

/** Richardson constant 4 pi q m_0 k^2/h^3 [A m^-2 K^-2]. */
export const RICHARDSON =
  (4 * Math.PI * ELEMENTARY_CHARGE_C * ELECTRON_MASS_KG * BOLTZMANN_J_PER_K ** 2) / PLANCK_J_S ** 3;
/** Fowler-Nordheim exponent (8 pi/3) sqrt(2 m_0 q)/h [V m^-1 eV^-3/2]. */
const FOWLER_NORDHEIM_B =
  ((8 * Math.PI) / 3) * (Math.sqrt(2 * ELECTRON_MASS_KG * ELEMENTARY_CHARGE_C) / PLANCK_J_S);

/** ln J against sqrt(E) of Schottky emission: eps_opt from its slope s [(m/V)^1/2]. */
export function readSchottkyPermittivity(slope: number, temperature_K: number): number {
  const kTs = BOLTZMANN_J_PER_K * temperature_K * slope;
  return ELEMENTARY_CHARGE_C ** 3 / (4 * Math.PI * VACUUM_PERMITTIVITY_F_PER_M * kTs ** 2);
}

/** ln(J/E) against sqrt(E) of Poole-Frenkel emission; `compensation` xi is 1, or 2 in a compensated layer. */
export function readPooleFrenkelPermittivity(slope: number, temperature_K: number, compensation = 1): number {
  return (4 * readSchottkyPermittivity(slope, temperature_K)) / compensation ** 2;
}

/** beta_S = sqrt(q^3/(4 pi eps_opt eps_0)) as the lowering of a barrier [eV] at a field [V/m]. */
export function computeSchottkyLowering(opticalPermittivity: number, field_V_per_m: number): number {
  return Math.sqrt(
    (ELEMENTARY_CHARGE_C * field_V_per_m) / (4 * Math.PI * opticalPermittivity * VACUUM_PERMITTIVITY_F_PER_M),
  );
}

/** ln(J/E^2) against 1/E: barrier [eV] from its (negative) slope [V/m]. */
export function readFowlerNordheimBarrier(slope: number, massRatio: number): number {
  return (-slope / (FOWLER_NORDHEIM_B * Math.sqrt(massRatio))) ** (2 / 3);
}

export const MECHANISMS = [
  'ohmic',
  'Child',
  'Schottky',
  'Poole-Frenkel',
  'Fowler-Nordheim',
  'hopping',
] as const;
export type Mechanism = (typeof MECHANISMS)[number];
/** A free power law contains ohmic and Child: it is fitted for comparison, never a mechanism. */
export const POWER_LAW = 'power law';

export interface MechanismFit {
  readonly name: Mechanism | typeof POWER_LAW;
  /** Slope and intercept of the linearised form; null for a fixed slope. */
  readonly line: LineFit | null;
  readonly intercept: number;
  readonly rss: number;
  readonly aicc: number;
}

/** ln J less what is fixed, and the abscissa of the free slope (null: none). */
const FORMS: Readonly<
  Record<MechanismFit['name'], { fixed: (e: number) => number; x: ((e: number) => number) | null }>
> = {
  ohmic: { fixed: (e) => Math.log(e), x: null },
  Child: { fixed: (e) => 2 * Math.log(e), x: null },
  Schottky: { fixed: () => 0, x: Math.sqrt },
  'Poole-Frenkel': { fixed: (e) => Math.log(e), x: Math.sqrt },
  'Fowler-Nordheim': { fixed: (e) => 2 * Math.log(e), x: (e) => 1 / e },
  hopping: { fixed: () => 0, x: (e) => e },
  [POWER_LAW]: { fixed: () => 0, x: Math.log },
};

/** Every mechanism on the same points in the same response ln J, so that their AICc compare (METHODS 0.6, 3.3). */
export function fitMechanisms(
  field: Float64Array,
  logDensity: Float64Array,
  sigma: Float64Array,
): MechanismFit[] {
  const n = field.length;
  const weight = sigma.map((one) => 1 / one ** 2);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const mean = (y: Float64Array): number => y.reduce((sum, v, i) => sum + weight[i]! * v, 0) / total;
  return [...MECHANISMS, POWER_LAW as typeof POWER_LAW].map((name) => {
    const { fixed, x } = FORMS[name];
    const y = logDensity.map((value, i) => value - fixed(field[i]!));
    if (x === null) {
      const intercept = mean(y);
      const rss = y.reduce((sum, v, i) => sum + weight[i]! * (v - intercept) ** 2, 0);
      return { name, line: null, intercept, rss, aicc: computeAicc(rss, n, 1) ?? Number.POSITIVE_INFINITY };
    }
    const line = fitLine(field.map(x), y, { sigma })!;
    const rss = line.rms ** 2 * (n - 2);
    return {
      name,
      line,
      intercept: line.intercept,
      rss,
      aicc: computeAicc(rss, n, 2) ?? Number.POSITIVE_INFINITY,
    };
  });
}
