import { ELEMENTARY_CHARGE_C, fitLine } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import { type Column, columnsOf } from '../../model/curve.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput, listImplausible, listMissing } from '../given-inputs.ts';
import { missingLegs, selectLegs } from '../sweep-legs.ts';
import { findPowerScale } from './light-power.ts';
import { findLightThreshold } from './light-threshold.ts';

/** Photons out per electron in: (P/h nu)/(I/q), the photon energy in eV. @param power_W @param current_A */
export function computeQuantumEfficiency(
  power_W: number,
  photonEnergy_eV: number,
  current_A: number,
): number {
  return power_W / (ELEMENTARY_CHARGE_C * photonEnergy_eV) / (current_A / ELEMENTARY_CHARGE_C);
}

const METHOD = '(P/hν)/(I/q)';
const INPUT_NAMES = ['photonEnergy', 'collectionEfficiency', 'responsivity', 'loadResistance'] as const;
/** Points below this share of the largest light are of its onset, where noise divides by noise. */
const BRIGHT = 0.05;

interface LitLeg {
  readonly name: Quantity['branch'];
  readonly cycle: number;
  readonly v: number[];
  readonly i: number[];
  readonly light: number[];
  readonly darkSigma: number;
}

/** Rows of a leg that emit: light over the dark level of the leg, |V| rising. */
function listLitLegs(input: AnalysisInput, column: Column): LitLeg[] {
  const { voltage, current } = input.conditioned!;
  return selectLegs(input).flatMap((leg) => {
    const rows: number[] = [];
    for (let row = leg.start; row < leg.end; row++)
      if (
        Number.isFinite(voltage[row]!) &&
        Number.isFinite(current[row]!) &&
        Math.abs(column.data[row]!) < 9.9e37
      )
        rows.push(row);
    if (leg.direction === 'reverse') rows.reverse();
    const v = Float64Array.from(rows, (row) => leg.polarity * voltage[row]!);
    const light = Float64Array.from(rows, (row) => column.data[row]!);
    const found = findLightThreshold(v, light);
    if (found.voltage_V === null) return [];
    const lit = rows.flatMap((row, k) => (v[k]! >= found.voltage_V && current[row] !== 0 ? [k] : []));
    return [
      {
        name: leg.name,
        cycle: leg.cycle,
        v: lit.map((k) => v[k]!),
        i: lit.map((k) => Math.abs(current[rows[k]!]!)),
        light: lit.map((k) => light[k]! - found.darkMean),
        darkSigma: found.darkSigma,
      },
    ];
  });
}

function reportLeg(input: AnalysisInput, leg: LitLeg, scale: number): Quantity[] {
  const energy = findInput(input.conditions, 'photonEnergy')!;
  const collection = findInput(input.conditions, 'collectionEfficiency');
  const responsivity = findInput(input.conditions, 'responsivity');
  const most = leg.light.reduce((a, b) => Math.max(a, b), 0);
  const bright = leg.light.flatMap((p, k) => (p >= BRIGHT * most ? [k] : []));
  const efficiency = (k: number): number =>
    computeQuantumEfficiency(scale * leg.light[k]!, energy.value, leg.i[k]!) / (collection?.value ?? 1);
  const line = fitLine(
    bright.map((k) => Math.log(leg.i[k]!)),
    bright.map((k) => Math.log(leg.light[k]!)),
  );
  const relative = (k: number): number =>
    Math.hypot(
      // scatter of the light about its own power law
      line?.rms ?? 0,
      leg.darkSigma / leg.light[k]!,
      energy.relative,
      collection?.relative ?? 0,
      responsivity?.relative ?? 0,
    );
  const reasons: Issue[] = [
    ...(collection
      ? []
      : [
          info(
            'ASSUMED_INPUT',
            'No collection efficiency was given: all light is taken to reach the detector.',
            {
              subject: 'collectionEfficiency',
            },
          ),
        ]),
    info('NOTE', 'Angular distribution and reabsorption are those of the collection efficiency given.'),
    ...(line?.slopeError != null
      ? [
          info(
            'NOTE',
            `Light grows as the current to the power ${line.slope.toFixed(2)} ± ${line.slopeError.toFixed(2)} (1: constant efficiency, 2: limited by traps or bimolecular).`,
          ),
        ]
      : []),
    ...listImplausible(input.conditions, ['photonEnergy', 'collectionEfficiency', 'responsivity']),
  ];
  const last = leg.v.length - 1;
  const best = bright.reduce((a, k) => (efficiency(k) > efficiency(a) ? k : a), bright[0]!);
  return [
    [last, `at the largest voltage, ${leg.v[last]!.toPrecision(3)} V`] as const,
    [best, `largest, at ${leg.v[best]!.toPrecision(3)} V`] as const,
  ].map(([k, convention]) => {
    const value = efficiency(k);
    const u = value * relative(k);
    const above =
      value > 1 ? [warning('INPUT_IMPLAUSIBLE', 'More photons than electrons: check the calibration.')] : [];
    return determined('externalQuantumEfficiency', {
      branch: leg.name,
      cycle: leg.cycle,
      method: METHOD,
      convention,
      inputs: collectInputs(input.conditions, INPUT_NAMES),
      value,
      standardUncertainty: u,
      interval95: [value - 1.96 * u, value + 1.96 * u],
      reasons: [...above, ...reasons],
    });
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const give = (quantities: readonly Quantity[]): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays: [],
    issues: [],
  });
  const context: QuantityContext = {
    method: METHOD,
    inputs: collectInputs(input.conditions, INPUT_NAMES),
  };
  const no = (why: Issue, ...more: readonly Issue[]): AnalysisOutput =>
    give([refused('externalQuantumEfficiency', [why, ...more], context)]);
  if (selectLegs(input).length === 0) return no(missingLegs(input));
  const [column] = columnsOf(input.measurement.curve, 'light');
  if (!column)
    return no(
      warning('INPUT_MISSING', 'The measurement has no light column.', {
        subject: 'light',
        hint: 'Import the detector channel as light.',
      }),
    );
  const scale = findPowerScale(input, column);
  const missing = [
    ...listMissing(input.conditions, ['photonEnergy'], 'The quantum efficiency'),
    ...(scale === null
      ? [
          warning(
            'INPUT_MISSING',
            `${column.label} is in ${column.unit}: its light is not calibrated in watts.`,
            {
              subject: 'responsivity',
              hint: 'Set responsivity (and loadResistance for a voltage).',
            },
          ),
        ]
      : []),
  ];
  const [why, ...more] = missing;
  if (why || scale === null) return no(why!, ...more);
  const legs = listLitLegs(input, column);
  if (legs.length === 0)
    return no(warning('BELOW_NOISE_FLOOR', `${column.label} never rises 5 sigma above its dark level.`));
  return give(legs.flatMap((leg) => reportLeg(input, leg, scale)));
}

/** Photons out per electron in, per leg, from a calibrated light column (METHODS 5.1). */
export const quantumEfficiency: Analysis = defineAnalysis({
  id: 'quantum-efficiency',
  version: 1,
  label: 'External quantum efficiency',
  kinds: ['iv'],
  quantities: ['externalQuantumEfficiency'],
  options: [],
  run,
});
