import type { Conditions, Given, InputSpec } from '../../../src/model/inputs.ts';
import { INPUTS } from '../../../src/model/inputs.ts';
import { formatParts } from '../../../src/units/format-value.ts';
import { IconButton } from '../../components/Button.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { quantitiesOf } from '../../state/device-status.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { conditionsOf } from '../../state/workspace.ts';
import type { Selected } from '../frame/use-selected.ts';

const FIRST: readonly string[] = ['temperature', 'area', 'thickness', 'sweepRate', 'permittivity'];
const MOST = 4;

const ORIGIN: Readonly<Record<Given['from'], string>> = {
  file: 'file',
  folder: 'folder',
  device: 'device table',
  user: 'you',
  assumed: 'assumed',
};

/** A condition as people write it: areas in mm², lengths with a prefix. */
export function writeGiven(spec: InputSpec, given: Given): string {
  if (typeof given.value === 'string') return given.value;
  const u = given.standardUncertainty ?? null;
  if (spec.unit === 'm2') {
    const [factor, unit] = given.value < 1e-9 ? [1e12, 'µm²'] : [1e6, 'mm²'];
    return `${formatParts(given.value * factor, u === null ? null : u * factor, '1', { digits: 3 }).text}\u202f${unit}`;
  }
  const parts = formatParts(
    given.value,
    u,
    spec.unit,
    spec.unit === 'V/s' ? { digits: 3, exponent: 0 } : { digits: 3 },
  );
  // a number that was given is written as it was given: 300 K, not 300.0 K
  const plain = u === null ? parts.value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : parts.value;
  return plain + parts.uncertainty + parts.power + (parts.unit ? `\u202f${parts.unit}` : '');
}

/** What the analyses said they used, beside what was given: an assumption appears here as soon as one was made. */
export function conditionsInForce(selected: Selected, given: Conditions): ReadonlyMap<string, Given> {
  const found = new Map<string, Given>();
  const byKey = new Map<string, InputSpec>(INPUTS.map((spec) => [spec.key, spec]));
  for (const quantity of quantitiesOf(selected.outcome)) {
    for (const [key, value] of Object.entries(quantity.inputs)) {
      const spec = byKey.get(key);
      if (spec && !found.has(spec.id)) found.set(spec.id, value);
    }
  }
  for (const [name, value] of Object.entries(selected.measurement.conditions) as [string, Given][])
    found.set(name, value);
  for (const [name, value] of Object.entries(given) as [string, Given][]) found.set(name, value);
  return found;
}

export function ConditionsStrip({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const workspace = useWorkspace();
  const inForce = conditionsInForce(selected, conditionsOf(workspace, selected.id));
  const missing = new Set(
    quantitiesOf(selected.outcome)
      .flatMap((quantity) => quantity.reasons)
      .filter((reason) => reason.code === 'INPUT_MISSING' && reason.subject)
      .map((reason) => reason.subject!),
  );
  const rank = (id: string) => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length);
  const shown = [...inForce.keys(), ...missing]
    .filter((id, index, all) => all.indexOf(id) === index)
    .map((id) => INPUTS.find((spec) => spec.id === id))
    .filter((spec) => spec !== undefined && spec.symbol !== '')
    .sort((a, b) => rank(a!.id) - rank(b!.id))
    .slice(0, MOST) as InputSpec[];
  const open = () => session.setView({ overlay: 'conditions' });
  return (
    <section className="sec" aria-label="Conditions">
      <div className="sh">
        Conditions
        <span className="sp" />
        <IconButton small icon="sliders" label="Edit conditions" onClick={open} />
      </div>
      {shown.length === 0 ? (
        <p className="t11 t3">None given; none needed so far.</p>
      ) : (
        <div className="cond">
          {shown.map((spec) => {
            const given = inForce.get(spec.id);
            return (
              <button
                type="button"
                key={spec.id}
                className={!given ? 'mis' : given.from === 'assumed' ? 'ass' : ''}
                onClick={open}
                title={spec.label}
              >
                <span className="vh">{spec.label}</span>
                <b>
                  <MathSymbol text={spec.symbol} /> {given ? writeGiven(spec, given) : '?'}
                </b>
                <span>{given ? ORIGIN[given.from] : 'missing'}</span>
              </button>
            );
          })}
        </div>
      )}
    </section>
  );
}
