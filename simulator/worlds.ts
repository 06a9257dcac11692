import { DECIDES } from "./deciding/kinds.ts";
import { judged } from "./deciding.ts";
import { drawn, FAMILIES, type Family, scenarioFor } from "./families.ts";
import type { Scenario } from "./scenario.ts";
import type { Judged, Judgement } from "./truth.ts";
import { BEHIND } from "./worlds/behind.ts";
import { BACKENDS } from "./worlds/behind-inside.ts";
import { calleeAtItsCeiling, calleeThrottled, dependencyOfAll, slowForCallers } from "./worlds/callee.ts";
import { canaryOverweight, canaryWorse } from "./worlds/canary.ts";
import { cascadeBelowCapacity, rolloutInOverload } from "./worlds/cascades.ts";
import { guiltyRolloutAfterOldFlap, innocentRollout, loweredThreshold } from "./worlds/changes.ts";
import { ceilingWithHangUps, ceilingWithRetries, harmlessClientErrors, stormOfHangUps } from "./worlds/clients.ts";
import { proxyAtItsLimit, proxyInFront } from "./worlds/containers.ts";
import { deployNoise, rolloutsBeside } from "./worlds/deploys.ts";
import { badDiskBehindAddresses, badDiskBehindNodes } from "./worlds/disks.ts";
import {
  canaryAsEver,
  canaryErrors,
  errorsInPeriods,
  errorsOfAnother,
  errorsOfOnePod,
  errorsOlderThanRollout,
  errorsSinceRollout,
} from "./worlds/errors-answered.ts";
import {
  abruptDeregistration,
  errorsWithRestarts,
  idleTimeoutMismatch,
  restartsBesideKeepAlive,
  unhealthyWithRestarts,
} from "./worlds/errors-lost.ts";
import { errorsHealthy, strayErrors } from "./worlds/errors-quiet.ts";
import {
  blockedByNetwork,
  healthCheckFlapping,
  noHealthyTargets,
  noPodsBehindNodes,
  timeoutsOfDependency,
  unhealthyInOverload,
} from "./worlds/errors-unreached.ts";
import { flashOnApplication, flashOnClassic, flashOnNetwork } from "./worlds/floods.ts";
import { abruptOnFlows, idleTimeoutOnFlows, restartsOnFlows } from "./worlds/flow-endings.ts";
import { localPolicyUnhealthy, localPolicyUnseen, proxyProtocol } from "./worlds/flow-policies.ts";
import { crossZoneOnFlows } from "./worlds/flow-zones.ts";
import { barredOnApplication, barredOnNetwork } from "./worlds/front-blocked.ts";
import {
  errorsOnClassic,
  quietOnFronts,
  sensitiveOnApplication,
  sensitiveOnClassic,
  sensitiveOnGateway,
  sensitiveOnNetwork,
} from "./worlds/front-controls.ts";
import {
  checkChangedOnClassic,
  flappingOnClassic,
  flappingOnNetwork,
  noTargetsOnClassic,
  noTargetsOnInstances,
  noTargetsOnNetwork,
} from "./worlds/front-hosts.ts";
import { imageWorkers, imageWorkersThrottled, imageWorkersWaiting } from "./worlds/images.ts";
import type { DrawWorld } from "./worlds/kinds.ts";
import {
  loggedCrowd,
  loggedExpensiveEndpoint,
  loggedMixShift,
  loggedSlowDependency,
  loggedUploads,
  oneClientStorm,
  onePathWaiting,
  unloggedClientStorm,
} from "./worlds/log-requests.ts";
import {
  loggedBadTarget,
  loggedBlocked,
  loggedCheckFlapping,
  loggedErrorsInPeriods,
  loggedErrorsOfOnePod,
  loggedIdleTimeoutMismatch,
  loggedLongPoll,
  loggedMixedPolls,
  loggedNoHealthyTargets,
  loggedRestarts,
  loggedTimeouts,
  unevenAddresses,
  unloggedUnevenAddresses,
} from "./worlds/log-targets.ts";
import { noisyNeighbour, spentCredits, stalledDisk } from "./worlds/nodes.ts";
import { alarmOnGoneGroup, alarmOnGoneZone, alarmWithArn, alarmWithoutData } from "./worlds/nothing.ts";
import { ceilingAndSlowDependency, dependencyAndThrottling, mostlyCeiling } from "./worlds/pairs.ts";
import { badTarget, coldAfterRollouts, coldAfterScaleOut, healthCheckCascade, restartingPods } from "./worlds/pods.ts";
import { mixedPolls, twoCeilings } from "./worlds/polls.ts";
import { authErrors, badClient, misroutedRequests, scanners } from "./worlds/routes.ts";
import { clientIpAffinity, connectionPinning, crossZone, localPolicy, stickyCookie } from "./worlds/routing.ts";
import { scaleOutInTime, slowScaleOut } from "./worlds/scaling.ts";
import { changedAmidTrouble, tightenedEvaluation } from "./worlds/settings.ts";
import {
  clockOff,
  countedTwice,
  doubledJobs,
  doubledReplicas,
  otherContext,
  otherLabels,
  plainInstances,
  samplesLost,
  twoClustersOtherPods,
  twoClustersSamePods,
} from "./worlds/sources.ts";
import {
  certificateExpired,
  certificateExpiring,
  certificateOfAnotherHost,
  expiredCertificateShown,
  noCommonCipher,
  targetHandshakes,
} from "./worlds/tls.ts";
import { fewerTargets, moreRequests } from "./worlds/traffic.ts";
import { changeAfterTrouble, changeElsewhere, changeThenHealth } from "./worlds/trail-innocent.ts";
import { crossZoneOff, ruleEdited, stickinessOn, weightChanged } from "./worlds/trail-routing.ts";
import {
  delayLowered,
  idleTimeoutLowered,
  idleTimeoutRaised,
  ingressRevoked,
  thresholdChanged,
} from "./worlds/trail-settings.ts";
import {
  blockedWorkers,
  dnsTimeouts,
  levelShift,
  lockContention,
  mixShift,
  poolExhaustion,
  uploads,
} from "./worlds/waiting.ts";
import { longTroubles, slidingWindows, slidingWindowsWaiting } from "./worlds/windows.ts";
import {
  collection,
  costlierWork,
  expensiveEndpoint,
  plateauOfThreads,
  retryStorm,
  throttledAtLowAverage,
} from "./worlds/work.ts";

