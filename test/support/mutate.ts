/** Numbers from 0 to below 1 that are the same in every run. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A file hurt as files are hurt: cut short, joined to a piece of another, bytes changed, separators and line ends put where none
 * belong, pieces doubled. Most of it near the beginning, where the headers are. At most about 30 KB.
 */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: () => number): Uint8Array {
  const pick = (n: number): number => Math.floor(random() * n);
  const how = pick(6);
  if (how === 0) return bytes.slice(0, pick(Math.min(bytes.length, 6000)));
  if (how === 1) {
    const from = pick(Math.min(other.length, 4000));
    return Uint8Array.from([
      ...bytes.slice(0, pick(Math.min(bytes.length, 4000))),
      ...other.slice(from, from + 3000),
    ]);
  }
  const hurt = bytes.slice(0, 5000 + pick(20_000));
  const changes = 1 + pick(20);
  for (let k = 0; k < changes; k++) {
    const at = pick(how < 4 ? Math.min(2500, hurt.length) : hurt.length);
    switch (pick(4)) {
      case 0:
        hurt[at] = pick(256);
        break;
      case 1:
        hurt[at] = [10, 13, 44, 59, 9, 34, 45, 0][pick(8)]!;
        break;
      case 2:
        hurt.copyWithin(at, at + pick(40));
        break;
      default: {
        const from = pick(hurt.length);
        hurt.copyWithin(at, from, from + pick(30));
      }
    }
  }
  return hurt;
}
