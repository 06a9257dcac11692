import { defineSignal, type Reading } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import handful from "./handful-of-errors.ts";
import usualTraffic, { isTraffic } from "./usual-traffic.ts";

/**
 * Do the breaches hold no more errors than there always are: a handful, or, of 4xx, their usual tail? A 4xx is what a client
 * asked for, of which every service gets some; of 5xx a usual amount is a trouble of its own, and only a handful is none.
 */
export default defineSignal({
  id: "errors-as-always",
  question: "Do the breaches hold only a handful of errors, or, of 4xx, as many as there always are?",
  needs: { alarm: alarmFact, judged: judgedFact, episodes: episodesFact },
  uses: {},
  read(facts): Reading {
    const few = handful.read(facts);
    if (!isTraffic(facts.alarm) || few.answer === "yes") return few;
    const usual = usualTraffic.read(facts);
    // Many of them are no trouble where there are always as many.
    return usual.answer === "yes" || few.answer === "no" || few.answer === "unknown" ? usual : few;
  },
});
