import { median, standardDeviation } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Column } from '../../model/curve.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput } from '../given-inputs.ts';
import { findByLabel, finiteRows, listHeaders } from '../table-columns.ts';

const RESISTIVITY = /resistivity|\brho\b|\u03c1/i;
const THICKNESS = /thickness|\bt\b|\bd\b/i;

/** ohm m of one unit of the column: the closed list has no unit of resistivity, its text is kept beside the numbers. */
function factorOf(column: Column): number | null {
  const text = (column.origin?.unit ?? '').replace(/[\s*\u00b7.\u22c5]/g, '').toLowerCase();
  const match = /^([m\u00b5u])?(?:ohm|\u03c9|\u2126)(cm|m)$/.exec(text);
  if (!match) return null;
  const prefix = match[1] === undefined ? 1 : match[1] === 'm' ? 1e-3 : 1e-6;
  return prefix * (match[2] === 'cm' ? 1e-2 : 1);
}

function run(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const resistivity = findByLabel(curve, RESISTIVITY);
  const thickness = findByLabel(curve, THICKNESS, ['m']);
  const given = findInput(input.conditions, 'thickness');
  const head: QuantityContext = {
    method: 'resistivity over thickness',
    convention: 'per square',
    inputs: thickness ? {} : collectInputs(input.conditions, ['thickness']),
  };
  const give = (quantity: ReturnType<typeof refused>): AnalysisOutput => ({
    quantities: [quantity],
    fits: [],
    overlays: [],
    issues: [],
  });
  if (!resistivity)
    return give(
      refused(
        'sheetResistance',
        [warning('NO_DATA', `A resistivity is needed; the columns are ${listHeaders(curve)}.`)],
        head,
      ),
    );
  const factor = factorOf(resistivity);
  if (factor === null)
    return give(
      refused(
        'sheetResistance',
        [
          warning(
            'UNIT_SUSPECT',
            `The unit "${resistivity.origin?.unit ?? ''}" of "${resistivity.label}" is no resistivity; ohm cm or ohm m is needed.`,
          ),
        ],
        head,
      ),
    );
  if (!thickness && !given)
    return give(
      refused(
        'sheetResistance',
        [
          warning(
            'INPUT_MISSING',
            'A sheet resistance needs the thickness of the film, which was not given.',
            {
              subject: 'thickness',
              hint: 'Add a column of it, or set thickness.',
            },
          ),
        ],
        head,
      ),
    );
  const rows = finiteRows(thickness ? [resistivity, thickness] : [resistivity]);
  const values = rows
    .map((row) => (factor * resistivity.data[row]!) / (thickness ? thickness.data[row]! : given!.value))
    .filter((value) => value > 0 && Number.isFinite(value));
  if (values.length === 0)
    return give(
      refused('sheetResistance', [warning('NO_DATA', 'No row has a resistivity and a thickness.')], head),
    );
  const value = median(values);
  const reasons: Issue[] = [
    info('NOTE', `A lead of k squares adds k times ${value.toPrecision(3)} ohm to the series resistance.`),
  ];
  const scatter = values.length > 1 ? standardDeviation(values) / Math.sqrt(values.length) : null;
  const fromThickness = thickness || !given || given.relative === 0 ? null : value * given.relative;
  return give(
    determined('sheetResistance', {
      ...head,
      value,
      standardUncertainty:
        scatter === null && fromThickness === null ? null : Math.hypot(scatter ?? 0, fromThickness ?? 0),
      points: values.length,
      reasons,
    }),
  );
}

/** Sheet resistance of a lead, rho/t: what its squares add to the series resistance (METHODS 6). */
export const sheetResistance: Analysis = defineAnalysis({
  id: 'sheet-resistance',
  version: 1,
  label: 'Sheet resistance',
  kinds: ['series', 'generic'],
  quantities: ['sheetResistance'],
  options: [],
  applies: ({ curve }) => findByLabel(curve, RESISTIVITY) !== null,
  run,
});
