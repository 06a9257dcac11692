import type { EpisodesFact } from "../../../src/model/facts.ts";
import { always, episodes, group, level } from "../../signals/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/responses/suspect.ts");
type Groups = Parameters<Module["suspectOf"]>[0];

const fact: EpisodesFact = episodes().episodes;
/** The group in question of an alarm on a metric, by name. */
const suspect =
  (metric: string, groups: Groups, dimension?: string) =>
  (module: Module): readonly [string | null, boolean] => {
    const found = module.suspectOf(groups, fact, { metric, dimension });
    return [found?.group.name ?? null, found?.isOwn ?? false];
  };

const two = (name: "failed" | "refused", own: number, other: number): Groups => [
  group("shop", { requests: always(50), [name]: level(0, own) }),
  group("cart", { requests: always(50), [name]: level(0, other) }),
];
const requests = (own: number, other: number): Groups => [
  group("shop", { requests: always(own) }),
  group("cart", { requests: always(other) }),
];
const TARGETS = "HTTPCode_Target_5XX_Count";
const BALANCER = "HTTPCode_ELB_5XX_Count";

export default {
  module: "playbooks/evidence/responses/suspect.ts",
  rows: [
    ["62 % of the targets' errors", suspect(TARGETS, two("failed", 62, 38)), ["shop", true]],
    ["58 % of the targets' errors", suspect(TARGETS, two("failed", 58, 42)), [null, false]],
    ["62 % of the refused connections", suspect(BALANCER, two("refused", 62, 38)), ["shop", true]],
    ["96 % of the requests, and nothing else tells", suspect(BALANCER, requests(96, 4)), ["shop", true]],
    ["94 % of the requests, and nothing else tells", suspect(BALANCER, requests(94, 6)), ["shop", false]],
    ["62 % of the requests", suspect(BALANCER, requests(62, 38)), ["shop", false]],
    ["58 % of the requests", suspect(BALANCER, requests(58, 42)), [null, false]],
    ["most of the requests say nothing of whose targets fail", suspect(TARGETS, requests(96, 4)), [null, false]],
    ["the alarm's own, whoever fails more", suspect(TARGETS, two("failed", 1, 99), "shop"), ["shop", true]],
    [
      "the only one without a healthy target",
      suspect(BALANCER, [group("shop", { healthy: level(2, 0) }), group("cart", { healthy: always(2) })]),
      ["shop", true],
    ],
  ],
} satisfies Held<Module>;
