import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../src/model/quantity.ts';
import { runJob } from '../../src/pipeline/job.ts';
import { hasRealCurves, REAL_CURVES } from '../support/real-curves.ts';

/**
 * Answers of measured files that were looked at, curve by curve, and found plausible (docs/benchmarks/real-files.md). A value is what a
 * person reads off the plot, with the width of such a reading; a code is a refusal whose reason the plot shows.
 */
interface Seen {
  readonly id: string;
  readonly value?: number | string;
  /** Relative width of the reading. @default 0.03 */
  readonly within?: number;
  /** Reason that must stand beside the answer, or in its place. */
  readonly code?: string;
  readonly status?: Quantity['status'];
  readonly branch?: string;
  readonly convention?: string;
  /** Part of the method, such as `channel CH2`. */
  readonly method?: string;
}

const edge = (id: string, value: number, more: Partial<Seen> = {}): Seen => ({ id, value, ...more });
const refusedFor = (id: string, code: string, more: Partial<Seen> = {}): Seen => ({
  id,
  code,
  status: 'refused',
  ...more,
});
const diode = (turnOn: number, more: readonly Seen[] = []): readonly Seen[] => [
  { id: 'turnOnVoltage', value: turnOn, within: 0.05, convention: 'tangent' },
  ...more,
];

