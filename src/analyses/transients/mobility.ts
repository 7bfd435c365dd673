import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { Conditions, InputName } from '../../model/inputs.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { cautionInterlayer } from '../conduction/interlayer.ts';
import { collectInputs, findChoice, findInput, listImplausible, listMissing } from '../given-inputs.ts';
import { collectDriveDelays, type Drive, findDrive, judgeDriveScaling } from './drive-scaling.ts';
import { pulseResponse } from './pulse-response.ts';

/** Voltages of METHODS 4.6 that drive the carriers; each names what it subtracts. */
const CONVENTIONS = {
  applied: { label: 'V', needs: [] },
  'minus-built-in': { label: 'V − V_bi', needs: ['builtInVoltage'] },
  'minus-turn-on': { label: 'V − V_on', needs: ['turnOnVoltage'] },
  'minus-built-in-and-series': {
    label: 'V − V_bi − I R_s',
    needs: ['builtInVoltage', 'onCurrent', 'seriesResistance'],
  },
} as const satisfies Record<string, { label: string; needs: readonly InputName[] }>;
type Convention = keyof typeof CONVENTIONS;

/** mu = L^2/(tau V_eff) [m^2/(V s)]: the first meeting of carriers crosses the layer in the delay. */
export function computeDelayMobility(thickness_m: number, delay_s: number, voltage_V: number): number {
  return thickness_m ** 2 / (delay_s * voltage_V);
}

/** V_eff [V] and its u; null where an input is missing. */
function findEffectiveVoltage(
  conditions: Conditions,
  convention: Convention,
  drive: Drive,
): { value: number; u: number } | null {
  const read = (name: InputName) => findInput(conditions, name);
  const { needs } = CONVENTIONS[convention];
  if (needs.some((name) => read(name) === null)) return null;
  const part = (name: InputName): readonly [number, number] => {
    const one = read(name)!;
    return [one.value, Math.abs(one.value) * one.relative];
  };
  if (convention === 'applied') return { value: drive.value, u: drive.u };
  if (convention === 'minus-turn-on') {
    const [v, u] = part('turnOnVoltage');
    return { value: drive.value - v, u: Math.hypot(drive.u, u) };
  }
  const [builtIn, u] = part('builtInVoltage');
  if (convention === 'minus-built-in') return { value: drive.value - builtIn, u: Math.hypot(drive.u, u) };
  const [current, uCurrent] = part('onCurrent');
  const [series, uSeries] = part('seriesResistance');
  return {
    value: drive.value - builtIn - current * series,
    u: Math.hypot(drive.u, u, current * uSeries, series * uCurrent),
  };
}

