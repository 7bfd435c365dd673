import { buildPulses, buildSweep } from '../../fitting/index.ts';

/**
 * Why the text of a drive cannot be used, in one sentence; null where it can. Rates and edges are judged when it is run.
 * @param drive as `ivory simulate --sweep` and `--pulse` take it
 */
export function findDriveFault(drive: {
  readonly kind: 'sweep' | 'pulse';
  readonly text: string;
}): string | null {
  const built = drive.kind === 'sweep' ? buildSweep(drive.text, 1) : buildPulses(drive.text);
  return 'refused' in built ? built.message : null;
}
