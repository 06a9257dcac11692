import type { Decides, Deciding } from "../deciding.ts";
import type { Scenario } from "../scenario.ts";
import {
  ANSWERED_5XX,
  abruptly,
  barred,
  FULL_WORKERS,
  KEEP_ALIVE_TOLD,
  misrouted,
  noTargets,
  THROTTLED,
  WAITING,
  WAITING_ALONE,
} from "./common.ts";
import { ofDrawnCause } from "./latency.ts";

const CHANGED: Pick<Deciding, "alsoTrue"> = { alsoTrue: ["configuration-change"] };

/** Constants that the metric's extremes show as well as the log. */
const POLLS: Deciding = {
  by: "the slow requests end at a constant just below the idle timeout, at any load; idle CPU, or one path that holds them all, says it is by design",
  from: ["cloudwatch", ["prometheus", "access-logs"]],
};

/** Worlds that logs decide. */
export const LOGGED = {
  "logged-expensive-endpoint": {
    by: "the access log: one path holds the slow requests, in and out of the episodes; the others are as fast as ever",
    from: ["access-logs"],
  },
  "logged-mix-shift": {
    by: "the access log: one path takes seconds in and out of the episodes, and has a larger share in them",
    from: ["access-logs"],
  },
  "one-path-waiting": {
    by: "one path waits with idle CPU, in the episodes only, and no second service with it: a lock or a pool of its own in every pod looks the same, as where all paths wait",
    from: "nowhere",
  },
  "logged-uploads": null,
  "logged-slow-dependency": WAITING,
  "logged-crowd": FULL_WORKERS,
  "one-client-storm": ofOneClient,
  "unlogged-client-storm": ofOneClient,
  "logged-bad-target": {
    by: "the access log: one target, with no more than its share of requests, is the slow one in every episode",
    from: ["access-logs"],
  },
  "logged-errors-of-one-pod": {
    by: "the access log: all errors are one target's, in every episode",
    from: ["access-logs"],
    alsoTrue: ["target-errors"],
  },
  "logged-errors-in-periods": ANSWERED_5XX,
  "uneven-addresses": {
    by: "some pods are pinned with requests in line while others, with as many requests, idle; others in each burst, and no path owns it",
    from: ["cloudwatch", ["access-logs", "prometheus"]],
  },
  "unlogged-uneven-addresses": {
    by: "some pods are pinned with requests in line while others idle, others in each burst, and the fleet has room",
    from: ["cloudwatch", "prometheus", "kubernetes"],
  },
  "logged-long-poll": POLLS,
  "logged-mixed-polls": POLLS,
  "logged-idle-timeout-mismatch": KEEP_ALIVE_TOLD,
  "logged-restarts-beside-keep-alive": {
    by: "losses in each minute in which a container restarted, and in no other",
    from: ["cloudwatch", "prometheus"],
  },
  "logged-no-healthy-targets": noTargets,
  "logged-timeouts-of-dependency": {
    by: "a share of all paths' requests hangs on every target with idle CPU: dead connections of the pods' own pool look the same",
    from: "nowhere",
  },
  "logged-blocked-by-network": barred,
  "logged-health-check-flapping": {
    by: "single targets leave and return at any load, all in turn, while requests, latency and errors are as ever and nothing restarts; or the logs: checks time out of targets that answer in time",
    from: ["cloudwatch", "elbv2", ["kubernetes", "prometheus", "access-logs"]],
  },
} as const satisfies { readonly [kind: string]: Decides };

/** A crowd looks the same but for the log, and the workers are full in either: that is true whoever sends the requests. */
function ofOneClient({ logs, seen }: Scenario): Deciding {
  const told = logs?.on.includes("access") && !seen?.missing?.includes("access-logs");
  return told
    ? {
        by: "the access log: one client brings the surplus of each episode, all others ask for as much as ever",
        from: ["access-logs"],
        alsoTrue: ["worker-concurrency-ceiling"],
      }
    : { ...FULL_WORKERS, alsoTrue: ["worker-concurrency-ceiling"] };
}

