import type { Draft } from "../families/draft.ts";
import { unevenPods } from "../families/uneven.ts";
import { longPoll } from "../families/waiting.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { errorsInPeriods, errorsOfOnePod } from "./errors-answered.ts";
import { idleTimeoutMismatch, restartsBesideKeepAlive } from "./errors-lost.ts";
import { blockedByNetwork, healthCheckFlapping, noHealthyTargets, timeoutsOfDependency } from "./errors-unreached.ts";
import type { DrawWorld, WorldDraft } from "./kinds.ts";
import { drawLogs, missingOne, usualEndpoints, WITH_LOGS, withLogs } from "./logged.ts";
import { badTarget } from "./pods.ts";
import { mixedPolls } from "./polls.ts";

/** One pod is slow while its CPU idles, and the load balancer sees pods. */
export function loggedBadTarget(seed: number, random: Random): WorldDraft {
  return addressed("logged-bad-target", seed, random, badTarget(seed, random));
}

/** One pod fails, and the load balancer sees pods. */
export function loggedErrorsOfOnePod(seed: number, random: Random): WorldDraft {
  return addressed("logged-errors-of-one-pod", seed, random, errorsOfOnePod(seed, random));
}

/** All pods fail alike, and the load balancer sees pods. */
export function loggedErrorsInPeriods(seed: number, random: Random): WorldDraft {
  return addressed("logged-errors-in-periods", seed, random, errorsInPeriods(seed, random));
}

function addressed(name: string, seed: number, random: Random, draft: WorldDraft): WorldDraft {
  const { scenario } = draft;
  const focus = { ...scenario.focus, targetType: "ip" as const };
  const made = { ...draft, scenario: { ...scenario, focus } };
  return missingOne(withLogs(name, seed, made, drawLogs(scenario, random)), random, WITH_LOGS);
}

const UNEVEN: Judgement = {
  truth: "uneven-pod-load",
  accept: [],
  never: [
    "expensive-endpoint",
    "bad-target",
    "client-storm",
    "worker-concurrency-ceiling",
    "insufficient-capacity",
    "slow-dependency",
  ],
  why: "Round robin gives each pod as many requests, and some of them are a minute of work; who is hot changes, no path owns it.",
};

/** Long requests of any path pin the pods that they meet; each pod gets as many requests as the others. */
export function unevenAddresses(seed: number, random: Random): WorldDraft {
  const { scenario, ...draft } = longRequests(seed, random);
  const focus = { ...scenario.focus, targetType: "ip" as const, algorithm: "round_robin" as const };
  const made = { ...draft, judgement: UNEVEN, scenario: { ...scenario, focus } };
  const logs = drawLogs(scenario, random, { endpoints: usualEndpoints(scenario, random, true) });
  return missingOne(withLogs("uneven-addresses", seed, made, logs), random, WITH_LOGS);
}

/** The same without logs. */
export function unloggedUnevenAddresses(seed: number, random: Random): WorldDraft {
  const { scenario, ...draft } = longRequests(seed, random);
  const focus = { ...scenario.focus, targetType: "ip" as const, algorithm: "round_robin" as const };
  const made = { ...draft, judgement: UNEVEN, scenario: { ...scenario, focus } };
  return withLogs("unlogged-uneven-addresses", seed, made, null);
}

/** Of the uneven worlds one whose bursts are long requests. */
function longRequests(seed: number, random: Random): Draft {
  for (;;) {
    const draft = unevenPods(seed, random);
    if (draft.scenario.focus.traffic.bursts.some(({ work }) => work !== undefined)) return draft;
  }
}

/** Long polls, as the log has them: one path, near its ceiling. */
export function loggedLongPoll(seed: number, random: Random): WorldDraft {
  const draft = longPoll(seed, random);
  const { judgement } = mixedPolls(seed, random);
  return polled("logged-long-poll", seed, random, { ...draft, judgement });
}

/** Long polls beside quick requests of other paths. */
export function loggedMixedPolls(seed: number, random: Random): WorldDraft {
  return polled("logged-mixed-polls", seed, random, mixedPolls(seed, random));
}

function polled(name: string, seed: number, random: Random, draft: WorldDraft): WorldDraft {
  const { scenario } = draft;
  const poll = {
    method: "POST",
    path: "/api/v1/agents/{uuid}/checkin",
    share: 0,
    weight: 0,
    requestBytes: 900,
    responseBytes: 500,
  } as const;
  const endpoints = [...usualEndpoints(scenario, random), poll];
  const clients = { count: Math.max(12, scenario.focus.longPoll?.clients ?? 0), skew: 1, agents: ["agent" as const] };
  const logs = drawLogs(scenario, random, { endpoints, polls: endpoints.length - 1, clients });
  return missingOne(withLogs(name, seed, draft, logs), random, WITH_LOGS);
}

/** A kind of world that the errors' alarms are of, with logs. */
function errors(name: string, draw: DrawWorld): DrawWorld {
  return (seed, random) => {
    const draft = draw(seed, random);
    return missingOne(withLogs(name, seed, draft, drawLogs(draft.scenario, random)), random, WITH_LOGS);
  };
}

export const loggedIdleTimeoutMismatch = errors("logged-idle-timeout-mismatch", idleTimeoutMismatch);
export const loggedRestarts = errors("logged-restarts-beside-keep-alive", restartsBesideKeepAlive);
export const loggedNoHealthyTargets = errors("logged-no-healthy-targets", noHealthyTargets);
export const loggedTimeouts = errors("logged-timeouts-of-dependency", timeoutsOfDependency);
export const loggedBlocked = errors("logged-blocked-by-network", blockedByNetwork);

/** The health-check log says which checks failed, and why. */
export function loggedCheckFlapping(seed: number, random: Random): WorldDraft {
  const draft = healthCheckFlapping(seed, random);
  const logs = drawLogs(draft.scenario, random, { on: ["access", "health-check"] });
  return missingOne(withLogs("logged-health-check-flapping", seed, draft, logs), random, WITH_LOGS);
}
