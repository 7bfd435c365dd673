import { formatEngineering } from '../../../src/units/format-value.ts';
import { isUnit, type Unit } from '../../../src/units/units.ts';
import { Icon } from '../../components/Icon.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Slider } from '../../components/Slider.tsx';
import { MathSymbol, plainSymbol } from '../../components/Symbol.tsx';
import { canBeZero, type ParameterRow } from '../../state/simulator/rows.ts';

/** Span of a track over decades whose lower end is 0. */
const ZERO_DECADES = 1e9;

interface Fitted {
  readonly standardError: number | null;
  readonly atBound: string | null;
}

function unitOf({ spec }: ParameterRow): Unit {
  return isUnit(spec.unit) ? spec.unit : '1';
}

function nameOf({ id, spec }: ParameterRow): string {
  const side = /^(left|right)\./.exec(id)?.[1];
  const label = spec.label.replace(/, (?:left|right) device$/, '');
  if (id.startsWith('reverse.')) return `${label}, way back`;
  return side ? `${label}, ${side} device` : label;
}

function Track({
  row,
  onHold,
  onKeep,
}: {
  readonly row: ParameterRow;
  readonly onHold: (value: number) => void;
  readonly onKeep: () => void;
}) {
  const { spec, value } = row;
  if (value === null) return <span className="t11 t3">off</span>;
  const off = canBeZero(spec);
  const text = off && value === 0 ? 'off' : formatEngineering(value, unitOf(row));
  const least = spec.lower > 0 ? spec.lower : spec.upper / ZERO_DECADES;
  return (
    <Slider
      label={`${nameOf(row)}, ${plainSymbol(spec.symbol)}`}
      value={value}
      lower={off ? (value > 0 ? Math.min(least, value) : least) : Math.min(spec.lower, value)}
      off={off}
      upper={Math.max(spec.upper, value)}
      tick={row.preset}
      scale={spec.scale}
      text={text}
      onChange={onHold}
      onSettle={onKeep}
    />
  );
}

/** A parameter: lock, symbol, slider with the tick of the preset, field, and the tie of a pair. */
export function ParameterSlider({
  row,
  fitted,
  refused,
  pair,
  onHold,
  onKeep,
  onSet,
  onLock,
  onTie,
}: {
  readonly row: ParameterRow;
  readonly fitted: Fitted | null;
  /** Why the newest value could not be simulated. */
  readonly refused: string | null;
  readonly pair: boolean;
  readonly onHold: (value: number) => void;
  readonly onKeep: () => void;
  readonly onSet: (value: number | null) => void;
  readonly onLock: () => void;
  readonly onTie: () => void;
}) {
  const { spec, free, tied } = row;
  const name = nameOf(row);
  const bound = fitted?.atBound;
  return (
    <>
      <div className={`sl lockable ${pair ? 'pair' : ''}`} title={spec.label}>
        <button
          type="button"
          className="lock"
          aria-pressed={!free}
          aria-label={`Lock ${name}`}
          title={free ? 'Free in a fit; press to lock' : 'Locked; press to free'}
          onClick={onLock}
        >
          <Icon id={free ? 'unlock' : 'lock'} />
        </button>
        <span className="nw">
          <MathSymbol text={spec.symbol} />
        </span>
        <Track row={row} onHold={onHold} onKeep={onKeep} />
        <NumberField
          label={name}
          value={row.value}
          unit={unitOf(row)}
          uncertainty={fitted?.standardError ?? null}
          onSet={onSet}
          {...(spec.optional ? { onOff: () => onSet(null) } : {})}
        />
        {pair &&
          (tied === null ? (
            <span />
          ) : (
            <button
              type="button"
              className={`lock tie ${tied ? 'on' : ''}`}
              aria-pressed={tied}
              aria-label={`Tie ${name} of both devices`}
              title={tied ? 'One value for both devices; press for one each' : 'One value each; press to tie'}
              onClick={onTie}
            >
              <Icon id="link" />
            </button>
          ))}
      </div>
      {bound && (
        <p className="t11 c-bound row-note">
          stops at its {bound} bound {formatEngineering(row.value ?? 0, unitOf(row))}
        </p>
      )}
      {refused && (
        <p className="t11 c-fail row-note" role="alert">
          {refused}
        </p>
      )}
    </>
  );
}
