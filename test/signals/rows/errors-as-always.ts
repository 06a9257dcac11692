import { alarm, episodes, judged } from "../facts.ts";
import type { Row } from "../row.ts";

/** Usual counts around a hundred, and ten lone minutes of so many; a threshold between. */
function counts(metric: string, high: number, breaching = 10) {
  const spikes = Array.from({ length: breaching }, (_, index) => [40 + index * 4, 41 + index * 4] as const);
  const values = Array.from({ length: 120 }, (_, minute) =>
    spikes.some(([from, to]) => minute >= from && minute < to) ? high : 80 + 20 * (minute % 3),
  );
  const known = judged(values, "count");
  const perStep = { ...known.judged.values, values: values.map(() => 10_000) };
  return {
    alarm: { ...alarm().alarm, metric, statistic: "Sum", threshold: 140 },
    judged: { ...known.judged, traffic: { metric: "RequestCount", counts: "requests", from: "clients", perStep } },
    ...episodes(spikes, {}, 120),
  };
}

/** One minute of three of 1,000 requests, where none is usual. */
function few(metric: string) {
  const known = counts(metric, 3);
  const values = known.judged.values.values.map((value) => (value === 3 ? 3 : 0));
  return {
    ...known,
    alarm: { ...known.alarm, threshold: 1 },
    judged: { ...known.judged, values: { ...known.judged.values, values } },
  };
}
const TARGET_4XX = "HTTPCode_Target_4XX_Count";
const TARGET_5XX = "HTTPCode_Target_5XX_Count";
const { traffic: _, ...alone } = counts(TARGET_4XX, 150).judged;

export default [
  ["4xx within their usual tail", counts(TARGET_4XX, 150), "yes"],
  ["the load balancer's own 4xx within theirs", counts("HTTPCode_ELB_4XX_Count", 150), "yes"],
  ["5xx within theirs", counts(TARGET_5XX, 150), "unclear"],
  ["logins that fail, within theirs", counts("ELBAuthFailure", 150), "unclear"],
  ["4xx far beyond their usual tail", counts(TARGET_4XX, 900), "no"],
  ["5xx far beyond", counts(TARGET_5XX, 900), "no"],
  ["too few breaches of 4xx to see an order in them, far beyond a handful", counts(TARGET_4XX, 250, 3), "unclear"],
  ["a handful of 4xx", few(TARGET_4XX), "yes"],
  ["a handful of 5xx", few(TARGET_5XX), "yes"],
  [
    "4xx, and the requests beside them are not known",
    { ...counts(TARGET_4XX, 150), judged: { ...alone, traffic: null } },
    "yes",
  ],
] satisfies readonly Row[];
