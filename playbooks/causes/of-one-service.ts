import { type Condition, is } from "../../src/playbook.ts";
import madeStricter from "../signals/alarm-made-stricter.ts";
import changeMadeIt from "../signals/change-made-it.ts";
import clientsGiveUp from "../signals/clients-give-up.ts";
import cpuBelongs from "../signals/cpu-belongs-to-requests.ts";
import fewRequests from "../signals/few-requests.ts";
import figuresPossible from "../signals/figures-possible.ts";
import lightGroupWorse from "../signals/light-group-worse.ts";
import nodesStalled from "../signals/nodes-stalled.ts";
import nodesStolen from "../signals/nodes-stolen.ts";
import oneClient from "../signals/one-client-brings-surplus.ts";
import oneRequest from "../signals/one-request-breaches.ts";
import standsOut from "../signals/one-service-stands-out.ts";
import oneTarget from "../signals/one-target-slow.ts";
import othersFast from "../signals/other-paths-as-fast.ts";
import restartsMatch from "../signals/restarts-match-episodes.ts";
import roseTogether from "../signals/services-rose-together.ts";
import afterNewPods from "../signals/slow-after-new-pods.ts";
import slowerSince from "../signals/slower-since-rollout.ts";
import targetsLeave from "../signals/targets-leave-when-slow.ts";
import targetsOfThisCluster from "../signals/targets-of-this-cluster.ts";
import tiedPile from "../signals/tied-clients-pile-up.ts";
import zonesUnequal from "../signals/zones-unequal.ts";

/*
 * What groups of causes have in common, as conditions of their tables. Each only asks that a signal does not say yes (or
 * no) to something else: whatever is unclear or not known stays possible.
 */

/** No recorded change made it: of the alarm, the load balancer, its rules or the network. */
const UNCHANGED: readonly Condition[] = [is(changeMadeIt, "no", "unclear", "unknown")];

/** The same of what a setting may have made that is named for itself: the alarm alone did not make it. */
const ALARM_UNCHANGED: readonly Condition[] = [is(madeStricter, "no", "unclear", "unknown")];

/** Neither what all services share, nor a single request makes it. */
const NOT_SHARED: readonly Condition[] = [
  is(roseTogether, "no", "unclear", "unknown"),
  is(oneRequest, "no", "unclear", "unknown"),
];

/** A rollout does not make it either. */
const NOT_FROM_ELSEWHERE: readonly Condition[] = [is(slowerSince, "no", "unclear", "unknown"), ...NOT_SHARED];

/** The episodes stand out from the rest of the window, as a spike does. */
const IN_EPISODES: readonly Condition[] = [is(standsOut, "yes", "unclear", "unknown")];

/** No other version beside the pods, no restart, no start. */
export const AS_THE_PODS_RUN: readonly Condition[] = [
  is(lightGroupWorse, "no", "unclear", "unknown"),
  is(restartsMatch, "no", "unclear", "unknown"),
  is(afterNewPods, "no", "unclear", "unknown"),
];

/** No target leaves because it is busy: what is left is not the whole fleet, and its figures are not those of the whole. */
const ALL_STAY: readonly Condition[] = [is(targetsLeave, "no", "unclear", "unknown")];

/**
 * The zones do not make it, and the CPU figures are these pods', can be, are of this time and of what the pods did.
 * Support rests on the figures as much as proof: pods that wait for a disk, or whose CPU is another's, look idle.
 */
const AT_THESE_PODS: readonly Condition[] = [
  is(zonesUnequal, "no", "unclear", "unknown"),
  is(targetsOfThisCluster, "yes", "unknown"),
  is(figuresPossible, "yes", "unclear", "unknown"),
  is(cpuBelongs, "yes", "unclear", "unknown"),
  is(nodesStalled, "no", "unclear", "unknown"),
  is(nodesStolen, "no", "unclear", "unknown"),
];

/** The same of a part of a weighted rule, whose rollout is its own affair. */
export const OF_ONE_TARGET_GROUP: readonly Condition[] = [...ALARM_UNCHANGED, ...NOT_SHARED, ...IN_EPISODES];

/** A trouble of one service: it is there, and it is not a rollout's, the load balancer's, or a single request's. */
export const OF_ONE_SERVICE: readonly Condition[] = [...UNCHANGED, ...NOT_FROM_ELSEWHERE, ...IN_EPISODES];

/**
 * The same of what new pods make: of many requests one slow one may move the average each time, a cold pod's first. Among few
 * it is the traffic that is too low.
 */
export const OF_NEW_PODS: readonly Condition[] = [
  ...UNCHANGED,
  is(slowerSince, "no", "unclear", "unknown"),
  is(roseTogether, "no", "unclear", "unknown"),
  is(fewRequests, "no", "unclear", "unknown"),
  ...IN_EPISODES,
];

/** A trouble that is there for its pods as they run: no other version beside them, no restart, no start, and all stay. */
export const OF_RUNNING_PODS: readonly Condition[] = [...OF_ONE_SERVICE, ...AS_THE_PODS_RUN, ...ALL_STAY];

/** The same of what the zones' setting may have made. */
export const OF_ITS_ZONES: readonly Condition[] = [
  ...ALARM_UNCHANGED,
  ...NOT_FROM_ELSEWHERE,
  ...IN_EPISODES,
  ...AS_THE_PODS_RUN,
  ...ALL_STAY,
];

/** A trouble within the pods: the zones and the nodes do not make it either, and the figures are these pods'. */
export const WITHIN_THE_PODS: readonly Condition[] = [...OF_RUNNING_PODS, ...AT_THESE_PODS];

/** The access log, where there is one, does not show that one client, one target or one path makes it. */
const OF_ALL_REQUESTS: readonly Condition[] = [
  is(oneClient, "no", "unclear", "unknown"),
  is(oneTarget, "no", "unclear", "unknown"),
  is(othersFast, "no", "unclear", "unknown"),
];

/**
 * A load that is more than the pods can do: it is what clients want, and all the pods carry it. Where many give up, part of
 * it is their requests sent again, and no metric tells more work from the same work twice; where targets leave in many
 * episodes, the rest shows what the rest can do.
 */
export const LOADED_PODS: readonly Condition[] = [
  ...OF_ONE_SERVICE,
  ...AS_THE_PODS_RUN,
  ...AT_THESE_PODS,
  ...OF_ALL_REQUESTS,
  is(tiedPile, "no", "unclear", "unknown"),
  is(targetsLeave, "no", "unknown"),
  is(clientsGiveUp, "no", "unclear", "unknown"),
];

/**
 * Requests that are placed badly: true of every minute, so that the episodes need not stand out from the rest of the
 * window as a spike does.
 */
const PLACED: readonly Condition[] = [...NOT_FROM_ELSEWHERE, ...AS_THE_PODS_RUN, ...ALL_STAY, ...AT_THESE_PODS];
export const PLACED_BADLY: readonly Condition[] = [...UNCHANGED, ...PLACED];
/** The same of what stickiness, a setting, may have made. */
export const BOUND_BADLY: readonly Condition[] = [...ALARM_UNCHANGED, ...PLACED];