const SEEN: Readonly<Record<string, readonly Seen[]>> = {
  // diodes and sweeps
  'keithley-kickstart/2450-diode-vf-1ch.csv': diode(0.67, [
    { id: 'idealityFactor', value: 1.65, within: 0.1 },
    { id: 'seriesResistance', code: 'MODEL_REJECTED', status: 'flagged' },
    { id: 'maximumCurrent', value: 0.08, within: 0.05 },
  ]),
  'keithley-kickstart/2x2450-diode-vf-2ch.csv': diode(0.67, [
    { id: 'idealityFactor', value: 1.65, within: 0.1 },
    { id: 'seriesResistance', status: 'bound' },
  ]),
  'keysight-easyexpert/memristor-hysteresis-bare-columns.csv': diode(0.52, [
    { id: 'seriesResistance', value: 35, within: 0.1 },
    { id: 'maximumCurrent', value: -9.2e-3, branch: '-forward' },
  ]),
  'keithley-2636b/sbd-gan-iv.csv': [
    refusedFor('turnOnVoltage', 'REGIME', { convention: 'tangent' }),
    { id: 'turnOnVoltage', value: 1, within: 0.05, convention: 'current-1mA' },
    { id: 'maximumCurrent', value: -0.466e-3 },
  ],
  'keithley-2636b/hemt-output.csv': [{ id: 'ohmicResistance', value: 72, within: 0.1 }],
  'keithley-kickstart/2450-resistor-sweep.csv': [
    { id: 'ohmicResistance', value: 99.9e3, within: 2e-3 },
    { id: 'regimeSlope', value: 1, within: 1e-3 },
    refusedFor('trapDensity', 'REGIME_NOT_FOUND'),
  ],
  'keithley-tsp/2450-streamed-v-i.txt': [{ id: 'ohmicResistance', value: 328.4, within: 2e-3 }],
  'keithley-kickstart/2x2450-nfet-gate-leakage.csv': [{ id: 'regimeCount', status: 'refused' }],
  // memories
  'keithley-kickstart/2461-vo2-dual-sweep-hysteresis.csv': [
    { id: 'switchingType', value: 'threshold' },
    { id: 'thresholdVoltage', value: 17.65, within: 5e-3 },
    { id: 'holdVoltage', value: 9, within: 0.02 },
    { id: 'highResistance', value: 5000, within: 0.03 },
    { id: 'regimeCount', code: 'MULTIPLE_EVENTS', status: 'flagged', branch: 'reverse' },
    refusedFor('trapExponent', 'REGIME', { branch: 'reverse' }),
  ],
  'keithley-acs/acs-basic-memristor-p1V-m4V.csv': [
    { id: 'switchingType', value: 'analog' },
    {
      id: 'resetVoltage',
      value: -3.45,
      within: 0.05,
      code: 'NO_SWITCHING',
      status: 'flagged',
      branch: '-forward',
      convention: 'current-peak',
    },
    refusedFor('setVoltage', 'NO_SWITCHING', { branch: '+forward' }),
    { id: 'highResistance', status: 'bound', branch: '+forward' },
    { id: 'trapExponent', code: 'REGIME', status: 'flagged', branch: '+forward' },
  ],
  'other-labs/memristor-time-v-i-tab.dat': [
    { id: 'switchingType', value: 'analog' },
    { id: 'onOffRatio', value: 98, within: 0.1, branch: '-forward' },
    refusedFor('setVoltage', 'NO_SWITCHING'),
  ],
  // pulses of memories and sources
  'keithley-kickstart/2461-vo2-pulse-quoted-no-settings.csv': [
    edge('highLevel', 6.9e-3, { method: 'Current' }),
    edge('pulseWidth', 9.93e-3, { method: 'Current' }),
    edge('period', 0.11, { method: 'Current' }),
    { id: 'overshoot', code: 'NOT_SETTLED', status: 'flagged', method: 'Current' },
    { id: 'riseTime', status: 'bound', method: 'Current' },
  ],
  'keithley-kickstart/2461-vo2-pulse-unquoted-column-order.csv': [
    edge('highLevel', 39.6e-3, { method: 'Current', code: 'NOT_SETTLED' }),
    refusedFor('riseTime', 'NOT_SETTLED', { method: 'Current' }),
    edge('riseTime', 29e-3, { method: 'Resistance', within: 0.1 }),
  ],
  'keithley-buffer/dmm6500-buffer-user-trimmed.csv': [
    edge('period', 20, { within: 2e-3 }),
    refusedFor('riseTime', 'NOT_SETTLED'),
  ],
  'tektronix/dmm4050-log.csv': [
    refusedFor('riseTime', 'AMBIGUOUS'),
    refusedFor('overshoot', 'AMBIGUOUS'),
    { id: 'highLevel', code: 'AMBIGUOUS', status: 'flagged' },
    refusedFor('decayTime', 'REGIME'),
    edge('period', 45.9),
  ],
  // scopes: square waves, ramps, sines, data, dips
  'rohde-schwarz/rtp-time-and-2ch.Wfm.csv': [
    refusedFor('riseTime', 'NOT_SETTLED', { method: 'Channel 1' }),
    { id: 'decayTime', value: 1.1e-9, within: 0.4, method: 'Channel 1' },
    refusedFor('decayTime', 'NO_EDGE', { method: 'Channel 2' }),
  ],
  'rigol/ds1102d-pc-export.csv': [
    refusedFor('riseTime', 'AMBIGUOUS', { method: 'CH 1' }),
    edge('period', 1.002e-3, { method: 'CH 2', within: 1e-3 }),
    refusedFor('settlingTime', 'BELOW_NOISE_FLOOR', { method: 'CH 2' }),
  ],
  'rigol/ds1052e-pc-export-long-header.csv': [
    edge('riseTime', 42e-9, { method: 'CH 2', within: 0.05 }),
    edge('period', 500e-9, { method: 'CH 2' }),
    refusedFor('decayTime', 'UNDERSAMPLED', { method: 'CH 2' }),
  ],
  'rigol/ds1054z-4ch-sequence-start-increment.csv': [
    refusedFor('riseTime', 'NO_EDGE', { method: 'CH2' }),
    refusedFor('decayTime', 'REGIME', { method: 'CH3' }),
    edge('highLevel', 3.44, { method: 'CH3' }),
  ],
  'rigol/ds1000z-no-index-column.csv': [
    edge('period', 16.68e-3, { method: 'CH2', within: 1e-3 }),
    edge('highLevel', 4.95, { method: 'CH2' }),
    refusedFor('decayTime', 'REGIME', { method: 'CH4' }),
  ],
  'rigol/ds1102e-second-volt.csv': [edge('period', 240e-6, { within: 1e-3 }), edge('dutyCycle', 0.483)],
  'rigol/ds2072a-1ch.csv': [
    edge('highLevel', 0.3, { within: 0.05 }),
    refusedFor('settlingTime', 'BELOW_NOISE_FLOOR'),
  ],
  'rigol/ds4024-index-starts-at-22.csv': [
    edge('highLevel', 2.93, { method: 'CH1' }),
    refusedFor('decayTime', 'UNDERSAMPLED', { method: 'CH1' }),
  ],
  'tektronix/mso3012-tek0000-2ch.csv': [
    edge('frequency', 10e3, { within: 2e-3 }),
    refusedFor('riseTime', 'NOT_SETTLED'),
  ],
  'rohde-schwarz/in-s-2ch-peak-detect-pairs.csv': [edge('period', 5, { within: 0.01 })],
  'gw-instek/gds1072au-A0000CH1.csv': [
    edge('highLevel', 3.3),
    refusedFor('period', 'AMBIGUOUS'),
    refusedFor('decayTime', 'UNDERSAMPLED'),
  ],
  'hantek/dso5205p-WaveData50.csv': [edge('highLevel', 3.28), refusedFor('period', 'AMBIGUOUS')],
  'owon/hds242-wave1-10x-probe.csv': [
    edge('riseTime', 0.59e-6, { within: 0.1 }),
    edge('frequency', 100e3, { within: 0.01 }),
  ],
  'owon/hds242-wave3-header-typo.csv': [refusedFor('riseTime', 'NO_EDGE')],
  'picoscope/time-ms-1ch.csv': [edge('period', 0.61e-3), refusedFor('riseTime', 'NOT_SETTLED')],
  'siglent/sds-source-second-volt-plus-signs.csv': [edge('frequency', 7e6, { within: 2e-3 })],
  'yokogawa/dlm4000-2ch.csv': [
    edge('period', 0.656e-3, { method: 'CH1' }),
    refusedFor('riseTime', 'NOT_SETTLED', { method: 'CH1' }),
  ],
  // spectra
  'ocean-optics/jaz-five-columns.jaz': [
    { id: 'peakWavelength', value: 437, within: 5e-3, code: 'MULTI_PEAK', status: 'flagged' },
  ],
  'ocean-optics/oceanview-mixed-eol.txt': [
    { id: 'peakWavelength', value: 705, within: 0.03, code: 'MULTI_PEAK', status: 'flagged' },
    refusedFor('peakEnergy', 'MULTI_PEAK'),
    refusedFor('fwhm', 'MULTI_PEAK'),
  ],
  'ocean-optics/spectrasuite-decimal-comma.txt': [refusedFor('fwhm', 'PEAK_AT_EDGE')],
  'ocean-optics/spectrasuite-spanish-latin1.txt': [refusedFor('fwhm', 'PEAK_AT_EDGE')],
  'ocean-optics/spectrasuite-usb4000.txt': [refusedFor('fwhm', 'PEAK_AT_EDGE')],
  'rohde-schwarz/lcx200-log.csv': [refusedFor('bandwidth', 'NO_DATA')],
};

