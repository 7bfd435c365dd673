const LOW = [0x56, 0x9c, 0xd4] as const;
const MIDDLE = [0xf6, 0xf5, 0xf2] as const;
const HIGH = [0xe6, 0x8a, 0x42] as const;

/** Blue - pale - orange for -1 .. 1 (DESIGN section 3), straight between the three. */
export function signedColour(value: number): string {
  const t = Math.min(1, Math.abs(value));
  const end = value < 0 ? LOW : HIGH;
  const mix = MIDDLE.map((from, i) =>
    Math.round(from + (end[i]! - from) * t)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${mix.join('')}`;
}
