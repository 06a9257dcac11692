import { always, series, type Values } from "../../signals/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/stale-dns-clients/factor.ts");

/** One value up to the minute, another from it on. */
const from = (minute: number, before: number | null, after: number | null): Values =>
  Array.from({ length: 60 }, (_, at) => (at < minute ? before : after));

interface Zones {
  /** Healthy targets of zone b, and of zone a beside it. */
  readonly healthy?: Values;
  readonly other?: Values;
  readonly crossZone?: boolean | null;
  readonly ofGroup?: string | null;
}
/** New connections in zone b, whose last target fails in minute 20; what comes to it from minute 30 on is late. */
const statement =
  (begun: Values, { healthy = from(20, 2, 0), other = always(2), crossZone = false, ofGroup = null }: Zones = {}) =>
  (module: Module) =>
    module.default.find({
      zones: [
        { zone: "a", begun: series(always(100)), healthy: series(other) },
        { zone: "b", begun: series(begun), healthy: series(healthy) },
      ],
      loadBalancer: { crossZone },
      topology: { crossZone: ofGroup },
    } as never)?.statement ?? null;
const found =
  (...of: Parameters<typeof statement>) =>
  (module: Module) =>
    statement(...of)(module) !== null;

/** Two a minute while the zone serves, and so many in one late minute. */
const late = (count: number): Values => from(20, 2, 0).map((one, at) => (at === 50 ? count : one));
const STALE = from(20, 100, 30);

export default {
  module: "playbooks/factors/stale-dns-clients/factor.ts",
  rows: [
    [
      "a third of the zone's connections goes on coming",
      statement(STALE),
      "clients keep addresses that DNS no longer gives out: 900 new connections in b (30 % of its usual) in 30 min, more than 10 min after its last healthy target was gone",
    ],
    ["they stop within ten minutes", found(from(30, 100, 0)), false],
    ["they stop a minute later: 100 of 3000", found(from(31, 100, 0)), false],
    ["a tenth of the usual", found(from(20, 100, 10)), true],
    ["a little less", found(from(20, 100, 9)), false],
    ["a tenth, the first of which is late", found(from(30, 100, 10)), true],
    ["20 late connections", found(late(20)), true],
    ["19 late ones", found(late(19)), false],
    [
      "the zone is back before ten minutes are over",
      found(always(100), { healthy: from(20, 2, 0).map((one, at) => (at % 10 === 9 ? 1 : one)) }),
      false,
    ],
    ["no zone has a healthy target: DNS gives out all", found(STALE, { other: from(20, 2, 0) }), false],
    ["how many are healthy is not known", found(STALE, { healthy: from(20, 2, null) }), false],
    ["it never had one: what is usual is not known", found(STALE, { healthy: always(0) }), false],
    ["cross-zone is on", found(STALE, { crossZone: true }), false],
    ["cross-zone is on for the group", found(STALE, { ofGroup: "true" }), false],
    ["whether it is on is not known", found(STALE, { crossZone: null }), false],
  ],
} satisfies Held<Module>;
