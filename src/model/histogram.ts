/*
 * Times as a histogram of half octaves, so that memory is bounded and what several engines and objects counted can be
 * added up. A percentile read from it is off by at most a fifth, which no judgement turns on.
 */

/** So many buckets; the last holds everything from 3.2 hours on. An idle timeout is at most 4,000 s (ALB attributes). */
export const BUCKETS = 48;

/**
 * The bucket of a time in whole milliseconds, as logs give it: bucket i holds the times t with
 * 2^(i/2) <= t + 0.5 < 2^((i+1)/2). The half keeps every bound away from whole milliseconds, so that every engine puts a
 * time into the same bucket whatever its arithmetic.
 */
export function bucketOf(milliseconds: number): number {
  return Math.min(BUCKETS - 1, Math.max(0, Math.floor(2 * Math.log2(milliseconds + 0.5))));
}

/** Seconds: the middle of a bucket, on a logarithmic scale. */
export function secondsOfBucket(bucket: number): number {
  return Math.max(0, 2 ** ((bucket + 0.5) / 2) - 0.5) / 1000;
}

/** Seconds: all times of the bucket are at least this. */
function lowerBoundOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 ** (bucket / 2) - 0.5) / 1000;
}

/** The bucket below whose end this share of the times lies; null where there is none. Two apart is a factor of two. */
export function bucketIn(times: readonly number[], share: number): number | null {
  const all = times.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let seen = 0;
  for (const [bucket, count] of times.entries()) {
    seen += count;
    if (seen >= share * all) return bucket;
  }
  return times.length - 1;
}

/** The time in seconds below which this share of the times lies; null where there is none. */
export function quantileIn(times: readonly number[], share: number): number | null {
  const bucket = bucketIn(times, share);
  return bucket === null ? null : secondsOfBucket(bucket);
}

/** How many of the times are in buckets that begin at this many seconds or later. */
export function countFrom(times: readonly number[], seconds: number): number {
  return times.reduce((sum, count, bucket) => (lowerBoundOf(bucket) >= seconds ? sum + count : sum), 0);
}

/** Histograms added up. */
export function addedUp(all: readonly (readonly number[])[]): number[] {
  const length = Math.max(0, ...all.map((times) => times.length));
  return Array.from({ length }, (_, bucket) => all.reduce((sum, times) => sum + (times[bucket] ?? 0), 0));
}
