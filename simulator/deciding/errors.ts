import type { Decides, Deciding } from "../deciding.ts";
import type { Scenario } from "../scenario.ts";
import {
  ANSWERED_5XX,
  abruptly,
  barred,
  KEEP_ALIVE_TOLD,
  leavings,
  misrouted,
  moreThanOne,
  noTargets,
} from "./common.ts";

/** A change on record that made what is wrong is as true as what is wrong. */
const CHANGED: Pick<Deciding, "alsoTrue"> = { alsoTrue: ["configuration-change"] };

const RESTARTS: Deciding = {
  by: "losses in each minute in which a container restarted, and in no other",
  from: ["cloudwatch", "prometheus"],
};

const USUAL_RANGE: Deciding = {
  by: "the metric is as it always was, and the threshold within its usual range",
  from: ["cloudwatch"],
};

/** Without a cluster behind it, nothing but the load balancer tells of the targets. */
function flapping(api: "elb" | "elbv2"): (scenario: Scenario) => Deciding {
  return ({ seen }) => ({
    by: "single targets leave and return at any load, all in turn, while requests, latency and errors are as ever and nothing restarts; the check's time-out is tight",
    from: ["cloudwatch", api, ...(seen?.instances ? [] : [["kubernetes", "prometheus"] as const])],
  });
}

/** Alarms on errors, hosts and 4xx, without logs. */
export const ERRORS = {
  "errors-since-rollout": {
    by: "the errors begin with the rollout and stay with its version; next to none before it",
    from: ["cloudwatch", ["kubernetes", "prometheus"]],
  },
  "errors-older-than-rollout": ANSWERED_5XX,
  "errors-in-periods": ANSWERED_5XX,
  "errors-of-one-pod": {
    by: "a share of one service's answers is 5xx, and no metric tells of single targets: all pods failing in part look the same",
    from: "nowhere",
    alsoTrue: ["target-errors"],
  },
  "errors-of-another": {
    by: "5xx in periods, more than one pod alone could answer, of the targets of a group that is not the one rolled out",
    from: ["cloudwatch", "elbv2"],
    shown: ({ others: [failing] }) => moreThanOne(failing?.errors ?? [], failing?.replicas ?? 1),
  },
  "errors-with-restarts": RESTARTS,
  "unhealthy-with-restarts": RESTARTS,
  "unhealthy-in-overload": {
    by: "latency and CPU rise first, then pods fail their readiness one after another, and all are back when load falls",
    from: ["cloudwatch", "prometheus"],
    alsoTrue: ["worker-concurrency-ceiling"],
  },
  "restarts-beside-keep-alive": RESTARTS,
  "abrupt-deregistration": abruptly,
  "idle-timeout-mismatch": KEEP_ALIVE_TOLD,
  "no-healthy-targets": noTargets,
  "no-pods-behind-nodes": noTargets,
  "blocked-by-network": barred,
  "timeouts-of-dependency": {
    by: "a share of the requests hangs with idle CPU and the rest is as fast as ever: dead connections of the pods' own pool look the same",
    from: "nowhere",
  },
  "health-check-flapping": flapping("elbv2"),
  "canary-errors": {
    by: "only the light group of the weighted rule answers 5xx, since it gets requests",
    from: ["cloudwatch", "elbv2"],
    alsoTrue: ["deploy-regression", "target-errors"],
  },
  "canary-as-ever": ANSWERED_5XX,
  "stray-errors": {
    by: "one or two errors in thousands of requests, at any time and on any service, and a threshold of one",
    from: ["cloudwatch"],
  },
  "errors-healthy": null,
  "misrouted-requests": misrouted,
  "bad-client": null,
  scanners: null,
  "auth-errors": null,
} as const satisfies { readonly [kind: string]: Decides };

