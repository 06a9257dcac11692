import {
  belongs,
  defineSignal,
  lostWhenBusy,
  missingWords,
  no,
  requestLatency,
  spike,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { cpuCheckFact } from "../evidence/pod-cpu/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";

/** CPU of another time, or with its busy minutes missing, makes busy pods look idle. */
export default defineSignal({
  id: "cpu-belongs-to-requests",
  question: "Does the CPU that was measured belong to these requests?",
  needs: { check: cpuCheckFact },
  uses: { metric: guiltyMetricFact, episodes: episodesFact },
  read({ check, metric, episodes }) {
    const evidence = ["pod-cpu.check"];
    if (lostWhenBusy(check))
      return unclear(
        `${missingWords(check, spike(episodes))}: lost samples do not mean that the pods were idle`,
        evidence,
        check.missing.inside,
      );
    const bursts = (episodes?.episodes ?? []).map(({ burst }) => burst);
    const { answer, words } = belongs(check, requestLatency(metric ?? null, bursts), spike(episodes));
    if (answer === "unknown") return unknown(words, evidence);
    const figure = check.requests?.lag ?? null;
    return answer === "no"
      ? no(words, evidence, figure)
      : answer === "yes"
        ? yes(words, evidence, figure)
        : unclear(words, evidence, figure);
  },
});
