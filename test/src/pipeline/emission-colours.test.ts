import { describe, expect, it } from 'vitest';
import { emissionColours } from '../../../src/pipeline/emission-colours.ts';
import { runSimulation } from '../../../src/pipeline/simulate.ts';

function coloursOf(parameters: Record<string, number>) {
  const ran = runSimulation({
    model: 'light-emitting-memory',
    parameters: { preset: 'LEM-A', ...parameters },
    drive: { kind: 'sweep', text: '0:8:0.5' },
  });
  if (!ran.ok) throw new Error(ran.issues[0].message);
  return emissionColours(ran.value.simulation);
}

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

describe('colours of the two emitters', () => {
  it('are unknown until a wavelength is set', () => {
    expect(coloursOf({})).toEqual([]);
  });

  it('are green at 525 nm and red at 640 nm', () => {
    const found = coloursOf({
      'left.cell.emissionWavelength': 525e-9,
      'right.cell.emissionWavelength': 640e-9,
    });
    expect(found.map(({ column }) => column)).toEqual(['leftLight_W', 'rightLight_W']);
    const [left, right] = found.map(({ hex }) => channels(hex));
    expect(left![1]).toBe(255);
    expect(left![1]!).toBeGreaterThan(left![0]!);
    expect(right![0]).toBe(255);
    expect(right![0]!).toBeGreaterThan(right![1]! + 100);
  });

  it('have no swatch beyond the visible', () => {
    expect(coloursOf({ 'cell.emissionWavelength': 1.5e-6 })).toEqual([]);
  });
});