function analyse(file: string): readonly Quantity[] {
  const response = runJob({
    type: 'import-and-analyse',
    file: { name: file, bytes: new Uint8Array(readFileSync(join(REAL_CURVES, file))) },
    recipe: 'auto',
    conditions: {},
    settings: [],
    windows: {},
  });
  if (!response.ok) throw new Error(response.issues[0].message);
  return response.value.outcomes.flatMap((outcome) => outcome.results.flatMap((result) => result.quantities));
}

describe.skipIf(!hasRealCurves)('answers of measured files, as looked at (needs ../shared)', () => {
  it.each(Object.entries(SEEN))('%s', (file, list) => {
    expect(existsSync(join(REAL_CURVES, file))).toBe(true);
    const quantities = analyse(file);
    for (const seen of list) {
      const name = `${seen.id} ${seen.branch ?? ''} ${seen.convention ?? ''} ${seen.method ?? ''}`;
      const found = quantities.find(
        (q) =>
          q.id === seen.id &&
          (seen.branch === undefined || q.branch === seen.branch) &&
          (seen.convention === undefined || q.convention === seen.convention) &&
          (seen.method === undefined || q.method.includes(seen.method)),
      );
      if (!found) throw new Error(`no record of ${name}`);
      if (seen.status) expect(found.status, name).toBe(seen.status);
      if (seen.code)
        expect(
          found.reasons.map((reason) => reason.code),
          name,
        ).toContain(seen.code);
      if (typeof seen.value === 'string') expect(found.value, name).toBe(seen.value);
      if (typeof seen.value === 'number') {
        expect(typeof found.value, name).toBe('number');
        expect(Math.abs((found.value as number) / seen.value - 1), `${name}: ${found.value}`).toBeLessThan(
          seen.within ?? 0.03,
        );
      }
      // nothing is wrong without saying so: a refusal has a sentence, a value a unit
      if (found.status === 'refused') expect(found.reasons[0]!.message.length, name).toBeGreaterThan(10);
    }
  });
});
