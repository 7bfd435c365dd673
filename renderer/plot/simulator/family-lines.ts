import { columnOf } from '../../../src/model/curve.ts';
import type { ParameterSweep } from '../../../src/pipeline/sweep-parameters.ts';
import type { LineView } from '../view-model.ts';
import { viridis } from '../viridis.ts';

/** The bright end of viridis has no contrast on white: the scale ends before it. */
const TOP = 0.92;

export function familyColour(place: number): string {
  return viridis(TOP * place);
}

/** The curves of a family on a colour scale, in the order of the parameter. */
export function familyLines(sweep: ParameterSweep): readonly LineView[] {
  const { points } = sweep;
  return points.flatMap(({ at, curve }, k): LineView[] => {
    if (!curve) return [];
    const isPulse = curve.kind === 'waveform';
    const x = columnOf(curve.curve, isPulse ? 'time' : 'voltage');
    const y = columnOf(curve.curve, 'current');
    if (!x || !y) return [];
    return [
      {
        id: `family ${at[0]}`,
        x: x.data,
        y: y.data,
        look: 'line',
        ink: 'd1',
        colour: familyColour(points.length > 1 ? k / (points.length - 1) : 0),
        width: 1.2,
      },
    ];
  });
}
