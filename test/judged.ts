import { guiltyGroup } from "../playbooks/fixes/steadier-alarm/guilty-group.ts";
import { unitOf } from "../src/analysis/metric-unit.ts";
import { cells } from "../src/analysis/series.ts";
import type { AlarmFact, Facts, LatencyFact } from "../src/model/facts.ts";
import type { JudgedMetric } from "../src/model/metric.ts";
import { steadierAlarm } from "../src/remedy/steadier-alarm.ts";

/** What a latency alarm judges, from a latency that was made by hand. */
export function judgedOf(alarm: AlarmFact, latency: LatencyFact): JudgedMetric {
  const { judged, average, p50, p95, p99, requests, target5xx, elb5xx, period } = latency;
  return {
    values: judged,
    samples: requests,
    length: period,
    unit: unitOf(alarm),
    datapoints: cells(average).length,
    traffic: { metric: "RequestCount", counts: "requests", from: "clients", perStep: requests },
    statistics: { p50, p95, p99 },
    companions: [
      { metric: "HTTPCode_Target_5XX_Count", counts: "5xx", from: "targets", perStep: target5xx },
      ...(elb5xx
        ? [{ metric: "HTTPCode_ELB_5XX_Count", counts: "5xx", from: "the load balancer", perStep: elb5xx }]
        : []),
    ],
    onClockBecause: null,
  };
}

/** The steadier alarm as the latency playbook's fix asks for it. */
export function steadierOf(facts: Partial<Facts>): ReturnType<typeof steadierAlarm> {
  const { alarm, judged, episodes } = facts;
  return alarm && judged && episodes ? steadierAlarm(alarm, judged, episodes, guiltyGroup(facts)) : null;
}
