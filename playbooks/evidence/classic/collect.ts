import {
  type AlarmFact,
  type Ask,
  type ClassicAttributes,
  type ClassicBalancer,
  cells,
  defineStep,
  describeClassicAttributes,
  describeClassicBalancer,
  describeInstanceHealth,
  type EpisodesFact,
  highest,
  type LatencyFact,
  type LoadBalancerFact,
  lowest,
  plain,
  plural,
  type Series,
  type Span,
  spike,
  sum,
  type TargetFact,
  type TopologyFact,
  valuesIn,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { guiltyMetricFact, loadBalancerFact, suspectFact } from "../target-groups/fact.ts";
import { readWhole } from "../target-groups/read.ts";
import { targetHealthFact } from "../target-health/fact.ts";
import { topologyFact } from "../target-topology/fact.ts";
import { type Classic, classicFact } from "./fact.ts";

/**
 * Metrics and statistics by the ids under which they are asked; dimensions LoadBalancerName, or AvailabilityZone and
 * LoadBalancerName. Hosts are counted by each node; the statistics are those that say what most nodes see ("CloudWatch
 * metrics for your Classic Load Balancer").
 */
const METRICS = {
  requests: ["RequestCount", "Sum"],
  latency: ["Latency", "Average"],
  longest: ["Latency", "Maximum"],
  failed: ["HTTPCode_Backend_5XX", "Sum"],
  made: ["HTTPCode_ELB_5XX", "Sum"],
  queued: ["SurgeQueueLength", "Maximum"],
  spilled: ["SpilloverCount", "Sum"],
  refused: ["BackendConnectionErrors", "Sum"],
  healthy: ["HealthyHostCount", "Maximum"],
  unhealthy: ["UnHealthyHostCount", "Minimum"],
} as const;
type Id = keyof typeof METRICS;

/** A Classic Load Balancer: its settings, its instances, and what it answered, queued and turned down. */
export default defineStep({
  id: "classic",
  title: "classic load balancer",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [loadBalancerFact, topologyFact, classicFact, targetHealthFact, guiltyMetricFact, suspectFact],
  async run({ facts: { alarm }, window, ask, use, give, find, lack }) {
    const name = alarm.dimensions.LoadBalancerName ?? "";
    const [balancerAsked, attributesAsked] = [describeClassicBalancer(name), describeClassicAttributes(name)];
    const healthAsked = describeInstanceHealth(name);
    const [balancer, attributes, health, read] = await Promise.all([
      ask(balancerAsked),
      ask(attributesAsked),
      ask(healthAsked),
      readClassic(alarm, window, ask),
    ]);
    const known = balancer.ok ? balancer.value : null;
    const settings = attributes.ok ? attributes.value : null;
    if (known) {
      give(loadBalancerFact, toBalancer(known, settings));
      const topology = toTopology(settings, health.ok ? health.value : null);
      give(topologyFact, topology);
      find({ id: "settings", ...settingWords(known, topology), proof: [balancerAsked.question, healthAsked.question] });
    }
    // It has no target groups: what is behind it is looked into as one.
    give(suspectFact, { group: { arn: name, name }, isOwn: true });
    if (read === "part")
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "the load balancer's metrics are incomplete: what it answered and queued cannot be judged from part of them",
        remedy: "run it again",
      });
    if (read === null || read === "part") return;
    give(classicFact, read.classic);
    give(guiltyMetricFact, read.latency);
    const { healthy, unhealthy } = read;
    if (cells(healthy).length > 0 && cells(unhealthy).length > 0) give(targetHealthFact, { healthy, unhealthy });
    if (alarm.metric === "Latency") lack(NO_CHAIN);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    find({ id: "answers", ...answerWords(read, episodes), proof: read.questions });
  },
});

const NO_CHAIN = {
  source: "cloudwatch",
  kind: "missing",
  what: "a Classic Load Balancer has no percentiles and no target groups: its Latency does not show whether all of the pods' workers were busy",
  remedy:
    "compare the pods' CPU (kubectl top pods) with their workers, or look at the application's own latency in Prometheus",
} as const;

