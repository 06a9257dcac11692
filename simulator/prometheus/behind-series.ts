import { type BehindCounters, type BehindService, behindCounters } from "../behind.ts";
import type { PodTruth } from "../pod.ts";
import type { World } from "../world.ts";
import { type Labels, type RawSeries, scraped, scrapeOffset } from "./scrape.ts";

const PREFIX = "nginx_ingress_controller_";

/** Of each metric: the counter that it is of, and with it the statuses that it tells apart. */
const METRICS: { readonly [metric: string]: keyof BehindCounters } = {
  [`${PREFIX}requests`]: "requests",
  [`${PREFIX}request_duration_seconds_sum`]: "seconds",
  [`${PREFIX}request_duration_seconds_count`]: "requests",
  [`${PREFIX}response_duration_seconds_sum`]: "seconds",
  [`${PREFIX}response_duration_seconds_count`]: "requests",
};

/** What ingress-nginx tells of its backends; null for a metric that is not its own, or where it is not scraped. */
export function behindSeries(world: World, metric: string): readonly RawSeries[] | null {
  const { behind } = world.scenario;
  const counter = METRICS[metric];
  if (!behind?.scraped || !counter) return null;
  const pods = world.truth.pods;
  return behindCounters(world, behind)
    .flatMap((counters, index) => {
      const service = behind.services[index];
      if (!service) return [];
      return pods.flatMap((pod) =>
        statusesOf(counters, counter).map(([status, line]) => {
          const labels = { __name__: metric, ...labelsOf(world, pod, service), status };
          // Each of the pods that live at a time has its part; those that are gone keep what they counted.
          const own = partOf(line, pod, pods);
          const read = (at: number) => valueAt(own, at);
          return scraped(world, labels, scrapeOffset(pod.name, world), pod.created ?? 0, pod.ended, read);
        }),
      );
    })
    .filter((one) => one !== null);
}

function statusesOf(counters: BehindCounters, counter: keyof BehindCounters): [string, Float64Array][] {
  const all = counters[counter];
  if (counter !== "requests") return [["200", all]];
  return [
    ["200", all.map((value, minute) => value - (counters.errors[minute] ?? 0))],
    ["503", counters.errors],
  ];
}

function labelsOf(world: World, pod: PodTruth, { namespace, service }: BehindService): Labels {
  const { focus, behind } = world.scenario;
  const own = { namespace: focus.namespace, service: `${focus.deployment}-metrics` };
  const named =
    behind?.labels === "honoured"
      ? { namespace, service }
      : { ...own, exported_namespace: namespace, exported_service: service };
  return {
    controller_class: "k8s.io/ingress-nginx",
    controller_namespace: focus.namespace,
    controller_pod: pod.name,
    host: `${service}.example.com`,
    ingress: service,
    job: `${focus.deployment}-metrics`,
    method: "GET",
    path: "/",
    pod: pod.name,
    ...named,
  };
}

function partOf(line: Float64Array, pod: PodTruth, pods: readonly PodTruth[]): Float64Array {
  const lives = (one: PodTruth, minute: number) =>
    one.ready <= minute * 60 && (one.ended === null || one.ended > minute * 60);
  const own = new Float64Array(line.length);
  for (let minute = 0; minute + 1 < line.length; minute += 1) {
    const alive = pods.filter((one) => lives(one, minute)).length;
    const more = lives(pod, minute) ? ((line[minute + 1] ?? 0) - (line[minute] ?? 0)) / alive : 0;
    own[minute + 1] = (own[minute] ?? 0) + more;
  }
  return own;
}

/** Counters grow evenly within a minute. */
function valueAt(line: Float64Array, at: number): number {
  const minute = Math.min(Math.max(0, Math.floor(at / 60)), line.length - 2);
  const before = line[minute] ?? 0;
  return before + ((line[minute + 1] ?? before) - before) * Math.min(1, Math.max(0, at / 60 - minute));
}
