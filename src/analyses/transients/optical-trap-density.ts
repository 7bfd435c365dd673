import { ELEMENTARY_CHARGE_C } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { Column } from '../../model/curve.ts';
import type { InputName } from '../../model/inputs.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { MOBILE_IONS } from '../conduction/space-charge-checks.ts';
import { findPowerScale } from '../diode/light-power.ts';
import { collectInputs, findInput, listImplausible, listMissing } from '../given-inputs.ts';
import { propagateFit, readParameters } from '../propagate.ts';
import { analyseDecay } from './decay.ts';
import { type DecayFit, findTail } from './decay-models.ts';
import { findDecayWindow } from './decay-window.ts';
import { findStimulus, selectResponses } from './pulse-channels.ts';
import { seconds } from './pulse-records.ts';

const CALIBRATED = 'photons of the tail';
const NORMALISED = 'relative tail and on current';

/** n_t = E/(h nu eta A L) [m^-3] from the light energy E of the tail [J] (METHODS 4.7a). */
export function countOpticalTraps(given: {
  readonly energy_J: number;
  readonly photonEnergy_eV: number;
  readonly efficiency: number;
  readonly area_m2: number;
  readonly thickness_m: number;
}): number {
  const photons = given.energy_J / (given.photonEnergy_eV * ELEMENTARY_CHARGE_C);
  return photons / given.efficiency / (given.area_m2 * given.thickness_m);
}

/** n_t = f I_on tau_t/(q A L) [m^-3]: the tail's carriers have the efficiency of the steady state (METHODS 4.7b). */
export function countNormalisedTraps(given: {
  readonly share: number;
  readonly onCurrent_A: number;
  readonly tailTime_s: number;
  readonly area_m2: number;
  readonly thickness_m: number;
}): number {
  return (
    (given.share * given.onCurrent_A * given.tailTime_s) /
    (ELEMENTARY_CHARGE_C * given.area_m2 * given.thickness_m)
  );
}

function relativeOf(input: AnalysisInput, names: readonly InputName[]): number {
  return Math.hypot(...names.map((name) => findInput(input.conditions, name)?.relative ?? 0));
}

function reportCalibrated(
  input: AnalysisInput,
  column: Column,
  fit: DecayFit,
  notes: readonly Issue[],
): Quantity {
  const needed = ['photonEnergy', 'quantumEfficiency', 'area', 'thickness'] as const;
  const tail = findTail(fit)!;
  const from = tail.from;
  const context = {
    method: CALIBRATED,
    convention: `fitted tail from ${seconds(from)} to infinity`,
    inputs: collectInputs(input.conditions, [
      ...needed,
      'collectionEfficiency',
      'responsivity',
      'loadResistance',
    ]),
  };
  const scale = findPowerScale(input, column);
  const missing = listMissing(input.conditions, needed, 'The optical trap density');
  const uncalibrated =
    scale === null
      ? [
          warning(
            'INPUT_MISSING',
            `${column.label} is in ${column.unit}: its light is not calibrated in watts.`,
            {
              subject: 'responsivity',
              hint: 'Set responsivity (and loadResistance for a voltage), or use the normalised form.',
            },
          ),
        ]
      : [];
  const [why, ...more] = [...missing, ...uncalibrated];
  if (why || scale === null) return refused('opticalTrapDensity', [why!, ...more, MOBILE_IONS], context);
  const collection = findInput(input.conditions, 'collectionEfficiency');
  const value = (name: InputName): number => findInput(input.conditions, name)!.value;
  const energy = (p: Readonly<Record<string, number>>): number => {
    const one = tailOf(fit, p);
    return scale * one.height * one.time;
  };
  const parameters = readParameters(fit.report);
  const result = countOpticalTraps({
    energy_J: energy(parameters),
    photonEnergy_eV: value('photonEnergy'),
    efficiency: value('quantumEfficiency') * (collection?.value ?? 1),
    area_m2: value('area'),
    thickness_m: value('thickness'),
  });
  const fitted = (propagateFit(fit.report, energy) ?? 0) / energy(parameters);
  const relative = Math.hypot(fitted, relativeOf(input, [...needed, 'collectionEfficiency', 'responsivity']));
  const reasons: readonly [Issue, ...Issue[]] = [
    info(
      'NOTE',
      `Deep traps that empty without light are not seen: a lower limit (k = 1 of the sum ${(100 * relative).toPrecision(2)} %).`,
    ),
    ...(collection
      ? []
      : [
          info(
            'ASSUMED_INPUT',
            'No collection efficiency was given: the quantum efficiency is taken to include it.',
            {
              subject: 'collectionEfficiency',
            },
          ),
        ]),
    ...listImplausible(input.conditions, needed),
    ...notes,
    MOBILE_IONS,
  ];
  return bounded('opticalTrapDensity', 'lower', result, reasons, context);
}

