import { MathSymbol } from '../../components/Symbol.tsx';
import { QuantityValue } from '../../components/Value.tsx';
import type { DeviceTest } from '../../state/simulator/device-test.ts';

const SHOWN = 10;

/** What the analyses read off a simulated table. */
export function TestQuantities({ test }: { readonly test: DeviceTest }) {
  const known = test.tested.outcome.results
    .flatMap((result) => result.quantities)
    .filter((quantity) => quantity.value !== null);
  const { columns } = test.tested.outcome.measurement.curve;
  const last = columns[0] ? columns[0].data.length : 0;
  return (
    <table className="cmp" aria-label={`Quantities of the ${test.label.toLowerCase()}`}>
      <tbody>
        <tr>
          <td>rows simulated</td>
          <td className="num">{last}</td>
        </tr>
        {known.slice(0, SHOWN).map((quantity) => (
          <tr
            key={`${quantity.id} ${quantity.branch} ${quantity.convention}`}
            title={quantity.convention ?? ''}
          >
            <td className="el">
              <MathSymbol text={quantity.symbol} /> {quantity.branch ?? ''}
            </td>
            <td className="num">
              <QuantityValue quantity={quantity} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