function reportMobility(
  input: AnalysisInput,
  delay: Quantity,
  convention: Convention,
  drive: Drive | null,
  shared: readonly Issue[],
): Quantity {
  const { needs, label } = CONVENTIONS[convention];
  const context = {
    method: `L²/(τ V_eff), τ: ${delay.convention ?? delay.method}`,
    convention: `V_eff = ${label}`,
    inputs: {
      ...collectInputs(input.conditions, ['thickness', ...needs]),
      ...(drive ? { drive_V: drive.given } : {}),
    },
  };
  const missing = [
    ...listMissing(input.conditions, ['thickness', ...needs], 'The mobility'),
    ...(drive ? [] : listMissing(input.conditions, ['drive'], 'The mobility')),
  ];
  const [firstMissing, ...rest] = missing;
  if (firstMissing) return refused('mobility', [firstMissing, ...rest], context);
  if (typeof delay.value !== 'number') {
    const [why, ...more] = delay.reasons;
    return refused(
      'mobility',
      [why ?? warning('NO_DATA', 'There is no delay to take a mobility from.'), ...more],
      context,
    );
  }
  const thickness = findInput(input.conditions, 'thickness')!;
  const voltage = findEffectiveVoltage(input.conditions, convention, drive!)!;
  if (!(voltage.value > 0))
    return refused(
      'mobility',
      [
        warning(
          'INPUT_IMPLAUSIBLE',
          `${label} is ${voltage.value.toPrecision(3)} V at a drive of ${drive!.value.toPrecision(3)} V: no field drives the carriers.`,
        ),
      ],
      context,
    );
  const reasons = [
    ...shared,
    ...(drive?.reasons ?? []),
    ...delay.reasons,
    ...listImplausible(input.conditions, ['thickness', 'drive', ...needs]),
  ];
  const value = computeDelayMobility(thickness.value, delay.value, voltage.value);
  if (!(value > 0))
    return refused(
      'mobility',
      [
        warning(
          'AMBIGUOUS',
          `The delay is ${delay.value.toPrecision(3)} s: the response does not follow the drive.`,
        ),
      ],
      context,
    );
  // a delay known only as an upper limit makes the mobility a lower one
  if (delay.status === 'bound')
    return bounded('mobility', 'lower', value, reasons as unknown as readonly [Issue, ...Issue[]], context);
  const u =
    value *
    Math.hypot(
      2 * thickness.relative,
      (delay.standardUncertainty ?? 0) / delay.value,
      voltage.u / voltage.value,
    );
  return determined('mobility', {
    ...context,
    value,
    standardUncertainty: u,
    interval95: [value - 1.96 * u, value + 1.96 * u],
    reasons,
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const earlier = input.earlier.find((result) => result.analysis === 'pulse-response');
  const source = earlier ?? pulseResponse.run(input);
  const delays = source.quantities.filter((quantity) => quantity.id === 'delayTime');
  const drive = findDrive(input.measurement, input.conditions);
  const wish = findChoice(input.conditions, 'effectiveVoltage');
  const chosen: Convention = Object.hasOwn(CONVENTIONS, wish) ? (wish as Convention) : 'minus-built-in';
  const [first, ...others] = delays;
  const own =
    drive && first && typeof first.value === 'number' && first.status !== 'bound'
      ? { drive, delay_s: first.value, error_s: first.standardUncertainty ?? 0 }
      : null;
  const series = collectDriveDelays(input, own);
  const judge = (convention: Convention): Issue[] => [
    judgeDriveScaling(
      series,
      (one) => findEffectiveVoltage(input.conditions, convention, one)?.value ?? Number.NaN,
      CONVENTIONS[convention].label,
    ),
    ...cautionInterlayer(input.conditions),
    info(
      'NOTE',
      'An effective mobility of the carriers that meet first; trapping, recombination and interlayers are not separated from it.',
    ),
  ];
  const quantities: Quantity[] = [];
  if (!first)
    quantities.push(
      refused('mobility', [warning('NO_DATA', 'The waveform has no channel with a delay.')], {
        method: 'L²/(τ V_eff)',
      }),
    );
  else {
    quantities.push(reportMobility(input, first, chosen, drive, judge(chosen)));
    for (const convention of Object.keys(CONVENTIONS) as Convention[])
      if (convention !== chosen && hasInputs(input.conditions, convention))
        quantities.push(reportMobility(input, first, convention, drive, judge(convention)));
    for (const delay of others)
      if (
        quantities[0]!.status !== 'refused' &&
        typeof delay.value === 'number' &&
        delay.method === first.method
      )
        quantities.push(reportMobility(input, delay, chosen, drive, judge(chosen)));
  }
  return { quantities, fits: [], overlays: [], issues: [] };
}

function hasInputs(conditions: Conditions, convention: Convention): boolean {
  return CONVENTIONS[convention].needs.every((name) => findInput(conditions, name) !== null);
}

/** Effective mobility from the onset delay of the light, by every voltage convention (METHODS 4.6). */
export const mobility: Analysis = defineAnalysis({
  id: 'mobility',
  version: 2,
  label: 'Mobility from the delay',
  kinds: ['waveform'],
  quantities: ['mobility'],
  options: [],
  run,
});
