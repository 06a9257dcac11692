import { defineStep } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmChangesFact } from "./fact.ts";

/** What is asked, and what it tells. */
export default defineStep({
  id: "alarm-changes",
  title: "alarm changes",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [alarmChangesFact],
  async run({ facts: { alarm }, lack }) {
    lack({
      source: "cloudwatch",
      kind: "missing",
      what: `alarm changes of ${alarm.name}: nothing is asked yet`,
      remedy: "ask, parse, give and find in playbooks/evidence/alarm-changes/collect.ts",
    });
  },
});