/** Worlds beyond the families: further latency causes, and what no cause of the vocabulary explains. */
const DRAW = {
  "sticky-cookie": stickyCookie,
  "client-ip-affinity": clientIpAffinity,
  "cross-zone-imbalance": crossZone,
  "connection-pinning": connectionPinning,
  "local-policy": localPolicy,
  "canary-worse": canaryWorse,
  "canary-overweight": canaryOverweight,
  "cold-after-rollouts": coldAfterRollouts,
  "cold-after-scale-out": coldAfterScaleOut,
  "restarting-pods": restartingPods,
  "health-check-cascade": healthCheckCascade,
  "bad-target": badTarget,
  "expensive-endpoint": expensiveEndpoint,
  "retry-storm": retryStorm,
  "lowered-threshold": loweredThreshold,
  "throttled-at-low-average": throttledAtLowAverage,
  "blocked-workers": blockedWorkers,
  "mixed-polls": mixedPolls,
  "two-ceilings": twoCeilings,
  "innocent-rollout": innocentRollout,
  "guilty-rollout-after-old-flap": guiltyRolloutAfterOldFlap,
  "proxy-at-its-limit": proxyAtItsLimit,
  "proxy-in-front": proxyInFront,
  "garbage-collection": collection,
  "costlier-work": costlierWork,
  "plateau-of-threads": plateauOfThreads,
  "lock-contention": lockContention,
  "pool-exhaustion": poolExhaustion,
  "dns-timeouts": dnsTimeouts,
  uploads,
  "mix-shift": mixShift,
  "level-shift": levelShift,
  "stalled-disk": stalledDisk,
  "spent-credits": spentCredits,
  "noisy-neighbour": noisyNeighbour,
  "two-clusters-same-pods": twoClustersSamePods,
  "two-clusters-other-pods": twoClustersOtherPods,
  "doubled-replicas": doubledReplicas,
  "doubled-jobs": doubledJobs,
  "counted-twice": countedTwice,
  "other-labels": otherLabels,
  "clock-off": clockOff,
  "samples-lost": samplesLost,
  "other-context": otherContext,
  "plain-instances": plainInstances,
  "cascade-below-capacity": cascadeBelowCapacity,
  "rollout-in-overload": rolloutInOverload,
  "tightened-evaluation": tightenedEvaluation,
  "changed-amid-trouble": changedAmidTrouble,
  "ceiling-with-retries": ceilingWithRetries,
  "ceiling-with-hang-ups": ceilingWithHangUps,
  "storm-of-hang-ups": stormOfHangUps,
  "harmless-client-errors": harmlessClientErrors,
  "slow-scale-out": slowScaleOut,
  "scale-out-in-time": scaleOutInTime,
  "sliding-windows": slidingWindows,
  "sliding-windows-waiting": slidingWindowsWaiting,
  "long-troubles": longTroubles,
  "deploy-noise": deployNoise,
  "rollouts-beside": rolloutsBeside,
  "callee-at-its-ceiling": calleeAtItsCeiling,
  "callee-throttled": calleeThrottled,
  "dependency-of-all": dependencyOfAll,
  "slow-for-callers": slowForCallers,
  "bad-disk-behind-nodes": badDiskBehindNodes,
  "bad-disk-behind-addresses": badDiskBehindAddresses,
  "image-workers": imageWorkers,
  "image-workers-throttled": imageWorkersThrottled,
  "image-workers-waiting": imageWorkersWaiting,
  "ceiling-and-slow-dependency": ceilingAndSlowDependency,
  "dependency-and-throttling": dependencyAndThrottling,
  "mostly-ceiling": mostlyCeiling,
  "errors-since-rollout": errorsSinceRollout,
  "errors-older-than-rollout": errorsOlderThanRollout,
  "errors-in-periods": errorsInPeriods,
  "errors-of-one-pod": errorsOfOnePod,
  "errors-of-another": errorsOfAnother,
  "errors-with-restarts": errorsWithRestarts,
  "unhealthy-with-restarts": unhealthyWithRestarts,
  "unhealthy-in-overload": unhealthyInOverload,
  "restarts-beside-keep-alive": restartsBesideKeepAlive,
  "abrupt-deregistration": abruptDeregistration,
  "idle-timeout-mismatch": idleTimeoutMismatch,
  "no-healthy-targets": noHealthyTargets,
  "no-pods-behind-nodes": noPodsBehindNodes,
  "blocked-by-network": blockedByNetwork,
  "timeouts-of-dependency": timeoutsOfDependency,
  "health-check-flapping": healthCheckFlapping,
  "canary-errors": canaryErrors,
  "canary-as-ever": canaryAsEver,
  "stray-errors": strayErrors,
  "errors-healthy": errorsHealthy,
  "logged-expensive-endpoint": loggedExpensiveEndpoint,
  "logged-mix-shift": loggedMixShift,
  "one-path-waiting": onePathWaiting,
  "logged-uploads": loggedUploads,
  "logged-slow-dependency": loggedSlowDependency,
  "logged-crowd": loggedCrowd,
  "one-client-storm": oneClientStorm,
  "unlogged-client-storm": unloggedClientStorm,
  "logged-bad-target": loggedBadTarget,
  "logged-errors-of-one-pod": loggedErrorsOfOnePod,
  "logged-errors-in-periods": loggedErrorsInPeriods,
  "uneven-addresses": unevenAddresses,
  "unlogged-uneven-addresses": unloggedUnevenAddresses,
  "logged-long-poll": loggedLongPoll,
  "logged-mixed-polls": loggedMixedPolls,
  "logged-idle-timeout-mismatch": loggedIdleTimeoutMismatch,
  "logged-restarts-beside-keep-alive": loggedRestarts,
  "logged-no-healthy-targets": loggedNoHealthyTargets,
  "logged-timeouts-of-dependency": loggedTimeouts,
  "logged-blocked-by-network": loggedBlocked,
  "logged-health-check-flapping": loggedCheckFlapping,
  "weight-changed": weightChanged,
  "stickiness-switched-on": stickinessOn,
  "cross-zone-switched-off": crossZoneOff,
  "rule-edited": ruleEdited,
  "ingress-revoked": ingressRevoked,
  "threshold-changed": thresholdChanged,
  "idle-timeout-lowered": idleTimeoutLowered,
  "idle-timeout-raised": idleTimeoutRaised,
  "deregistration-delay-lowered": delayLowered,
  "change-elsewhere": changeElsewhere,
  "change-after-trouble": changeAfterTrouble,
  "change-then-health": changeThenHealth,
  "misrouted-requests": misroutedRequests,
  "bad-client": badClient,
  scanners,
  "auth-errors": authErrors,
  "flash-on-application": flashOnApplication,
  "flash-on-network": flashOnNetwork,
  "flash-on-classic": flashOnClassic,
  "certificate-expired": certificateExpired,
  "expired-certificate-shown": expiredCertificateShown,
  "no-common-cipher": noCommonCipher,
  "certificate-of-another-host": certificateOfAnotherHost,
  "target-handshakes": targetHandshakes,
  "certificate-expiring": certificateExpiring,
  "alarm-on-gone-group": alarmOnGoneGroup,
  "alarm-with-arn": alarmWithArn,
  "alarm-on-gone-zone": alarmOnGoneZone,
  "alarm-without-data": alarmWithoutData,
  "proxy-protocol": proxyProtocol,
  "local-policy-unhealthy": localPolicyUnhealthy,
  "local-policy-unseen": localPolicyUnseen,
  "idle-timeout-on-flows": idleTimeoutOnFlows,
  "abrupt-on-flows": abruptOnFlows,
  "restarts-on-flows": restartsOnFlows,
  "cross-zone-on-flows": crossZoneOnFlows,
  "flapping-on-network": flappingOnNetwork,
  "flapping-on-classic": flappingOnClassic,
  "no-targets-on-network": noTargetsOnNetwork,
  "no-targets-on-classic": noTargetsOnClassic,
  "check-changed-on-classic": checkChangedOnClassic,
  "no-targets-on-instances": noTargetsOnInstances,
  "barred-on-application": barredOnApplication,
  "barred-on-network": barredOnNetwork,
  "errors-on-classic": errorsOnClassic,
  "sensitive-on-application": sensitiveOnApplication,
  "sensitive-on-network": sensitiveOnNetwork,
  "sensitive-on-classic": sensitiveOnClassic,
  "sensitive-on-gateway": sensitiveOnGateway,
  "quiet-on-fronts": quietOnFronts,
  ...BEHIND,
  ...BACKENDS,
  "requests-per-target-fewer-targets": fewerTargets,
  "requests-per-target-more-requests": moreRequests,
} as const satisfies { readonly [kind: string]: DrawWorld };

