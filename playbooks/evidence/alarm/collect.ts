import { defineStep, describeAlarms, describeContributorHistory } from "../../../src/playbook.ts";
import { contributorWords } from "../alarm-history/judged.ts";
import { alarmMeant, compositeWords, type Takes } from "./alarm-meant.ts";
import { alarmFact, refusalFact } from "./fact.ts";

/** How far back the contributors of an alarm on a query are told, as the alarm's own history. */
const HISTORY = 7 * 86_400;

/** Finds which alarm is meant, by its name or ARN, or beneath a composite alarm; before any playbook is selected. */
export function identifyAlarm(takes: Takes) {
  return defineStep({
    id: "alarm",
    title: "alarm",
    needs: {},
    uses: [],
    gives: [alarmFact, refusalFact],
    async run({ alarmName, window, ask, give, find, lack }) {
      const asked = alarmName.replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, "");
      const described = describeAlarms([asked]);
      const answer = await ask(described);
      if (!answer.ok) return;
      const meant = await alarmMeant(asked, answer.value.get(asked), takes, ask);
      if ("kind" in meant) {
        lack({ source: "cloudwatch", ...meant });
        if (meant.kind === "missing") return;
        give(refusalFact, { because: meant.what, remedy: meant.remedy });
        const past = describeContributorHistory(asked, { start: window.end - HISTORY, end: window.end });
        const changes = await ask(past);
        const words = changes.ok ? contributorWords(changes.value) : null;
        if (words) find({ id: "contributors", ...words, proof: [past.question] });
        return;
      }
      const { alarm, others, suppressor, proof } = meant;
      give(alarmFact, alarm);
      if (alarm.composite !== undefined)
        find({ id: "composite", ...compositeWords(alarm, others, suppressor), proof: [described.question, ...proof] });
    },
  });
}
