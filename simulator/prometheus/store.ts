import type { World } from "../world.ts";
import { clusterSeries } from "./cluster-series.ts";
import { podSeries } from "./pod-series.ts";
import type { RawSeries } from "./scrape.ts";

/** Series of one metric, made when they are first asked for. */
export class SeriesStore {
  readonly #made = new Map<string, readonly RawSeries[]>();

  constructor(private readonly world: World) {}

  named(metric: string): readonly RawSeries[] {
    const known = this.#made.get(metric);
    if (known) return known;
    const made = podSeries(this.world, metric) ?? clusterSeries(this.world, metric) ?? [];
    this.#made.set(metric, made);
    return made;
  }
}
