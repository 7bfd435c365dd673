import { formatEngineering, formatExponent, formatSix } from '../number-text.ts';

/** InfiniiVision: bare channel numbers, unit words, explicit signs, engineering exponents, times to 10 ps; LF. */
export function writeInfiniiVision(time_s: Float64Array, channels: readonly Float64Array[]): string {
  const lines = [
    ['x-axis', ...channels.map((_, c) => String(c + 1))].join(','),
    ['second', ...channels.map(() => 'Volt')].join(','),
  ];
  for (let row = 0; row < time_s.length; row++) {
    const cells = channels.map((channel) => formatEngineering(channel[row]!, () => 8));
    lines.push([formatEngineering(time_s[row]!, (exponent) => 11 + exponent), ...cells].join(','));
  }
  return `${lines.join('\n')}\n`;
}

export interface TektronixChannel {
  readonly source: string;
  readonly scale_V: number;
  readonly offset_V: number;
}

/**
 * TDS/TBS series, one file a channel: key, value, empty, time, value, empty; the 18 rows of settings stand beside the first samples,
 * where the times are padded too.
 */
export function writeTektronixSideBySide(
  start_s: number,
  interval_s: number,
  values: Float64Array,
  channel: TektronixChannel,
): string {
  const exponent = (value: number): string => formatExponent(value, 6);
  const settings: readonly (readonly [string, string])[] = [
    ['Record Length', exponent(values.length)],
    ['Sample Interval', exponent(interval_s)],
    ['Trigger Point', formatExponent(Math.round(-start_s / interval_s), 12)],
    ['', ''],
    ['', ''],
    ['', ''],
    ['Source', channel.source],
    ['Vertical Units', 'V'],
    ['Vertical Scale', exponent(channel.scale_V)],
    ['Vertical Offset', exponent(channel.offset_V)],
    ['Horizontal Units', 's'],
    ['Horizontal Scale', exponent((interval_s * values.length) / 10)],
    ['Pt Fmt', 'Y'],
    ['Yzero', exponent(0)],
    ['Probe Atten', exponent(1)],
    ['Model Number', 'TBS1052B'],
    ['Serial Number', 'C900142'],
    ['Firmware Version', 'FV:v4.06'],
  ];
  const lines: string[] = [];
  for (let row = 0; row < values.length; row++) {
    const [key, value] = settings[row] ?? ['', ''];
    const time = (start_s + row * interval_s).toFixed(12);
    const cell = values[row]!.toFixed(5).padStart(10, ' ');
    const padded = row < settings.length ? `${time.startsWith('-') ? '  ' : '   '}${time}` : time;
    lines.push(`${key},${value},,${padded},${cell},`);
  }
  return `${lines.join('\n')}\n`;
}

/** MSO/DPO series: a block of settings with one value, comma rows, a label row, `TIME,CH1,CH2`, an empty last line. */
export function writeTektronixMso(
  start_s: number,
  interval_s: number,
  channels: readonly Float64Array[],
  labels: readonly string[],
  scale_V: number,
): string {
  const length = channels[0]!.length;
  const commas = ','.repeat(channels.length);
  const lines = [
    'Model,MSO3012',
    'Firmware Version,2.40',
    '',
    'Waveform Type,ANALOG,',
    'Point Format,Y,',
    'Horizontal Units,s,',
    `Horizontal Scale,${formatSix((interval_s * length) / 10)},`,
    'Horizontal Delay,0,',
    `Sample Interval,${formatSix(interval_s)},`,
    `Record Length,${length},`,
    'Gating,0.0% to 100.0%,',
    'Probe Attenuation,1,',
    'Vertical Units,V,',
    'Vertical Offset,0,',
    `Vertical Scale,${formatSix(scale_V)},`,
    'Vertical Position,-2.0,',
    commas,
    commas,
    commas,
    `Label,${labels.join(',')}`,
    `TIME,${channels.map((_, c) => `CH${c + 1}`).join(',')}`,
  ];
  for (let row = 0; row < length; row++) {
    const time = formatExponent(Math.round((start_s + row * interval_s) * 1e12) / 1e12, 4);
    lines.push([time, ...channels.map((channel) => formatSix(channel[row]!))].join(','));
  }
  return `${lines.join('\n')}\n\n`;
}

/** DS1000Z and relatives: an index column, start and increment in the header, trailing commas, CRLF. */
export function writeRigol(start_s: number, interval_s: number, channels: readonly Float64Array[]): string {
  const lines = [
    `X,${channels.map((_, c) => `CH${c + 1}`).join(',')},Start,Increment,`,
    `Sequence,${channels.map(() => 'Volt').join(',')},${formatExponent(start_s, 6)},${formatExponent(interval_s, 6)}`,
  ];
  for (let row = 0; row < channels[0]!.length; row++)
    lines.push(`${row},${channels.map((channel) => formatExponent(channel[row]!, 2)).join(',')},`);
  return `${lines.join('\r\n')}\r\n`;
}
