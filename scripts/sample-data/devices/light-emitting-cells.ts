import { writeEasyExpert, writeLab2636 } from '../grammars/analysers.ts';
import { writeKickStart } from '../grammars/kickstart.ts';
import { writeTouchScreenBuffer } from '../grammars/touch-screen-buffer.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';
import { columnOf, holdLimit, type Readings, readSweep, simulateOrThrow, sweepOrThrow } from './measured.ts';

const row = (
  quantity: string,
  branch: string,
  value: number,
  tolerance: number,
  unit: string,
  from: string,
): Truth => ({ recipe: 'lec-iv', quantity, branch, convention: null, value, tolerance, unit, from });

/** LEC-F on the way out, LEC-R on the way back, 1 % noise: fixture FX-1 of METHODS 14. */
function buildLoop(): SampleFile {
  const path = 'keithley-kickstart/LEC-1_sweep.csv';
  const normal = createNoise(path);
  const drive = sweepOrThrow('0:8:0.05:0', 0.1);
  const readings = readSweep(
    simulateOrThrow('light-emitting-cell', { preset: 'LEC-FR' }, drive),
    normal,
    0.01,
    2e-9,
  );
  const text = writeKickStart(
    readings.time_s,
    [
      {
        name: 'SMU-1',
        instrument: 'LEC bench 2450',
        model: '2450',
        serial: '04519870',
        sweep: { start: 0, stop: 8, step: 0.05, dual: true },
        limit_A: 0.1,
        voltage_V: readings.voltage_V,
        current_A: readings.current_A,
      },
    ],
    0.45,
  );
  return {
    path,
    text,
    instrument: 'Keithley 2450 under KickStart',
    content: 'light-emitting cell, 0 V to 8 V and back in 50 mV steps at 0.1 V/s; 1 % and 2 nA of noise',
    kind: 'iv',
    truths: [
      row('seriesResistance', 'forward', 254, 2.5, 'ohm', 'LEC-F (EX-1.2); scatter of EX-1.4'),
      row('shuntResistance', 'forward', 0.63e6, 0.01e6, 'ohm', 'LEC-F (EX-1.2)'),
      row('idealityFactor', 'forward', 6, 0.06, '1', 'LEC-F (EX-1.2); scatter of EX-1.4'),
      row('lnSaturationCurrent', 'forward', -29.881894369, 0.3, '1', 'LEC-F (EX-1.2)'),
      row('turnOnVoltage', 'forward', 3.8, 0.15, 'V', 'EX-1.7; 1 % noise scatters the tangent by 0.04 V'),
      row('apparentResistance', 'forward', 266.3, 13, 'ohm', 'EX-1.7; 1 % noise scatters the slope by 1.2 %'),
      row('seriesResistance', 'reverse', 302, 3, 'ohm', 'LEC-R (EX-1.3)'),
      row('shuntResistance', 'reverse', 0.42e6, 0.007e6, 'ohm', 'LEC-R (EX-1.3)'),
      row('idealityFactor', 'reverse', 6, 0.06, '1', 'LEC-R (EX-1.3)'),
      row('turnOnVoltage', 'reverse', 2.8, 0.2, 'V', 'EX-1.7; 1 % noise scatters the tangent by 0.05 V'),
      row('hysteresisIndex', 'forward', 0.1297, 0.004, '1', 'EX-1.8'),
      row('hysteresisArea', 'forward', 0.010165, 0.0004, 'V A', 'EX-1.8'),
      { ...row('hysteresisVoltage', 'forward', 0.968, 0.04, 'V', 'EX-1.8'), convention: 'at-1mA' },
      row('maximumCurrent', 'forward', 1.578176e-2, 0.06e-2, 'A', 'EX-1.2, 1 % noise'),
    ],
  };
}

/** LEC-F into the limit of its source, quiet: the clipped points must not reach the fit (EX-1.5). */
function buildClipped(): SampleFile {
  const path = 'keithley-buffer/LEC-2_sweep.csv';
  const normal = createNoise(path);
  const drive = sweepOrThrow('0:8:0.05', 0.1);
  const limit_A = 1.2e-2;
  const simulation = simulateOrThrow(
    'light-emitting-cell',
    { preset: 'LEC-F', complianceCurrent: limit_A },
    drive,
  );
  const simulated = columnOf(simulation, 'current_A');
  const quiet = holdLimit(readSweep(simulation, normal, 1e-3, 2e-10), limit_A, normal, simulated);
  const limited = (index: number): boolean => simulated[index]! >= limit_A * (1 - 1e-9);
  return {
    path,
    text: writeTouchScreenBuffer(1773657000, quiet.time_s, quiet.voltage_V, quiet.current_A, limited),
    instrument: 'Keithley 2460, reading buffer saved to USB',
    content:
      'light-emitting cell, 0 V to 8 V in 50 mV steps into a source limit of 12 mA; 0.1 % and 0.2 nA of noise',
    kind: 'iv',
    truths: [
      row('seriesResistance', 'forward', 254, 2.54, 'ohm', 'LEC-F (EX-1.2); clipped points masked (EX-1.5)'),
      row('shuntResistance', 'forward', 0.63e6, 0.0126e6, 'ohm', 'LEC-F (EX-1.2)'),
      row('idealityFactor', 'forward', 6, 0.06, '1', 'LEC-F (EX-1.2)'),
      row('lnSaturationCurrent', 'forward', -29.881894369, 0.3, '1', 'LEC-F (EX-1.2)'),
    ],
  };
}

