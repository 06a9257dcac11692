import { cells, defineCause, duration, is, median, plain, seconds, sentence, sum } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { blameFact, guiltyMetricFact } from "../../evidence/target-groups/fact.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import { LONG } from "../../signals/one-path-held-open.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import podsIdle from "../../signals/pods-idle.ts";
import requestsFail from "../../signals/requests-fail.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import tiedPile from "../../signals/tied-clients-pile-up.ts";
import waitsWithoutWork from "../../signals/waits-without-work.ts";
import { WITHIN_THE_PODS } from "../of-one-service.ts";

/** The wait is the load balancer's idle timeout where it lies this close to it. */
const NEAR_TIMEOUT = 0.1;

/**
 * The endpoint holds requests open by design, and the latency metric counts the wait (000 Elastic Fleet). What decides:
 * requests take the same long time inside and outside the episodes, all of them or those of one path, while the pods idle.
 */
export default defineCause({
  cause: "long-poll-held-open",
  title: "long polling",
  claim: "The endpoint holds requests open until something happens; the metric counts the wait.",
  specific: [requestsHeld],
  rejects: [is(requestsHeld, "no"), is(requestsFail, "yes"), is(podsIdle, "no")],
  needs: [
    ...WITHIN_THE_PODS,
    is(podsClumped, "no", "unclear", "unknown"),
    is(tiedPile, "no", "unclear", "unknown"),
    is(waitsWithoutWork, "yes"),
    is(requestsFail, "no", "unclear"),
  ],
  supports: [is(requestsHeld, "yes")],
  uses: {
    metric: guiltyMetricFact,
    blame: blameFact,
    alarm: alarmFact,
    topology: topologyFact,
    workload: workloadFact,
  },
  words({ metric, blame, alarm, topology, workload }, readings) {
    if (!metric || !alarm) return {};
    const said = (id: string) => readings.get(id)?.statement ?? "";
    // Where quick requests are mixed in, the wait stands in an upper percentile, or in none.
    const middles = [metric.p50, metric.p95, metric.p99].map((of) => median(cells(of).map(({ value }) => value)) ?? 0);
    const middle = middles.find((one) => one >= LONG) ?? null;
    const idle = topology?.idleTimeout ?? null;
    const near =
      idle !== null && middle !== null && Math.abs(middle - idle) <= NEAR_TIMEOUT * idle
        ? ` (the load balancer's idle timeout is ${duration(idle)})`
        : "";
    const minutes = cells(metric.requests);
    const rate = sum(minutes.map(({ value }) => value)) / Math.max(1, minutes.length) / (metric.period / 60);
    const without = said(waitsWithoutWork.id);
    const work = without === said(requestsHeld.id) ? "" : `${without}, `;
    return {
      headline: `${workload?.name ?? blame?.guilty?.name ?? "The service"} holds requests open ${middle === null ? "" : `for about ${duration(middle)} `}by design; the alarm counts the wait.`,
      summary: `${sentence(said(requestsHeld.id))}${near}; ${plain(rate)} requests a minute, ${work}${said(requestsFail.id)}. This is a long poll, not a slow service: a threshold of ${seconds(alarm.threshold)} on it fires constantly. Exempt it from the latency alarm and leave the service alone.`,
    };
  },
});
