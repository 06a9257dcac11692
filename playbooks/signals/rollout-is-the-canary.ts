import { defineSignal, no, percent, unclear, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { rolloutsFact } from "../evidence/rollouts/fact.ts";
import { blameFact, guiltyMetricFact, loadBalancerFact } from "../evidence/target-groups/fact.ts";
import { LIGHTER } from "./light-group-fails.ts";
import lightGroupWorse from "./light-group-worse.ts";
import slowerSince from "./slower-since-rollout.ts";

/**
 * Is the rollout before the trouble the canary's own? A new version behind the lighter part of a weighted rule, slow beside
 * an old one that is well: the weight ends it, and nobody else was given that version. Behind the heavier part it is a
 * rollout like any other.
 */
export default defineSignal({
  id: "rollout-is-the-canary",
  question: "Is the worse target group the lighter part of its weighted rule, so that its rollout is the canary's own?",
  needs: { loadBalancer: loadBalancerFact, blame: blameFact },
  uses: { rollouts: rolloutsFact, episodes: episodesFact, metric: guiltyMetricFact },
  read({ loadBalancer, blame, rollouts, episodes, metric }) {
    const worse = lightGroupWorse.read({ loadBalancer, blame });
    if (worse.answer !== "yes") return worse;
    const { targetGroups = [] } =
      loadBalancer.rules.find(
        ({ targetGroups: all }) =>
          all.filter(({ weight }) => weight > 0).length > 1 && all.some(({ arn }) => arn === blame.guilty?.arn),
      ) ?? {};
    const all = targetGroups.reduce((total, { weight }) => total + weight, 0);
    const share = (targetGroups.find(({ arn }) => arn === blame.guilty?.arn)?.weight ?? 0) / all;
    if (share <= LIGHTER) return yes(`${worse.statement}: its rollout is the canary's own`, worse.evidence, share);
    const heavier = `${blame.guilty?.name} is the heavier part of its weighted rule (${percent(share)})`;
    const since = rollouts && episodes ? slowerSince.read({ rollouts, episodes, ...(metric ? { metric } : {}) }) : null;
    return since?.answer === "yes"
      ? no(`${heavier}, and slower since a rollout: ${since.statement}`, [...worse.evidence, ...since.evidence], share)
      : unclear(heavier, worse.evidence, share);
  },
});
