import type { FastestOfAll } from "../../../playbooks/evidence/target-groups/fact.ts";
import type { Row } from "../row.ts";

type Group = FastestOfAll["groups"][number];
/** A group whose average rose by a second, and whose fastest tenth took so much more than its 0.05 s. */
const group = (more: number | null, known: Partial<Group> = {}): Group => ({
  name: "a",
  rose: 1,
  inside: more === null ? null : 0.05 + more,
  outside: 0.05,
  ...known,
});
const fastest = (groups: readonly Group[], more = 0): { fastestOfAll: FastestOfAll } => ({
  fastestOfAll: { groups, more },
});

export default [
  ["as much as the average", fastest([group(1), group(0.9)]), "yes"],
  ["one by 0.26 of what its average took more", fastest([group(1), group(0.26)]), "yes"],
  ["one by 0.24 of what its average took more", fastest([group(1), group(0.24)]), "unclear"],
  ["one by 0.105 of what its average took more", fastest([group(1), group(0.105)]), "unclear"],
  ["one by 0.095 of what its average took more", fastest([group(1), group(0.095)]), "no"],
  ["one got faster", fastest([group(1), group(-0.01)]), "no"],
  ["one is not known", fastest([group(1), group(null)]), "unknown"],
  ["one is not known, and another is as fast as ever", fastest([group(0), group(null)]), "no"],
  ["one's average is not known", fastest([group(1), group(1, { rose: null })]), "unknown"],
  ["one's average did not rise", fastest([group(1), group(0, { rose: 0 })]), "unknown"],
  ["others were not looked at", fastest([group(1)], 1), "unknown"],
  ["none is known", fastest([group(null)]), "unknown"],
] satisfies readonly Row[];