function tailOf(
  fit: DecayFit,
  p: Readonly<Record<string, number>>,
): { share: number; time: number; height: number } {
  const report = {
    ...fit.report,
    parameters: fit.report.parameters.map((parameter) => ({
      ...parameter,
      value: p[parameter.id] ?? parameter.value,
    })),
  };
  return findTail({ ...fit, report })!;
}

function reportNormalised(input: AnalysisInput, fit: DecayFit, notes: readonly Issue[]): Quantity {
  const needed = ['onCurrent', 'area', 'thickness'] as const;
  const context = {
    method: NORMALISED,
    convention: 'f I_on τ_t/(q A L)',
    inputs: collectInputs(input.conditions, needed),
  };
  const [why, ...more] = listMissing(input.conditions, needed, 'The normalised trap density');
  if (why) return refused('opticalTrapDensity', [why, ...more, MOBILE_IONS], context);
  const value = (name: InputName): number => findInput(input.conditions, name)!.value;
  const compute = (p: Readonly<Record<string, number>>): number => {
    const tail = tailOf(fit, p);
    return countNormalisedTraps({
      share: tail.share,
      onCurrent_A: value('onCurrent'),
      tailTime_s: tail.time,
      area_m2: value('area'),
      thickness_m: value('thickness'),
    });
  };
  const result = compute(readParameters(fit.report));
  const u = Math.hypot(propagateFit(fit.report, compute) ?? 0, result * relativeOf(input, needed));
  const tail = findTail(fit)!;
  return determined('opticalTrapDensity', {
    ...context,
    value: result,
    standardUncertainty: u,
    interval95: [result - 1.96 * u, result + 1.96 * u],
    reasons: [
      info(
        'NOTE',
        `f = ${tail.share.toPrecision(3)}, τ_t = ${seconds(tail.time)}; the tail's carriers are taken to have the efficiency of the steady state.`,
      ),
      ...listImplausible(input.conditions, needed),
      ...notes,
      MOBILE_IONS,
    ],
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const [column] = selectResponses(input.measurement);
  const give = (quantities: Quantity[]): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays: [],
    issues: [],
  });
  const none = (reason: Issue): AnalysisOutput =>
    give(
      [CALIBRATED, NORMALISED].map((method) =>
        refused('opticalTrapDensity', [reason, MOBILE_IONS], { method }),
      ),
    );
  if (!column) return none(warning('NO_DATA', 'The waveform has no channel beside its time.'));
  if (column.role !== 'light')
    return none(
      warning(
        'INPUT_MISSING',
        `No column of the waveform has the role light (the first response is ${column.label}).`,
        {
          subject: 'light',
        },
      ),
    );
  const window = findDecayWindow(input, column, findStimulus(input.measurement));
  if ('reason' in window) return none(window.reason);
  const choice = analyseDecay(window);
  if (!choice) return none(warning('NOT_CONVERGED', 'No decay model could be fitted to the fall.'));
  if (!findTail(choice.chosen))
    return none(
      warning(
        'REGIME_NOT_FOUND',
        'The light falls without a slow tail: no carriers are seen to leave traps.',
      ),
    );
  return give([
    reportCalibrated(input, column, choice.chosen, window.notes),
    reportNormalised(input, choice.chosen, window.notes),
  ]);
}

/** Trap density from the slow tail of the light after turn-off, by both routes (METHODS 4.7). */
export const opticalTrapDensity: Analysis = defineAnalysis({
  id: 'optical-trap-density',
  version: 1,
  label: 'Trap density from light',
  kinds: ['waveform'],
  quantities: ['opticalTrapDensity'],
  options: [],
  run,
});
