import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { DecodedFile, Importer } from './importer.ts';
import {
  isUsable,
  readField,
  readSamples,
  refuseScope,
  type SampleType,
  sampleColumn,
  timeColumn,
} from './scope-binary.ts';

const LONGEST_HEADER = 8192;

/** `KEY value;` pairs of the preamble by the last word of the key; quotes are dropped. */
function readPreamble(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const part of text.split(';')) {
    const match = /^[:\s]*(?:\w+:)*(\w+)\s+(.*)$/s.exec(part);
    if (match) entries.set(match[1]!.toUpperCase(), match[2]!.trim().replace(/^"(.*)"$/s, '$1'));
  }
  return entries;
}

/** Keys are written long or short (`XINCR`, `XIN`): the manual's capitals are the short form. */
function find(preamble: ReadonlyMap<string, string>, long: string, short: string): string | undefined {
  for (const [key, value] of preamble) if (key.startsWith(short) && long.startsWith(key)) return value;
  return undefined;
}

/** Tektronix .isf: the preamble and the curve as `WFMOutpre?` and `CURVe?` answer them (TDS, MSO, DPO programmer manuals). */
export const tektronixIsf: Importer = {
  id: 'tektronix-isf',
  version: 1,
  label: 'Tektronix .isf',
  vendor: 'Tektronix',
  extensions: ['isf'],
  options: [ROLES_OPTION],
  sniff(file: DecodedFile): number {
    const head = readField(file.bytes, 0, 400);
    return /^:?(?:WFMP|WFMO|CURV|BYT_N)/i.test(head) && /(?:NR_P|BYT_N)/i.test(head) ? 1 : 0;
  },
  parse(file: DecodedFile): Result<readonly Measurement[]> {
    const { bytes } = file;
    const head = readField(bytes, 0, LONGEST_HEADER);
    const curve = /:?CURVE?\s+#(\d)/i.exec(head);
    if (!curve) return refuseScope(file, 'has no binary curve behind its preamble');
    const preamble = readPreamble(head.slice(0, curve.index));
    const number = (long: string, short: string, usual: number): number => {
      const text = find(preamble, long, short);
      return text === undefined ? usual : Number(text);
    };
    const digits = Number(curve[1]);
    // leading blanks of the file are part of its offsets
    const lead = bytes.findIndex((byte) => byte > 32);
    const start = Math.max(lead, 0) + curve.index + curve[0].length + digits;
    const declared = digits > 0 ? Number(readField(bytes, start - digits, digits)) : bytes.length - start;
    const width = number('BYT_NR', 'BYT_N', 2);
    const points = number('NR_PT', 'NR_P', declared / width);
    const signed = (find(preamble, 'BN_FMT', 'BN_F') ?? 'RI').toUpperCase();
    const type: SampleType | undefined =
      signed === 'FP' && width === 4
        ? 'float32'
        : width === 1
          ? signed === 'RP'
            ? 'uint8'
            : 'int8'
          : width === 2
            ? signed === 'RP'
              ? 'uint16'
              : 'int16'
            : undefined;
    if (!type)
      return refuseScope(file, `has samples of ${width} bytes in the format ${signed}, which is not known`);
    if ((find(preamble, 'PT_FMT', 'PT_F') ?? 'Y').toUpperCase() !== 'Y')
      return refuseScope(file, 'is an envelope of minima and maxima, not a record of samples');
    const dt = number('XINCR', 'XIN', Number.NaN);
    const x0 = number('XZERO', 'XZE', 0);
    const trigger = number('PT_OFF', 'PT_O', 0);
    const scale = number('YMULT', 'YMU', Number.NaN);
    const zero = number('YOFF', 'YOF', 0);
    const offset = number('YZERO', 'YZE', 0);
    const count = Math.floor(Math.min(points, declared / width));
    if (!isUsable(dt, x0, trigger, scale, zero, offset, count) || !(count > 0))
      return refuseScope(file, 'lacks the interval, the scale or the number of its points');
    if (start + count * width > bytes.length)
      return refuseScope(
        file,
        `declares ${count} points and ends after ${Math.max(0, Math.floor((bytes.length - start) / width))}`,
        'TRUNCATED',
      );
    const littleEndian = (find(preamble, 'BYT_OR', 'BYT_O') ?? 'MSB').toUpperCase() === 'LSB';
    const id = find(preamble, 'WFID', 'WFI') ?? '';
    const channel = /^\s*(CH\d|MATH\d?|REF\d)/i.exec(id)?.[1]?.toUpperCase() ?? 'Y';
    const data = readSamples(bytes, start, count, type, littleEndian, { scale, zero, offset });
    const columns = [
      timeColumn(count, x0 - trigger * dt, dt),
      sampleColumn(channel, find(preamble, 'YUNIT', 'YUN') ?? '', data),
    ];
    return succeed([buildMeasurement(file, tektronixIsf, 0, { isScope: true, columns, metadata: preamble })]);
  },
};