/** Alarms that only some types of load balancers have, or that see nothing; and the types themselves. */
export const FRONTS = {
  "flash-on-application": {
    by: "the load balancer counts rejected connections while new ones multiply within a minute",
    from: ["cloudwatch"],
  },
  "flash-on-network": {
    by: "the load balancer counts port allocation errors while new flows multiply within a minute",
    from: ["cloudwatch"],
  },
  "flash-on-classic": {
    by: "the surge queue is full at 1,024 and spills over, while what is accepted is answered as ever",
    from: ["cloudwatch"],
  },
  "certificate-expired": {
    by: "handshakes fail since the minute in which the listener's certificate expired",
    from: ["cloudwatch", "elbv2", "acm"],
  },
  "expired-certificate-shown": {
    by: "handshakes fail since the listener shows a certificate that expired within the hour before",
    from: ["cloudwatch", "elbv2", "acm"],
  },
  "no-common-cipher": {
    by: "a share of the handshakes fails since the minute in which the listener got a policy of TLS 1.3 alone",
    from: ["cloudwatch", "elbv2", "cloudtrail"],
    ...CHANGED,
  },
  "certificate-of-another-host": {
    by: "handshakes fail, and the listener's certificate, new since then, names none of the hosts",
    from: ["cloudwatch", "elbv2", "acm"],
    ...CHANGED,
  },
  "target-handshakes": {
    by: "the load balancer counts failed handshakes with the targets, each a 502",
    from: ["cloudwatch"],
  },
  "certificate-expiring": { by: "the certificate's date, and its renewal that does not come", from: ["acm"] },
  "alarm-on-gone-group": {
    by: "the alarm has no data, and the group that its dimension names does not exist",
    from: ["cloudwatch", "elbv2"],
  },
  "alarm-with-arn": { by: "the alarm has no data, and its dimensions hold ARNs", from: ["cloudwatch"] },
  "alarm-on-gone-zone": {
    by: "the alarm has no data, and the load balancer has no node in the zone that its dimension names",
    from: ["cloudwatch", "elbv2"],
  },
  "alarm-without-data": {
    by: "the alarm's history swings between OK and INSUFFICIENT_DATA, on a count that is missing where it is 0",
    from: ["cloudwatch"],
  },
  "proxy-protocol": {
    by: "all connections are reset by their targets since the minute in which the attribute was set",
    from: ["cloudwatch", "elbv2", "cloudtrail"],
    ...CHANGED,
  },
  "local-policy-unhealthy": {
    by: "the policy is Local, and as many nodes are unhealthy, always, as have no pod of the Service",
    from: ["cloudwatch", "kubernetes"],
    alsoTrue: ["alarm-too-sensitive"],
  },
  "local-policy-unseen": {
    by: "the policy is Local, all nodes pass a check of kube-proxy's own, and the share that is dropped is that of nodes without a pod",
    from: ["cloudwatch", "elb", "kubernetes"],
    ...CHANGED,
  },
  "idle-timeout-on-flows": {
    by: "targets reset connections while it is quiet, and the server's arguments say a keep-alive below the load balancer's 350 s",
    from: ["cloudwatch", "elbv2", "kubernetes"],
  },
  "abrupt-on-flows": (scenario) => ({
    by: "the load balancer resets connections seconds after each target leaves, as its attributes say, and at no other time",
    from: ["cloudwatch", "elbv2", leavings(scenario)],
  }),
  "restarts-on-flows": RESTARTS,
  "cross-zone-on-flows": {
    by: "cross-zone is off, zones hold unequal numbers of targets, and only the zone of few resets connections",
    from: ["cloudwatch", "elbv2"],
  },
  "flapping-on-network": flapping("elbv2"),
  "flapping-on-classic": flapping("elb"),
  "no-targets-on-network": noTargets,
  "no-targets-on-classic": noTargets,
  "check-changed-on-classic": {
    by: "all instances fail their checks since the recorded minute in which the check got another path; without the record a way that is barred looks the same",
    from: ["cloudwatch", "cloudtrail"],
  },
  "no-targets-on-instances": {
    by: "all instances fail their checks at once, and nothing is read inside: a way that is barred looks the same",
    from: "nowhere",
  },
  "barred-on-application": barred,
  "barred-on-network": barred,
  "errors-on-classic": (scenario) => ({
    ...ANSWERED_5XX,
    from: ["cloudwatch", ...(scenario.seen?.instances ? [] : [["kubernetes", "prometheus"] as const])],
  }),
  "sensitive-on-application": USUAL_RANGE,
  "sensitive-on-network": USUAL_RANGE,
  "sensitive-on-classic": USUAL_RANGE,
  "sensitive-on-gateway": USUAL_RANGE,
  "quiet-on-fronts": null,
} as const satisfies { readonly [kind: string]: Decides };
