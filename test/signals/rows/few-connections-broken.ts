import { flows } from "../connections.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const broken = (target: number, balancer: number, begun = 1000) => ({
  ...episodes(),
  ...flows({ begun: always(begun), target: level(0, target), balancer: level(0, balancer) }),
});

export default [
  ["4.9 % of as many as began", broken(40, 9), "yes"],
  ["5.1 %", broken(40, 11), "unclear"],
  ["19.5 %", broken(190, 5), "unclear"],
  ["20.5 %", broken(200, 5), "no"],
  ["none began", broken(1, 1, 0), "unknown"],
] satisfies readonly Row[];
