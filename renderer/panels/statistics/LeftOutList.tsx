import { useState } from 'react';
import type { DeviceId } from '../../../src/model/ids.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { Status, type StatusShape } from '../../components/Status.tsx';
import { MathSymbol, plainSymbol } from '../../components/Symbol.tsx';
import { markDevices } from '../../state/device-selection.ts';
import { useSession } from '../../state/session.ts';
import { FEWEST_DEVICES } from '../../state/statistics.ts';
import { arrowOf, type StatisticsControl } from './use-statistics.ts';

function Line({
  shape,
  words,
  names,
  verb,
  label,
  onVerb,
  expanded,
}: {
  readonly shape: StatusShape;
  readonly words: string;
  readonly names: string;
  readonly verb?: string;
  readonly label?: string;
  readonly onVerb?: () => void;
  readonly expanded?: boolean;
}) {
  return (
    <li className="row">
      <Status of={shape} hidden />
      <span className="nw">{words}</span>
      <span className="t3 el" title={names}>
        {names}
      </span>
      <span className="sp" />
      {verb && (
        <button
          type="button"
          className="link t11"
          aria-label={label}
          aria-expanded={expanded}
          onClick={onVerb}
        >
          {verb}
        </button>
      )}
    </li>
  );
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Who takes no part, by kind and name, each with the way back; then who might be an outlier. */
export function LeftOutList({ control }: { readonly control: StatisticsControl }) {
  const session = useSession();
  const { model, nameOf } = control;
  const { dead, outliers, unreadable, missing } = model.leftOut;
  const [told, setTold] = useState(false);
  const nothing = dead.length + outliers.length + unreadable.length + missing.length === 0;
  const proposed = [...new Set(model.proposals.map(({ device }) => device))];
  return (
    <>
      <section className="block" aria-label="Left out">
        <h2>
          Left out of {model.total}
          {model.total < FEWEST_DEVICES ? ', too few for a statistic' : ''}
        </h2>
        <ul className="left-out t12">
          {dead.length > 0 && (
            <Line
              shape="dead"
              words={count(dead.length, 'dead pixel')}
              names={dead.map(nameOf).join(', ')}
              verb="Include"
              label={`Include dead ${dead.map(nameOf).join(', ')}`}
              onVerb={() => markDevices(session, dead, null)}
            />
          )}
          {unreadable.length > 0 && (
            <Line
              shape="failed"
              words={`${unreadable.length} unreadable`}
              names={unreadable.map(({ name }) => name).join(', ')}
            />
          )}
          {outliers.map((device) => (
            <Line
              key={device}
              shape="outlier"
              words="outlier"
              names={`${nameOf(device)}${scoreWords(control, device)}`}
              verb="Include"
              label={`Include ${nameOf(device)}`}
              onVerb={() => markDevices(session, [device], null)}
            />
          ))}
          {missing.length > 0 && (
            <Line
              shape="refused"
              words={`${missing.length} not determined`}
              names={missing.map(({ device }) => nameOf(device)).join(', ')}
              verb={told ? 'Fold' : 'Why'}
              expanded={told}
              label={told ? 'Fold the reasons' : 'Why they are not determined'}
              onVerb={() => setTold(!told)}
            />
          )}
          {told &&
            missing.map(({ device, reason, leg }) => (
              <li key={device} className="row long">
                <button
                  type="button"
                  className="link"
                  onClick={() => session.select(control.model.curvesOf.get(device)![0]!)}
                >
                  {nameOf(device)}
                </button>
                <span className="t3 two" title={reason}>
                  {leg && `${leg}: `}
                  {reason}
                </span>
              </li>
            ))}
          {nothing && <li className="t3">Every device is counted.</li>}
        </ul>
      </section>
      {proposed.length > 0 && (
        <section className="block" aria-label="Far from the others">
          <h2>Far from the others</h2>
          <ul className="left-out t12">
            {proposed.slice(0, MOST_PROPOSED).map((device) => {
              const own = model.proposals.filter((one) => one.device === device);
              const whole = own.map(
                ({ series, score }) =>
                  `${plainSymbol(QUANTITIES[series.id].symbol)} ${arrowOf(series.branch)} ${formatFixed(Math.abs(score), 1)}`,
              );
              return (
                <li key={device} className="row" title={`${whole.join(', ')} robust σ from the median`}>
                  <Status of="outlier" hidden />
                  <span className="b nw">{nameOf(device)}</span>
                  <span className="t2 el">
                    {own.map(({ series, score }, index) => (
                      <span key={`${series.id}${series.branch}`}>
                        {index > 0 && ', '}
                        <MathSymbol text={QUANTITIES[series.id].symbol} /> {arrowOf(series.branch)}{' '}
                        {formatFixed(Math.abs(score), 1)}
                      </span>
                    ))}{' '}
                    robust σ
                  </span>
                  <span className="sp" />
                  <button
                    type="button"
                    className="link t11"
                    aria-label={`Mark ${nameOf(device)} as outlier`}
                    onClick={() => markDevices(session, [device], 'outlier')}
                  >
                    Mark
                  </button>
                </li>
              );
            })}
          </ul>
          <p className="t11 t3">
            {proposed.length > MOST_PROPOSED && `And ${proposed.length - MOST_PROPOSED} nearer ones. `}
            Proposed from 3.5 robust σ on; counted until you mark them.
          </p>
        </section>
      )}
    </>
  );
}

/** The farthest are listed; the table of the batch names all. */
const MOST_PROPOSED = 8;
/** A score below this is that of any device. */
const FAR = 3.5;

function scoreWords({ model }: StatisticsControl, device: DeviceId): string {
  const found = model.legs.map(({ scores }) => scores.get(device)).filter((score) => score !== undefined);
  const most = Math.max(0, ...found.map(Math.abs));
  return most >= FAR ? `, ${formatFixed(most, 1)} robust σ` : '';
}
