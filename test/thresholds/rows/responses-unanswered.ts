import { episodes, level, series } from "../../signals/facts.ts";
import { group, responses } from "../../signals/groups.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/responses/unanswered.ts");

/** A minute, in the spike and at other times: what the shop's and the cart's targets left unanswered, and the 502 and 504. */
const left =
  (shop: number, cart: number, made: number, always = 0, spikes?: readonly (readonly [number, number])[]) =>
  (module: Module): readonly [string, boolean] | null => {
    const each = [
      { group: group("cart", {}), series: series(level(always, cart + always, spikes)) },
      { group: group("shop", {}), series: series(level(0, shop, spikes)) },
    ];
    const own = responses([], { "502": level(0, made / 2, spikes), "504": level(null, made / 2, spikes) }).responses;
    const found = module.suspectUnanswered(each, own, episodes(spikes).episodes);
    return found && [found.group.name, found.isOwn];
  };

export default {
  module: "playbooks/evidence/responses/unanswered.ts",
  rows: [
    ["62 % of what went unanswered", left(62, 38, 80), ["shop", true]],
    ["58 % of what went unanswered", left(58, 42, 80), null],
    ["as much as 62 % of the 502 and 504", left(62, 0, 100), ["shop", true]],
    ["as much as 58 % of the 502 and 504", left(58, 0, 100), null],
    ["62 % as many 502 and 504 as went unanswered", left(100, 0, 62), ["shop", true]],
    ["58 % as many 502 and 504 as went unanswered", left(100, 0, 58), null],
    ["5 in all", left(0.5, 0, 0.5), ["shop", true]],
    ["4 and a half in all", left(0.45, 0, 0.45), null],
    ["another leaves more unanswered, at all times", left(62, 0, 62, 500), ["shop", true]],
    ["the episode is the whole window", left(62, 0, 62, 0, [[0, 60]]), ["shop", true]],
    ["none went unanswered, and it made none", left(0, 0, 0), null],
  ],
} satisfies Held<Module>;
