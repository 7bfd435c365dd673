/** A parameter of a simulator: SI value, with what a slider needs to know. */
export interface SimulatorParameter {
  readonly id: string;
  readonly symbol: string;
  readonly label: string;
  readonly unit: string;
  readonly default: number | null;
  readonly lower: number;
  readonly upper: number;
  readonly scale: 'linear' | 'log';
  /** Values the model accepts where they reach beyond the slider's range [lower, upper]. @default [lower, upper] */
  readonly legal?: readonly [number, number];
  /** Off (null) means the effect is not modelled. */
  readonly optional?: boolean;
}

/**
 * The programmed voltage against time, linear between the points; every point becomes a row. Times never fall; two points
 * at one time are an ideal edge.
 */
export interface Drive {
  readonly time_s: Float64Array;
  readonly voltage_V: Float64Array;
}

export type SimulationParameters = Readonly<Record<string, number | null>>;

export interface SimulationEvent {
  readonly kind: 'set' | 'reset' | 'floor';
  readonly device: 'single' | 'left' | 'right';
  readonly time_s: number;
  readonly voltage_V: readonly [number, number];
}

export interface Simulation {
  readonly model: string;
  readonly parameters: SimulationParameters;
  /** Equal lengths, in the order of CONTRACT. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly events: readonly SimulationEvent[];
  /** Steps taken at the smallest length although the state still moved too far in them; `events` keeps the first thousand. */
  readonly floorHits?: number;
  readonly derived: Readonly<Record<string, number>>;
}

/** Why a simulation was not made; the pipeline turns it into an Issue. */
export interface SimulationRefusal {
  readonly refused: true;
  readonly parameter: string | null;
  readonly message: string;
}

export interface Simulator {
  readonly id: string;
  readonly label: string;
  readonly parameters: readonly SimulatorParameter[];
  /** Parameter ids may carry a prefix (`left.`, `right.`, `cell.`) where CONTRACT says so. */
  readonly presets: Readonly<Record<string, SimulationParameters>>;
  readonly defaultPreset: string;
  /** Pure; polls `cancelled` between intervals. */
  run(
    parameters: SimulationParameters,
    drive: Drive,
    cancelled?: () => boolean,
  ): Simulation | SimulationRefusal;
}
