import { formatEngineering } from '../../../src/units/format-value.ts';
import { isUnit } from '../../../src/units/units.ts';
import { MathSymbol } from '../../components/Symbol.tsx';
import { familyColour } from './family-lines.ts';

const STOPS = 12;

/** The colours of a family with both ends labelled. */
export function FamilyScale({
  symbol,
  unit,
  from,
  to,
}: {
  readonly symbol: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}) {
  const known = isUnit(unit) ? unit : '1';
  const stops = Array.from({ length: STOPS }, (_, k) => familyColour(k / (STOPS - 1)));
  return (
    <div className="family-scale t11">
      <MathSymbol text={symbol} />
      <span>{formatEngineering(from, known, 3)}</span>
      <i style={{ background: `linear-gradient(to right, ${stops.join(',')})` }} />
      <span>{formatEngineering(to, known, 3)}</span>
    </div>
  );
}
