import { type Behind, type BehindCounters, type BehindService, behindCounters, behindPodNames } from "../behind.ts";
import type { PodTruth } from "../pod.ts";
import type { World } from "../world.ts";
import { type BackendLine, EXPORTS, nginxBuckets } from "./behind-metrics.ts";
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

const HISTOGRAMS = [`${PREFIX}request_duration_seconds`, `${PREFIX}response_duration_seconds`] as const;

/** What an ingress controller tells of its backends; null for a metric that is not its own, or where it is not scraped. */
export function behindSeries(world: World, metric: string): readonly RawSeries[] | null {
  const { behind } = world.scenario;
  if (!behind?.scraped) return null;
  const all = behindCounters(world, behind);
  const ofAll = (reporter: "source" | "destination") =>
    behind.services.map((service, index) => {
      const counters = all[index];
      return counters ? linesOf(behind, metric, service, counters, reporter) : null;
    });
  const own = ofAll("source");
  if (own.every((lines) => lines === null)) return null;
  const made = behind.services.flatMap((service, index) =>
    reportedByController(world, metric, service, own[index] ?? []),
  );
  const again = behind.sidecars ? ofAll("destination") : [];
  return [
    ...made,
    ...again.flatMap((lines, index) => {
      const service = behind.services[index];
      return service && lines ? reportedBySidecars(world, metric, service, lines) : [];
    }),
  ].filter((one) => one !== null);
}

function linesOf(
  { controller }: Behind,
  metric: string,
  service: BehindService,
  counters: BehindCounters,
  reporter: "source" | "destination",
): readonly BackendLine[] | null {
  if (controller !== "ingress-nginx") return EXPORTS[controller](metric, service, counters, reporter);
  for (const name of HISTOGRAMS) {
    const buckets = nginxBuckets(metric, name, counters);
    if (buckets) return buckets;
  }
  const counter = METRICS[metric];
  return counter ? statusesOf(counters, counter).map(([status, line]) => ({ labels: { status }, line })) : null;
}

function reportedByController(world: World, metric: string, service: BehindService, lines: readonly BackendLine[]) {
  const pods = world.truth.pods;
  return pods.flatMap((pod) =>
    lines.map(({ labels, line }) => {
      // Each of the pods that live at a time has its part; those that are gone keep what they counted.
      const own = partOf(line, pod, pods);
      const all = { __name__: metric, ...labelsOf(world, pod, service, labels) };
      const read = (at: number) => valueAt(own, at);
      return scraped(world, all, scrapeOffset(pod.name, world), pod.created ?? 0, pod.ended, read);
    }),
  );
}

/** The backends' pods have equal parts, and live as long as the window. */
function reportedBySidecars(world: World, metric: string, service: BehindService, lines: readonly BackendLine[]) {
  const { names } = behindPodNames(world.scenario, service);
  return names.flatMap((pod) =>
    lines.map(({ labels, line }) => {
      const all = { __name__: metric, ...labels, job: ENVOY_STATS, namespace: service.namespace, pod };
      return scraped(world, all, scrapeOffset(pod, world), 0, null, (at) => valueAt(line, at) / names.length);
    }),
  );
}

const ENVOY_STATS = "istio-system/envoy-stats-monitor";

function statusesOf(counters: BehindCounters, counter: keyof BehindCounters): [string, Float64Array][] {
  const all = counters[counter];
  if (counter !== "requests") return [["200", all]];
  return [
    ["200", all.map((value, minute) => value - (counters.errors[minute] ?? 0))],
    ["503", counters.errors],
  ];
}

/** The labels of a backend's series, with those of the scrape of the controller's pod. */
function labelsOf(world: World, pod: PodTruth, backend: BehindService, labels: Labels): Labels {
  const { focus, behind } = world.scenario;
  const target = { namespace: focus.namespace, pod: pod.name, container: focus.container };
  switch (behind?.controller) {
    case "traefik": {
      const { service = "", ...rest } = labels;
      // A pod's scrape has no label that stands in the way of the controller's own; a Service's has.
      return behind.labels === "honoured"
        ? { ...target, ...labels, job: "traefik/traefik" }
        : { ...target, ...rest, job: "traefik-metrics", service: "traefik-metrics", exported_service: service };
    }
    case "envoy-gateway":
      return { ...target, ...labels, job: "envoy-gateway-system/envoy-proxy" };
    case "istio":
      return { ...target, ...labels, job: ENVOY_STATS };
    default:
      return { ...nginxLabels(world, pod, backend), ...labels };
  }
}

function nginxLabels(world: World, pod: PodTruth, { namespace, service }: BehindService): Labels {
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
