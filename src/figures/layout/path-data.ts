import type { Values } from '../figure.ts';

/** Coordinates are written to 1/100 pt (3.5 µm): below any printer, above any rounding of the engine. */
const UNIT = 100;

/** A number to 1/100 pt without superfluous characters. */
export function writeNumber(value: number): string {
  const text = String(Math.round(value * UNIT) / UNIT);
  return text === '-0' ? '0' : text.replace(/^(-?)0\./, '$1.');
}

/** SVG path data in relative coordinates of 1/100 pt, which keep long traces short. */
export function writePathData(ops: string, xy: Values, dx = 0, dy = 0): string {
  let data = '';
  let k = 0;
  let [cx, cy] = [0, 0];
  let previous = '';
  const snap = (value: number): number => Math.round(value * UNIT) / UNIT;
  const pair = (x: number, y: number): string => {
    const [a, b] = [writeNumber(x), writeNumber(y)];
    return a + (b.startsWith('-') ? '' : ' ') + b;
  };
  for (const op of ops) {
    if (op === 'Z') {
      data += 'z';
      previous = '';
      continue;
    }
    const count = op === 'C' ? 3 : 1;
    const points: [number, number][] = [];
    for (let i = 0; i < count; i++, k += 2) points.push([snap(xy[k]! + dx), snap(xy[k + 1]! + dy)]);
    const [x, y] = points[count - 1]!;
    if (op === 'M') data += `M${pair(x, y)}`;
    else {
      const body = points.map(([px, py]) => pair(px - cx, py - cy)).join(' ');
      const repeats = op === 'L' && previous === 'L';
      data += repeats ? (body.startsWith('-') ? body : ` ${body}`) : op.toLowerCase() + body;
    }
    previous = op;
    [cx, cy] = [x, y];
  }
  return data;
}
