import { describe, expect, it } from 'vitest';
import { MASK } from '../../../src/conditioning/conditioned.ts';
import { runJob } from '../../../src/pipeline/job.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { writeXls } from '../../support/xls-file.ts';

/** What the files of three analysers say of one sweep reaches its analysis: limit, sweep rate, sentinels, instrument and date. */

/** 0 to 2 V in 0.05 V steps, 0.25 s apart: a diode that runs into its limit of 1 mA; one reading was out of range. */
const LIMIT = 1e-3;
const ROWS = Array.from({ length: 41 }, (_, k) => {
  const v = 0.05 * k;
  const free = 1e-9 * Math.exp(v / 0.1);
  return { v, i: k === 5 ? 9.91e37 : Math.min(LIMIT, free), t: 0.25 * k };
});
const FIRST_CLIPPED = ROWS.findIndex(({ v }) => 1e-9 * Math.exp(v / 0.1) >= LIMIT);

const KICKSTART = [
  '"\tCommon Settings","\t",,',
  '".Channel","\tSMU-1",,',
  '"\t...Model","\t2450",,',
  '"\t...Serial Number","\t01419958",,',
  '"\t...Function","\tVoltage Sweep",,',
  '"\t...Type","\tLinear",,',
  `"\t...Limit","\t${LIMIT}",,`,
  ',,,',
  'Index,SMU-1 Time (s),SMU-1 Voltage (V),SMU-1 Current (A)',
  ...ROWS.map(({ t, v, i }, k) => `${k + 1},${t},${v.toFixed(2)},${i.toExponential(6)}`),
].join('\n');
const EASYEXPERT = [
  '',
  'SetupTitle, Diode',
  'PrimitiveTest, I/V Sweep',
  'TestParameter, Context.MainFrame, B1500A',
  'TestParameter, Channel.IName, I',
  'TestParameter, Channel.VName, V',
  'TestParameter, Channel.Time, Time',
  'TestParameter, Channel.Mode, V',
  'TestParameter, Channel.Func, VAR1',
  `TestParameter, Measurement.Primary.Compliance, ${LIMIT}`,
  'MetaData, TestRecord.RecordTime, 03/12/2025 13:45:30',
  'Dimension1, 41',
  'Dimension2, 1',
  'DataName, V, I, Time',
  ...ROWS.map(({ t, v, i }) => `DataValue, ${v.toFixed(2)}, ${i.toExponential(6)}, ${t}`),
].join('\n');
const CLARIUS = [
  'Last Executed,03/12/2025 13:45:30',
  'Device Terminal,Anode,Cathode',
  'Forcing Function,Voltage Sweep,Common',
  `Compliance,${LIMIT},0.1`,
  'Time,AnodeI,AnodeV',
  ...ROWS.map(({ t, v, i }) => `${t},${i.toExponential(6)},${v.toFixed(2)}`),
].join('\n');
const WORKBOOK = writeXls({
  Data: [['Time', 'AnodeI', 'AnodeV'], ...ROWS.map(({ t, v, i }) => [t, i, v])],
  Settings: [
    ['Last Executed', '03/12/2025 13:45:30'],
    ['Device Terminal', 'Anode', 'Cathode'],
    ['Forcing Function', 'Voltage Sweep', 'Common'],
    ['Compliance', String(LIMIT), '0.1'],
  ],
});

function analyse(name: string, content: string | Uint8Array): MeasurementOutcome {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(`${content}\n`) : content;
  const response = runJob({
    type: 'import-and-analyse',
    file: { name, bytes },
    recipe: 'lec-iv',
    conditions: {},
    windows: {},
  });
  if (!response.ok) throw new Error(response.issues[0].message);
  return response.value.outcomes[0]!;
}

describe.each([
  ['KickStart', 'a.csv', KICKSTART, '2450', null],
  ['EasyEXPERT', 'b.csv', EASYEXPERT, 'B1500A', '2025-03-12T13:45:30'],
  ['Clarius CSV', 'c.csv', CLARIUS, '4200A-SCS', '2025-03-12T13:45:30'],
  ['4200 workbook', 'd.xls', WORKBOOK, '4200-SCS', '2025-03-12T13:45:30'],
] as const)('%s', (_, name, content, model, recordedAt) => {
  const outcome = analyse(name, content);
  const conditioned = outcome.conditioned!;

  it('the declared limit is the compliance of the analysis, and the clipped rows are left out', () => {
    expect(outcome.measurement.conditions.complianceCurrent).toEqual({ value: LIMIT, from: 'file' });
    expect(conditioned.compliance).toMatchObject({ positive_A: LIMIT, inferred: false });
    const clipped = [...conditioned.mask].map((bits) => (bits & MASK.compliance) !== 0);
    expect(clipped.slice(FIRST_CLIPPED).every(Boolean)).toBe(true);
    expect(clipped.slice(0, FIRST_CLIPPED).some(Boolean)).toBe(false);
  });

  it('the sweep rate follows from the times', () => {
    expect(conditioned.sweepRate).toBeCloseTo(0.2, 9);
  });

  it('the reading out of range is missing, flagged and masked, no number', () => {
    expect(outcome.measurement.curve.flags[5]! & 2).toBe(2);
    expect(Number.isNaN(conditioned.current[5])).toBe(true);
    expect(conditioned.mask[5]! & MASK.sentinel).toBe(MASK.sentinel);
    expect(conditioned.counts.sentinel).toBe(1);
  });

  it('instrument and date reach the record', () => {
    expect(outcome.measurement.instrument.model).toBe(model);
    expect(outcome.measurement.recordedAt).toBe(recordedAt);
  });
});
