import type { Quantity } from '../../../src/model/quantity.ts';
import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { SIMULATORS } from '../../../src/pipeline/list-simulators.ts';
import { fitsOf } from '../../plot/overlays.ts';

type Values = Readonly<Record<string, number | null>>;

type Fit = ReturnType<typeof fitsOf>[number];

/** The parameters of one fit of the diode law under the names of a simulator, with `prefix` before them. */
function renameFit(fit: Fit, known: ReadonlySet<string>, prefix: string): Record<string, number> {
  const values: Record<string, number> = {};
  for (const { id, value } of fit.report.parameters) {
    if (!Number.isFinite(value)) continue;
    if (id === 'saturationCurrent') values[`${prefix}lnSaturationCurrent`] = Math.log(value);
    else if (known.has(id)) values[prefix + id] = value;
  }
  return values;
}

/** What the fits of the diode law found; a cell takes that of the falling leg too, as the law of the way back. */
function fromDiodeFit(outcome: MeasurementOutcome, known: ReadonlySet<string>, wayBack: boolean): Values {
  const fits = fitsOf(outcome).filter((one) => one.report.model === 'modified-shockley');
  const [first] = fits;
  if (!first) return {};
  const back = wayBack && !first.branch?.endsWith('reverse') ? fits.find(isReverse(first)) : undefined;
  const temperature = first.report.constants['temperature_K'];
  return {
    ...renameFit(first, known, ''),
    ...(back ? renameFit(back, known, 'reverse.') : {}),
    ...(temperature === undefined ? {} : { temperature }),
  };
}

function isReverse({ branch, cycle }: Fit) {
  return (one: Fit) => one.branch === branch?.replace('forward', 'reverse') && one.cycle === cycle;
}

function numberOf(
  quantities: readonly Quantity[],
  id: string,
  fits: (quantity: Quantity) => boolean = () => true,
): number | null {
  const found = quantities.find(
    (one) => one.id === id && typeof one.value === 'number' && one.status !== 'refused' && fits(one),
  );
  return typeof found?.value === 'number' ? found.value : null;
}

function keepFound(values: Readonly<Record<string, number | null>>): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** Switching voltages and resistances read off a loop; the high resistance is that of V > 0, where it is quadratic. */
function fromLoop(quantities: readonly Quantity[]): Values {
  const set = numberOf(quantities, 'setVoltage');
  const reset = numberOf(quantities, 'resetVoltage');
  return keepFound({
    setVoltage: set === null ? null : Math.abs(set),
    resetVoltage: reset === null ? null : -Math.abs(reset),
    lowResistance: numberOf(quantities, 'lowResistance'),
    reverseHighResistance: numberOf(quantities, 'highResistance', (one) =>
      Boolean(one.branch?.startsWith('-')),
    ),
  });
}

/**
 * Region edges of a pair: at I/II the whole voltage lies on the device that sets; at II/III two low resistances share it, so that the one
 * that resets has half; region II is two low resistances in series.
 */
function fromRegions(quantities: readonly Quantity[], untied: ReadonlySet<string>): Values {
  const edge = (name: string) => numberOf(quantities, 'regionBoundary', (one) => one.convention === name);
  const set = edge('I/II');
  const reset = edge('II/III');
  const plateau = numberOf(
    quantities,
    'regionResistance',
    (one) => one.convention === 'II' || one.convention?.startsWith('II ') === true,
  );
  return keepFound({
    [untied.has('setVoltage') ? 'left.setVoltage' : 'setVoltage']: set === null ? null : Math.abs(set),
    [untied.has('resetVoltage') ? 'right.resetVoltage' : 'resetVoltage']:
      reset === null ? null : -Math.abs(reset) / 2,
    lowResistance: plateau === null ? null : plateau / 2,
  });
}

/** Parameters of the simulator that the analyses of the curve found; null where they say nothing of this model. */
export function takeFromFits(outcome: MeasurementOutcome | null, setup: SimulatorSetup): Values | null {
  const simulator = SIMULATORS.get(setup.model);
  if (!outcome || !simulator) return null;
  const known = new Set(simulator.parameters.map((spec) => spec.id));
  const quantities = outcome.results.flatMap((result) => result.quantities);
  const found: Values =
    setup.model === 'resistive-memory'
      ? fromLoop(quantities)
      : setup.model === 'light-emitting-memory'
        ? fromRegions(quantities, new Set(setup.untied))
        : fromDiodeFit(outcome, known, setup.model === 'light-emitting-cell');
  return Object.keys(found).length > 0 ? found : null;
}
