import { cpuThrottling, insufficientCapacity, workerCeiling } from "../families/cpu.ts";
import type { Draft } from "../families/draft.ts";
import { unevenPods } from "../families/uneven.ts";
import { slowDependency } from "../families/waiting.ts";
import type { Seen } from "../faults.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { serverOf } from "../servers.ts";
import type { Judgement, TrueCause } from "../truth.ts";
import type { WorldDraft } from "./kinds.ts";

/** Causes that a reader of wrong figures would name. */
const MISREAD: readonly TrueCause[] = [
  "worker-concurrency-ceiling",
  "uneven-pod-load",
  "insufficient-capacity",
  "slow-dependency",
  "cpu-throttling",
];

/** The same service with next to nothing to do: staging, a second region. The seed decides on its pods' names. */
function quietTwin(scenario: Scenario, seed: number, rate = 0.1): Scenario {
  const { focus } = scenario;
  return {
    ...scenario,
    seed,
    sharedSlowness: [],
    focus: {
      ...focus,
      inFlight: null,
      slowDependency: [],
      traffic: { base: rate, wobble: 0.1, bursts: [], levels: [] },
    },
  };
}

/** A family's incident, whose truth stays, seen through sources that are wrong in some way. */
function seenThrough(draft: Draft, why: string, description: string, seen: Seen<Scenario>): WorldDraft {
  const truth = draft.scenario.cause;
  const judgement: Judgement = { truth, accept: [], never: MISREAD.filter((cause) => cause !== truth), why };
  return {
    ...draft,
    judgement,
    scenario: { ...draft.scenario, description: `${draft.scenario.description} ${description}`, seen },
  };
}

function busy(seed: number, random: Random): Draft {
  return random.pick([workerCeiling, cpuThrottling, insufficientCapacity])(seed, random);
}

/** Two clusters of the same manifests in one store: the replica sets' hashes are equal, and the pods' names may be. */
function twoClusters(seed: number, random: Random, samePods: boolean): WorldDraft {
  const draft = random.pick([workerCeiling, cpuThrottling])(seed, random);
  const { scenario } = draft;
  const made = seenThrough(
    draft,
    "Half of the series are another cluster's, whose pods idle: only those of this cluster are evidence.",
    "A second cluster with the same namespace writes to the same Prometheus.",
    {},
  );
  const label = random.pick(["cluster", "k8s_cluster_name", "cluster_name"]);
  const name = `${scenario.place.cluster}-dr`;
  // Next to nothing, or a steady share of what the incident's quiet hours bring.
  const rate = random.chance(0.5) ? 0.1 : scenario.focus.traffic.base * random.between(1, 4);
  return {
    ...made,
    // The names follow from the seed of the simulation, which is only known when the draft is tried.
    twin: (tried) => ({
      secondCluster: { label, name, world: quietTwin(tried, tried.seed, rate), otherPods: !samePods },
    }),
  };
}

export function twoClustersSamePods(seed: number, random: Random): WorldDraft {
  return twoClusters(seed, random, true);
}

export function twoClustersOtherPods(seed: number, random: Random): WorldDraft {
  return twoClusters(seed, random, false);
}

export function doubledReplicas(seed: number, random: Random): WorldDraft {
  const why = "An HA pair holds every series twice; the truth shows once they are not added up.";
  return seenThrough(busy(seed, random), why, "Prometheus is an HA pair without deduplication.", {
    doubled: "replicas",
  });
}

export function doubledJobs(seed: number, random: Random): WorldDraft {
  const why = "Two scrape jobs hold every container twice; the truth shows once they are not added up.";
  return seenThrough(busy(seed, random), why, "Two jobs scrape the same kubelets.", { doubled: "jobs" });
}

export function countedTwice(seed: number, random: Random): WorldDraft {
  const why = "Every CPU figure is twice what it should be; what cannot be (above quota, above cores) must be noticed.";
  return seenThrough(busy(seed, random), why, "A recording rule has added up two jobs.", { doubled: "values" });
}

export function otherLabels(seed: number, random: Random): WorldDraft {
  const labels = random.pick(["node names", "no container", "exported"] as const);
  const why = "The installation labels its series otherwise; what is not found under the usual names is no evidence.";
  return seenThrough(busy(seed, random), why, `Prometheus' labels are of another kind: ${labels}.`, { labels });
}

