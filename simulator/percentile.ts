/** Percentile (0–100) with linear interpolation between the ranks; 0 of nothing. */
export function percentileOf(values: readonly number[], percent: number): number {
  // Many values are sorted as numbers of one kind in a fraction of the time.
  const sorted = Float64Array.from(values).sort();
  const rank = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? 0;
  const above = sorted[Math.ceil(rank)] ?? 0;
  return below + (above - below) * (rank - Math.floor(rank));
}
