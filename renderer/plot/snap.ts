/** Index of the stop nearest to a value; stops ascend. */
function nearest(stops: Float64Array, value: number): number {
  let low = 0;
  let high = stops.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (stops[middle]! <= value) low = middle;
    else high = middle;
  }
  return Math.abs(value - (stops[low] ?? 0)) <= Math.abs((stops[high] ?? 0) - value) ? low : high;
}

/** The measured value nearest to where the hand is. Without stops the hand is free. */
export function snapTo(stops: Float64Array, value: number): number {
  return stops.length === 0 ? value : stops[nearest(stops, value)]!;
}

/** So many points further along, at most to the ends. */
export function moveStop(stops: Float64Array, from: number, by: number): number {
  if (stops.length === 0) return from;
  const at = Math.max(0, Math.min(stops.length - 1, nearest(stops, from) + by));
  return stops[at]!;
}
