import type { Decides, Deciding } from "../deciding.ts";
import { coresIn, minutesOf } from "../families/truths.ts";
import { mean } from "../figures.ts";
import type { Scenario } from "../scenario.ts";
import type { TrueCause } from "../truth.ts";
import { buildWorld } from "../world.ts";
import { FULL_BEFORE_GIVEN_UP, GIVEN_UP_FIRST } from "./clients.ts";
import { ANSWERED_5XX, FULL_NODES, FULL_WORKERS, THROTTLED, WAITING, WAITING_ALONE } from "./common.ts";

/** The deciding evidence of a family's incident, whichever was drawn. */
const OF_CAUSE: { readonly [cause in TrueCause]?: Deciding } = {
  "worker-concurrency-ceiling": FULL_WORKERS,
  "cpu-throttling": THROTTLED,
  "insufficient-capacity": FULL_NODES,
  "slow-dependency": WAITING,
  "target-errors": ANSWERED_5XX,
};

/** What decides the trouble that was drawn, where a kind picks one of several. */
export function ofDrawnCause({ cause }: Scenario): Deciding {
  const found = cause && OF_CAUSE[cause];
  if (!found) throw new RangeError(`nothing is said of what decides ${cause}`);
  return found;
}

/** Of the mean pod's CPU: whoever has less has no equal share of the requests, unless some pods cost several times as much. */
const FAR_BELOW_SHARE = 0.5;

/** Whether requests follow connections for certain: other pods are hot after a rollout, or one gets far less than its share. */
function pinned(scenario: Scenario): boolean {
  if (scenario.focus.rollouts.length > 0) return true;
  const world = buildWorld(scenario);
  const minutes = minutesOf(scenario.focus.traffic.bursts).map((minute) => coresIn(world, minute));
  const pods = minutes[0]?.map((_, pod) => mean(minutes.map((cores) => cores[pod] ?? 0))) ?? [];
  return Math.min(...pods) < FAR_BELOW_SHARE * mean(pods);
}

const CASCADE: Deciding = {
  by: "latency and CPU rise first, then pods fail their readiness one after another, and all are back when load falls",
  from: ["cloudwatch", "prometheus"],
};

