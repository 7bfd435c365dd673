import { useEffect, useMemo, useState } from 'react';
import type { BranchName } from '../../src/model/quantity.ts';
import { SIMULATORS, type SimulatorParameter } from '../../src/pipeline/list-simulators.ts';
import { formatEngineering, formatFixed, formatParts } from '../../src/units/format-value.ts';
import { isUnit, type Unit } from '../../src/units/units.ts';
import { Button } from '../components/Button.tsx';
import { NumberField } from '../components/NumberField.tsx';
import { Select } from '../components/Select.tsx';
import { Slider } from '../components/Slider.tsx';
import { MathSymbol, plainSymbol } from '../components/Symbol.tsx';
import { useSession } from '../state/session.ts';
import {
  canBeOff,
  fittedParameters,
  legsFor,
  type Parameters,
  presetParameters,
  simulateOver,
  sliderParameters,
  suitableSimulator,
} from '../state/simulation.ts';
import { useStore } from '../state/store.ts';
import type { Selected } from './use-selected.ts';

function unitOf(spec: SimulatorParameter): Unit {
  return isUnit(spec.unit) ? spec.unit : '1';
}

const GROUPS: readonly { readonly prefix: string; readonly name: string }[] = [
  { prefix: 'left.', name: 'Left device' },
  { prefix: 'right.', name: 'Right device' },
  { prefix: 'cell.', name: 'Cell' },
  { prefix: 'reverse.', name: 'Way back' },
];
/** Span of a track over decades whose lower end is 0. */
const OFF_DECADES = 1e9;
const CIRCUIT = new Set([
  'temperature',
  'sweepRate',
  'loadResistance',
  'sourceResistance',
  'complianceCurrent',
  'complianceCurrentNegative',
]);

/** Parameters under the part they belong to; a model of one part needs no headings but the circuit's. */
function groupParameters(specs: readonly SimulatorParameter[]) {
  const groupOf = ({ id }: SimulatorParameter) =>
    GROUPS.find(({ prefix }) => id.startsWith(prefix))?.name ?? (CIRCUIT.has(id) ? 'Circuit and sweep' : '');
  const names = ['', ...GROUPS.map(({ name }) => name), 'Circuit and sweep'];
  const parted = specs.some(({ id }) => GROUPS.some(({ prefix }) => id.startsWith(prefix)));
  return names
    .map((name) => ({
      name: name === '' && parted ? 'Both devices' : name,
      specs: specs.filter((spec) => groupOf(spec) === name),
    }))
    .filter((group) => group.specs.length > 0);
}

function Row({
  spec,
  value,
  preset,
  onChange,
}: {
  readonly spec: SimulatorParameter;
  readonly value: number;
  readonly preset: number | null;
  readonly onChange: (value: number) => void;
}) {
  const unit = unitOf(spec);
  const off = canBeOff(spec);
  const text = off && value === 0 ? 'off' : formatEngineering(value, unit);
  const least = spec.lower > 0 ? spec.lower : spec.upper / OFF_DECADES;
  return (
    <div className="sl" title={spec.label}>
      <span className="nw">
        <MathSymbol text={spec.symbol} />
      </span>
      <Slider
        label={`${spec.label}, ${plainSymbol(spec.symbol)}`}
        value={value}
        lower={off ? (value > 0 ? Math.min(least, value) : least) : Math.min(spec.lower, value)}
        off={off}
        upper={Math.max(spec.upper, value)}
        tick={preset}
        scale={spec.scale}
        text={text}
        onChange={onChange}
      />
      <NumberField label={spec.label} value={value} unit={unit} onSet={onChange} />
    </div>
  );
}

