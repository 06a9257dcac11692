import { defineSignal, no, percent, seconds, unclear, unknown, yes } from "../../src/playbook.ts";
import { blameFact, loadBalancerFact } from "../evidence/target-groups/fact.ts";

/** The group in question must be slower than what shares its rule from this factor on. */
export const WORSE = 1.5;
/** Up to this factor they are alike: what is wrong, is wrong with both. */
export const ALIKE = 1.2;

/** Does a rule split the traffic by weight, and is one of its target groups clearly slower than the other (003 F6)? */
export default defineSignal({
  id: "light-group-worse",
  question: "Is one target group of a weighted rule clearly slower than the other?",
  needs: { loadBalancer: loadBalancerFact, blame: blameFact },
  uses: {},
  read({ loadBalancer: { rules }, blame: { groups, guilty } }) {
    const evidence = ["target-groups.weights", "target-groups.layout"];
    if (!guilty) return unknown("no target group stands out", evidence);
    const rule = rules.find(({ targetGroups }) => {
      const weighted = targetGroups.filter(({ weight }) => weight > 0);
      return weighted.length > 1 && weighted.some(({ arn }) => arn === guilty.arn);
    });
    if (!rule) return no("no rule splits its traffic by weight with another target group", ["target-groups.layout"]);
    const own = rule.targetGroups.find(({ arn }) => arn === guilty.arn)?.weight ?? 0;
    const all = rule.targetGroups.reduce((total, { weight }) => total + weight, 0);
    const siblings = groups.filter(
      ({ arn, inside }) => arn !== guilty.arn && inside !== null && rule.targetGroups.some((one) => one.arn === arn),
    );
    const other = siblings.reduce<(typeof groups)[number] | null>(
      (most, one) => (most && (most.inside ?? 0) >= (one.inside ?? 0) ? most : one),
      null,
    );
    if (!other || other.inside === null || guilty.inside === null || other.inside === 0)
      return unknown("needs requests on both target groups of the weighted rule", evidence);
    const ratio = guilty.inside / other.inside;
    const figure = `${guilty.name} gets ${percent(own / all)} of a weighted rule and takes ${seconds(guilty.inside)}, ${other.name} in the same rule ${seconds(other.inside)}`;
    if (ratio >= WORSE) return yes(figure, evidence, ratio);
    return ratio <= ALIKE ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
