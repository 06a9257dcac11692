import { insideOf } from "../behind.ts";
import { buildWorld, type World } from "../world.ts";
import { behindSeries } from "./behind-series.ts";
import { clusterSeries } from "./cluster-series.ts";
import { podSeries } from "./pod-series.ts";
import type { RawSeries } from "./scrape.ts";
import { asSeen, ofTwoClusters } from "./seen.ts";

/** What the kubelets and kube-state-metrics tell: of a backend that is simulated by itself, its own objects too. */
function clusterOf(world: World, metric: string): readonly RawSeries[] | null {
  const own = podSeries(world, metric) ?? clusterSeries(world, metric);
  const inside = insideOf(world.scenario);
  if (!own || !inside) return own;
  const { namespace } = inside.scenario.focus;
  const more = podSeries(inside, metric) ?? clusterSeries(inside, metric) ?? [];
  return [...own, ...more.filter(({ labels }) => labels.namespace === namespace)];
}

/** Series of one metric, made when they are first asked for. */
export class SeriesStore {
  readonly #made = new Map<string, readonly RawSeries[]>();
  /** The other cluster in the same store. */
  readonly #second: SeriesStore | null;

  constructor(private readonly world: World) {
    const second = world.scenario.seen?.secondCluster;
    this.#second = second ? new SeriesStore(buildWorld(second.world)) : null;
  }

  named(metric: string): readonly RawSeries[] {
    const known = this.#made.get(metric);
    if (known) return known;
    const own = clusterOf(this.world, metric) ?? behindSeries(this.world, metric) ?? [];
    const made = ofTwoClusters(this.world, asSeen(this.world, metric, own), this.#second?.named(metric) ?? []);
    this.#made.set(metric, made);
    return made;
  }
}
