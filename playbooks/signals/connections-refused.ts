import { defineSignal, highest, no, plain, plural, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { connectionLoadFact } from "../evidence/connection-load/fact.ts";

/** In this share of the episodes. */
export const MOST = 0.6;
/**
 * Percent of its capacity: a load balancer shows 100 briefly where demand exceeds what it has scaled to (CloudWatch metrics
 * for ALB, CapacityUtilization).
 */
export const FULL = 100;
/** Below this it had room. */
export const ROOM = 90;

/** Does the load balancer refuse connections in the episodes, or run at the end of its capacity (003 F3, 004)? */
export default defineSignal({
  id: "connections-refused",
  question: "Does the load balancer refuse connections, or run at the limit of its capacity?",
  needs: { load: connectionLoadFact, episodes: episodesFact },
  uses: {},
  read({ load: { rejected, capacity }, episodes: { episodes } }) {
    const evidence = ["connection-load.course"];
    if (episodes.length === 0) return unknown("there is no episode", evidence);
    const bursts = episodes.map(({ burst }) => burst);
    const refused = bursts.filter((burst) => sum(valuesIn(rejected, [burst])) > 0);
    const full = bursts.filter((burst) => (highest(valuesIn(capacity, [burst])) ?? 0) >= FULL);
    const met = bursts.filter((burst) => refused.includes(burst) || full.includes(burst)).length;
    const most = highest(valuesIn(capacity, bursts));
    const of = plural(bursts.length, "episode");
    const count = sum(valuesIn(rejected, bursts));
    const used = most === null ? "" : `, and at most ${plain(most)} % of its capacity was in use`;
    const figure = `the load balancer refused ${plain(count)} connections, in ${refused.length} of ${of}${used}`;
    if (met >= MOST * bursts.length) return yes(figure, evidence, met / bursts.length);
    return count === 0 && (most ?? 0) < ROOM ? no(figure, evidence, 0) : unclear(figure, evidence, met / bursts.length);
  },
});
