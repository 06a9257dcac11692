import { blame, group } from "../balancer.ts";
import type { Row } from "../row.ts";

const risen = (...names: readonly string[]) => names.map((name) => group(name, 0.1, 0.5));
const calm = group("calm", 0.1, 0.1);

export default [
  ["three rose alike", blame(risen("shop", "cart", "mail"), "alike"), "yes"],
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
