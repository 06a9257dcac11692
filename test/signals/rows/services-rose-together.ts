import { blame, group } from "../balancer.ts";
import type { Row } from "../row.ts";

const risen = (...names: readonly string[]) => names.map((name) => group(name, 0.1, 0.5));
/** The pods of one of them, at so many cores of a limit of two. */
const pods = (plateau: number) => ({
  risenGroups: {
    groups: [
      {
        name: "shop",
        inside: 1,
        outside: 0.1,
        pods: 2,
        plateau,
        limit: 2,
        workers: 8,
        throttledShare: 0,
        unread: null,
      },
    ],
    more: 0,
  },
});
const calm = group("calm", 0.1, 0.1);

export default [
  ["three rose alike", blame(risen("shop", "cart", "mail"), "alike"), "yes"],
  [
    "three rose alike, and the pods of one are at their ceiling: the others may wait for it",
    { ...blame(risen("shop", "cart", "mail"), "alike"), ...pods(2) },
    "unclear",
  ],
  [
    "three rose alike, and their pods have CPU to spare",
    { ...blame(risen("shop", "cart", "mail"), "alike"), ...pods(0.2) },
    "yes",
  ],
  ["two rose alike: they may share a database", blame(risen("shop", "cart"), "alike"), "unclear"],
  [
    "two rose alike, and a third had no requests",
    blame([...risen("shop", "cart"), group("off", 0.1, null)], "alike"),
    "unclear",
  ],
  ["one rose and another stayed calm", blame([...risen("shop"), calm]), "no"],
  ["one rose, another a little, a third stayed calm", blame([...risen("shop", "cart"), calm], "one", ["cart"]), "no"],
  ["every other one rose as well, by less", blame(risen("shop", "cart"), "one", ["cart"]), "unclear"],
  ["none stands out", blame([...risen("shop"), calm], "unclear"), "unclear"],
  ["one had all the requests", blame(risen("shop")), "unknown"],
] satisfies readonly Row[];
