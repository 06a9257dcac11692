import type { AgentKind, Endpoint, LogsSpec } from "../logs/spec.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { WorldDraft } from "./kinds.ts";

/** What a REST service is asked for, with shares of its traffic and how much work it is. */
const USUAL: readonly (readonly [Endpoint["method"], string, share: number, weight: number, bytes: number])[] = [
  ["GET", "/api/v1/{word}", 0.3, 0.3, 420],
  ["GET", "/api/v1/{word}/{id}", 0.36, -0.4, 380],
  ["POST", "/api/v1/{word}", 0.12, 0.6, 1300],
  ["PUT", "/api/v1/{word}/{uuid}", 0.07, 0.3, 1100],
  ["GET", "/api/v1/{word}/{id}/history", 0.08, 0.8, 400],
  ["DELETE", "/api/v1/{word}/{hex}", 0.03, -0.2, 330],
  ["GET", "/api/v1/status", 0.04, -1.2, 240],
];

/** What some services are asked for beside that, seldom and at great cost. */
const COSTLY = [
  "/api/v1/{word}/export",
  "/reports/{uuid}/render",
  "/api/v1/{word}/search/advanced",
  "/graphql",
] as const;

/** The usual endpoints of the focus service. `alike`: none of them is more work than another. */
export function usualEndpoints(scenario: Scenario, random: Random, alike = false): Endpoint[] {
  const word = scenario.focus.service.split("-")[0] ?? "items";
  const chosen = USUAL.filter((_, index) => index < 3 || random.chance(0.7));
  return chosen.map(([method, path, share, weight, bytes]) => ({
    method,
    path: path.replace("{word}", word),
    share: share * random.between(0.7, 1.3),
    weight: alike ? 0 : weight,
    requestBytes: bytes,
    responseBytes: Math.round(random.between(400, 6000)),
  }));
}

/** An endpoint that gets what is told to go there, and `share` of the rest. */
export function endpointBeside(scenario: Scenario, random: Random, path: string | null, share = 0): Endpoint {
  const word = scenario.focus.service.split("-")[0] ?? "items";
  return {
    method: path === null ? random.pick(["GET", "POST"] as const) : "POST",
    path: (path ?? random.pick(COSTLY)).replace("{word}", word),
    share,
    weight: 0,
    requestBytes: 700,
    responseBytes: 9000,
  };
}

const CROWDS: readonly (readonly AgentKind[])[] = [
  ["browser", "mobile", "browser", "sdk", "browser", "bot"],
  ["sdk", "sdk", "curl"],
  ["mobile", "mobile", "browser"],
];

/** Logs as most have them: the access log is on, the others are now and then. */
export function drawLogs(scenario: Scenario, random: Random, wanted: Partial<LogsSpec> = {}): LogsSpec {
  const { cluster, account, region } = scenario.place;
  return {
    on: [
      "access",
      ...(random.chance(0.6) ? (["connection"] as const) : []),
      ...(random.chance(0.5) ? (["health-check"] as const) : []),
    ],
    bucket: `${cluster}-logs-${account.slice(-4)}-${region}`,
    prefix: random.pick(["", "alb", `lb/${scenario.loadBalancer.group}`]),
    endpoints: usualEndpoints(scenario, random),
    clients: { count: random.integer(40, 250), skew: random.between(1, 2.2), agents: random.pick(CROWDS) },
    ...wanted,
  };
}

/** The draft under another name, with logs. */
export function withLogs(name: string, seed: number, draft: WorldDraft, logs: LogsSpec | null): WorldDraft {
  return { ...draft, scenario: { ...draft.scenario, name: `${name}-${seed}`, ...(logs && { logs }) } };
}

/** One world in three: one of these sources cannot be read. */
export function missingOne(draft: WorldDraft, random: Random, sources: readonly string[]): WorldDraft {
  if (draft.scenario.seen?.missing || !random.chance(1 / 3)) return draft;
  const missing = random.pick(sources);
  const { scenario } = draft;
  const description = `${scenario.description} Nobody may read ${missing}.`;
  return { ...draft, scenario: { ...scenario, description, seen: { ...scenario.seen, missing: [missing] } } };
}

/** Sources of which one is missing now and then, where logs decide. */
export const WITH_LOGS = ["access-logs", "access-logs", "prometheus", "kubernetes", "cloudtrail"] as const;
