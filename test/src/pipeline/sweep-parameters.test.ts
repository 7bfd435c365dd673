import { describe, expect, it } from 'vitest';
import { succeed } from '../../../src/base/result.ts';
import { runBatch } from '../../../src/batch/run-batch.ts';
import { openInlinePool } from '../../../src/node/worker-pool.ts';
import {
  collectSweep,
  type ParameterSweepRequest,
  planParameterSweep,
  sweepParameters,
} from '../../../src/pipeline/sweep-parameters.ts';

const RATES: ParameterSweepRequest = {
  model: 'resistive-memory',
  parameters: { complianceCurrent: '1mA' },
  drive: { kind: 'sweep', text: '0:2:0.005:0' },
  axes: [{ id: 'sweepRate', from: 0.1, to: 100, count: 4, scale: 'log' }],
  quantity: { id: 'setVoltage' },
};

const CELLS: ParameterSweepRequest = {
  model: 'modified-shockley',
  parameters: { preset: 'LEC-F' },
  drive: { kind: 'sweep', text: '0:8:0.1' },
  axes: [
    { id: 'seriesResistance', from: 100, to: 300, count: 3, scale: 'linear' },
    { id: 'shuntResistance', from: 1e5, to: 1e6, count: 2, scale: 'log' },
  ],
  quantity: { id: 'seriesResistance', branch: 'forward' },
};

function sweepOrFail(request: ParameterSweepRequest, hooks = {}) {
  const swept = sweepParameters(request, hooks);
  if (!swept.ok) throw new Error(swept.issues[0].message);
  return swept.value;
}

describe('parameter sweeps', () => {
  it('the extracted V_SET rises by ln(10)/eta a decade of the sweep rate', () => {
    const { points, axes, quantity } = sweepOrFail(RATES);
    expect([...axes[0]!.values].map((rate) => Number(rate.toPrecision(6)))).toEqual([0.1, 1, 10, 100]);
    expect(quantity).toEqual({ id: 'setVoltage', unit: 'V' });
    for (let k = 1; k < 4; k++)
      expect(points[k]!.value! - points[k - 1]!.value!).toBeCloseTo(Math.LN10 / 19.346, 2);
    expect(points.every((point) => point.curve!.curve.length === 801)).toBe(true);
  });

  it('a map over two parameters: what is extracted is what was put in, the last axis runs fastest', () => {
    const { points } = sweepOrFail(CELLS);
    expect(points.map(({ at }) => at[0])).toEqual([100, 100, 200, 200, 300, 300]);
    expect(points.map(({ at }) => at[1])).toEqual([1e5, 1e6, 1e5, 1e6, 1e5, 1e6]);
    for (const { at, value } of points) expect(value! / at[0]!).toBeCloseTo(1, 3);
  });

  it('tells how far it is, stops between simulations, and keeps what is done', () => {
    const heard: string[] = [];
    const swept = sweepOrFail(CELLS, {
      onProgress: (done: number, total: number) => heard.push(`${done}/${total}`),
      cancelled: () => heard.length >= 2,
    });
    expect(heard).toEqual(['1/6', '2/6']);
    expect(swept.points).toHaveLength(2);
    expect(swept.cancelled).toBe(true);
  });

  it('gives the same map through a pool of workers', async () => {
    const plan = planParameterSweep(CELLS);
    if (!plan.ok) throw new Error(plan.issues[0].message);
    const answers = await runBatch(
      plan.value.jobs.map((job, k) => ({ name: String(k), load: async () => succeed(job) })),
      openInlinePool(null),
      { now: () => 0 },
    );
    const read = answers.map(
      (answer) =>
        answer &&
        (answer.ok
          ? succeed({ curve: null, quantities: answer.value.records.flatMap((one) => one.quantities) })
          : answer),
    );
    const values = collectSweep(plan.value, read, CELLS.quantity).points.map((point) => point.value);
    expect(values).toEqual(sweepOrFail(CELLS).points.map((point) => point.value));
  });

  it('a refused simulation and a quantity that is not there are holes with a reason', () => {
    const { points } = sweepOrFail({
      ...RATES,
      axes: [{ id: 'setVoltage', from: 1.2, to: 1.6, count: 3, scale: 'linear' }],
    });
    expect(points[0]!.value).toBeCloseTo(1.2, 1);
    expect(points[2]).toMatchObject({ curve: null, value: null });
    expect(points[2]!.reason).toMatch(/must lie beyond the SET voltage/);
    const { points: none } = sweepOrFail({ ...CELLS, quantity: { id: 'setVoltage' } });
    expect(none[0]!.reason).toMatch(/No analysis gave setVoltage/);
    expect(none[0]!.curve).not.toBeNull();
  });

  it.each([
    ['an unknown parameter', { id: 'colour' }, /no parameter 'colour'/],
    ['one value', { count: 1 }, /from 2/],
    ['a range without length', { to: 0.1 }, /two different ends/],
    ['a logarithm through 0', { from: -1 }, /cannot reach 0/],
    ['too many', { count: 20_000 }, /the limit is 10000/],
  ])('answers %s', (_, wrong, sentence) => {
    const planned = planParameterSweep({ ...RATES, axes: [{ ...RATES.axes[0]!, ...wrong }] });
    expect(planned.ok).toBe(false);
    if (!planned.ok) expect(planned.issues[0].message).toMatch(sentence);
  });
});
