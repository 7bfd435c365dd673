import { fileStem } from '../importers/device-name.ts';
import { findKind } from '../importers/measurement-kind.ts';
import type { Column, SourceRef } from '../model/curve.ts';
import { columnOf } from '../model/curve.ts';
import { deviceId, measurementId } from '../model/ids.ts';
import type { Measurement } from '../model/measurement.ts';
import { type Joined, joinChannels } from './companions.ts';
import { isLightTable, isSweepWithoutLight, joinLight, readAsLight } from './join-light.ts';
import { givePhotonEnergy, PHOTON_ENERGY_FROM } from './photon-energy.ts';

/** Joins curves chosen by hand: traces of one time axis, or a sweep and its light; refused with the reason where they do not fit. */
export function joinCurves(curves: readonly Measurement[]): Joined {
  if (curves.length < 2) return { ok: false, reason: 'one curve alone is joined to nothing' };
  if (curves.some(isJoined))
    return { ok: false, reason: 'one of them is joined already; keep it apart first' };
  if (curves.every(({ kind }) => kind === 'waveform')) return joinChannels(curves);
  const read = curves.map(readAsLight);
  const sweep = read.find(isSweepWithoutLight);
  const light = read.find(isLightTable);
  if (curves.length === 2 && sweep && light) return joinLight(sweep, light);
  return {
    ok: false,
    reason: 'only traces of one time axis, or a sweep and a table of its light, become one curve',
  };
}

/** Files whose columns were joined into a curve. */
export function sourcesOf({ curve }: Measurement): readonly SourceRef[] {
  const byFile = new Map<string, SourceRef>();
  for (const { origin } of curve.columns) if (origin?.source) byFile.set(origin.source.file, origin.source);
  return [...byFile.values()];
}

export function isJoined(measurement: Measurement): boolean {
  return sourcesOf(measurement).length > 0;
}

function withoutSource(column: Column): Column {
  const { header = column.label, unit = '', factor = 1 } = column.origin ?? {};
  return { ...column, label: header === '' ? column.label : header, origin: { header, unit, factor } };
}

/** A part with the shared axis of the whole; its header entries are those that were kept with its name in front. */
function takePart(whole: Measurement, source: SourceRef): Measurement {
  const axis = columnOf(whole.curve, whole.kind === 'waveform' ? 'time' : 'voltage')!;
  const own = whole.curve.columns.filter((column) => column.origin?.source?.file === source.file);
  const columns = [axis, ...own.map(withoutSource)];
  return {
    ...whole,
    id: measurementId(source.file, 0),
    kind: findKind(columns, source.file),
    title: fileStem(source.file),
    curve: { ...whole.curve, columns },
    instrument: { vendor: null, model: null, serial: null },
    source,
    metadata: { 'axis from': whole.source.file },
  };
}

/** The parts of a joined curve, each with its own columns and the axis they share; a curve that was not joined is its only part. */
export function splitJoined(measurement: Measurement): readonly Measurement[] {
  const sources = sourcesOf(measurement);
  if (sources.length === 0) return [measurement];
  const { 'joined from': _, 'voltages agree within': __, ...metadata } = measurement.metadata;
  const columns = measurement.curve.columns.filter((column) => !column.origin?.source);
  const lead: Measurement = {
    ...measurement,
    title: fileStem(measurement.source.file),
    curve: { ...measurement.curve, columns },
    metadata,
  };
  return [lead, ...sources.map((source) => takePart(measurement, source))].map(forgetPhotonEnergy);
}

/** Takes back a photon energy that came from a spectrum beside the curve. */
export function forgetPhotonEnergy(measurement: Measurement): Measurement {
  if (!Object.hasOwn(measurement.metadata, PHOTON_ENERGY_FROM)) return measurement;
  const { [PHOTON_ENERGY_FROM]: _, ...metadata } = measurement.metadata;
  const { photonEnergy: __, ...conditions } = measurement.conditions;
  return { ...measurement, conditions, metadata };
}

/** Photon energies anew for the curves of one device, after files came to it or left it. */
export function renewPhotonEnergies(curves: readonly Measurement[]): readonly Measurement[] {
  return curves.map((curve) => givePhotonEnergy(forgetPhotonEnergy(curve), curves).measurement);
}

/** The device of a file that stands for itself: its name without folder and extension. */
export function ownDevice(measurement: Measurement): Measurement {
  return { ...measurement, deviceId: deviceId(fileStem(measurement.source.file)) };
}
