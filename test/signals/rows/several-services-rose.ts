import { blame, group } from "../balancer.ts";
import type { Row } from "../row.ts";

const groups = [group("shop", 0.1, 0.5), group("cart", 0.1, 0.2)];

export default [
  ["another rose", blame(groups, "one", ["cart"]), "yes"],
  ["no other rose", blame(groups), "no"],
] satisfies readonly Row[];
