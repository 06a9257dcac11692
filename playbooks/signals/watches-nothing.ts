import { alarmStates, defineSignal, listed, no, unclear, unknown, yes } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import { watchedFact } from "../evidence/watched/fact.ts";

/**
 * Does the alarm watch what is not there: dimensions that no metric has, a load balancer, target group or zone that is
 * gone, or a metric that has nothing to tell, so that the alarm lives between OK and INSUFFICIENT_DATA and never alarms?
 */
export default defineSignal({
  id: "watches-nothing",
  question: "Does the alarm watch something that does not exist, or that publishes no data?",
  needs: { alarm: alarmFact },
  uses: { watched: watchedFact, episodes: episodesFact, judged: judgedFact },
  read({ alarm, watched, episodes, judged }) {
    if (watched?.fault) return yes(watched.fault.because, ["watched.fault"]);
    if (watched?.gone?.length)
      return yes(`${listed(watched.gone)} ${watched.gone.length === 1 ? "does" : "do"} not exist`, ["watched.gone"]);
    if (!episodes) return unknown("needs the alarm's history or its metric");
    const evidence = ["alarm-history.states", "alarm-history.flapping"];
    const { window, from, transitions, earlier, historyFrom } = episodes;
    const states = alarmStates({
      alarm,
      window,
      transitions: from === "history" ? [...earlier, ...transitions] : null,
      historyFrom: historyFrom ?? window.start,
      datapoints: judged?.datapoints ?? null,
    });
    const statement = `the alarm ${states.statement ?? "has what it judges"}`;
    switch (states.kind) {
      case "loses-data":
        // Between its gaps it may judge what is there: then it is no alarm on nothing. And only where missing data are
        // treated as missing do gaps take it there: else something else takes the data away.
        return states.alarms === 0 && episodes.episodes.length === 0 && alarm.treatMissingData === "missing"
          ? yes(statement, evidence, states.lost)
          : unclear(statement, evidence, states.lost);
      case "never-has-data":
        return yes(statement, evidence);
      case "without-data":
        return unclear(statement, evidence);
      case "has-data":
        return no("what the alarm watches exists, and has datapoints", ["alarm-history.flapping"]);
      case "unknown":
        return unknown("needs the datapoints of what the alarm watches", evidence);
    }
  },
});
