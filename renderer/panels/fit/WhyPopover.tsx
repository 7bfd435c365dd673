import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { codeWithSubject, type Issue } from '../../../src/base/issues.ts';
import { INPUTS, type InputSpec } from '../../../src/model/inputs.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Status } from '../../components/Status.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { legWord } from '../../plot/legs.ts';
import { quantityShape } from '../../state/device-status.ts';
import { useSession } from '../../state/session.ts';
import { writeGiven } from '../curves/ConditionsStrip.tsx';
import type { Selected } from '../frame/use-selected.ts';

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

/** What decides comes before what is only noted. */
function sortReasons(reasons: readonly Issue[]): readonly Issue[] {
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return [...reasons].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function dropRepeats(reasons: readonly Issue[]): readonly Issue[] {
  return reasons.filter(
    (one, index) =>
      reasons.findIndex((other) => other.code === one.code && other.message === one.message) === index,
  );
}

/** Reasons per leg; what is said of two legs in the same words is said once. */
function mergeLegs(
  quantities: readonly Quantity[],
): readonly { readonly leg: string; readonly reasons: readonly Issue[] }[] {
  const groups = new Map<string, { readonly legs: string[]; readonly reasons: readonly Issue[] }>();
  for (const { branch, reasons } of quantities) {
    const sorted = sortReasons(reasons);
    const key = sorted.map(({ message }) => message).join('\n');
    const group = groups.get(key) ?? { legs: [], reasons: sorted };
    if (branch) group.legs.push(legWord(branch));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ legs, reasons }) => ({ leg: legs.join(' and '), reasons }));
}

function headline({ value, status }: Quantity): string {
  return value === null ? 'No' : status === 'bound' ? 'A bound of the' : 'About the';
}

/** Why a quantity has no value, is a bound or is flagged: what stands against it with its numbers, what went in, what can be done. */
export function WhyPopover({
  quantities,
  anchor,
  selected,
  onClose,
}: {
  /** One quantity, for each leg that has something to say. */
  readonly quantities: readonly Quantity[];
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
  const quantity = quantities[0]!;
  const label = QUANTITIES[quantity.id].label;
  const told = mergeLegs(quantities);
  const [first] = told[0]!.reasons;
  const legs = (selected.outcome?.conditioned?.legs.length ?? 0) > 1;
  const all = dropRepeats(told.flatMap(({ reasons }) => reasons));
  const inputs = Object.entries(
    Object.assign({}, ...quantities.map((one) => one.inputs)) as Quantity['inputs'],
  )
    .map(([key, given]) => ({ spec: specOf(key), given }))
    .filter((one): one is { spec: InputSpec; given: Quantity['inputs'][string] } => one.spec !== undefined);
  const missing = all.filter((reason) => reason.code === 'INPUT_MISSING' && specOf(reason.subject ?? ''));
  const copy = () =>
    void navigator.clipboard.writeText(
      [
        `${selected.measurement.deviceId}: ${headline(quantity)} ${label.toLowerCase()}`,
        ...all.map((reason) => `${codeWithSubject(reason)}: ${reason.message}`),
      ].join('\n'),
    );
  return createPortal(
    <div
      ref={box}
      className="pop why-pop"
      role="dialog"
      aria-label={
        quantity.value === null
          ? `Why there is no ${label.toLowerCase()}`
          : `About the ${label.toLowerCase()}`
      }
      tabIndex={-1}
      style={{ right, top, width: WIDTH }}
    >
      <i className="arrow" style={{ top: arrow }} />
      <div className="hd">
        <Status of={quantityShape(quantity)} />
        <h2>
          {headline(quantity)} {label.toLowerCase()} <MathSymbol text={quantity.symbol} />{' '}
          {quantity.value === null ? 'from this curve' : ''}
        </h2>
        <span className="sp" />
        <IconButton small icon="x" label="Close" onClick={onClose} />
      </div>
      <div className="bd">
        {told.map(({ leg, reasons: [lead, ...rest] }) => (
          <div key={leg}>
            {legs && leg && <h3>{leg}</h3>}
            <p className="lead">{lead?.message ?? 'No reason was given.'}</p>
            {rest.map((reason) => (
              <p className="t12 t2" key={reason.code + reason.message}>
                {reason.message}
              </p>
            ))}
          </div>
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
                {quantities.map(
                  (one) =>
                    one.range && (
                      <tr key={one.branch ?? 'all'}>
                        <td>range{legs && one.branch ? `, ${legWord(one.branch)}` : ''}</td>
                        <td>
                          {writeEnd(one.range.from)} – {writeEnd(one.range.to)} ({one.range.role})
                        </td>
                        <td>this curve</td>
                      </tr>
                    ),
                )}
              </tbody>
            </table>
          </>
        )}
        {all.some((reason) => reason.hint) || missing.length > 0 ? (
          <>
            <h3 className="do">What you can do</h3>
            <ol>
              {all
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
