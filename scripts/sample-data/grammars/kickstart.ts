import { formatGeneral, formatSingle } from '../number-text.ts';

export interface LinearSweep {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly dual: boolean;
}

export interface KickStartChannel {
  readonly name: string;
  readonly instrument: string;
  readonly model: string;
  readonly serial: string;
  /** A linear sweep, a list of points, or a bias at 0 V. */
  readonly sweep: LinearSweep | 'list' | null;
  readonly limit_A: number;
  readonly voltage_V: Float64Array;
  readonly current_A: Float64Array;
}

/**
 * A run exported by KickStart: byte order mark, CRLF, tree of settings with a dot a level, quoted table with one time column, an empty
 * row and the statistics rows.
 */
export function writeKickStart(
  time_s: Float64Array,
  channels: readonly KickStartChannel[],
  delay_s: number,
): string {
  const columns = [time_s, ...channels.flatMap((channel) => [channel.voltage_V, channel.current_A])];
  const width = columns.length + 1;
  const pad = ','.repeat(width - 2);
  const lines: string[] = [];
  const set = (key: string, value: string): void => {
    lines.push(`"\t${key}","\t${value}"${pad}`);
  };
  set('Common Settings', '');
  set('.Source/Sweep Points', String(time_s.length));
  set('.Repeat', '0');
  set('.Source to Measure Delay', formatGeneral(delay_s, 6));
  set('.Measure Window', '16.667 ms');
  set('.NPLC', '1');
  for (const channel of channels) describeChannel(channel, set);
  lines.push(','.repeat(width - 1));
  const names = channels.flatMap((channel) => [`${channel.name} Voltage (V)`, `${channel.name} Current (A)`]);
  lines.push(quote(['Index', `${channels[0]!.name} Time (s)`, ...names]));
  for (let row = 0; row < time_s.length; row++) {
    const cells = columns.map((column, c) =>
      c === 0 ? formatGeneral(column[row]!, 9) : formatSingle(column[row]!),
    );
    lines.push(quote([String(row + 1), ...cells]));
  }
  lines.push('');
  for (const [label, reduce] of FOOTER) lines.push(quote([label, ...columns.map(reduce)]));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function describeChannel(channel: KickStartChannel, set: (key: string, value: string) => void): void {
  const { sweep } = channel;
  set('.Channel', channel.name);
  set('..Instrument', channel.instrument);
  set('...Model', channel.model);
  set('...Serial Number', channel.serial);
  set('..Source Settings', '');
  set('...Mode', 'DC');
  set('...Function', sweep === null ? 'Voltage Bias' : 'Voltage Sweep');
  if (sweep !== null) {
    set('...Type', sweep === 'list' ? 'List' : 'Linear');
    set('...Dual Sweep', sweep !== 'list' && sweep.dual ? 'Enabled' : 'Disabled');
  }
  set('...Range', 'Auto');
  if (sweep === null) set('...Bias Level', '0');
  else if (sweep !== 'list') {
    set('...Start', formatGeneral(sweep.start, 9));
    set('...Stop', formatGeneral(sweep.stop, 9));
    set('...Step', formatGeneral(sweep.step, 9));
  }
  set('...Limit', formatGeneral(channel.limit_A, 9));
  set('..Measure Settings', '');
  set('...Voltage', 'Measured');
  set('...Current', 'True');
  set('...Range', 'Auto');
  set('...Minimum Range', '1E-08');
  set('...Resistance', 'False');
  set('...Power', 'False');
  set('...Auto Zero', 'On');
  set('..Instrument Settings', '');
  set('...Input Terminals', 'Front');
  set('...Sense', '2-Wire');
  set('...Output Off', 'Normal');
  set('...High Capacitance', 'False');
}

function quote(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell}"`).join(',');
}

const mean = (data: Float64Array): number => data.reduce((sum, value) => sum + value, 0) / data.length;
const deviation = (data: Float64Array): number => {
  const centre = mean(data);
  return Math.sqrt(data.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (data.length - 1));
};

/** Nine digits: sums differ in the last bits between engines. */
const FOOTER: readonly (readonly [string, (data: Float64Array) => string])[] = [
  [
    'Min',
    (data) => formatSingle(data.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY)),
  ],
  [
    'Max',
    (data) => formatSingle(data.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY)),
  ],
  ['Mean', (data) => formatGeneral(mean(data), 9)],
  ['StdDev', (data) => formatGeneral(deviation(data), 9)],
  ['CV', (data) => `${formatGeneral((100 * deviation(data)) / mean(data), 9)}%`],
];
