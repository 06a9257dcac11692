import { Random } from "../random.ts";
import type { Load } from "./scenario.ts";

/** A request as the client will send it. `at`: model seconds after the start. */
export interface Arrival {
  readonly at: number;
  readonly path: string;
}

/** More than any scenario needs: a mistake in a scenario must not flood the machine. */
const MOST = 40_000;

/**
 * The requests of a load, drawn before it starts, so that a fleet and its mended twin meet the very same ones. Throws where
 * a scenario asks for more than the tunnel is made for.
 */
export function drawArrivals(load: Load, seed: number, length: number): Arrival[] {
  const streams = [{ at: 0, seconds: length, rate: load.base }, ...load.bursts];
  const arrivals = streams.flatMap(({ at, seconds, rate }, index) => {
    const random = new Random(seed, `arrivals ${index}`);
    const own: Arrival[] = [];
    for (let time = at; rate > 0; ) {
      time += random.exponential(1 / rate);
      if (time >= Math.min(at + seconds, length)) break;
      const cpu = Math.min(load.work.cpuMax, random.logNormal(load.work.cpu, load.work.cv));
      own.push({ at: time, path: `/?cpu=${cpu.toFixed(4)}&wait=${load.work.wait}` });
      if (own.length > MOST) throw new RangeError(`more requests than the tunnel's ${MOST}`);
    }
    return own;
  });
  const kept = arrivals.filter((one) => !load.pauses?.some(({ at, seconds }) => one.at >= at && one.at < at + seconds));
  return kept.sort((a, b) => a.at - b.at);
}