type Drawn = keyof typeof DRAW;
/** A kind of world: a family, or one of those above. */
export type WorldKind = Family | Drawn;

export const WORLD_KINDS: readonly WorldKind[] = [...FAMILIES, ...(Object.keys(DRAW) as Drawn[])];

export interface JudgedWorld {
  readonly scenario: Scenario;
  readonly judgement: Judged;
}

/** The world of a kind and a seed, with what may be said of it: the same seed always gives the same one. */
export function worldFor(kind: WorldKind, seed: number): JudgedWorld {
  const { scenario, judgement } = drawnWorld(kind, seed);
  return { scenario, judgement: judged(kind, DECIDES[kind], judgement, scenario) };
}

function drawnWorld(kind: WorldKind, seed: number): { readonly scenario: Scenario; readonly judgement: Judgement } {
  if (!(kind in DRAW)) {
    const scenario = scenarioFor(kind as Family, seed);
    return { scenario, judgement: { truth: scenario.cause, accept: [], never: [], why: scenario.description } };
  }
  const { scenario, draft } = drawn(kind, seed, DRAW[kind as Drawn] as DrawWorld);
  const seen = draft.twin?.(scenario);
  return {
    scenario: seen ? { ...scenario, seen: { ...scenario.seen, ...seen } } : scenario,
    judgement: draft.judgement,
  };
}
