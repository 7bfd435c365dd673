import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import { SIMULATORS, type SimulatorParameter } from '../../../src/pipeline/list-simulators.ts';
import { bareId, hasWayBack, presetValues, readValue } from './edit-setup.ts';

/** A parameter as the panel lists it. */
export interface ParameterRow {
  /** With `left.` or `right.` where it belongs to one device. */
  readonly id: string;
  readonly spec: SimulatorParameter;
  readonly value: number | null;
  /** Where the preset stands; null where it is off there. */
  readonly preset: number | null;
  readonly free: boolean;
  /** Null where both devices cannot differ. */
  readonly tied: boolean | null;
}

export interface RowGroup {
  readonly name: string;
  readonly note: string;
  /** Always in sight, or folded until asked for. */
  readonly folded: boolean;
  readonly rows: readonly ParameterRow[];
}

const DIODE = [
  'lnSaturationCurrent',
  'idealityFactor',
  'seriesResistance',
  'shuntResistance',
  'photocurrent',
];
/** A law of its own for the falling leg. */
const WAY_BACK = DIODE.slice(0, 4).map((id) => `reverse.${id}`);
const IONIC = [
  'ionicCharge',
  'turnOnShift',
  'shuntResistanceOn',
  'ionicRelaxationTime',
  'ionicRelaxationVoltage',
  'ionicState',
];
const LIGHT = [
  'lightGain',
  'lightExponent',
  'lightDelay',
  'lightRiseConstant',
  'lightFallConstant',
  'lightTailConstant',
  'lightTailFraction',
  'switchLatency',
  'emissionWavelength',
  'emissionWidth',
  'capacitance',
];
const FILAMENT = ['setVoltage', 'resetVoltage', 'lowResistance', 'highResistance', 'reverseHighResistance'];
/** Of the filament, but seldom moved. */
const STATE = ['state', 'crossoverVoltage'];
const CELL = ['lnSaturationCurrent', 'seriesResistance', 'idealityFactor'].map((id) => `cell.${id}`);
const DRIVE = [
  'sweepRate',
  'loadResistance',
  'sourceResistance',
  'complianceCurrent',
  'complianceCurrentNegative',
  'temperature',
  'edgeTime',
  'noiseRelative',
  'noiseFloor',
  'seed',
];
const NUMERICS = ['stepLimit'];
/** Shown as its logarithm. */
const HIDDEN = new Set(['saturationCurrent', 'cell.saturationCurrent']);
/** What the circuit around a pair cannot give to one device alone. */
const COMMON = new Set([...DRIVE, ...NUMERICS]);
/** Of a device whose own voltage is positive (it sets) and negative (it resets). */
const FORWARD_ROWS = ['setVoltage', 'highResistance'];
const BACKWARD_ROWS = ['resetVoltage', 'reverseHighResistance'];

interface Plan {
  readonly name: string;
  readonly ids: readonly string[];
  readonly folded?: boolean;
}

const withCell = (ids: readonly string[]) => ids.map((id) => `cell.${id}`);

const PLANS: Readonly<Record<string, readonly Plan[]>> = {
  'modified-shockley': [
    { name: 'Diode', ids: DIODE },
    { name: 'Circuit and drive', ids: DRIVE, folded: true },
  ],
  'light-emitting-cell': [
    { name: 'Diode', ids: DIODE },
    { name: 'Ionic state', ids: IONIC },
    { name: 'Light', ids: LIGHT, folded: true },
    { name: 'Circuit and drive', ids: DRIVE, folded: true },
  ],
  'resistive-memory': [
    { name: 'Filament', ids: FILAMENT },
    { name: 'Parallel cell', ids: CELL },
    { name: 'State at the start', ids: STATE, folded: true },
    { name: 'Circuit and drive', ids: DRIVE, folded: true },
    { name: 'Light of the cell', ids: withCell(LIGHT), folded: true },
    { name: 'Ionic state of the cell', ids: withCell(IONIC), folded: true },
  ],
  'light-emitting-memory': [
    { name: 'Both', ids: [...FILAMENT, ...CELL] },
    { name: 'Crossover of both', ids: STATE, folded: true },
    { name: 'Circuit and drive', ids: DRIVE, folded: true },
    { name: 'Light of the cells', ids: withCell(LIGHT), folded: true },
    { name: 'Ionic state of the cells', ids: withCell(IONIC), folded: true },
  ],
};

