import {
  defineFix,
  highest,
  plain,
  seconds,
  shellQuoted,
  type TargetGroupFact,
  valuesIn,
} from "../../../src/playbook.ts";
import { guiltyMetricFact } from "../../evidence/target-groups/fact.ts";

const FITS = ["health-check-flapping", "health-check-cascade"] as const;
/** A check waits for so many times the slowest usual answer: a load balancer's nodes check at the worst moment too. */
const SPARE = 2;
/** Failures in a row that are no accident; ELB takes 2 to 10 (API reference, CreateTargetGroup). */
const IN_A_ROW = 3;
/** Seconds; ELB takes 2 to 120, and an interval above it of up to 300 (API reference, CreateTargetGroup). */
const LONGEST = 120;
const LONGEST_INTERVAL = 300;

/** A check that waits long enough, and wants more than one failure (003 F1): its settings against what was measured. */
export default defineFix({
  id: "check-that-fits",
  for: FITS,
  uses: { metric: guiltyMetricFact },
  propose({ suspect, targetGroups, episodes, topology, metric }, verdict) {
    const group = targetGroups?.find(({ arn }) => arn === suspect?.group?.arn);
    if (!FITS.some((cause) => cause === verdict.rootCause) || !group) return null;
    const isCascade = verdict.rootCause === "health-check-cascade";
    const { healthCheck } = group;
    const reasons = new Set((topology?.targets ?? []).flatMap(({ reason }) => reason ?? []));
    const bursts = episodes?.episodes.map(({ burst }) => burst) ?? [];
    const slowest = metric ? highest(valuesIn(metric.average, bursts)) : null;
    const timeout = slowest === null ? null : Math.min(LONGEST, Math.ceil(SPARE * slowest) + 1);
    const changed = settingsOf(group, timeout);
    const isMismatch = reasons.has("Target.ResponseCodeMismatch");
    const now = `timeout ${healthCheck.timeout} s, interval ${healthCheck.interval} s, ${healthCheck.unhealthy ?? "an unknown number of"} failures in a row, path ${healthCheck.path ?? "none"}, codes ${healthCheck.matcher ?? "unknown"}`;
    const set = (settings: Settings) =>
      `aws elbv2 modify-target-group --target-group-arn ${shellQuoted(group.arn)} --health-check-timeout-seconds ${settings.timeout} --health-check-interval-seconds ${settings.interval}${settings.unhealthy === null ? "" : ` --unhealthy-threshold-count ${settings.unhealthy}`}`;
    const old = {
      timeout: healthCheck.timeout,
      interval: healthCheck.interval,
      unhealthy: healthCheck.unhealthy ?? null,
    };
    const isManaged = Object.keys(group.tags).some((key) => /\.k8s\.aws\//.test(key));
    return {
      id: "check-that-fits",
      for: FITS,
      title: changed
        ? `a health check of ${group.name} that matches how it answers`
        : `the settings of ${group.name}'s health check`,
      why: `${isCascade ? "Busy targets answer it too late and are taken out, when they are needed most" : "Its targets serve while they fail it"}; it has ${now}.`,
      risk: "A target that really fails is taken out later: the longer interval counts once per failure in a row.",
      changes:
        changed === null || isMismatch
          ? []
          : [
              {
                target: `target group ${group.name}`,
                patch: `HealthCheckTimeoutSeconds: ${changed.timeout}, HealthCheckIntervalSeconds: ${changed.interval}, UnhealthyThresholdCount: ${changed.unhealthy}`,
                command: set(changed),
              },
            ],
      preconditions: [
        ...(isMismatch
          ? [
              `the targets answer the check with a code other than ${healthCheck.matcher ?? "its matcher"}: path ${healthCheck.path ?? "?"} must answer as it expects`,
            ]
          : []),
        ...(isManaged
          ? [
              "the AWS Load Balancer Controller sets these from annotations (healthcheck-timeout-seconds, healthcheck-interval-seconds, unhealthy-threshold-count): change them there, or it reverts them",
            ]
          : []),
        "how long the check's own path takes is not measured: a path that does less than a request is the better check",
        ...(isCascade
          ? [
              "the pods' readiness probe needs the same (timeoutSeconds, failureThreshold): in ip mode a pod that is not ready is taken out as well",
              "then look at the load: with all its pods the fleet has to bear the spike",
            ]
          : []),
      ],
      verify: ["UnHealthyHostCount stays at 0 over as many hours as it now takes to see some"],
      rollback: changed === null || isMismatch ? [] : [set(old)],
      ...(slowest === null || timeout === null
        ? {}
        : {
            arithmetic: [
              `slowest minute in the episodes: ${seconds(slowest)} on average; ${SPARE} × that, and 1 s: ${plain(timeout)} s`,
            ],
          }),
      ...(changed === null
        ? {
            notOffered: [
              {
                id: "longer-timeout",
                title: "a longer timeout of the check",
                because:
                  "it already waits longer than the targets' requests take, and requires several failures in a row: what remains are its path, its port or its codes",
                evidence: ["target-health.course"],
              },
            ],
          }
        : {}),
    };
  },
});

interface Settings {
  readonly timeout: number;
  readonly interval: number;
  readonly unhealthy: number | null;
}

/** The settings with what is too tight made wider; null where nothing is. */
function settingsOf({ healthCheck }: TargetGroupFact, timeout: number | null): Settings | null {
  const wider = Math.max(healthCheck.timeout, timeout ?? 0);
  const unhealthy = Math.max(healthCheck.unhealthy ?? 0, IN_A_ROW);
  if (wider === healthCheck.timeout && unhealthy === healthCheck.unhealthy) return null;
  // The interval must be longer than the timeout.
  const interval = Math.min(LONGEST_INTERVAL, Math.max(healthCheck.interval, wider + 1));
  return { timeout: wider, interval, unhealthy };
}
