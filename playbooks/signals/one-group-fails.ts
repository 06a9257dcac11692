import { defineSignal, no, percent, spike, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { responsesFact } from "../evidence/responses/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** One service makes the errors from this share of them on. */
export const MOST = 0.8;
/** Below it several do. */
export const SHARED = 0.6;
/** Fewer errors than this in all episodes may be anybody's. */
export const ENOUGH = 5;

/** Do the targets of the target group in question answer with the errors, beside others that do not? */
export default defineSignal({
  id: "one-group-fails",
  question: "Does one target group cause the errors?",
  needs: { alarm: alarmFact, responses: responsesFact, suspect: suspectFact, episodes: episodesFact },
  uses: {},
  read({ alarm, responses: { groups }, suspect, episodes }) {
    const evidence = ["responses.errors"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const counts = groups.map(({ arn, failed }) => ({ arn, failed: sum(valuesIn(failed, bursts)) }));
    const all = sum(counts.map(({ failed }) => failed));
    const word = spike(episodes);
    if (all < ENOUGH) return unknown(`targets answered with ${all} errors in the ${word}s`, evidence);
    const own = counts.find(({ arn }) => arn === suspect.group?.arn);
    if (!own || !suspect.group) return no(`no target group has most of the ${all} errors in the ${word}s`, evidence);
    const share = own.failed / all;
    const figure = `${percent(share)} of the targets' errors in the ${word}s are ${suspect.group.name}'s`;
    if (share >= MOST) return yes(figure, evidence, share);
    // Of an alarm on one target group the errors are its own, whoever fails beside it.
    const isWatchedAlone = alarm.dimensions.TargetGroup !== undefined;
    return share < SHARED && !isWatchedAlone ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
