import type { ReactNode } from 'react';
import type { MeasurementId } from '../../../src/model/ids.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import { IconButton } from '../../components/Button.tsx';
import { useSession } from '../../state/session.ts';

/** Title of one of the four panels: what it is, a quiet remark, and its own tools at the right. */
export function PanelHead({
  title,
  remark,
  children,
}: {
  readonly title: ReactNode;
  readonly remark?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="ch">
      <h2 className="nw">{title}</h2>
      {remark && <span className="t11 t3 el">{remark}</span>}
      <span className="sp" />
      {children}
    </div>
  );
}

/** Opens the Figures view with the type of figure this panel is. */
export function MakeFigure({
  template,
  quantity,
  curves,
  label,
}: {
  readonly template: string;
  readonly quantity: QuantityId;
  readonly curves: readonly MeasurementId[];
  readonly label: string;
}) {
  const session = useSession();
  return (
    <IconButton
      small
      icon="export"
      label={`Make figure: ${label}`}
      onClick={() => session.setView({ view: 'figures', figure: { template, quantity, curves } })}
    />
  );
}
