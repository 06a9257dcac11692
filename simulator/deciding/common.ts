import type { Deciding, EvidenceSource } from "../deciding.ts";
import type { Scenario } from "../scenario.ts";

export const FULL_WORKERS: Deciding = {
  by: "all pods flatten alike at workers × 1 core, below the quota and unthrottled, with more in flight than workers",
  from: ["cloudwatch", "prometheus", "kubernetes"],
};

export const THROTTLED: Deciding = {
  by: "most CFS periods of the container are throttled in the episodes, and few out of them",
  from: ["prometheus", "kubernetes"],
};

export const FULL_NODES: Deciding = {
  by: "the nodes' CPUs are full of work in the episodes; no quota and no lack of workers, and nothing to scale to",
  from: ["prometheus", "kubernetes"],
};

/**
 * Every request waits while the pods idle, with room for more: a dependency, or something that every pod holds for itself
 * (a lock of a scheduled job). A second service that waits in the same minutes tells them apart.
 */
export const WAITING: Deciding = {
  by: "p10 rises at flat load with idle CPU, and a second service waits in the same minutes: however many workers there are, what they ask for is slow; alone, a job's lock in every pod looks the same",
  from: ["cloudwatch", "prometheus"],
  shown: ({ others }) => others.some(({ sharesDependency }) => sharesDependency),
};

export const WAITING_ALONE: Deciding = {
  by: "one service waits with idle CPU: a lock or a job of its own in every pod looks the same",
  from: "nowhere",
};

/** 5xx by the targets, in periods. */
export const ANSWERED_5XX: Deciding = {
  by: "the targets of one service answer 5xx, more than one pod alone could, in periods that no rollout begins or ends",
  from: ["cloudwatch", ["kubernetes", "prometheus"]],
  shown: (scenario) => moreThanOne(scenario.faults?.errors ?? [], scenario.focus.replicas) || eachPodLogged(scenario),
};

/** Whether so large a share fails that one pod of several cannot be all of it. */
export function moreThanOne(errors: readonly { readonly share: number }[], replicas: number): boolean {
  return replicas === 1 || Math.min(...errors.map(({ share }) => share)) > 1.15 / replicas;
}

/** Whether the access log names pods. */
function eachPodLogged({ focus, logs, seen }: Scenario): boolean {
  return focus.targetType === "ip" && logs !== undefined && !seen?.missing?.includes("access-logs");
}

/** Rare 502s, and servers that close idle connections before the load balancer does. */
export const KEEP_ALIVE_TOLD: Deciding = {
  by: "rare 502s tied to nothing, fewest when busy, of the group whose requests are more than its targets' answers, and arguments of its server that say a keep-alive below the idle timeout; a default that something may override is no proof",
  from: ["cloudwatch", "elbv2", "kubernetes"],
  shown: ({ focus }) => focus.server.keepAlive !== undefined,
};

/** What tells that a pod left: rollouts are in both; who was scaled in hours ago only Prometheus knows. */
export function leavings({ focus, faults }: Scenario): EvidenceSource | readonly EvidenceSource[] {
  const scaled = focus.rollouts.length === 0 && (faults?.scaled ?? []).length > 0;
  return scaled ? "prometheus" : ["kubernetes", "prometheus"];
}

/** Losses whenever a pod leaves. */
export function abruptly(scenario: Scenario): Deciding {
  return {
    by: "502s for some seconds at every rollout or scale-in, whatever the version, and at no other time",
    from: ["cloudwatch", leavings(scenario)],
  };
}

/** Where the way was barred; what was opened again is in the trail only. */
export function barred({ faults, window }: Scenario): Deciding {
  const mended = (faults?.blocked ?? []).every(({ at, seconds }) => at + seconds < window);
  return {
    by: "all targets time out from one minute to the next, and the rule that lets the load balancer in is gone, or its removal is on record",
    from: ["cloudwatch", mended ? "cloudtrail" : ["ec2", "cloudtrail"]],
    alsoTrue: ["configuration-change"],
  };
}

/** Requests of another service; a rule that was taken back is in the trail only. */
export function misrouted({ loadBalancer }: Scenario): Deciding {
  const mended = (loadBalancer.rules ?? []).length === 0;
  return {
    by: "4xx since one minute, as many requests are missing at another service, and a rule sends that one's host and path here",
    from: ["cloudwatch", mended ? "cloudtrail" : "elbv2"],
    alsoTrue: ["configuration-change"],
  };
}

/** Nodes stay registered without a pod, and all fail their checks, as they do where the way to them is barred. */
export function noTargets({ focus }: Scenario): Deciding {
  return focus.targetType === "ip"
    ? { by: "no target is registered in each episode, and all are well at other times", from: ["cloudwatch"] }
    : {
        by: "all nodes fail their checks in each episode, and the service has no pod then; by the checks alone a way that is barred looks the same",
        from: ["cloudwatch", ["kubernetes", "prometheus"]],
      };
}
