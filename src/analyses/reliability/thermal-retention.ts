import { BOLTZMANN_J_PER_K, coverageFactor95, ELEMENTARY_CHARGE_C, fitLine } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { findInput } from '../given-inputs.ts';
import { readActivationTable } from '../interface/activation-table.ts';
import { finiteRows, listHeaders } from '../table-columns.ts';
import { predictReading } from './retention-line.ts';

const BOLTZMANN_EV = BOLTZMANN_J_PER_K / ELEMENTARY_CHARGE_C;
const LEAST_TEMPERATURES = 3;
const SAFE_DECADES = 2;
const ROOM_K = 300;
const YEAR_S = 3.156e7;

/** Retention at the temperature of use from baking at higher ones: ln t against 1/kT (METHODS 2.9). */
export const thermalRetention: Analysis = defineAnalysis({
  id: 'thermal-retention',
  version: 1,
  label: 'Retention at the temperature of use',
  kinds: ['series', 'generic'],
  quantities: ['retentionTime'],
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const give = (...quantities: AnalysisOutput['quantities']): AnalysisOutput => ({
      quantities,
      fits: [],
      overlays: [],
      issues: [],
    });
    const given = findInput(input.conditions, 'temperature');
    const use_K = given?.value ?? ROOM_K;
    const head: QuantityContext = { method: 'arrhenius', convention: `at ${use_K} K` };
    const refuse = (why: Issue): AnalysisOutput => give(refused('retentionTime', [why], head));
    const table = readActivationTable(input.measurement.curve);
    if (table?.activated.unit !== 's')
      return refuse(
        warning(
          'NO_DATA',
          `Retention times at several temperatures are needed; the columns are ${listHeaders(input.measurement.curve)}.`,
        ),
      );
    const rows = finiteRows([table.temperature, table.activated]).filter(
      (row) => table.activated.data[row]! > 0 && table.temperature.data[row]! > 0,
    );
    const temperatures = new Set(rows.map((row) => table.temperature.data[row]!));
    if (temperatures.size < LEAST_TEMPERATURES)
      return refuse(
        warning(
          'TOO_FEW_POINTS',
          `Retention by Arrhenius needs ${LEAST_TEMPERATURES} temperatures; there are ${temperatures.size}.`,
        ),
      );
    const x = rows.map((row) => 1 / (BOLTZMANN_EV * table.temperature.data[row]!));
    const line = fitLine(
      x,
      rows.map((row) => Math.log(table.activated.data[row]!)),
    );
    if (!line) return refuse(warning('NO_DATA', 'No line through these points.'));
    const at = predictReading(line, x, 1 / (BOLTZMANN_EV * use_K));
    const value = Math.exp(at.value);
    const factor = coverageFactor95(x.length - 2);
    const longest = rows.reduce((most, row) => Math.max(most, table.activated.data[row]!), 0);
    const decades = Math.log10(value / longest);
    return give(
      determined('retentionTime', {
        ...head,
        value,
        standardUncertainty: value * at.error,
        interval95: [Math.exp(at.value - factor * at.error), Math.exp(at.value + factor * at.error)],
        points: rows.length,
        reasons: [
          info(
            'NOTE',
            `${(value / YEAR_S).toPrecision(3)} years with ${line.slope.toFixed(3)} eV; abrupt failures are not seen by a line.`,
          ),
          ...(given
            ? []
            : [
                info('ASSUMED_INPUT', `No temperature of use was given: ${ROOM_K} K is taken.`, {
                  subject: 'temperature',
                }),
              ]),
          ...(decades > SAFE_DECADES
            ? [
                warning(
                  'EXTRAPOLATION_UNSAFE',
                  `${decades.toFixed(1)} decades beyond the longest time measured, ${longest.toPrecision(3)} s.`,
                ),
              ]
            : []),
        ],
      }),
    );
  },
});
