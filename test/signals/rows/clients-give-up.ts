import { always, episodes, givenUp, level } from "../facts.ts";
import type { Row } from "../row.ts";

/** A thousand requests a minute, of which so many were given up in the spike and outside it. */
const closed = (inside: number | null, outside: number | null = null) => ({
  ...givenUp(always(1000), level(outside, inside)),
  ...episodes(),
});

export default [
  ["210 of 1000 are given up", closed(210), "yes"],
  ["190 of 1000 are given up", closed(190), "unclear"],
  ["230 of 1000, and 20 of 1000 outside", closed(230, 20), "yes"],
  ["210 of 1000, and 20 of 1000 outside", closed(210, 20), "unclear"],
  ["52 of 1000", closed(52), "unclear"],
  ["48 of 1000", closed(48), "no"],
  ["as many as outside", closed(300, 300), "no"],
  ["none: without one there is no datapoint", closed(null), "no"],
  ["every request", closed(1000), "yes"],
  ["more than there were requests: a web ACL's are counted with them", closed(1010), "unclear"],
  ["no requests in the spike", { ...givenUp(level(1000, null), always(0)), ...episodes() }, "unknown"],
  ["no episode", { ...givenUp(always(1000), always(0)), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
