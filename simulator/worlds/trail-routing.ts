import type { Trouble } from "../families/settle.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Judgement, TrueCause } from "../truth.ts";
import type { World } from "../world.ts";
import { canaryWorse } from "./canary.ts";
import { change, withTrail } from "./changed.ts";
import type { WorldDraft } from "./kinds.ts";
import { endpointBeside } from "./logged.ts";
import { misroutedRequests } from "./routes.ts";
import { crossZone, stickyCookie } from "./routing.ts";
import { stays, without } from "./without.ts";

/** The judgement, where undoing a recorded change is an answer too. */
export function alsoAChange(judgement: Judgement): Judgement {
  return {
    ...judgement,
    accept: [...new Set<TrueCause>([...judgement.accept, "configuration-change"])],
    never: judgement.never.filter((cause) => cause !== "configuration-change"),
  };
}

/** The rule's weights were changed, and the light group is the slow one. */
export function weightChanged(seed: number, random: Random): WorldDraft {
  const draft = canaryWorse(seed, random);
  const { canary } = draft.scenario;
  const at = draft.troubles[0]?.at ?? 0;
  const weights = [canary?.weight ?? 10, canary?.stableWeight ?? 90] as const;
  const made = { ...draft, judgement: alsoAChange(draft.judgement) };
  return withTrail("weight-changed", seed, made, random, [
    change(random, at - random.integer(1, 20), { call: "ModifyRule", weights }),
  ]);
}

/** Where the bursts were harmless until a change, and are trouble since. */
function since(draft: WorldDraft, random: Random): { readonly at: number; readonly after: readonly Trouble[] } | null {
  const index = random.integer(1, Math.max(1, draft.troubles.length - 2));
  const [before, next] = [draft.troubles[index - 1], draft.troubles[index]];
  if (!before || !next || draft.troubles.length < 3) return null;
  return { at: Math.round((before.at + before.seconds + next.at) / 2), after: draft.troubles.slice(index) };
}

function switched(
  name: string,
  seed: number,
  random: Random,
  draft: WorldDraft,
  make: (scenario: Scenario, at: number) => Scenario,
  attributes: { readonly [key: string]: string },
): WorldDraft {
  const found = since(draft, random);
  const { at, after } = found ?? { at: 0, after: draft.troubles };
  const { scenario } = draft;
  const changed = make({ ...scenario, alarm: { ...scenario.alarm, earlier: [] } }, at);
  const start = scenario.now - scenario.window;
  const made: WorldDraft = {
    ...draft,
    judgement: alsoAChange(draft.judgement),
    scenario: changed,
    troubles: after,
    // The same bursts before the change alarm nobody; without the change none does.
    holds: (world: World) =>
      found !== null && figuresOf(world).episodes.every(({ alarmAt }) => alarmAt - start > at) && stays(world) >= 2,
  };
  const moment = change(random, at, { call: "ModifyTargetGroupAttributes", attributes });
  return withTrail(name, seed, made, random, [moment]);
}

/** Stickiness was switched on; the same bursts were spread before. */
export function stickinessOn(seed: number, random: Random): WorldDraft {
  const draft = stickyCookie(seed, random);
  const make = (scenario: Scenario, at: number): Scenario => ({
    ...scenario,
    focus: { ...scenario.focus, stickySince: at },
  });
  return switched("stickiness-switched-on", seed, random, draft, make, {
    "stickiness.enabled": "true",
    "stickiness.type": "lb_cookie",
  });
}

/** Cross-zone load balancing was switched off; the same bursts were spread before. */
export function crossZoneOff(seed: number, random: Random): WorldDraft {
  const draft = crossZone(seed, random);
  const make = (scenario: Scenario, at: number): Scenario => ({
    ...scenario,
    focus: { ...scenario.focus, routing: { ...scenario.focus.routing, crossZoneOffSince: at } },
  });
  return switched("cross-zone-switched-off", seed, random, draft, make, {
    "load_balancing.cross_zone.enabled": "false",
  });
}

/** A rule was widened: a part of another service's requests comes here since, and is answered 404. */
export function ruleEdited(seed: number, random: Random): WorldDraft {
  const draft = misroutedRequests(seed, random);
  const { scenario, troubles } = draft;
  const { traffic } = scenario.focus;
  const [trouble] = troubles;
  const [rule] = scenario.loadBalancer.rules ?? [];
  // What comes astray is answered 404, and nothing else is.
  const bursts = traffic.bursts.map((burst) => ({ ...burst, answered: 404 as const }));
  const { clientErrors: _, ...faults } = scenario.faults ?? {};
  const focus = { ...scenario.focus, traffic: { ...traffic, bursts } };
  const made: WorldDraft = {
    ...draft,
    judgement: alsoAChange(draft.judgement),
    scenario: { ...scenario, focus, faults },
    // Until somebody took it back it would be another world.
    holds: (world) => rule !== undefined && stays(without(world, { traffic: { ...traffic, bursts: [] } })) === 0,
  };
  const paths = [rule?.path ?? "/*"];
  const edited = change(random, (trouble?.at ?? 0) - random.integer(1, 15), { call: "ModifyRule", paths });
  const told = withTrail("rule-edited", seed, made, random, [edited]);
  const { logs } = told.scenario;
  if (!logs) return told;
  const path = (rule?.path ?? "/*").replace("*", "tickets/{id}");
  const endpoints = [...logs.endpoints, { ...endpointBeside(scenario, random, path), method: "GET" as const }];
  const astray = [{ burst: 0, endpoint: endpoints.length - 1, rule: 0 }];
  return { ...told, scenario: { ...told.scenario, logs: { ...logs, endpoints, bursts: astray } } };
}
