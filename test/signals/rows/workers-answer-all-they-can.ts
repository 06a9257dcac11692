import { episodes, level, metric } from "../facts.ts";
import { demand } from "../pods.ts";
import type { Row } from "../row.ts";

/** Ten workers at half a second a request can answer 1200 a minute; so many come in each, and so many are in flight. */
const answer = (requests: number, outstanding = 30) => ({
  ...demand([{ outstanding }], { ceiling: 10, serviceTime: 0.5 }),
  ...metric({ requests: level(60, requests) }),
  ...episodes(),
});

export default [
  ["92 % of what they can, and 20 wait", answer(1105), "yes"],
  ["89 % of what they can, and 20 wait", answer(1065), "unclear"],
  ["92 % of what they can, and 10.5 wait", answer(1105, 20.5), "yes"],
  ["92 % of what they can, and 9.5 wait", answer(1105, 19.5), "unclear"],
  ["92 % come, and a tenth of them is not answered", answer(1105, 1105), "unclear"],
  ["72 % of what they can", answer(866), "unclear"],
  ["68 % of what they can", answer(818), "no"],
  ["more in flight than came", answer(100, 2000), "no"],
  ["the workers are not known", { ...answer(1105), ...demand([{ outstanding: 30 }], { ceiling: null }) }, "unknown"],
  ["no episode has requests", { ...answer(1105), ...metric({ requests: level(60, null) }) }, "unknown"],
  ["no episode has figures", { ...answer(1105), ...demand([], { ceiling: 10 }) }, "unknown"],
] satisfies readonly Row[];
