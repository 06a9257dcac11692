import type { RisenGroup, RisenGroups } from "../../../playbooks/evidence/target-groups/fact.ts";
import type { Row } from "../row.ts";

/** A group with two workers and a limit of two cores, whose pods have CPU to spare. */
const group = (known: Partial<RisenGroup> = {}): RisenGroup => ({
  arn: "arn:a",
  name: "a",
  service: "shop/a",
  outside: 0.1,
  inside: 1,
  pods: 3,
  plateau: 0.2,
  limit: 2,
  workers: 2,
  throttledShare: 0,
  unread: null,
  ...known,
});
const risen = (groups: readonly RisenGroup[], more = 0): { risenGroups: RisenGroups } => ({
  risenGroups: { groups, more },
});

export default [
  ["all are well", risen([group(), group()]), "no"],
  ["one is throttled in 26 % of its periods", risen([group(), group({ throttledShare: 0.26 })]), "yes"],
  ["one is throttled in 24 % of its periods", risen([group(), group({ throttledShare: 0.24 })]), "unclear"],
  ["one is throttled in 10.5 % of its periods", risen([group({ throttledShare: 0.105 })]), "unclear"],
  ["one is throttled in 9.5 % of its periods", risen([group({ throttledShare: 0.095 })]), "no"],
  ["at 86 % of the limit", risen([group({ plateau: 1.72, workers: 8 })]), "yes"],
  ["at 84 % of the limit", risen([group({ plateau: 1.68, workers: 8 })]), "unclear"],
  ["at 76 % of the limit", risen([group({ plateau: 1.52, workers: 8 })]), "unclear"],
  ["at 74 % of the limit", risen([group({ plateau: 1.48, workers: 8 })]), "no"],
  ["at 0.72 of a core for each worker", risen([group({ plateau: 1.44, limit: 8 })]), "yes"],
  ["at 0.68 of a core for each worker", risen([group({ plateau: 1.36, limit: 8 })]), "unclear"],
  ["at 0.52 of a core for each worker", risen([group({ plateau: 1.04, limit: 8 })]), "unclear"],
  ["at 0.48 of a core for each worker", risen([group({ plateau: 0.96, limit: 8 })]), "no"],
  ["no limit, and no throttling to read", risen([group({ limit: null, throttledShare: null })]), "no"],
  ["a limit, and the throttling is not known", risen([group({ throttledShare: null })]), "unclear"],
  ["its workers are not known: they may be taken without CPU", risen([group({ workers: null })]), "unclear"],
  ["one could not be read", risen([group(), group({ plateau: null, unread: "no Service" })]), "unknown"],
  ["one could not be read, another is at its limit", risen([group({ plateau: 2 }), group({ unread: "x" })]), "yes"],
  ["more rose than were looked at", risen([group()], 2), "unknown"],
  ["none was looked at", risen([]), "unclear"],
] satisfies readonly Row[];
