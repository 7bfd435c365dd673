import type { QuantitySeries } from '../../../src/batch/device-values.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { MathSymbol } from '../../components/Symbol.tsx';
import { arrowOf } from './use-statistics.ts';

/** `V_on →` as text of the page. */
export function SeriesName({ series }: { readonly series: QuantitySeries }) {
  const arrow = arrowOf(series.branch);
  return (
    <span className="nw">
      <MathSymbol text={QUANTITIES[series.id].symbol} />
      {arrow && ` ${arrow}`}
    </span>
  );
}
