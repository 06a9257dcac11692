import { defineFactor } from "../../../src/playbook.ts";
import { requestLogFact } from "../../evidence/access-logs/fact.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import largeSlow from "../../signals/large-requests-slow.ts";

/**
 * The slow requests are large ones: the metric follows their size, and may tell the clients' lines more than the service.
 * It is no cause: whether clients or targets are slow with them, no log says.
 */
export default defineFactor({
  factor: "slow-uploads",
  needs: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  find({ alarm, log, suspect }) {
    const { answer, statement, evidence } = largeSlow.read({ alarm, log, suspect });
    if (answer !== "yes") return null;
    return {
      statement: `${statement}: uploads, and part of the time may be the clients' lines (it is assumed that the target's time holds part of a slow upload; AWS does not say)`,
      evidence: [...evidence],
    };
  },
});
