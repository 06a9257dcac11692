import { cpuAndRequests, cpuCheck, episodes, level, metric } from "../facts.ts";
import type { Row } from "../row.ts";

const lost = (inside: number, ofInside: number, outside: number, ofOutside: number) => ({
  cpuCheck: { ...cpuAndRequests().cpuCheck, missing: { inside, ofInside, outside, ofOutside } },
});
/** CPU that fits best so many minutes off. */
const shifted = (lag: number, atLag = 0.9, atOnce = 0.1) => cpuAndRequests({ lag, atLag, atOnce });
/** Requests that take so many seconds in the episode. */
const taking = (seconds: number) => ({ ...episodes(), ...metric({ average: level(0.1, seconds) }) });

export default [
  ["CPU and requests of the same minutes", cpuAndRequests(), "yes"],
  ["the CPU fits two minutes later", shifted(2), "no"],
  ["the CPU fits five minutes earlier", shifted(-5), "no"],
  ["the CPU fits one minute later", shifted(1), "yes"],
  ["the CPU fits two minutes later, with r 0.62", shifted(2, 0.62), "no"],
  ["the CPU fits two minutes later, with r 0.58", shifted(2, 0.58), "yes"],
  ["the fit is 0.21 better two minutes later", shifted(2, 0.9, 0.69), "no"],
  ["the fit is 0.19 better two minutes later", shifted(2, 0.9, 0.71), "yes"],
  ["two minutes off, requests of 58 s", { ...shifted(2), ...taking(58) }, "no"],
  ["two minutes off, requests of 62 s, counted when they end", { ...shifted(2), ...taking(62) }, "yes"],
  ["a request costs 42 % of its usual CPU", cpuAndRequests({ costInside: 0.042 }), "yes"],
  ["a request costs 38 % of its usual CPU", cpuAndRequests({ costInside: 0.038 }), "unclear"],
  ["no requests in the episodes to compare with", cpuAndRequests({ costInside: null }), "yes"],
  ["21 % of the samples are missing in the episodes, none outside", lost(21, 100, 0, 1000), "unclear"],
  ["19 % of the samples are missing in the episodes, none outside", lost(19, 100, 0, 1000), "yes"],
  ["samples are missing 3.1 times as often as outside", lost(31, 100, 100, 1000), "unclear"],
  ["samples are missing 2.9 times as often as outside", lost(29, 100, 100, 1000), "yes"],
  ["51 % of the samples are missing, as outside", lost(51, 100, 510, 1000), "unclear"],
  ["49 % of the samples are missing, as outside", lost(49, 100, 490, 1000), "yes"],
  ["five samples are missing", lost(5, 10, 0, 0), "unclear"],
  ["four samples are missing", lost(4, 7, 0, 0), "yes"],
  ["too few minutes to compare", cpuCheck(), "unknown"],
] satisfies readonly Row[];