/** The whole range of LEC-F, quiet, for the acceptance of METHODS 8.5. */
function buildQuiet(): SampleFile {
  const path = 'keithley-buffer/LEC-3_sweep.csv';
  const normal = createNoise(path);
  const drive = sweepOrThrow('0:8:0.05', 0.1);
  const simulation = simulateOrThrow('light-emitting-cell', { preset: 'LEC-F' }, drive);
  const readings = readSweep(simulation, normal, 2e-4, 2e-10);
  return {
    path,
    text: writeTouchScreenBuffer(
      1773743400,
      readings.time_s,
      readings.voltage_V,
      readings.current_A,
      () => false,
    ),
    instrument: 'Keithley 2460, reading buffer saved to USB',
    content: 'light-emitting cell, 0 V to 8 V in 50 mV steps; 0.02 % and 0.2 nA of noise',
    kind: 'iv',
    truths: [
      row('seriesResistance', 'forward', 254, 2.54, 'ohm', 'LEC-F (EX-1.2), METHODS 8.5'),
      row('shuntResistance', 'forward', 0.63e6, 0.0126e6, 'ohm', 'LEC-F (EX-1.2), METHODS 8.5'),
      row('idealityFactor', 'forward', 6, 0.02, '1', 'LEC-F (EX-1.2)'),
      row('turnOnVoltage', 'forward', 3.8, 0.01, 'V', 'EX-1.7, METHODS 8.5'),
      row('apparentResistance', 'forward', 266.3, 1, 'ohm', 'EX-1.7'),
    ],
  };
}

/** The loop again, quiet, on two parameter analysers. */
function buildAnalyserLoops(): readonly SampleFile[] {
  const drive = sweepOrThrow('0:8:0.05:0', 0.1);
  const simulation = simulateOrThrow('light-emitting-cell', { preset: 'LEC-FR' }, drive);
  const sweep = { start: 0, stop: 8, step: 0.05, compliance_A: 0.1 };
  const files: readonly (readonly [string, string, (r: Readings) => string])[] = [
    [
      'keysight-easyexpert/LEC-4_loop.csv',
      'Keysight B1500A under EasyEXPERT',
      (r) => writeEasyExpert('LEC loop', sweep, r.voltage_V, r.current_A),
    ],
    [
      'keithley-2636b/LEC-5_sweep.csv',
      'Keithley 2636B under a laboratory front end',
      (r) => writeLab2636(r.voltage_V, r.current_A, r.time_s),
    ],
  ];
  return files.map(([path, instrument, write]) => ({
    path,
    text: write(readSweep(simulation, createNoise(path), 2e-3, 1e-9)),
    instrument,
    content: 'light-emitting cell, 0 V to 8 V and back in 50 mV steps; 0.2 % and 1 nA of noise',
    kind: 'iv',
    truths: [
      row('seriesResistance', 'forward', 254, 2.54, 'ohm', 'LEC-F (EX-1.2), METHODS 8.5'),
      row('shuntResistance', 'forward', 0.63e6, 0.0126e6, 'ohm', 'LEC-F (EX-1.2), METHODS 8.5'),
      row('seriesResistance', 'reverse', 302, 3.02, 'ohm', 'LEC-R (EX-1.3), METHODS 8.5'),
      row('shuntResistance', 'reverse', 0.42e6, 0.0084e6, 'ohm', 'LEC-R (EX-1.3), METHODS 8.5'),
      row('hysteresisIndex', 'forward', 0.1297, 0.001, '1', 'EX-1.8'),
    ],
  }));
}

export function buildLightEmittingCells(): readonly SampleFile[] {
  const conditions = { temperature: '300K', area: '0.785mm2', thickness: '800+-40nm', sweepRate: '0.1V/s' };
  return [
    buildLoop(),
    buildClipped(),
    buildQuiet(),
    ...buildAnalyserLoops(),
    writeSettings('keithley-kickstart', conditions),
    writeSettings('keysight-easyexpert', conditions),
    writeSettings('keithley-2636b', conditions),
    writeSettings('keithley-buffer', { ...conditions, devices: { 'LEC-2': { complianceCurrent: '12mA' } } }),
  ];
}