export function clockOff(seed: number, random: Random): WorldDraft {
  const draft = random.pick([workerCeiling, cpuThrottling, unevenPods])(seed, random);
  const clock = Math.round(random.between(180, 420)) * (random.chance(0.5) ? 1 : -1);
  const why = "CPU and requests are those of different minutes; it takes the lag to see what belongs together.";
  return seenThrough(draft, why, `Prometheus' clock is ${clock} s off.`, { clock });
}

/** The kubelet does not answer while a pod is hot. */
export function samplesLost(seed: number, random: Random): WorldDraft {
  const draft = workerCeiling(seed, random);
  const { focus } = draft.scenario;
  const most = serverOf(focus.server, 8000).cores * focus.efficiency;
  const why = "What is missing is missing because it was hot; what is left looks idle, and is no evidence of it.";
  return seenThrough(draft, why, "Samples of a hot pod are lost.", { lostAbove: 0.5 * most });
}

/** Another cluster's Kubernetes and Prometheus: the context is staging's. */
export function otherContext(seed: number, random: Random): WorldDraft {
  const draft = random.pick([workerCeiling, cpuThrottling, slowDependency])(seed, random);
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: [...MISREAD, "deploy-regression"],
    why: "None of the targets is a pod or node of the cluster that was read; nothing read there is evidence.",
  };
  const net = random.integer(100, 180);
  return {
    ...draft,
    judgement,
    scenario: {
      ...draft.scenario,
      cause: null,
      description: "The kubeconfig's context is staging, made from the same manifests.",
    },
    twin: (tried) => ({ elsewhere: staging(quietTwin(tried, tried.seed + 500_000_000), net) }),
  };
}

/** The same manifests on other nodes. */
function staging(scenario: Scenario, net: number): Scenario {
  const nodes = scenario.nodes.slice(0, Math.max(2, Math.ceil(scenario.nodes.length / 2))).map((node, index) => {
    const ip = `10.${net}.${index * 16}.${20 + index}`;
    return {
      ...node,
      ip,
      name: `ip-${ip.replaceAll(".", "-")}.${scenario.place.region}.compute.internal`,
      instanceId: `i-0${[...node.instanceId.slice(3)].reverse().join("")}`,
      tenantBusy: [],
    };
  });
  const { focus, loadBalancer, others, place } = scenario;
  const id = (text: string) => [...text].reverse().join("");
  // Its controller has made a load balancer and target groups of its own.
  const made = <T extends { targetGroup: string; targetGroupId: string; nodePort: number }>(one: T): T => ({
    ...one,
    targetGroup: one.targetGroup.replace(/[0-9a-f]{10}$/, id),
    targetGroupId: id(one.targetGroupId),
    nodePort: 30_000 + ((one.nodePort + 1117) % 2768),
  });
  return {
    ...scenario,
    nodes,
    place: { ...place, cluster: "staging" },
    loadBalancer: { ...loadBalancer, name: loadBalancer.name.replace(/[0-9a-f]{10}$/, id), id: id(loadBalancer.id) },
    focus: made(focus),
    others: others.map((other) => made({ ...other, rate: other.rate * 0.05, levels: [] })),
  };
}

/** The target group's instances are no nodes: plain EC2 behind the same load balancer. */
export function plainInstances(seed: number, random: Random): WorldDraft {
  const draft = random.pick([workerCeiling, unevenPods, slowDependency])(seed, random);
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: [...MISREAD, "deploy-regression", "cross-zone-imbalance"],
    why: "The slow service runs on instances of its own, and nothing was read of them.",
  };
  const instances = Array.from({ length: random.integer(2, 6) }, () => `i-0${random.hex(16)}`);
  const { scenario } = draft;
  return {
    ...draft,
    judgement,
    scenario: {
      ...scenario,
      cause: null,
      description: "The slow target group is made of EC2 instances that belong to no cluster.",
      focus: { ...scenario.focus, targetType: "instance" },
    },
    twin: (tried) => ({
      instances,
      elsewhere: { ...quietTwin(tried, tried.seed), seen: { hidden: true } },
    }),
  };
}
