import type { CpuAndRequests } from "../model/facts.ts";
import type { Epoch, Series } from "../model/time.ts";
import { cells, mean, meanIn, sum } from "./series.ts";

/** Clocks of a node or of Prometheus that are wrong by more than this are noticed elsewhere; minutes. */
const FURTHEST = 10;
/** Pairs of minutes from which a correlation says something: fewer agree by chance. */
const ENOUGH = 30;

/**
 * How the CPU of all pods goes with the requests of the same minutes, and at which shift it goes best. A fleet works for
 * the requests that it answers, so the best shift is none, but for the time that a request takes. Null where fewer than
 * 30 periods hold both.
 */
export function cpuAndRequests(
  cpu: readonly Series[],
  requests: Series,
  inBurst: (at: Epoch) => boolean,
): CpuAndRequests | null {
  const period = requests.step;
  const fleet = new Map<Epoch, number>();
  for (const { at } of cells(requests)) {
    const used = cpu.flatMap((one) => meanIn(one, [{ start: at, end: at + period }]) ?? []);
    if (used.length > 0) fleet.set(at, sum(used));
  }
  const shifts = Math.max(1, Math.floor((FURTHEST * 60) / period));
  const found: { lag: number; r: number }[] = [];
  for (let shift = -shifts; shift <= shifts; shift += 1) {
    const pairs = cells(requests).flatMap(({ at, value }): [number, number][] => {
      const used = fleet.get(at - shift * period);
      return used === undefined ? [] : [[value, used]];
    });
    const r = pairs.length < ENOUGH ? null : pearson(pairs);
    if (r !== null) found.push({ lag: (shift * period) / 60, r });
  }
  const atOnce = found.find(({ lag }) => lag === 0)?.r;
  if (atOnce === undefined) return null;
  // In a tie the smaller shift: it needs less to be believed.
  const best = found.reduce((one, other) =>
    other.r > one.r + 1e-9 || (Math.abs(other.r - one.r) <= 1e-9 && Math.abs(other.lag) < Math.abs(one.lag))
      ? other
      : one,
  );
  const cost = (inside: boolean) => {
    const here = cells(requests).filter(({ at }) => fleet.has(at) && inBurst(at) === inside);
    const count = sum(here.map(({ value }) => value));
    return count === 0 ? null : sum(here.map(({ at }) => (fleet.get(at) ?? 0) * period)) / count;
  };
  return { atOnce, lag: best.lag, atLag: best.r, costInside: cost(true), costOutside: cost(false) };
}

/** Pearson's r; null where one of the two does not vary. */
export function pearson(pairs: readonly (readonly [number, number])[]): number | null {
  const [x, y] = [mean(pairs.map(([a]) => a)) ?? 0, mean(pairs.map(([, b]) => b)) ?? 0];
  const xx = sum(pairs.map(([a]) => (a - x) ** 2));
  const yy = sum(pairs.map(([, b]) => (b - y) ** 2));
  const xy = sum(pairs.map(([a, b]) => (a - x) * (b - y)));
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
