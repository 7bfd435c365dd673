import { type Issue, info, warning } from '../base/issues.ts';
import { baseName } from '../importers/device-name.ts';
import type { Measurement } from '../model/measurement.ts';
import { channelOfName, joinChannels } from './companions.ts';
import { isLightTable, isSweepWithoutLight, joinLight, readAsLight } from './join-light.ts';
import { givePhotonEnergy } from './photon-energy.ts';

/** What a file holds once the files that belong to it were looked at: of a group one file leads, the others hold nothing. */
export interface FileParts {
  readonly measurements: readonly Measurement[];
  readonly issues: readonly Issue[];
}

const channelName = (measurement: Measurement): string =>
  channelOfName(measurement.source.file)?.channel ?? '';

/**
 * Channels of one acquisition, one file each, become one measurement of the first of them. Each file of the group decides alike.
 * Channels that do not fit stay apart, with the reason.
 * @param file name of the file that is asked for
 * @param own its only measurement; @param others those of the other channels
 */
export function joinAcquisition(file: string, own: Measurement, others: readonly Measurement[]): FileParts {
  const parts = [own, ...others].sort((a, b) => (channelName(a) < channelName(b) ? -1 : 1));
  const joined = joinChannels(parts);
  const names = parts.map((part) => baseName(part.source.file)).join(', ');
  const at = { file };
  if (!joined.ok) {
    return {
      measurements: [own],
      issues: [warning('NOTE', `${names} are analysed apart: ${joined.reason}.`, { at })],
    };
  }
  const first = parts[0]!.source.file;
  return first === file
    ? {
        measurements: [joined.measurement],
        issues: [info('NOTE', `${names} are one acquisition and analysed together.`, { at })],
      }
    : {
        measurements: [],
        issues: [info('NOTE', `Analysed together with ${baseName(first)}: the same acquisition.`, { at })],
      };
}

type Partner =
  | { readonly kind: 'pair'; readonly sweep: Measurement; readonly light: Measurement }
  | { readonly kind: 'unclear'; readonly text: string }
  | { readonly kind: 'none' };

/** The light table of a sweep among the other files of the device, where there is nothing to choose. */
function findPartner(own: Measurement, others: readonly Measurement[]): Partner {
  const all = [own, ...others].filter((one) => one.deviceId === own.deviceId).map(readAsLight);
  const self = all[0]!;
  const sweeps = all.filter(isSweepWithoutLight);
  const lights = all.filter(isLightTable);
  const [sweep, light] = [sweeps[0], lights[0]];
  if (!sweep || !light || !(sweeps.includes(self) || lights.includes(self))) return { kind: 'none' };
  if (sweeps.length === 1 && lights.length === 1) return { kind: 'pair', sweep, light };
  const names = lights.map((one) => baseName(one.source.file)).join(', ');
  return {
    kind: 'unclear',
    text:
      sweeps.length > 1
        ? `The light of ${names} could belong to ${sweeps.length} sweeps of ${own.deviceId}; all are analysed apart.`
        : `There are ${lights.length} tables of light (${names}) for one sweep of ${own.deviceId}; all are analysed apart.`,
  };
}

/**
 * Looks at the other files of a device: light on the voltages of a sweep joins the sweep, and spectra give the photon energy.
 * Only files of one curve each are joined.
 * @param read what the file itself holds; @param others the measurements of the other files of its device
 * @param stated whether somebody stated the photon energy of a device, who need not be told of another
 */
export function joinDevice(
  file: string,
  read: readonly Measurement[],
  others: readonly Measurement[],
  { joining, stated }: { readonly joining: boolean; readonly stated: (device: string) => boolean },
): FileParts {
  const issues: Issue[] = [];
  const at = { file };
  let measurements = read;
  const partner: Partner = joining && read.length === 1 ? findPartner(read[0]!, others) : { kind: 'none' };
  if (partner.kind === 'unclear') {
    const hint = 'Name in "files" of .ivory.json which files are one device.';
    issues.push(info('NOTE', partner.text, { hint, at }));
  }
  if (partner.kind === 'pair') {
    const { sweep, light } = partner;
    const joined = joinLight(sweep, light);
    const names = `${baseName(sweep.source.file)} and ${baseName(light.source.file)}`;
    if (!joined.ok) {
      const hint = 'Files on the same voltages, row by row, are joined.';
      issues.push(warning('NOTE', `${names} are analysed apart: ${joined.reason}.`, { hint, at }));
    } else if (read[0]!.id === light.id) {
      const text = `Analysed together with ${baseName(sweep.source.file)}: the light of its sweep.`;
      return { measurements: [], issues: [info('NOTE', text, { at })] };
    } else {
      measurements = [joined.measurement];
      const agree = joined.measurement.metadata['voltages agree within'];
      issues.push(
        info('NOTE', `${names} are one sweep and analysed together: voltages agree within ${agree}.`, {
          at,
        }),
      );
    }
  }
  const given = measurements.map((one) => {
    if (stated(one.deviceId)) return one;
    const answer = givePhotonEnergy(
      one,
      others.filter((other) => other.deviceId === one.deviceId),
    );
    issues.push(...answer.issues);
    return answer.measurement;
  });
  return { measurements: given, issues };
}
