import { defineSignal, no, plural, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { rolloutsFact } from "../evidence/rollouts/fact.ts";
import { suspectRollout } from "./slower-since-rollout.ts";

/** Alarms longer than this before the rollout say nothing of the version that ran before it. */
export const EARLIER = 3 * 86_400;

/** Had the alarm fired in the days before the rollout, too? It does not clear the rollout, and lowers what is said of it. */
export default defineSignal({
  id: "flapped-before-rollout",
  question: "Did the alarm fire in the days before the rollout, too?",
  needs: { rollouts: rolloutsFact, episodes: episodesFact },
  uses: {},
  read({ rollouts, episodes }) {
    const suspect = suspectRollout(rollouts, episodes) ?? rollouts.at(-1);
    if (!suspect) return unknown("no rollout is known");
    if (episodes.historyFrom === null) return unknown("whether the alarm fired before this window could not be read");
    const times = [
      ...episodes.earlier.flatMap(({ to, at }) => (to === "ALARM" ? [at] : [])),
      ...episodes.episodes.map(({ alarmAt }) => alarmAt),
    ];
    const before = times.filter((at) => at + 60 < suspect.at && at > suspect.at - EARLIER).length;
    if (before === 0)
      return no("the alarm did not fire in the three days before it", ["rollouts.latest", "alarm-history.flapping"], 0);
    const evidence = ["alarm-history.earlier", "rollouts.latest"];
    return yes(`the alarm fired ${plural(before, "time")} in the three days before it`, evidence, before);
  },
});
