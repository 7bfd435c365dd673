import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { codeWithSubject } from '../../src/base/issues.ts';
import { INPUTS, type InputSpec } from '../../src/model/inputs.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import { formatFixed } from '../../src/units/format-value.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { Status } from '../components/Status.tsx';
import { MathSymbol } from '../components/Symbol.tsx';
import { quantityShape } from '../state/device-status.ts';
import { useSession } from '../state/session.ts';
import { writeGiven } from './ConditionsStrip.tsx';
import type { Selected } from './use-selected.ts';

const WIDTH = 428;
const ORIGIN = {
  file: 'file',
  folder: 'folder',
  device: 'device table',
  user: 'you',
  assumed: 'assumed',
} as const;

function specOf(key: string): InputSpec | undefined {
  return INPUTS.find((spec) => spec.key === key || spec.id === key);
}

/** An end of a range as a person reads it: -1e-5 V of a sweep from 0 V is 0. */
function writeEnd(value: number): string {
  return formatFixed(value, Math.abs(value) >= 100 ? 0 : 3).replace(/\.?0+$/, '') || '0';
}

/** Why a quantity has no value: what is missing with its numbers, what went in, and what can be done. */
export function WhyPopover({
  quantity,
  anchor,
  selected,
  onClose,
}: {
  readonly quantity: Quantity;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly selected: Selected;
  readonly onClose: () => void;
}) {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(112);
  const [arrow, setArrow] = useState(40);
  const [right, setRight] = useState(364);
  useLayoutEffect(() => {
    const row = anchor.current?.getBoundingClientRect();
    const pop = box.current?.getBoundingClientRect();
    if (!row || !pop) return;
    const wanted = Math.max(48, Math.min(innerHeight - pop.height - 34, row.top - pop.height / 2));
    setTop(wanted);
    setArrow(Math.max(14, Math.min(pop.height - 26, row.top + row.height / 2 - wanted - 6)));
    setRight(innerWidth - row.left + 20);
  }, [anchor]);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);
  const label = QUANTITIES[quantity.id].label;
  const [first, ...rest] = quantity.reasons;
  const inputs = Object.entries(quantity.inputs)
    .map(([key, given]) => ({ spec: specOf(key), given }))
    .filter((one): one is { spec: InputSpec; given: Quantity['inputs'][string] } => one.spec !== undefined);
  const missing = quantity.reasons.filter(
    (reason) => reason.code === 'INPUT_MISSING' && specOf(reason.subject ?? ''),
  );
  const copy = () =>
    void navigator.clipboard.writeText(
      [
        `${selected.measurement.deviceId}: no ${label.toLowerCase()}`,
        ...quantity.reasons.map((reason) => `${codeWithSubject(reason)}: ${reason.message}`),
      ].join('\n'),
    );
  return createPortal(
    <div
      ref={box}
      className="pop why-pop"
      role="dialog"
      aria-label={`Why there is no ${label.toLowerCase()}`}
      tabIndex={-1}
      style={{ right, top, width: WIDTH }}
    >
      <i className="arrow" style={{ top: arrow }} />
      <div className="hd">
        <Status of={quantityShape(quantity)} />
        <h2>
          {quantity.value === null ? 'No' : 'About the'} {label.toLowerCase()}{' '}
          <MathSymbol text={quantity.symbol} /> from this curve
        </h2>
        <span className="sp" />
        <IconButton small icon="x" label="Close" onClick={onClose} />
      </div>
      <div className="bd">
        <p className="lead">{first?.message ?? 'No reason was given.'}</p>
        {rest.map((reason) => (
          <p className="t12 t2" key={reason.code + reason.message}>
            {reason.message}
          </p>
        ))}
        {(inputs.length > 0 || missing.length > 0 || quantity.range) && (
          <>
            <h3>What went in</h3>
            <table>
              <tbody>
                {missing.map((reason) => (
                  <tr key={reason.subject}>
                    <td>
                      <MathSymbol text={specOf(reason.subject!)!.symbol} />
                    </td>
                    <td>
                      <b className="c-refuse">missing</b>
                    </td>
                    <td />
                  </tr>
                ))}
                {inputs.map(({ spec, given }) => (
                  <tr key={spec.id}>
                    <td>{spec.symbol ? <MathSymbol text={spec.symbol} /> : spec.label}</td>
                    <td>{writeGiven(spec, given)}</td>
                    <td>{ORIGIN[given.from]}</td>
                  </tr>
                ))}
                {quantity.range && (
                  <tr>
                    <td>range</td>
                    <td>
                      {writeEnd(quantity.range.from)} – {writeEnd(quantity.range.to)} ({quantity.range.role})
                    </td>
                    <td>this curve</td>
                  </tr>
                )}
              </tbody>
            </table>
          </>
        )}
        {quantity.reasons.some((reason) => reason.hint) || missing.length > 0 ? (
          <>
            <h3 className="do">What you can do</h3>
            <ol>
              {quantity.reasons
                .filter((reason) => reason.hint)
                .map((reason, index) => (
                  <li key={reason.hint}>
                    <span className="t3">{index + 1}</span>
                    <span>{reason.hint}</span>
                    {reason.code === 'INPUT_MISSING' && specOf(reason.subject ?? '') && (
                      <Button small onClick={() => session.setView({ overlay: 'conditions' })}>
                        Type it
                      </Button>
                    )}
                  </li>
                ))}
              {missing
                .filter((reason) => !reason.hint)
                .map((reason) => (
                  <li key={reason.subject}>
                    <span className="t3">•</span>
                    <span>Give the {specOf(reason.subject!)!.label.toLowerCase()} once for the folder.</span>
                    <Button small onClick={() => session.setView({ overlay: 'conditions' })}>
                      Type it
                    </Button>
                  </li>
                ))}
            </ol>
          </>
        ) : null}
      </div>
      <div className="ft">
        <span className="mono">{first ? codeWithSubject(first) : ''}</span>
        <span className="sp" />
        <Button small ghost icon="copy" onClick={copy}>
          Copy
        </Button>
      </div>
    </div>,
    document.body,
  );
}