function Comparison({
  selected,
  leg,
  onLeg,
}: {
  readonly selected: Selected;
  readonly leg: BranchName | 'all';
  readonly onLeg: (leg: BranchName | 'all') => void;
}) {
  const session = useSession();
  const result = useStore(session.simulation, (state) => state);
  if (!result || result.id !== selected.id) return null;
  const { comparison } = result;
  const legs = [...new Set((selected.outcome?.conditioned?.legs ?? []).map((one) => one.name))];
  return (
    <section className="sec last" aria-label="Comparison">
      <div className="sh">
        Comparison
        {legs.length > 1 && (
          <Select<BranchName | 'all'>
            label="Legs compared"
            value={leg}
            options={[
              { id: 'all', text: 'all legs' },
              ...legs.map((name) => ({ id: name, text: `${name} leg` })),
            ]}
            onChange={onLeg}
          />
        )}
        <span className="sp" />
        <span className="t11 t3">
          {result.points} points in {Math.max(1, Math.round(result.milliseconds))} ms
        </span>
      </div>
      {result.refusal && (
        <p className="t12 c-refuse" role="status">
          {result.refusal}
        </p>
      )}
      {comparison && (
        <table className="cmp">
          <tbody>
            <tr>
              <td>rms difference</td>
              <td className="num" data-testid="rmse">
                {formatParts(comparison.rmse, null, 'A').text}
              </td>
            </tr>
            <tr>
              <td>of the span of the current</td>
              <td className="num">{formatFixed(comparison.nrmse * 100, 2)} %</td>
            </tr>
            <tr>
              <td>
                <span className="m">R</span>²
              </td>
              <td className="num">{formatFixed(comparison.r2, 4)}</td>
            </tr>
            <tr>
              <td>points compared</td>
              <td className="num">{comparison.points}</td>
            </tr>
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A physical model over the measured curve: every move of a slider redraws the overlay at once. */
export function SimulatorTab({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const suitable = suitableSimulator(selected.outcome);
  const [model, setModel] = useState(suitable.id);
  const simulator = SIMULATORS.get(model) ?? suitable;
  const [preset, setPreset] = useState(simulator.defaultPreset);
  const fitted = useMemo(
    () => (simulator.id === 'modified-shockley' ? fittedParameters(selected.outcome, simulator) : null),
    [selected.outcome, simulator],
  );
  const [changed, setChanged] = useState<Parameters>(fitted ?? {});
  const base = useMemo(() => presetParameters(simulator, preset), [simulator, preset]);
  const values: Parameters = { ...base, ...changed };
  const sweep = selected.measurement.kind === 'iv';
  const [chosenLeg, setLeg] = useState<BranchName | 'all' | null>(null);
  const leg = chosenLeg ?? legsFor(selected.outcome, simulator);
  const conditioned = selected.outcome?.conditioned ?? null;
  useEffect(() => {
    if (!sweep) return;
    session.simulation.set(
      simulateOver(selected.id, selected.measurement, simulator, preset, changed, conditioned, leg),
    );
  }, [session, selected.id, selected.measurement, simulator, preset, changed, conditioned, leg, sweep]);
  if (!sweep)
    return <p className="pad t2">The simulators answer with a current against a voltage. Choose a sweep.</p>;
  const choose = (id: string) => {
    setModel(id);
    setPreset(SIMULATORS.get(id)!.defaultPreset);
    setChanged({});
    setLeg(null);
  };
  return (
    <>
      <section className="sec" aria-label="Model">
        <div className="row">
          <Select
            framed
            label="Model"
            value={simulator.id}
            options={SIMULATORS.all.map((one) => ({ id: one.id, text: one.label }))}
            onChange={choose}
            style={{ flex: 1 }}
          />
          <Select
            framed
            label="Preset"
            value={preset}
            options={Object.keys(simulator.presets).map((id) => ({
              id,
              text: id === preset && Object.keys(changed).length > 0 ? `${id}, edited` : id,
            }))}
            onChange={(id) => {
              setPreset(id);
              setChanged({});
            }}
          />
        </div>
      </section>
      <section className="sec" aria-label="Parameters">
        {groupParameters(sliderParameters(simulator, values)).map(({ name, specs }) => (
          <div key={name}>
            {name && <h3 className="subhead">{name}</h3>}
            {specs.map((spec) => (
              <Row
                key={spec.id}
                spec={spec}
                value={values[spec.id]!}
                preset={base[spec.id] ?? null}
                onChange={(value) => setChanged((now) => ({ ...now, [spec.id]: value }))}
              />
            ))}
          </div>
        ))}
        <div className="row verbs">
          <Button onClick={() => setChanged({})}>Reset</Button>
          <Button disabled={!fitted} onClick={() => fitted && setChanged(fitted)}>
            Take from fits
          </Button>
        </div>
      </section>
      <Comparison selected={selected} leg={leg} onLeg={setLeg} />
    </>
  );
}
