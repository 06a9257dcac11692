import type { TopologyFact } from "../../../src/model/facts.ts";
import { always, episodes, level, metric } from "../facts.ts";
import { suspect, targetGroups, targetHealth } from "../groups.ts";
import { checkLog, requestLog, row } from "../logs.ts";
import { readiness } from "../pods.ts";
import type { Row } from "../row.ts";

const MINUTES = 100;
const SPIKES = [[10, 20]] as const;
/** Targets fail their checks in the one episode, where requests take so many times their usual. */
const metrics = (slower: number, unhealthy = 1) => ({
  ...episodes(SPIKES, {}, MINUTES),
  ...targetHealth(level(0, unhealthy, SPIKES, MINUTES)),
  ...readiness(always(1, MINUTES)),
  ...metric({ average: level(0.1, 0.1 * slower, SPIKES, MINUTES) }),
});
/** A target's checks fail, and its requests take so long. */
const logs = (seconds: number) => ({
  ...suspect("shop"),
  ...targetGroups("ip"),
  topology: { idleTimeout: 60 } as Pick<TopologyFact, "idleTimeout"> as TopologyFact,
  ...checkLog(row(0, "failure", ["a", "-", "RequestTimedOut"], [[3, 5]], { failed: 3 })),
  ...requestLog(row(0, "target", ["a"], [[100, seconds]]), row(2, "target", ["a"], [[100, 0.1]])),
});

export default [
  ["metrics alone show it", metrics(1), "yes"],
  ["logs alone show it", logs(0.1), "yes"],
  ["both show it", { ...metrics(1), ...logs(0.1) }, "yes"],
  ["metrics alone show that it is slow", metrics(3), "no"],
  ["logs alone show that it is slow", logs(0.3), "no"],
  ["logs alone are not clear", logs(0.2), "unclear"],
  ["metrics show it, and the logs that the target is slow", { ...metrics(1), ...logs(0.3) }, "unclear"],
  ["logs show it, and metrics that all is slow", { ...metrics(3), ...logs(0.1) }, "unclear"],
  ["metrics show it, and the logs are not clear", { ...metrics(1), ...logs(0.2) }, "yes"],
  ["nothing was read", {}, "unknown"],
] satisfies readonly Row[];
