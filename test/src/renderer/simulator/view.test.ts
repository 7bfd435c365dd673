import { describe, expect, it } from 'vitest';
import { layoutPlot } from '../../../../renderer/plot/geometry.ts';
import { LINEAR, LOG } from '../../../../renderer/plot/scales.ts';
import { belowInForce, belowOptions } from '../../../../renderer/plot/simulator/below-panels.ts';
import { rowAt, startRow, wayAt } from '../../../../renderer/plot/simulator/cursor-rows.ts';
import { buildSimulatorView } from '../../../../renderer/plot/simulator/simulator-view.ts';
import { widenDomain } from '../../../../renderer/plot/simulator/steady-domain.ts';
import { setDrive, setParameter } from '../../../../renderer/state/simulator/edit-setup.ts';
import { readCircuit } from '../../../../renderer/state/simulator/read-circuit.ts';
import { type Scene, taskOf } from '../../../../renderer/state/simulator/simulation-view.ts';
import { startSetup } from '../../../../renderer/state/simulator/start-setup.ts';
import { answerSimulatorTask, type SimulatedCurve } from '../../../../renderer/workers/simulator-tasks.ts';

function simulate(model: string, drive: { kind: 'sweep' | 'pulse'; text: string }, values = {}) {
  const start = setDrive(startSetup(model, null, null, {}), drive);
  const setup = Object.entries(values).reduce(
    (now, [id, value]) => setParameter(now, id, value as number),
    start,
  );
  const scene: Scene = { key: '', setup, measurement: null, outcome: null, conditions: {} };
  const answer = answerSimulatorTask(taskOf(scene), null);
  if (!answer.ok) throw new Error(answer.issues[0].message);
  return { scene, curve: answer.value as SimulatedCurve };
}

const PAIR = simulate('light-emitting-memory', { kind: 'sweep', text: '0:8:0.05:0' });
const OPTIONS = { ...PAIR, preset: null, scale: 'log', below: 'devices' } as const;

describe('a simulated pair without data', () => {
  const view = buildSimulatorView(OPTIONS);

  it('has the curve, the voltages and the filaments over one axis', () => {
    expect(view.panels.map(({ id }) => id)).toEqual(['log', 'across', 'filament']);
    expect(view.isTime).toBe(false);
    expect(view.panels[1]?.lines?.map(({ id }) => id)).toEqual(['across left device', 'across right device']);
  });

  it('gives both devices voltages that add up to the drive', () => {
    const [left, right] = view.panels[1]!.lines!;
    for (const row of [20, 60, 120]) expect(left!.y[row]! + right!.y[row]!).toBeCloseTo(view.rows[row]!, 9);
  });

  it('names the switching events of the simulation', () => {
    expect(view.edges.slice(0, 2).map(({ name }) => name)).toEqual(['SET left', 'RESET right']);
  });

  it('reads the circuit at a row: who is ON and who emits', () => {
    const { devices } = readCircuit(PAIR.curve, 120);
    expect(devices.map(({ on }) => on)).toEqual([true, false]);
    expect(devices.map(({ emits }) => emits)).toEqual([false, true]);
    expect(readCircuit(PAIR.curve, 0).devices.some(({ emits }) => emits)).toBe(false);
  });

  it('offers below what the model knows', () => {
    expect(belowOptions(PAIR.curve).map(({ id }) => id)).toEqual(['devices', 'light', 'none']);
    expect(belowInForce('ionic', PAIR.curve)).toBe('devices');
    expect(belowInForce('light', PAIR.curve)).toBe('light');
  });

  it('puts the cursor on the leg it came from where two share a voltage', () => {
    const geometry = layoutPlot(view, 800, 600, { x: null, y: {} });
    expect(view.rows[startRow(view)]).toBeCloseTo(6, 1);
    const px = geometry.toPx(6);
    const below = geometry.panels[1]!.top + 5;
    expect(rowAt(view, geometry, px, below, 120)).toBe(120);
    expect(rowAt(view, geometry, px, below, 200)).toBe(200);
    expect([wayAt(view.rows, 120), wayAt(view.rows, 200)]).toEqual(['up leg', 'down leg']);
  });

  it('rests its axes while a value moves a little', () => {
    const moved = simulate('light-emitting-memory', PAIR.scene.setup.drive as never, { setVoltage: 0.95 });
    const other = buildSimulatorView({ ...OPTIONS, ...moved });
    expect(other.panels.map(({ domain }) => domain)).toEqual(view.panels.map(({ domain }) => domain));
  });
});

describe('pulses', () => {
  it('are drawn against time with the drive above', () => {
    const pulses = simulate('light-emitting-memory', { kind: 'pulse', text: '-8:8:100us:200us:2' });
    const view = buildSimulatorView({ ...OPTIONS, ...pulses, scale: 'log+lin', below: 'light' });
    expect(view.isTime).toBe(true);
    expect(view.panels.map(({ id }) => id)).toEqual(['drive', 'lin', 'emitted']);
    expect(view.x.title).toMatch(/^Time, µs/);
  });
});

describe('colours of two emitters', () => {
  it('stand beside the names of their lines', () => {
    const lit = simulate('light-emitting-memory', PAIR.scene.setup.drive as never, {
      'left.cell.emissionWavelength': 525e-9,
      'right.cell.emissionWavelength': 640e-9,
    });
    const view = buildSimulatorView({ ...OPTIONS, ...lit, below: 'light' });
    expect(view.panels[1]?.lines?.map(({ label }) => label?.text)).toEqual([
      'left emits, 525 nm',
      'right emits, 640 nm',
    ]);
    expect(view.panels[1]?.lines?.every(({ label }) => label?.swatch?.startsWith('#'))).toBe(true);
  });
});

describe('limits of a simulation over data', () => {
  const line = (values: readonly number[]) => [{ x: values, y: values }];

  it('stay where the simulation lies within, widen in steps, and never leave the data far behind', () => {
    const own = widenDomain(line([1, 10]), [], LINEAR);
    expect(widenDomain(line([1, 10]), line([2, 9]), LINEAR)).toEqual(own);
    const wide = widenDomain(line([1, 10]), line([2, 11]), LINEAR);
    expect(wide[0]).toBe(own[0]);
    expect(wide[1]).toBeGreaterThan(11);
    expect(widenDomain(line([1e-6, 1e-3]), line([1e-30, 1e-3]), LOG)[0]).toBeGreaterThan(-9);
  });
});
