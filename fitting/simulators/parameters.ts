import type { SimulationParameters, SimulationRefusal, SimulatorParameter } from './simulator.ts';

export type Values = Readonly<Record<string, number | null>>;

export function refuse(parameter: string | null, message: string): SimulationRefusal {
  return { refused: true, parameter, message };
}

export function isRefusal(value: object): value is SimulationRefusal {
  return 'refused' in value;
}

/** What a simulator needs to read its parameters: the specs, and which prefixes CONTRACT lets stand before them. */
export interface ParameterSet {
  readonly id: string;
  readonly specs: readonly SimulatorParameter[];
  /** `left.`, `right.`: of one device instead of both. */
  readonly devices: readonly string[];
  readonly defaults: Values;
}

/**
 * Effective values: defaults of the specs, then the preset, then what was given. A parameter without a device prefix overrides the
 * preset's prefixed ones; `saturationCurrent` and `lnSaturationCurrent` replace each other.
 */
export function readParameters(set: ParameterSet, given: SimulationParameters): Values | SimulationRefusal {
  for (const [id, value] of Object.entries(given)) {
    const problem = checkValue(set, id, value);
    if (problem !== null) return problem;
  }
  for (const [id, value] of Object.entries(given)) {
    const twin = findTwin(id);
    if (value !== null && twin !== null && (given[twin] ?? null) !== null)
      return refuse(id, `Give either ${id} or ${twin}, not both: they are the same parameter.`);
  }
  const defaults = Object.fromEntries(set.specs.map((spec) => [spec.id, spec.default]));
  return layerParameters(layerParameters(defaults, set.defaults), given);
}

/**
 * The parameters as a panel lists them: defaults are those of the default preset; a parameter which that preset gives for each device
 * (`left.state`) stands there for each device.
 */
export function listParameters(set: ParameterSet): readonly SimulatorParameter[] {
  return set.specs.flatMap((spec) => {
    const owners = set.devices.filter((device) => set.defaults[device + spec.id] !== undefined);
    if (owners.length === 0) return [{ ...spec, default: set.defaults[spec.id] ?? spec.default }];
    return owners.map((device) => ({
      ...spec,
      id: device + spec.id,
      label: `${spec.label}, ${device.slice(0, -1)} device`,
      default: set.defaults[device + spec.id]!,
    }));
  });
}

/** Prefixes of one device, or one leg, of a model. */
const DEVICES = ['left.', 'right.', 'reverse.'];

/**
 * Parameters on top of a base: one without a device prefix takes the base's prefixed ones away, `saturationCurrent` and
 * `lnSaturationCurrent` replace each other.
 */
export function layerParameters(base: Values, given: Values): Values {
  const values: Record<string, number | null> = { ...base };
  for (const id of Object.keys(given)) {
    const spellings = [id, findTwin(id)].filter((each) => each !== null);
    const prefixes = hasDevice(id) ? [''] : ['', ...DEVICES];
    for (const spelling of spellings) for (const prefix of prefixes) delete values[prefix + spelling];
  }
  return { ...values, ...given };
}

/** Value for one device: its own, else the common one. Null where the effect is off. */
export function pickValue(values: Values, device: string, id: string): number | null {
  return values[device + id] ?? values[id] ?? null;
}

/** Like `pickValue` for parameters that always have a value. */
export function pickNumber(values: Values, device: string, id: string): number {
  return pickValue(values, device, id) ?? 0;
}

/** ln I_s of the law at `prefix`, whichever of the two spellings is in force; null where neither is. */
export function pickLnSaturation(values: Values, device: string, prefix = ''): number | null {
  for (const owner of device === '' ? [''] : [device, '']) {
    const ln = values[`${owner}${prefix}lnSaturationCurrent`] ?? null;
    if (ln !== null) return ln;
    const direct = values[`${owner}${prefix}saturationCurrent`] ?? null;
    if (direct !== null) return Math.log(direct);
  }
  return null;
}

function hasDevice(id: string): boolean {
  return DEVICES.some((device) => id.startsWith(device));
}

function findTwin(id: string): string | null {
  if (id.endsWith('lnSaturationCurrent')) return id.replace(/lnSaturationCurrent$/, 'saturationCurrent');
  if (id.endsWith('saturationCurrent')) return id.replace(/saturationCurrent$/, 'lnSaturationCurrent');
  return null;
}

function checkValue(set: ParameterSet, id: string, value: number | null): SimulationRefusal | null {
  const device = set.devices.find((prefix) => id.startsWith(prefix)) ?? '';
  const spec = set.specs.find((candidate) => candidate.id === id.slice(device.length));
  if (spec === undefined) return refuse(id, `The model ${set.id} has no parameter "${id}".`);
  if (value === null)
    return spec.optional
      ? null
      : refuse(id, `${spec.label} (${id}) needs a value; it cannot be switched off.`);
  const [lower, upper] = spec.legal ?? [spec.lower, spec.upper];
  const unit = spec.unit === '' || spec.unit === '1' ? '' : ` ${spec.unit}`;
  if (value >= lower && value <= upper) return null;
  return refuse(
    id,
    `${spec.label} (${id}) must lie between ${lower}${unit} and ${upper}${unit}; ${value}${unit} was given.`,
  );
}
