import { formatEngineering, formatExponent } from '../number-text.ts';

/** Exponent without padding, as some firmware writes it: `-4.000000e-4`. */
function formatBareExponent(value: number, decimals: number): string {
  const [mantissa, power] = value.toExponential(decimals).split('e') as [string, string];
  return `${mantissa}e${power}`;
}

/** LeCroy text: segment table, `Time,Ampl`, three-digit exponents, one channel a file; CRLF. */
export function writeLeCroy(start_s: number, interval_s: number, values: Float64Array): string {
  const time = (value: number): string => {
    const rounded = Number(value.toPrecision(8));
    if (rounded === 0) return '0';
    const [mantissa, power] = rounded.toExponential().split('e') as [string, string];
    return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${power.slice(1).padStart(3, '0')}`;
  };
  const lines = [
    'LECROYWS4024HD,18904,Waveform',
    `Segments,1,SegmentSize,${values.length}`,
    'Segment,TrigTime,TimeSinceSegment1',
    '#1,17-Mar-2026 11:42:05,0                 ',
    'Time,Ampl',
  ];
  for (let row = 0; row < values.length; row++)
    lines.push(`${time(start_s + row * interval_s)},${Number(values[row]!.toPrecision(7))}`);
  return `${lines.join('\r\n')}\r\n`;
}

/** R&S RTB/RTM: one header row `in s,C1 in V,...`, capital exponents; LF. */
export function writeRohdeSchwarz(
  start_s: number,
  interval_s: number,
  channels: readonly Float64Array[],
): string {
  const number = (value: number): string => formatExponent(value, 5).toUpperCase();
  const lines = [['in s', ...channels.map((_, c) => `C${c + 1} in V`)].join(',')];
  for (let row = 0; row < channels[0]!.length; row++)
    lines.push(
      [start_s + row * interval_s, ...channels.map((channel) => channel[row]!)].map(number).join(','),
    );
  return `${lines.join('\n')}\n`;
}

/** GW Instek GDS in detail mode: 15 keys, a time column, a comma at the end of every row; CRLF. */
export function writeGwInstek(start_s: number, interval_s: number, values: Float64Array): string {
  const lines = [
    `Memory Length,${values.length},`,
    'Trigger Level,5.00000e-01,',
    'Source,CH1,',
    'Probe,1.0X,',
    'Vertical Units,V,',
    'Vertical Scale,2.00000e-01,',
    'Vertical Position,-4.00000e-01,',
    'Horizontal Units,S,',
    `Horizontal Scale,${formatExponent((interval_s * values.length) / 10, 5)},`,
    `Horizontal Position,${formatExponent(start_s + (interval_s * values.length) / 2, 7)},`,
    'Horizontal Mode,Main,',
    `Sampling Period,${formatExponent(interval_s, 5)},`,
    'Firmware,V1.14,',
    'Time, ,',
    'Mode,Detail,',
    'Waveform Data,',
  ];
  for (let row = 0; row < values.length; row++)
    lines.push(
      `${formatBareExponent(start_s + row * interval_s, 6)},${formatBareExponent(values[row]!, 4)},`,
    );
  return `${lines.join('\r\n')}\r\n`;
}

/** Yokogawa DLM: 15 rows quoted and padded inside and outside the quotes, a blank row, padded engineering numbers; CRLF. */
export function writeYokogawa(
  start_s: number,
  interval_s: number,
  channels: readonly Float64Array[],
): string {
  const length = channels[0]!.length;
  const number = (value: number): string => formatExponent(value, 6).toUpperCase();
  const key = (name: string): string => `"${name}"`.padEnd(24);
  const every = (cell: (channel: number) => string): string => channels.map((_, c) => cell(c)).join(',');
  const text = (value: string): string => `"${value.padEnd(14)}"`;
  const lines = [
    `${key('Header Size')},15`,
    `${key('Model Name')},${text('DLM4000')}`,
    `${key('Comment')},"${' '.repeat(128)}"`,
    `${key('BlockNumber')},${every(() => '1'.padEnd(16)).trimEnd()}`,
    `${key('TraceName')},${every((c) => text(`CH${c + 1}`))}`,
    `${key('BlockSize')},${every(() => String(length).padEnd(16)).trimEnd()}`,
    `${key('VUnit')},${every(() => text('V'))}`,
    `${key('SampleRate')},${every(() => (1 / interval_s).toFixed(1).padEnd(16)).trimEnd()}`,
    `${key('HResolution')},${every(() => number(interval_s).padEnd(16)).trimEnd()}`,
    `${key('HOffset')},${every(() => number(start_s).padEnd(16)).trimEnd()}`,
    `${key('HUnit')},${every(() => text('s'))}`,
    `${key('DisplayBlockSize')},${every(() => String(length).padEnd(16)).trimEnd()}`,
    `${key('DisplayPointNo.')},${every(() => '1'.padEnd(16)).trimEnd()}`,
    `${key('Date')},${every(() => '"2026/03/17"')}`,
    `${key('Time')},${every(() => '"11:42:05.100895200    "')}`,
    '',
  ];
  const engineering = (value: number, decimals: number): string => {
    const cell = formatEngineering(value, () => decimals).replace(/^\+/, '');
    return (cell === '0.0E+00' ? '0.0000000E+00' : cell).padStart(16);
  };
  for (let row = 0; row < length; row++) {
    const cells = channels.map((channel) => engineering(channel[row]!, 3));
    lines.push(
      `${[engineering(Number((start_s + row * interval_s).toPrecision(9)), 5), ...cells].join(',')},`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Hantek DSO5000: settings in one line, values in millivolt although nothing says so, time from one interval on; CRLF. */
export function writeHantek(interval_s: number, values: Float64Array): string {
  const division_ps = Math.round((interval_s * values.length * 1e12) / 10);
  const lines = [`#timebase=${division_ps}(ps),#voltbase=200000(uV)`, ''];
  for (let row = 0; row < values.length; row++) {
    const time = formatExponent((row + 1) * interval_s, 5).toUpperCase();
    lines.push(`${time},${(1000 * values[row]!).toFixed(3)}`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Owon HDS: key rows with tabs before the colon, index and millivolt; CRLF. */
export function writeOwon(interval_s: number, values: Float64Array): string {
  const largest = values.reduce((high, value) => Math.max(high, value), 0);
  const lines = [
    'Channel\t\t\t  :,CH1',
    'Frequency\t\t\t  :,F=  ?',
    'Period \t\t\t  :,T=  ?',
    `PK-PK\t\t\t\t  :,Vpp=${largest.toFixed(3)}V`,
    'Average\t\t\t  :,V=  ?',
    'Vertical pos\t\t  :,0.00mV',
    'Probe attenuation\t  :,1X',
    'Voltage per ADC value:,6.25mV',
    `Time interval\t\t  :,${(1e6 * interval_s).toFixed(2)}uS`,
    '',
    'index,CH1_Voltage(mV)',
  ];
  for (let row = 0; row < values.length; row++) lines.push(`${row},${(1000 * values[row]!).toFixed(2)}`);
  return `${lines.join('\r\n')}\r\n`;
}

/** PicoScope: names, units in parentheses, an empty row; LF. Time in microseconds on a range like this. */
export function writePicoScope(
  start_s: number,
  interval_s: number,
  channels: readonly Float64Array[],
): string {
  const names = channels.map((_, c) => `Channel ${String.fromCharCode(65 + c)}`);
  const lines = [['Time', ...names].join(','), ['(us)', ...names.map(() => '(V)')].join(','), ''];
  for (let row = 0; row < channels[0]!.length; row++) {
    const time = 1e6 * (start_s + row * interval_s);
    lines.push(
      [time, ...channels.map((channel) => channel[row]!)].map((value) => value.toFixed(8)).join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Siglent short form: source, unit words, fixed decimals; LF, one channel a file. */
export function writeSiglent(start_s: number, interval_s: number, values: Float64Array): string {
  const lines = ['Source,CH1', 'Second,Volt'];
  for (let row = 0; row < values.length; row++)
    lines.push(`${(start_s + row * interval_s).toFixed(11)},${values[row]!.toFixed(5)}`);
  return `${lines.join('\n')}\n`;
}
