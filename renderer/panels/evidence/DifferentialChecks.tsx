import type { BranchName, EvidencePlot, Quantity } from '../../../src/model/quantity.ts';
import { Segmented } from '../../components/Button.tsx';
import { Fold } from '../../components/Fold.tsx';
import { Status } from '../../components/Status.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { QuantityValue } from '../../components/Value.tsx';
import { legWord } from '../../plot/legs.ts';
import { quantityShape } from '../../state/device-status.ts';
import { useSession, useView } from '../../state/session.ts';
import { WhyButton } from '../fit/WhyButton.tsx';
import type { Selected } from '../frame/use-selected.ts';
import { SmallPlot } from './SmallPlot.tsx';

const CHECKED = ['seriesResistance', 'idealityFactor'] as const;

/** Records of the checks of one leg: those with the convention of a method. */
function checksOf(selected: Selected): readonly Quantity[] {
  return (
    selected.outcome?.results.find((result) => result.analysis === 'differential-checks')?.quantities ?? []
  );
}

const disagrees = (quantity: Quantity) =>
  quantity.reasons.some((reason) => reason.code === 'METHODS_DISAGREE');

/** `R_s agrees within 4.6 %`, or which of the two the methods disagree on. */
function summarise(checks: readonly Quantity[]): string {
  const apart = CHECKED.filter((id) => checks.some((one) => one.id === id && disagrees(one)));
  if (apart.length > 0)
    return `methods disagree on ${apart.map((id) => (id === 'idealityFactor' ? 'n' : 'Rs')).join(' and ')}`;
  const note = checks.flatMap((one) => one.reasons).find((reason) => /agree within/.test(reason.message));
  return /agree within [\d.]+ %/.exec(note?.message ?? '')?.[0] ?? 'not determined';
}

function Panel({
  plot,
  checks,
  selected,
}: {
  readonly plot: EvidencePlot;
  readonly checks: readonly Quantity[];
  readonly selected: Selected;
}) {
  const own = CHECKED.map((id) =>
    checks.find(
      (one) =>
        one.id === id && one.branch === plot.branch && one.convention === plot.id && one.cycle === plot.cycle,
    ),
  ).filter((one) => one !== undefined);
  return (
    <figure className="check">
      <figcaption>{plot.title}</figcaption>
      <SmallPlot plot={plot} />
      <ul>
        {own.map((quantity) => (
          <li key={quantity.id}>
            <Status of={quantityShape(quantity)} />
            <MathSymbol text={quantity.symbol} />{' '}
            <span>{quantity.value === null ? 'not determined' : <QuantityValue quantity={quantity} />}</span>
            {quantity.status !== 'ok' && (
              <WhyButton
                quantity={quantity}
                selected={selected}
                name={`${plot.title}, ${plot.branch ?? ''}`}
              />
            )}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** R_s and n by derivatives, each as the plot it was read from, with the line of the global fit drawn in. */
export function DifferentialChecks({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const leg = useView((view) => view.leg);
  const plots = (selected.outcome?.results ?? [])
    .flatMap((result) => result.evidence ?? [])
    .filter((one) => one.kind === 'plot');
  if (plots.length === 0) return null;
  const checks = checksOf(selected);
  const legs = [...new Set(plots.map((plot) => plot.branch))].filter(
    (one): one is BranchName => one !== null,
  );
  const shown = legs.find((one) => one === leg) ?? legs[0] ?? null;
  const cycle = plots[0]!.cycle;
  const own = checks.filter((one) => one.branch === shown && one.cycle === cycle);
  const apart = own.find((one) => disagrees(one));
  return (
    <Fold title="Differential checks" summary={summarise(own)}>
      {() => (
        <>
          {legs.length > 1 && (
            <Segmented
              label="Leg of the checks"
              height={22}
              value={shown!}
              options={legs.slice(0, 4).map((one) => ({ id: one, text: legWord(one).replace(', V', '') }))}
              onChange={(branch) => session.setView({ leg: branch })}
            />
          )}
          <div className="checks">
            {plots
              .filter((plot) => plot.branch === shown && plot.cycle === cycle)
              .map((plot) => (
                <Panel key={plot.id} plot={plot} checks={checks} selected={selected} />
              ))}
          </div>
          <p className="t11 t3">Points and their own line in the colour of the leg; the global fit in ink.</p>
          {apart && (
            <p className="t11 row disagree">
              <Status of="flagged" />{' '}
              {apart.reasons.find((reason) => reason.code === 'METHODS_DISAGREE')!.message}
            </p>
          )}
        </>
      )}
    </Fold>
  );
}
