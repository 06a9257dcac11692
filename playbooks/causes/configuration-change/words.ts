import { type CauseDefinition, changeWords, clock, type Readings, sentence } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../../evidence/alarm-history/fact.ts";
import { changesFact } from "../../evidence/changes/fact.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import { readChanges } from "../../signals/trouble-since-change.ts";

const uses = { alarm: alarmFact, episodes: episodesFact, judged: judgedFact, changed: changesFact };

/** What the tables of this cause have in common: its words. */
export const changeTable: Pick<CauseDefinition<typeof uses>, "cause" | "title" | "claim" | "uses" | "words"> = {
  cause: "configuration-change",
  title: "a configuration change",
  claim: "A change to the alarm, the load balancer, its rules or its network caused the trouble.",
  uses,
  words({ alarm, episodes, judged, changed }, readings: Readings) {
    const figure = sentence(readings.get(changeMadeIt.id)?.statement ?? "");
    const known = alarm && episodes && judged && changed ? { alarm, episodes, judged, changed } : null;
    const made = known && readChanges(known).find(({ answer }) => answer === "yes")?.change;
    if (made)
      return {
        title: made.what,
        headline: `The trouble began with a change at ${clock(made.at)}: ${changeWords(made)}.`,
        summary: `${figure}. The same load caused no trouble before it: undo the change.`,
      };
    return {
      title: "the alarm was made stricter",
      headline: `${alarm?.name ?? "the alarm"} was made stricter; the metric is what it was before.`,
      summary: `${figure}. The service did not change with it: undoing the change ends the episodes. Whether the service should do better is a separate question.`,
    };
  },
};
