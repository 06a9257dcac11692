import { defineStep, describeAlarms } from "../../../src/playbook.ts";
import { alarmMeant, compositeWords, type Takes } from "./alarm-meant.ts";
import { alarmFact, refusalFact } from "./fact.ts";

/** Finds which alarm is meant, by its name or ARN, or beneath a composite alarm; before any playbook is selected. */
export function identifyAlarm(takes: Takes) {
  return defineStep({
    id: "alarm",
    title: "alarm",
    needs: {},
    uses: [],
    gives: [alarmFact, refusalFact],
    async run({ alarmName, ask, give, find, lack }) {
      const asked = alarmName.replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, "");
      const described = describeAlarms([asked]);
      const answer = await ask(described);
      if (!answer.ok) return;
      const meant = await alarmMeant(asked, answer.value.get(asked), takes, ask);
      if ("kind" in meant) {
        lack({ source: "cloudwatch", ...meant });
        if (meant.kind === "malformed") give(refusalFact, { because: meant.what, remedy: meant.remedy });
        return;
      }
      const { alarm, others, proof } = meant;
      give(alarmFact, alarm);
      if (alarm.composite !== undefined)
        find({ id: "composite", ...compositeWords(alarm, others), proof: [described.question, ...proof] });
    },
  });
}
