import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import whileServing from "../../signals/checks-fail-while-serving.ts";
import emptyLose from "../../signals/empty-nodes-lose-connections.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import instancesFail from "../../signals/instances-answer-errors.ts";
import shorter from "../../signals/keep-alive-shorter.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import overflows from "../../signals/queue-overflows.ts";
import rare from "../../signals/rare-balancer-errors.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** The server closes idle connections before a Classic Load Balancer does (001 part 7). */
export default defineCause({
  cause: "idle-timeout-mismatch",
  table: "classic",
  title: "instances close idle connections first",
  claim:
    "The server closes idle connections before the load balancer does; a request that arrives while one is being closed is lost.",
  specific: [shorter, rare],
  rejects: [is(shorter, "no"), is(rare, "no")],
  needs: [
    is(podsLeave, "no"),
    is(restartsMatch, "no"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(overflows, "no"),
    is(whileServing, "no", "unclear", "unknown"),
    is(emptyLose, "no", "unclear", "unknown"),
    is(instancesFail, "no", "unclear", "unknown"),
  ],
  supports: [
    is(rare, "yes"),
    is(shorter, "yes", "unclear"),
    is(podsLeave, "no"),
    is(restartsMatch, "no"),
    is(overflows, "no"),
  ],
  uses: { ...MADE_BY, workload: workloadFact },
  words({ workload, ...known }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const closes = readings.get(shorter.id)?.answer === "yes" ? "closes" : "seems to close";
    return {
      headline: `${workload?.name ?? "the service"} ${closes} idle connections before the load balancer does.`,
      summary: `${sentence(said(shorter.id))}. ${sentence(said(rare.id))}.${madeBy(known, ["attribute"])}`,
    };
  },
});
