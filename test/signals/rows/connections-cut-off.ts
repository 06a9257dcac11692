import { flows } from "../connections.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const risen = (client: number, balancer: number, target: number) => ({
  ...episodes(),
  ...flows({ client: level(40, 40 + client), balancer: level(2, 2 + balancer), target: level(5, 5 + target) }),
});

export default [
  ["62 % of what rose is by targets and load balancer", risen(38, 2, 60), "yes"],
  ["58 %", risen(42, 18, 40), "unclear"],
  ["21 %", risen(79, 1, 20), "unclear"],
  ["19 %", risen(81, 9, 10), "no"],
  ["clients close much all day, and only targets' resets rise", risen(0, 0, 10), "yes"],
  ["nothing rises", risen(0, 0, 0), "no"],
  [
    "no reset of the load balancer's was counted",
    { ...episodes(), ...flows({ client: always(1), target: always(1) }) },
    "unknown",
  ],
] satisfies readonly Row[];
