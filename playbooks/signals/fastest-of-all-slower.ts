import { defineSignal, no, plural, seconds, unclear, unknown, yes } from "../../src/playbook.ts";
import { fastestOfAllFact } from "../evidence/target-groups/fact.ts";

/**
 * The fastest tenth waits at least this share of what the average request waits more: nothing goes past what is slow. A wait
 * whose standard deviation is its mean (log-normal) has its fastest tenth there.
 */
export const AS_MUCH = 0.25;
/** Up to this share of it, some requests do not meet it at all. */
export const PAST_IT = 0.1;

/**
 * Are even the fastest requests of every service slower by about what the average one is? What stands in front of all
 * services every request has to pass; a database or a service that they share is asked by some requests only.
 */
export default defineSignal({
  id: "fastest-of-all-slower",
  question: "Did even the fastest requests of every service become slower?",
  needs: { fastest: fastestOfAllFact },
  uses: {},
  read({ fastest: { groups, more } }) {
    const evidence = ["target-groups.fastest"];
    const known = groups.flatMap(({ name, rose, inside, outside }) =>
      rose === null || rose <= 0 || inside === null || outside === null
        ? []
        : [{ name, rose, more: inside - outside, share: (inside - outside) / rose }],
    );
    const [least] = [...known].sort((a, b) => a.share - b.share);
    if (!least) return unknown("needs the fastest tenth of the requests of each target group", evidence);
    const figure = `the fastest tenth of ${least.name}'s requests took ${seconds(Math.max(0, least.more))} more, where its average took ${seconds(least.rose)} more`;
    if (least.share <= PAST_IT) return no(figure, evidence, least.share);
    if (known.length < groups.length || more > 0)
      return unknown(`needs the fastest tenth of ${plural(groups.length - known.length + more, "more target group")}`, [
        ...evidence,
      ]);
    return least.share >= AS_MUCH
      ? yes(`${figure}; no service waited less`, evidence, least.share)
      : unclear(figure, evidence, least.share);
  },
});