/** The families, and the latency worlds without logs. */
export const LATENCY = {
  "worker-concurrency-ceiling": FULL_WORKERS,
  "uneven-pod-load": {
    by: "some pods are pinned with requests in line while others idle, others in each burst, and the fleet has room",
    from: ["cloudwatch", "prometheus", "kubernetes"],
  },
  "long-poll-held-open": {
    by: "response times end at a constant just below the idle timeout, at any load, with idle CPU and no errors",
    from: ["cloudwatch", "prometheus"],
  },
  "low-traffic-artifact": {
    by: "breaching minutes hold a handful of requests, and the same slow calls in busy minutes breach nothing",
    from: ["cloudwatch"],
  },
  "cpu-throttling": THROTTLED,
  "insufficient-capacity": FULL_NODES,
  "slow-dependency": WAITING,
  "deploy-regression": {
    by: "the change point falls on the rollout: the same load before it was answered well, and never since",
    from: ["cloudwatch", ["kubernetes", "prometheus"]],
  },
  "shared-load-balancer": {
    by: "all target groups rise by the same seconds in the same minutes, their fastest requests too, and all pods idle",
    from: ["cloudwatch", "elbv2", "prometheus"],
  },
  "alarm-too-sensitive": {
    by: "the metric is stationary, no service stands out, and the breaches are its usual tail, minutes apart",
    from: ["cloudwatch"],
  },
  healthy: null,
  "sticky-cookie": {
    by: "the cookie is on, each pod is a target, and the same pods are hot in all bursts while the fleet has room",
    from: ["elbv2", "prometheus", "kubernetes"],
  },
  "client-ip-affinity": {
    by: "the Service's ClientIP affinity, behind a handful of addresses, and the same pods hot in all bursts",
    from: ["kubernetes", "prometheus"],
  },
  "cross-zone-imbalance": {
    by: "cross-zone is off, zones get equal requests and hold unequal numbers of targets, and only the zone of few is slow",
    from: ["cloudwatch", "elbv2"],
  },
  "connection-pinning": {
    by: "no affinity is set, and the same pods are hot until a rollout renews the connections, or one gets a fraction of its share; else a pod that costs more looks the same",
    from: ["elbv2", "prometheus", "kubernetes"],
    shown: pinned,
  },
  "local-policy": {
    by: "the policy is Local, nodes get equal shares, and what each pod does follows from how many share its node",
    from: ["kubernetes", "prometheus"],
  },
  "canary-worse": {
    by: "only the light group of the weighted rule is slow, since it gets requests",
    from: ["cloudwatch", "elbv2"],
    alsoTrue: ["deploy-regression"],
  },
  "canary-overweight": {
    by: "the rule gives half of the requests to a group of one pod, which is full, while the other group has room",
    from: ["cloudwatch", "elbv2", "prometheus", "kubernetes"],
    alsoTrue: ["worker-concurrency-ceiling"],
  },
  "cold-after-rollouts": {
    by: "slow minutes follow each of several rollouts and fade while the version stays",
    from: ["cloudwatch", ["kubernetes", "prometheus"]],
  },
  "cold-after-scale-out": {
    by: "it is quiet at the higher load until the new pods are ready, slow since, and fades while the load stays",
    from: ["cloudwatch", "prometheus"],
  },
  "restarting-pods": {
    by: "each episode begins with a restart of a container and ends when it is ready",
    from: ["cloudwatch", "prometheus"],
  },
  "health-check-cascade": { ...CASCADE, alsoTrue: ["worker-concurrency-ceiling"] },
  "bad-target": {
    by: "a share of the requests waits with idle CPU, and no metric tells of single targets: one pod, one name server and a shift of the mix look the same",
    from: "nowhere",
  },
  "expensive-endpoint": {
    by: "a few requests burn seconds of CPU, and no metric tells of paths: a shift of the mix and costlier work look the same",
    from: "nowhere",
  },
  "retry-storm": GIVEN_UP_FIRST,
  "lowered-threshold": {
    by: "the alarm's history records the lower threshold, and the metric is the same before and after",
    from: ["cloudwatch"],
    alsoTrue: ["alarm-too-sensitive"],
  },
  "throttled-at-low-average": THROTTLED,
  "blocked-workers": {
    by: "throughput stands still at workers ÷ the usual response time, with more in flight than workers and idle CPU: the call takes as long as ever",
    from: ["cloudwatch", "prometheus", "kubernetes"],
  },
  "mixed-polls": {
    by: "the slow end of the response times is a constant just below the idle timeout, all day, with idle CPU and no errors",
    from: ["cloudwatch", "prometheus"],
  },
  "two-ceilings": {
    by: "response times end at two constants, at any load, with idle CPU and no errors",
    from: ["cloudwatch", "prometheus"],
  },
  "innocent-rollout": FULL_WORKERS,
  "guilty-rollout-after-old-flap": {
    by: "at equal load the version before the rollout answered well, and the one since it never",
    from: ["cloudwatch", ["kubernetes", "prometheus"]],
  },
  "proxy-at-its-limit": THROTTLED,
  "proxy-in-front": FULL_WORKERS,
  "garbage-collection": null,
  "costlier-work": null,
  "plateau-of-threads": null,
  "lock-contention": null,
  "pool-exhaustion": null,
  "dns-timeouts": null,
  uploads: null,
  "mix-shift": null,
  "level-shift": null,
  "stalled-disk": null,
  "spent-credits": null,
  "noisy-neighbour": null,
  "two-clusters-same-pods": ofDrawnCause,
  "two-clusters-other-pods": ofDrawnCause,
  "doubled-replicas": ofDrawnCause,
  "doubled-jobs": ofDrawnCause,
  "counted-twice": {
    by: "figures that cannot be prove nothing, and all of the containers' are of that kind",
    from: "nowhere",
  },
  "other-labels": ofDrawnCause,
  "clock-off": {
    by: "CPU and requests of the same minute do not belong together; that a lag mends it is a guess",
    from: "nowhere",
  },
  "samples-lost": {
    by: "the samples of hot pods are missing, and what is left looks idle: waiting looks the same",
    from: "nowhere",
  },
  "other-context": null,
  "plain-instances": null,
  "cascade-below-capacity": CASCADE,
  "rollout-in-overload": FULL_WORKERS,
  "tightened-evaluation": {
    by: "the alarm's history records that one minute is enough since then; metric and threshold are as before",
    from: ["cloudwatch"],
    alsoTrue: ["alarm-too-sensitive"],
  },
  "changed-amid-trouble": FULL_WORKERS,
  "ceiling-with-retries": FULL_BEFORE_GIVEN_UP,
  "ceiling-with-hang-ups": FULL_BEFORE_GIVEN_UP,
  "storm-of-hang-ups": GIVEN_UP_FIRST,
  "harmless-client-errors": FULL_WORKERS,
  "slow-scale-out": FULL_WORKERS,
  "scale-out-in-time": FULL_WORKERS,
  "sliding-windows": FULL_WORKERS,
  "sliding-windows-waiting": WAITING_ALONE,
  "long-troubles": FULL_WORKERS,
  "deploy-noise": {
    by: "each of many rollouts has its slow minute, whatever it brings, which fades; nothing is lost, and nothing else is slow",
    from: ["cloudwatch", ["kubernetes", "prometheus"]],
    alsoTrue: ["alarm-too-sensitive"],
  },
  "rollouts-beside": FULL_WORKERS,
  "callee-at-its-ceiling": FULL_WORKERS,
  "callee-throttled": THROTTLED,
  "dependency-of-all": {
    by: "several services wait by the same seconds in the same minutes with idle CPU, and requests that need nothing from outside are fast: not what stands in front",
    from: ["cloudwatch", "elbv2", "prometheus"],
  },
  "slow-for-callers": {
    by: "all groups rise, their fastest requests too, with idle CPU, and one that has to do with no other rises too; without such a one a slow callee looks the same",
    from: ["cloudwatch", "elbv2", "prometheus"],
    shown: ({ others }) => others.some(({ callsFocus }) => !callsFocus),
  },
  "bad-disk-behind-nodes": {
    by: "in every episode the same node, which holds one pod, waits for its disk, and about that pod's share of the requests is slow",
    from: ["cloudwatch", "prometheus", "kubernetes"],
  },
  "bad-disk-behind-addresses": {
    by: "in every episode the same node, which holds one pod, waits for its disk, and about that pod's share of the requests is slow",
    from: ["cloudwatch", "prometheus", "kubernetes"],
  },
  "image-workers": {
    by: 'all pods flatten alike, unthrottled; how many workers there are stands in no source, so that neither "workers × 1 core" nor "more in flight than workers" can be read: a lock or a pool that the requests share looks the same',
    from: "nowhere",
  },
  "image-workers-throttled": THROTTLED,
  "image-workers-waiting": WAITING_ALONE,
  "ceiling-and-slow-dependency": FULL_WORKERS,
  "dependency-and-throttling": WAITING_ALONE,
  "mostly-ceiling": FULL_WORKERS,
  "requests-per-target-fewer-targets": null,
  "requests-per-target-more-requests": null,
} as const satisfies { readonly [kind: string]: Decides };
