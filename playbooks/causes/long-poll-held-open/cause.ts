import {
  cells,
  confirmed,
  coreCount,
  defineHypothesis,
  duration,
  type LatencyFact,
  lowest,
  median,
  percent,
  plain,
  quantile,
  range,
  rejected,
  seconds,
  sentence,
  sum,
  supported,
  undetermined,
} from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { blameFact, guiltyMetricFact } from "../../evidence/target-groups/fact.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** No web request is meant to take this long; a wait of this length is a wait by design, or a time-out. */
const LONG = 10;
/** The middle eight tenths of the latencies must lie this close around their median: a wait has a fixed length. */
const CONSTANT = 0.25;
/** Held requests cost next to nothing. */
const IDLE = 0.25;
/** Errors above this share would make it a time-out that fails, not a wait that ends well. */
const ERRORS = 0.02;

/**
 * The endpoint holds requests open by design, and the latency metric counts the wait (000 Elastic Fleet; facts: a long
 * poll's response time is about its interval). What decides: latency sits at a constant, in and out of the bursts.
 */
export default defineHypothesis({
  cause: "long-poll-held-open",
  title: "requests held open by design",
  claim: "The endpoint holds requests open until something happens; the metric counts the wait.",
  needs: { guiltyMetric: guiltyMetricFact, blame: blameFact, alarm: alarmFact },
  uses: { podCpu: podCpuFact, topology: topologyFact, episodes: episodesFact, workload: workloadFact },
  judge({ guiltyMetric, blame, alarm, podCpu, topology, episodes, workload }) {
    const evidence = ["target-groups.shares", "alarm-history.metric"];
    const latencies = cells(guiltyMetric.p50).map(({ value }) => value);
    const middle = median(latencies);
    const low = quantile(latencies, 0.1);
    const high = quantile(latencies, 0.9);
    if (middle === null || low === null || high === null)
      return undetermined("needs the target group's median latency", evidence);
    if (middle < LONG)
      return rejected(`half of the requests are answered within ${seconds(middle)}: nothing is held open`, evidence);
    const spread = (high - low) / middle;
    if (spread > CONSTANT)
      return rejected(
        `its latency swings between ${seconds(low)} and ${seconds(high)}: a wait by design has a fixed length`,
        evidence,
      );
    const wrong = errors(guiltyMetric);
    if (wrong > ERRORS)
      return rejected(`${percent(wrong)} of the requests end in a 5xx: they fail, they are not held`, evidence);
    const idle = topology?.idleTimeout ?? null;
    const near =
      idle !== null && Math.abs(middle - idle) <= 0.1 * idle
        ? `, the load balancer's idle timeout is ${duration(idle)}`
        : "";
    const used = podCpu ? lowest(podCpu.pods.flatMap(({ inBursts }) => inBursts ?? [])) : null;
    const explains = (episodes?.episodes ?? []).map(({ id }) => id);
    const rate =
      sum(cells(guiltyMetric.requests).map(({ value }) => value)) / Math.max(1, cells(guiltyMetric.requests).length);
    const figures = `requests take ${range(seconds(low), seconds(high))} whatever the load${near}`;
    const words = {
      headline: `${workload?.name ?? blame.guilty?.name ?? "The service"} holds requests open for about ${duration(middle)} by design; the alarm counts the wait.`,
      summary: `${sentence(figures)}; ${plain(rate)} requests a minute, ${used === null ? "" : `pods at ${coreCount(used)}, `}${percent(wrong)} errors. This is a long poll, not a slow service: a threshold of ${seconds(alarm.threshold)} on it fires for ever. Exempt it from the latency alarm and leave the service alone.`,
    };
    if (used === null)
      return supported(`${figures}; needs the pods' CPU to say that they idle`, evidence, explains, words);
    if (used > IDLE)
      return rejected(`the pods use ${coreCount(used)} while requests wait: they work`, ["pod-cpu.plateau"]);
    return confirmed(
      `${figures}, while the pods idle at ${coreCount(used)}`,
      [...evidence, "pod-cpu.plateau", "target-topology.settings"],
      explains,
      words,
    );
  },
});

function errors({ target5xx, requests }: LatencyFact): number {
  const all = sum(cells(requests).map(({ value }) => value));
  return all === 0 ? 0 : sum(cells(target5xx).map(({ value }) => value)) / all;
}
