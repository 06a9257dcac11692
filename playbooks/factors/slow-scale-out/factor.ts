import { defineFactor } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";

/** What made the incident longer, louder or harder to see, and where that is known from. */
export default defineFactor({
  factor: "slow-scale-out",
  needs: { alarm: alarmFact },
  find: () => null,
});