const PAIR = 'light-emitting-memory';

/** Against time it is the light that is looked at; the ions hardly move within a pulse. */
function unfoldForTime(plan: Plan, isTime: boolean): Plan {
  if (!isTime) return plan;
  if (plan.name === 'Light') return { ...plan, folded: false };
  return plan.name === 'Ionic state' ? { ...plan, folded: true } : plan;
}

/** A slider over decades has a place for 0 where 0 switches the effect off. */
export function canBeZero(spec: SimulatorParameter): boolean {
  return spec.scale === 'log' && (spec.default === 0 || spec.lower === 0 || spec.legal?.[0] === 0);
}

/** Every parameter of the model under its part; what no plan names stands under Kinetics and numerics, so that nothing is missing. */
export function groupRows(setup: SimulatorSetup, oneSign: boolean, isTime = false): readonly RowGroup[] {
  const simulator = SIMULATORS.get(setup.model);
  const plans = (PLANS[setup.model] ?? []).map((plan) => unfoldForTime(plan, isTime));
  if (!simulator) return [];
  const pair = setup.model === PAIR;
  const base = presetValues(setup);
  const specs = new Map(simulator.parameters.map((spec) => [bareId(spec.id), spec]));
  const row = (id: string): ParameterRow[] => {
    const spec = specs.get(bareId(id));
    if (!spec || HIDDEN.has(bareId(id))) return [];
    return [
      {
        id,
        spec,
        value: readValue(setup, id, base),
        preset: base[id] ?? base[bareId(id)] ?? null,
        free: setup.free.includes(id),
        tied: pair && !COMMON.has(bareId(id)) ? bareId(id) === id : null,
      },
    ];
  };
  const untied = new Set(setup.untied);
  const named = new Set(plans.flatMap((plan) => plan.ids));
  const back = setup.model === 'light-emitting-cell' && hasWayBack(setup) ? WAY_BACK : [];
  const rest = [...specs.keys()].filter((id) => !named.has(id) && !HIDDEN.has(id));
  const groups: RowGroup[] = pair ? deviceGroups(untied, oneSign, row, setup) : [];
  // states at the start are apart in every preset of a pair
  if (pair)
    groups.push({
      name: 'States at the start',
      note: '',
      folded: true,
      rows: ['left.state', 'right.state'].flatMap(row),
    });
  const apart = (id: string) => untied.has(id) || (pair && id === 'state');
  for (const plan of plans)
    groups.push({
      name: plan.name,
      note: pair && !plan.folded ? 'tied' : '',
      folded: plan.folded ?? false,
      rows: plan.ids.filter((id) => !apart(id)).flatMap(row),
    });
  if (pair && oneSign) groups.push(otherSign(untied, row));
  groups.splice(1, 0, { name: 'Way back', note: '', folded: false, rows: back.flatMap(row) });
  groups.push({
    name: 'Kinetics and numerics',
    note: '',
    folded: true,
    rows: rest.filter((id) => !apart(id)).flatMap(row),
  });
  return groups.filter((group) => group.rows.length > 0);
}

type MakeRow = (id: string) => ParameterRow[];

function deviceGroups(
  untied: ReadonlySet<string>,
  oneSign: boolean,
  row: MakeRow,
  setup: SimulatorSetup,
): RowGroup[] {
  return (['left', 'right'] as const).map((side) => {
    const hidden = oneSign ? (side === 'left' ? BACKWARD_ROWS : FORWARD_ROWS) : [];
    const state = readValue(setup, `${side}.state`) ?? 0;
    return {
      name: side === 'left' ? 'Left device' : 'Right device',
      note: `starts ${state >= 0.5 ? 'ON' : 'OFF'}`,
      folded: false,
      rows: [...untied]
        .filter((id) => !hidden.includes(id))
        .sort((a, b) => FILAMENT.indexOf(a) - FILAMENT.indexOf(b))
        .flatMap((id) => row(`${side}.${id}`)),
    };
  });
}

/** In a sweep of one sign these rows act on nothing that was measured. */
function otherSign(untied: ReadonlySet<string>, row: MakeRow): RowGroup {
  const ids = [...BACKWARD_ROWS.map((id) => `left.${id}`), ...FORWARD_ROWS.map((id) => `right.${id}`)];
  return {
    name: 'At the other sign',
    note: '',
    folded: true,
    rows: ids.filter((id) => untied.has(bareId(id))).flatMap(row),
  };
}