async function readClassic(alarm: AlarmFact, window: Span, ask: Ask) {
  const { namespace, dimensions, period } = alarm;
  const wanted = Object.entries(METRICS).map(([id, [metric, statistic]]) => ({
    id,
    namespace,
    metric,
    dimensions,
    statistic,
  }));
  const read = await readWhole(wanted, window, period, ask);
  if (read === null || read === "part") return read;
  const of = (id: Id) => read.of(id);
  const classic: Classic = {
    requests: of("requests"),
    failed: of("failed"),
    made: of("made"),
    queued: of("queued"),
    spilled: of("spilled"),
    refused: of("refused"),
  };
  const average = of("latency");
  const unread: Series = { ...average, values: [] };
  const latency: LatencyFact = {
    period,
    judged: average,
    average,
    p50: unread,
    p95: unread,
    p99: unread,
    maximum: of("longest"),
    requests: classic.requests,
    target5xx: classic.failed,
    elb5xx: classic.made,
  };
  return { classic, latency, healthy: of("healthy"), unhealthy: of("unhealthy"), questions: read.questions };
}

function toBalancer(known: ClassicBalancer, settings: ClassicAttributes | null): LoadBalancerFact {
  return {
    arn: known.name,
    name: known.name,
    type: "classic",
    scheme: known.scheme,
    zones: known.zones,
    idleTimeout: settings?.idleTimeout ?? null,
    crossZone: settings?.crossZone ?? null,
    listeners: known.listeners.map(({ port, protocol }) => ({ port, protocol })),
    securityGroups: known.securityGroups,
    rules: [],
  };
}

function toTopology(settings: ClassicAttributes | null, targets: readonly TargetFact[] | null): TopologyFact {
  return {
    targetType: "instance",
    targets,
    healthy: targets?.filter(({ state }) => state === "healthy").length ?? null,
    algorithm: null,
    stickiness: null,
    crossZone: settings?.crossZone === undefined || settings.crossZone === null ? null : String(settings.crossZone),
    deregistrationDelay: settings?.draining ?? null,
    slowStart: null,
    idleTimeout: settings?.idleTimeout ?? null,
    path: [],
  };
}

function settingWords(known: ClassicBalancer, { targets, healthy, idleTimeout, deregistrationDelay }: TopologyFact) {
  const listeners = known.listeners.map(({ port, protocol, instancePort }) => `${protocol} ${port} to ${instancePort}`);
  const { healthCheck } = known;
  const failing = (targets ?? []).filter(({ state }) => state === "unhealthy");
  const reasons = [...new Set(failing.flatMap(({ reason }) => reason ?? []))].slice(0, 2);
  const parts = [
    `Classic Load Balancer with ${plural(known.instances.length, "instance")}${healthy === null ? "" : `, ${healthy} in service now`}${reasons.length === 0 ? "" : ` (${reasons.join(" ")})`}`,
    ...(listeners.length > 0 ? [`listens on ${listeners.join(", ")}`] : []),
    ...(idleTimeout === null ? [] : [`idle timeout ${idleTimeout} s`]),
    ...(deregistrationDelay === null
      ? []
      : [deregistrationDelay === 0 ? "connection draining off" : `connection draining ${deregistrationDelay} s`]),
    ...(healthCheck
      ? [`health check ${healthCheck.target} every ${healthCheck.interval} s, within ${healthCheck.timeout} s`]
      : []),
  ];
  return {
    statement: parts.join("; "),
    measures: { instances: known.instances.length, inService: healthy, idleTimeout, draining: deregistrationDelay },
  };
}

function answerWords(
  { classic, healthy, unhealthy }: { readonly classic: Classic; readonly healthy: Series; readonly unhealthy: Series },
  episodes: EpisodesFact,
) {
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const count = (series: Series) => sum(valuesIn(series, bursts));
  const [requests, failed, made] = [count(classic.requests), count(classic.failed), count(classic.made)];
  const [spilled, refused] = [count(classic.spilled), count(classic.refused)];
  const queued = highest(valuesIn(classic.queued, bursts)) ?? 0;
  const [fewest, most] = [lowest(valuesIn(healthy, bursts)), highest(valuesIn(unhealthy, bursts))];
  const hosts =
    fewest === null || most === null
      ? []
      : [`at least ${plain(fewest)} instances were healthy, at most ${plain(most)} were not`];
  const parts = [
    `${failed} of ${requests} requests ended in a 5xx from an instance, ${made} in one from the load balancer`,
    `at most ${plain(queued)} waited in its queue (of 1024), ${spilled} were rejected`,
    `${refused} connections to instances failed`,
    ...hosts,
  ];
  return {
    statement: `in the ${spike(episodes)}s ${parts.join("; ")}`,
    measures: { requests, failed, made, queued, spilled, refused, fewestHealthy: fewest, mostUnhealthy: most },
  };
}