/** Since the timeout was raised the load balancer keeps connections longer than the server, whose default people know. */
function raised(scenario: Scenario): Deciding {
  const told = scenario.focus.server.keepAlive !== undefined;
  return {
    by: "502s begin with the recorded rise of the idle timeout above the server's keep-alive; without the record only arguments that say the keep-alive decide",
    from: ["cloudwatch", told ? ["cloudtrail", "kubernetes"] : "cloudtrail"],
    ...CHANGED,
  };
}

/** Worlds that CloudTrail decides, or in which it misleads. */
export const TRAILS = {
  "weight-changed": {
    by: "only the light group of the weighted rule is slow, since it gets requests",
    from: ["cloudwatch", "elbv2"],
    alsoTrue: ["deploy-regression", "configuration-change"],
  },
  "stickiness-switched-on": {
    by: "the cookie is on, and the same pods are hot since then; or the equal bursts before the recorded change harmed nobody",
    from: ["cloudwatch", "elbv2", ["prometheus", "access-logs", "cloudtrail"]],
    ...CHANGED,
  },
  "cross-zone-switched-off": {
    by: "cross-zone is off, zones get equal requests and hold unequal numbers of targets, and only the zone of few is slow",
    from: ["cloudwatch", "elbv2"],
    ...CHANGED,
  },
  "rule-edited": misrouted,
  "ingress-revoked": barred,
  "threshold-changed": {
    by: "the alarm's history records the lower threshold, and the metric is the same before and after",
    from: ["cloudwatch"],
    alsoTrue: ["alarm-too-sensitive"],
  },
  "idle-timeout-lowered": {
    by: "504s begin with the recorded change of the idle timeout; without the record nothing says that it was ever longer",
    from: ["cloudwatch", "cloudtrail"],
  },
  "idle-timeout-raised": raised,
  "deregistration-delay-lowered": (scenario) => ({ ...abruptly(scenario), ...CHANGED }),
  "change-elsewhere": ofDrawnCause,
  "change-after-trouble": ofDrawnCause,
  "change-then-health": ofDrawnCause,
} as const satisfies { readonly [kind: string]: Decides };

/** The controller tells the backend, the cluster its pods. */
const OF_A_BACKEND: Deciding["from"] = ["cloudwatch", "prometheus", "kubernetes"];

/** Behind an ingress controller: what ails a backend is not seen from the controller's pods. */
export const BEHIND = {
  "behind-ingress-nginx-slow-backend": null,
  "behind-ingress-nginx-two-slow": null,
  "behind-ingress-nginx-unmeasured": null,
  "behind-ingress-nginx-throttled": THROTTLED,
  "behind-ingress-nginx-failing-backend": null,
  "behind-traefik-slow-backend": null,
  "behind-traefik-two-slow": null,
  "behind-traefik-unmeasured": null,
  "behind-traefik-failing-backend": null,
  "behind-envoy-gateway-slow-backend": null,
  "behind-envoy-gateway-two-slow": null,
  "behind-envoy-gateway-unmeasured": null,
  "behind-envoy-gateway-failing-backend": null,
  "behind-istio-slow-backend": null,
  "behind-istio-two-slow": null,
  "behind-istio-unmeasured": null,
  "behind-istio-failing-backend": null,
  "behind-backend-at-its-ceiling": {
    by: "the controller's own series name one slow backend, whose pods all flatten alike at workers × 1 core, below the quota and unthrottled",
    from: OF_A_BACKEND,
  },
  "behind-backend-throttled": {
    by: "the controller's own series name one slow backend, most of whose CFS periods are throttled in the episodes, and few out of them",
    from: OF_A_BACKEND,
  },
  "behind-backend-waiting": WAITING_ALONE,
  "behind-backend-rolled-out": {
    by: "the controller's own series name one slow backend: at equal load the version before its rollout answered well, and the one since it never",
    from: OF_A_BACKEND,
  },
  "behind-controller-full": THROTTLED,
} as const satisfies { readonly [kind: string]: Decides };
