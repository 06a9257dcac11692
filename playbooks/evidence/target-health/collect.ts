import { defineStep } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { targetHealthFact } from "./fact.ts";

/** What is asked, and what it tells. */
export default defineStep({
  id: "target-health",
  title: "target health",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [targetHealthFact],
  async run({ facts: { alarm }, lack }) {
    lack({
      source: "cloudwatch",
      kind: "missing",
      what: `target health of ${alarm.name}: nothing is asked yet`,
      remedy: "ask, parse, give and find in playbooks/evidence/target-health/collect.ts",
    });
  },
});
