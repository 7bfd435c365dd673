import { formatExponent, formatGeneral } from '../number-text.ts';

/**
 * A sweep of one source channel under EasyEXPERT: an empty first line behind the byte order mark, tagged rows with a comma and a blank,
 * no final line end.
 */
export function writeEasyExpert(
  title: string,
  sweep: {
    readonly start: number;
    readonly stop: number;
    readonly step: number;
    readonly compliance_A: number;
  },
  voltage_V: Float64Array,
  current_A: Float64Array,
): string {
  const parameter = (name: string, ...values: readonly string[]): string =>
    ['TestParameter', name, ...values].join(', ');
  const setup = (name: string, ...values: readonly string[]): string =>
    ['AnalysisSetup', `Analysis.Setup.${name}`, ...values].join(', ');
  const count = String(voltage_V.length);
  const lines = [
    '\ufeff',
    `SetupTitle, ${title}`,
    'PrimitiveTest, I/V Sweep',
    parameter('Context.MainFrame', 'B1500A'),
    parameter('Channel.UnitType', 'SMU', 'SMU'),
    parameter('Channel.Unit', 'SMU1:HR', 'SMU2:HR'),
    parameter('Channel.IName', 'I1', 'I2'),
    parameter('Channel.VName', 'V1', 'V2'),
    parameter('Channel.Mode', 'V', 'COMMON'),
    parameter('Channel.Func', 'VAR1', 'CONST'),
    parameter('Channel.Index', ''),
    parameter('Channel.Time', ''),
    parameter('Measurement.Primary.Locus', 'Double'),
    parameter('Measurement.Primary.Scale', 'LINEAR'),
    parameter('Measurement.Primary.Start', String(sweep.start)),
    parameter('Measurement.Primary.Stop', String(sweep.stop)),
    parameter('Measurement.Primary.Step', String(sweep.step)),
    parameter('Measurement.Primary.Compliance', String(sweep.compliance_A)),
    parameter('Measurement.Timing.Hold', '0'),
    parameter('Measurement.Timing.Delay', '0.45'),
    'MetaData, TestRecord.RecordTime, 03/17/2026 11:42:05',
    'MetaData, TestRecord.TestTarget, LEC-4',
    'MetaData, TestRecord.Remarks, ',
    'MetaData, TestRecord.IterationIndex, 1',
    setup('Vector.Graph.Enabled', 'true'),
    setup('Vector.Graph.XAxis.Name', 'V1'),
    setup('Vector.Graph.XAxis.Unit', 'V'),
    setup('Vector.Graph.XAxis.Scale', 'Linear'),
    setup('Vector.Graph.YAxis.Name', 'I1'),
    setup('Vector.Graph.YAxis.Unit', 'A'),
    setup('Vector.Graph.YAxis.Scale', 'Log'),
    setup('Vector.List.Datum.Name', 'V1', 'I1'),
    setup('Vector.List.Datum.Unit', 'V', 'A'),
    setup('Title', title),
    `Dimension1, ${count}, ${count}`,
    'Dimension2, 1, 1',
    'DataName, V1, I1',
  ];
  for (let row = 0; row < voltage_V.length; row++)
    lines.push(`DataValue, ${formatGeneral(voltage_V[row]!, 9)}, ${formatGeneral(current_A[row]!, 9)}`);
  return lines.join('\n');
}

/** 2636B under a laboratory front end: counts in line 1, padded to the width of the table, short names without units; CRLF. */
export function writeLab2636(voltage_V: Float64Array, current_A: Float64Array, time_s: Float64Array): string {
  const number = (value: number): string => {
    const [mantissa, power] = formatExponent(value, 6).split('e') as [string, string];
    return `${mantissa}E${power.startsWith('-') ? '-' : '+'}${Number(power.slice(1))}`;
  };
  const lines = [`# of variables,1,Sweep points,${voltage_V.length},Parametric points,1`, 'Vd,Id,time_s'];
  for (let row = 0; row < voltage_V.length; row++)
    lines.push([voltage_V[row]!, current_A[row]!, time_s[row]!].map(number).join(','));
  return `${lines.join('\r\n')}\r\n`;
}
