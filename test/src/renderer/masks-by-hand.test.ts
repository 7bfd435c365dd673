import { describe, expect, it } from 'vitest';
import { canBrush, rowsInBox } from '../../../renderer/plot/brush.ts';
import { buildCurveView } from '../../../renderer/plot/curve-view.ts';
import { startHistory } from '../../../renderer/state/history.ts';
import { landFile, maskRows, setStepOption } from '../../../renderer/state/project-actions.ts';
import { fromProject, toProject } from '../../../renderer/state/stored-project.ts';
import {
  EMPTY_WORKSPACE,
  inputKey,
  maskedMeasurement,
  type Workspace,
} from '../../../renderer/state/workspace.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { readProjectDocument } from '../../../src/project/schema.ts';
import { makeSweep } from '../../support/iv-measurements.ts';
import { makeMeasurement } from '../../support/measurements.ts';

const OPTIONS = { scale: 'log+lin', residuals: false, leg: null, windows: [], simulated: null } as const;

const voltage = Float64Array.from({ length: 81 }, (_, row) => 0.1 * (row < 41 ? row : 80 - row));
const sweep = makeSweep({ voltage, current: voltage.map((v) => 1e-6 * (v + Math.expm1(v / 0.5))) });
const workspaceOf = (measurement: Measurement): Workspace => ({
  ...EMPTY_WORKSPACE,
  measurements: { [measurement.id]: measurement },
  order: [measurement.id],
});

describe('rows under the brush', () => {
  const outcome = analyseMeasurement(sweep, 'auto', {}, [], []);
  const view = buildCurveView(outcome, OPTIONS);
  const [log, lin] = view.panels;

  it('are those with a point in the box, of both legs, on the scale of the panel', () => {
    const box = { x: [1.95, 2.25], y: [-9, 9] } as const;
    expect(rowsInBox(outcome, view, log!, box)).toEqual([20, 21, 22, 58, 59, 60]);
    const half = 0.5 * (sweep.curve.columns[1]!.data[20]! + sweep.curve.columns[1]!.data[21]!);
    expect(rowsInBox(outcome, view, lin!, { x: [1.95, 2.25], y: [0, half] })).toEqual([20, 60]);
  });

  it('never are a reading without a value', () => {
    const gap = makeMeasurement('waveform', [
      { role: 'time', unit: 's', data: [0, 1, 2, 3] },
      { role: 'light', unit: 'V', data: [0, Number.NaN, 0.5, 1] },
    ]);
    const of = analyseMeasurement(gap, 'auto', {}, [], []);
    const drawn = buildCurveView(of, OPTIONS);
    expect(canBrush(of, drawn.panels[0]!)).toBe(true);
    expect(rowsInBox(of, drawn, drawn.panels[0]!, { x: [-1, 9], y: [-9, 9] })).toEqual([0, 2, 3]);
  });
});

describe('points masked by hand', () => {
  const before = workspaceOf(sweep);
  const after = maskRows(before, sweep.id, [12, 10, 11], true);

  it('are flagged in what a job is given, never in the curve that was read', () => {
    expect(
      [...maskedMeasurement(after, sweep.id)!.curve.flags.entries()].filter(([, bits]) => bits !== 0),
    ).toEqual([
      [10, 4],
      [11, 4],
      [12, 4],
    ]);
    expect(sweep.curve.flags.every((bits) => bits === 0)).toBe(true);
    expect(maskedMeasurement(before, sweep.id)).toBe(sweep);
  });

  it('make a result out of date, and taken back they make it valid again', () => {
    expect(inputKey(after, sweep.id)).not.toBe(inputKey(before, sweep.id));
    const back = maskRows(after, sweep.id, [10, 11, 12], false);
    expect(back.masks).toEqual({});
    expect(inputKey(back, sweep.id)).toBe(inputKey(before, sweep.id));
  });

  it('and definitions in force come back with the stored project', () => {
    const chosen = setStepOption(after, 'turn-on-voltage', 'convention', 'current-1mA');
    const project = toProject(startHistory(chosen), {});
    const { measurements: _, results: __, ...document } = { ...project, measurementIds: [sweep.id] };
    expect(readProjectDocument(document)).toHaveProperty('document');
    const again = fromProject(project);
    expect(again.masks).toEqual({ [sweep.id]: [10, 11, 12] });
    expect(again.stepOptions).toEqual({ 'turn-on-voltage': { convention: 'current-1mA' } });
  });

  it('are dropped where the file is read again with other rows, and kept where it has the same', () => {
    const file = {
      name: 'made.csv',
      size: 1,
      sha256: '',
      format: null,
      state: 'read' as const,
      issues: [],
      measurements: [sweep.id],
    };
    const open = { ...after, files: [file] };
    expect(landFile(open, file, [{ ...sweep }]).masks).toEqual(after.masks);
    const shorter = makeSweep({ voltage: voltage.slice(0, 41), current: voltage.slice(0, 41) });
    expect(landFile(open, file, [shorter]).masks).toEqual({});
  });
});

describe('a definition in force', () => {
  it('comes first in the records and runs only the analysis that has it', () => {
    const wanted = { 'turn-on-voltage': { convention: 'current-1mA' } };
    const { results } = analyseMeasurement(sweep, 'lec-iv', {}, [], [], {}, [], null, null, wanted);
    const first = results.flatMap((one) => one.quantities).find(({ id }) => id === 'turnOnVoltage');
    expect(first?.convention).toBe('current-1mA');
  });
});
