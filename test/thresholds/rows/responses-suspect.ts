import { logGroup } from "../../../src/analysis/logs/rows.ts";
import type { EpisodesFact } from "../../../src/model/facts.ts";
import { always, episodes, level } from "../../signals/facts.ts";
import { group } from "../../signals/groups.ts";
import { requestLog, row } from "../../signals/logs.ts";
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
/** Of 5xx that the load balancer made, so many for the shop and the cart, by its log. */
const byLog =
  (own: number, other: number) =>
  (module: Module): string | null => {
    const groups = [group("shop", {}), group("cart", {})];
    const log = requestLog(
      ...groups.map(({ arn }, index) => {
        const made = index === 0 ? own : other;
        return row(0, "all", [], [[100, 0.1]], { made, group: logGroup(arn) });
      }),
    );
    return module.suspectIn(groups, log["request-log"])?.group.name ?? null;
  };
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
    ["62 % of the 5xx in the log", byLog(62, 38), "shop"],
    ["58 % of the 5xx in the log", byLog(58, 42), null],
    ["all of 5 in the log", byLog(5, 0), "shop"],
    ["all of 4 in the log", byLog(4, 0), null],
    [
      "the only one without a healthy target",
      suspect(BALANCER, [group("shop", { healthy: level(2, 0) }), group("cart", { healthy: always(2) })]),
      ["shop", true],
    ],
  ],
} satisfies Held<Module>;
