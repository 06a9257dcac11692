import { alarmScope, definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import alarmHistory from "../../evidence/alarm-history/counts.ts";
import watched from "../../evidence/watched/collect.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/** Alarms whose dimensions no metric of a load balancer can have: whatever they are meant for, they watch nothing. */
export default definePlaybook({
  id: "nothing",
  judges: null,
  takes: (alarm) => alarmScope(alarm).fault !== null,
  steps: [alarmHistory, watched],
  causes: [alarmOnNothing],
  factors: [],
  fixes: [watchWhatIsThere],
});
