import type { ChangeFact } from "../../../src/model/facts.ts";
import { changes } from "../changes.ts";
import { flows } from "../connections.ts";
import { alarm, always, episodes, judged, level } from "../facts.ts";
import { targetHealth } from "../groups.ts";
import type { Row } from "../row.ts";

const MINUTES = 240;
/** All is bad from minute 122 on, a rule was changed in minute 120, and the load balancer's own groups block so many. */
const since = (change: Partial<ChangeFact>, outbound = 0) => ({
  ...alarm(),
  ...changes([{ at: 120, kind: "network", ...change }]),
  ...judged(level(0, 5, [[122, MINUTES]], MINUTES)),
  ...episodes([[122, MINUTES]], {}, MINUTES),
  ...flows({ inbound: always(0, MINUTES), outbound: level(0, outbound, [[122, MINUTES]], MINUTES) }),
});

export default [
  ["a rule was changed, and all is bad since", since({}), "yes"],
  ["the load balancer counts what it turns away", since({ reaches: "no" }, 9), "yes"],
  ["the changed rule touches something else", since({ reaches: "no" }), "unclear"],
  ["whether the changed rule is on the way is not known", since({ reaches: "maybe" }), "unclear"],
  ["what was changed is no rule of the network", since({ kind: "attribute" }), "unclear"],
  ["nothing was recorded", { ...since({}), changes: undefined as never }, "unclear"],
  ["targets pass their checks", { ...since({}), ...targetHealth(always(0, MINUTES)) }, "no"],
] satisfies readonly Row[];
