import { flows } from "../connections.ts";
import { always, episodes, level } from "../facts.ts";
import { targetHealth } from "../groups.ts";
import type { Row } from "../row.ts";

const blocked = (inbound: number, outbound: number, begun: number, usual: readonly [number, number] = [10, 10]) => ({
  ...episodes(),
  ...flows({
    inbound: level(usual[0], inbound),
    outbound: level(usual[1], outbound),
    begun: level(1000, begun),
  }),
});

export default [
  ["outbound rules block 3.1 times as much", blocked(10, 31, 1000), "yes"],
  ["outbound rules block 2.9 times as much", blocked(10, 29, 1000), "unclear"],
  ["outbound rules block for the first time", blocked(10, 1, 1000, [10, 0]), "yes"],
  ["inbound rules block 3.1 times as much, and 49 % of the usual begins", blocked(31, 0, 490), "yes"],
  ["inbound rules block 3.1 times as much, and 51 % begins", blocked(31, 0, 510), "unclear"],
  ["inbound rules block 2.9 times as much, and half is missing", blocked(29, 0, 400), "unclear"],
  ["scanners are turned away as ever", blocked(10, 0, 1000), "unclear"],
  [
    "nothing is blocked, and targets pass their checks",
    { ...blocked(0, 0, 1000, [0, 0]), ...targetHealth(always(0)) },
    "no",
  ],
  [
    "nothing is blocked, and no target passes",
    { ...blocked(0, 0, 1000, [0, 0]), ...targetHealth(level(0, 9)) },
    "unclear",
  ],
  ["nothing is blocked, and the targets' health is not known", blocked(0, 0, 1000, [0, 0]), "unclear"],
  ["how many begin is not known", { ...episodes(), ...flows({ inbound: level(1, 90) }) }, "unclear"],
  ["there is no episode", { ...episodes([]), ...flows({ inbound: always(1) }) }, "unknown"],
] satisfies readonly Row[];
