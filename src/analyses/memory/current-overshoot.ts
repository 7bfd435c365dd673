import { secondDifferenceNoise } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import { type Curve, columnOf } from '../../model/curve.ts';
import type { Conditions } from '../../model/inputs.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput, listMissing } from '../given-inputs.ts';
import { findPeak } from '../synapse/spike-trace.ts';
import { findByLabel, listHeaders } from '../table-columns.ts';

const LEAST_ABOVE = 3;

/** The measured current, or the voltage on a load over its resistance; null where neither is there. */
function readCurrentTrace(curve: Curve, conditions: Conditions): Float64Array | null {
  const current = columnOf(curve, 'current');
  if (current) return current.data;
  const load = findByLabel(curve, /\bload\b|\bshunt\b/i, ['V']);
  const resistance = findInput(conditions, 'loadResistance')?.value ?? 0;
  return load && resistance > 0 ? load.data.map((v) => v / resistance) : null;
}

function run(input: AnalysisInput): AnalysisOutput {
  const { measurement, conditions } = input;
  const head: QuantityContext = {
    method: 'largest current of the transient over the limit',
    inputs: collectInputs(conditions, ['complianceCurrent', 'loadResistance']),
  };
  const give = (quantity: ReturnType<typeof refused>): AnalysisOutput => ({
    quantities: [quantity],
    fits: [],
    overlays: [],
    issues: [],
  });
  const current = readCurrentTrace(measurement.curve, conditions);
  if (!current)
    return give(
      refused(
        'currentOvershoot',
        [
          warning(
            'NO_DATA',
            `A current over time is needed, or the voltage on a load of known resistance; the columns are ${listHeaders(measurement.curve)}.`,
          ),
        ],
        head,
      ),
    );
  const [missing, ...more] = listMissing(conditions, ['complianceCurrent'], 'The overshoot of the current');
  const limit_A = Math.abs(findInput(conditions, 'complianceCurrent')?.value ?? 0);
  if (missing) return give(refused('currentOvershoot', [missing, ...more], head));
  const magnitude = current.map((i) => (Number.isFinite(i) ? Math.abs(i) : 0));
  const { row, value } = findPeak(magnitude, 0, magnitude.length);
  let above = 0;
  for (let k = row; k >= 0 && magnitude[k]! > 0.5 * (value + limit_A); k--) above++;
  for (let k = row + 1; k < magnitude.length && magnitude[k]! > 0.5 * (value + limit_A); k++) above++;
  const time = columnOf(measurement.curve, 'time');
  const noise = secondDifferenceNoise(current) / Math.sqrt(3);
  const reasons: Issue[] = [
    info(
      'NOTE',
      `Largest current ${value.toPrecision(3)} A${time ? ` at ${time.data[row]!.toPrecision(4)} s` : ''}, limit ${limit_A.toPrecision(3)} A.`,
    ),
    ...(value > 1.02 * limit_A && above < LEAST_ABOVE
      ? [
          warning(
            'UNDERSAMPLED',
            `The overshoot is ${above} samples wide at half its height: the true peak may be higher.`,
          ),
        ]
      : []),
  ];
  return give(
    determined('currentOvershoot', {
      ...head,
      value: value / limit_A,
      standardUncertainty: noise / limit_A,
      reasons,
    }),
  );
}

/** What a switching event drives through the device before its limit acts (METHODS 2.3): only a transient shows it. */
export const currentOvershoot: Analysis = defineAnalysis({
  id: 'current-overshoot',
  version: 1,
  label: 'Overshoot of the limit',
  kinds: ['waveform'],
  quantities: ['currentOvershoot'],
  options: [],
  run,
});
