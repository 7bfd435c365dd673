import type { SimulatedCurve } from '../../workers/simulator-tasks.ts';

/** A device of the circuit as it stands at one row of a simulation. */
export interface DeviceReading {
  readonly name: string;
  /** Voltage across it [V], in the direction of the source. */
  readonly voltage_V: number;
  /** Null where it holds no state. */
  readonly on: boolean | null;
  readonly emits: boolean;
  readonly hasFilament: boolean;
  readonly hasCell: boolean;
  /** Its diode conducts towards the right. */
  readonly pointsRight: boolean;
  /** Of its light, where its wavelength is set. */
  readonly colour: string | null;
}

export interface CircuitReading {
  readonly source_V: number;
  readonly current_A: number;
  readonly devices: readonly DeviceReading[];
}

/** Light above this share of the brightest of the run is called emission. */
const EMITS_FROM = 1e-3;

function emitsAt(
  light: Float64Array | undefined,
  row: number,
  others: readonly (Float64Array | undefined)[],
) {
  if (!light) return false;
  let most = 0;
  for (const one of [light, ...others]) for (const value of one ?? []) if (value > most) most = value;
  return most > 0 && light[row]! > EMITS_FROM * most;
}

/** Voltages, current and states at a row: what the live drawing of the circuit writes. */
export function readCircuit({ simulation, colours }: SimulatedCurve, row: number): CircuitReading {
  const { columns, model } = simulation;
  const at = (name: string): number => columns[name]?.[row] ?? Number.NaN;
  const colourOf = (column: string) => colours.find((one) => one.column === column)?.hex ?? null;
  const source_V = at('voltage_V');
  const current_A = at('current_A');
  if (model === 'light-emitting-memory') {
    const { leftLight_W, rightLight_W } = columns;
    const hasCell = Boolean(simulation.parameters['cell.lnSaturationCurrent'] ?? true);
    return {
      source_V,
      current_A,
      devices: [
        {
          name: 'left',
          voltage_V: at('leftVoltage_V'),
          on: at('leftState') >= 0.5,
          emits: emitsAt(leftLight_W, row, [rightLight_W]),
          hasFilament: true,
          hasCell,
          pointsRight: false,
          colour: colourOf('leftLight_W'),
        },
        {
          name: 'right',
          voltage_V: 0 - at('rightVoltage_V'),
          on: at('rightState') >= 0.5,
          emits: emitsAt(rightLight_W, row, [leftLight_W]),
          hasFilament: true,
          hasCell,
          pointsRight: true,
          colour: colourOf('rightLight_W'),
        },
      ],
    };
  }
  const across = at('deviceVoltage_V');
  const isMemory = model === 'resistive-memory';
  return {
    source_V,
    current_A,
    devices: [
      {
        name: 'device',
        voltage_V: Number.isFinite(across) ? across : source_V,
        on: isMemory ? at('state') >= 0.5 : null,
        emits: emitsAt(columns['light_W'], row, []),
        hasFilament: isMemory,
        hasCell: !isMemory || columns['cellCurrent_A'] !== undefined,
        pointsRight: !isMemory,
        colour: colourOf('light_W'),
      },
    ],
  };
}
