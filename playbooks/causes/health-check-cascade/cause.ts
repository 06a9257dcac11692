import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import podsIdle from "../../signals/pods-idle.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import targetsLeave from "../../signals/targets-leave-when-slow.ts";
import { AS_THE_PODS_RUN, OF_ONE_SERVICE } from "../of-one-service.ts";

/**
 * Overloaded targets fail their checks, leave, and overload the rest (000 ALB page, 003). What shows it: they leave after
 * it has become slow, one after another, and come back when the load has gone. A target that leaves first is another
 * trouble.
 */
export default defineCause({
  cause: "health-check-cascade",
  title: "overloaded targets fail their health checks",
  claim: "Overloaded targets fail their checks and drop out, and the rest have to carry their load as well.",
  elsewhere: requestsPassedOn,
  specific: [targetsLeave],
  rejects: [is(targetsLeave, "no")],
  // Pods that wait for something else fail their checks as well.
  needs: [...OF_ONE_SERVICE, ...AS_THE_PODS_RUN, is(podsIdle, "no", "unclear", "unknown")],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const figure = readings.get(targetsLeave.id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"}'s targets fail their checks when they are busy, and the rest have to do their work.`,
      summary: `${sentence(figure)}. A busy target does not answer its check in time and gets no more requests; the others get them, and fail next. The checks take away capacity when it is needed most.`,
    };
  },
});
