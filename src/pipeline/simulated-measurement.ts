import type { Simulation } from '../../fitting/index.ts';
import type { Column } from '../model/curve.ts';
import { deviceId, measurementId } from '../model/ids.ts';
import type { Measurement, MeasurementKind } from '../model/measurement.ts';

/** A simulated curve as an importer would give a measured one, so that every analysis and figure takes it. */
export function toMeasurement(
  simulation: Simulation,
  title: string,
  kind: Extract<MeasurementKind, 'iv' | 'waveform'>,
): Measurement {
  const { columns: made } = simulation;
  const columns: Column[] = [];
  const add = (name: string, column: Omit<Column, 'data'>): void => {
    const data = made[name];
    if (data) columns.push({ ...column, data });
  };
  const drive = kind === 'iv' ? 'voltage' : 'stimulus';
  add('time_s', { role: 'time', label: 'time', unit: 's' });
  add('voltage_V', { role: drive, label: 'voltage', unit: 'V' });
  add('current_A', { role: 'current', label: 'current', unit: 'A' });
  add('light_W', { role: 'light', label: 'light', unit: 'W' });
  add('leftLight_W', { role: 'light', label: 'light, left', unit: 'W' });
  add('rightLight_W', { role: 'light', label: 'light, right', unit: 'W' });
  const length = made['voltage_V']?.length ?? 0;
  const limit = simulation.parameters['complianceCurrent'];
  return {
    id: measurementId(title, 0),
    kind,
    title,
    curve: { length, columns, flags: new Uint8Array(length) },
    branches: [],
    deviceId: deviceId(title),
    conditions: typeof limit === 'number' ? { complianceCurrent: { value: limit, from: 'file' } } : {},
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: {
      file: title,
      sha256: '',
      format: `simulation:${simulation.model}`,
      formatVersion: 1,
      encoding: '',
    },
    metadata: {},
  };
}
