import {
  cells,
  confirmed,
  coreCount,
  defineHypothesis,
  HEAVY_THROTTLING,
  listed,
  median,
  NODE_FULL,
  nodesBusy,
  percent,
  plain,
  quantile,
  rejected,
  type Series,
  seconds,
  undetermined,
  valueAt,
  within,
  withoutSlowest,
} from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { nodesFact } from "../../evidence/nodes/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { rolloutsFact } from "../../evidence/rollouts/fact.ts";
import { blameFact, guiltyMetricFact } from "../../evidence/target-groups/fact.ts";
import { demandFact, workersFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** The typical request (p50) is slower from this factor on; a few slow ones alone do not move it. */
const SLOWER = 2;
/** Requests in a minute from which its median is told from chance: 10 / (1 − 0.5) (CloudWatch User Guide, low data samples). */
const FOR_A_MEDIAN = 20;
/** A request costs the same CPU up to this factor; averages over a burst vary by less. */
const SAME_COST = 1.5;
/** The pods have CPU left where they use less than this share of what they could. */
const ROOM = 0.6;
/** The middle eight tenths of the minutes lie this close together where latency does not move at all. */
const STEADY = 0.25;

/**
 * The pods wait for something else: a database, another service (003). What decides: latency rises, and neither the CPU
 * of a request nor the pods' CPU rises with it.
 */
export default defineHypothesis({
  cause: "slow-dependency",
  title: "something behind the pods is slow",
  claim: "The pods wait for something else: latency rises, their CPU does not.",
  needs: {
    podCpu: podCpuFact,
    blame: blameFact,
    nodes: nodesFact,
    guiltyMetric: guiltyMetricFact,
    episodes: episodesFact,
    rollouts: rolloutsFact,
  },
  uses: { demand: demandFact, workers: workersFact, workload: workloadFact },
  judge({ podCpu, blame, demand, nodes, guiltyMetric, episodes: { episodes }, workers, workload }) {
    const evidence = ["pod-cpu.plateau", "worker-quota.demand", "target-groups.shares"];
    const { plateau, throttledShare } = podCpu;
    const inside = blame.guilty?.inside ?? null;
    const bursts = episodes.map(({ burst }) => burst);
    const inBursts = (at: number) => within(bursts, at);
    const tells = (at: number) => (valueAt(guiltyMetric.requests, at) ?? 0) >= FOR_A_MEDIAN;
    const typical = medianIn(guiltyMetric.p50, (at) => inBursts(at) && tells(at));
    const before = medianIn(guiltyMetric.p50, (at) => !within(bursts, at));
    const level = before === null ? steady(guiltyMetric.p50) : null;
    if (level !== null)
      return rejected(`half of the requests take ${seconds(level)} in every minute: nothing becomes slow`, [
        "target-groups.typical",
      ]);
    if (!demand) return undetermined("needs quiet minutes to compare the bursts with", evidence);
    const { serviceTime, cpuPerRequest: cost, cpuPerRequestOutside: usual } = demand;
    if (plateau === null || inside === null || cost === null || usual === null)
      return undetermined("needs the pods' CPU in and out of the bursts", evidence);
    if (typical === null && before !== null) {
      // A minute of one request holds no others.
      const others = median(
        cells(guiltyMetric.requests).flatMap(({ at, value }) =>
          inBursts(at) && value > 1 ? (withoutSlowest(guiltyMetric, at) ?? []) : [],
        ),
      );
      const few = `no minute of the bursts holds ${FOR_A_MEDIAN} requests`;
      if (others !== null && others < SLOWER * before)
        return rejected(
          `${few}, and but for the slowest one they took ${seconds(others)} on average: most were not slower`,
          ["target-groups.typical"],
        );
      return undetermined(`${few}: of fewer, half may be slow by chance`, ["target-groups.typical"]);
    }
    if (typical === null || before === null)
      return undetermined("needs the median latency in and out of the bursts", evidence);
    if (typical < SLOWER * before)
      return rejected(
        `half of the requests took ${seconds(typical)} in the bursts and ${seconds(before)} outside them: most were not slower`,
        ["target-groups.typical"],
      );
    const could = lesser(workers?.workers ?? null, workers?.quota ?? null);
    if (could === null)
      return undetermined("needs the number of workers or the quota, to say whether the pods had CPU left", evidence);
    const used = plateau / could;
    if (used > ROOM)
      return rejected(
        // Threads of one process may run on several cores: what they can use is then not known.
        `the pods were busy themselves: ${coreCount(plateau)}${used > 1 ? " each" : ` of the ${plain(could)} they can use`}`,
        ["pod-cpu.plateau"],
      );
    if (throttledShare !== null && throttledShare >= HEAVY_THROTTLING)
      return rejected(`the pods were throttled in ${percent(throttledShare)} of their CPU periods`, [
        "pod-cpu.throttling",
      ]);
    const busyShare = nodesBusy(nodes);
    if (busyShare === null)
      return undetermined("needs the nodes' CPU, to tell waiting pods from starved ones", evidence);
    if (busyShare >= NODE_FULL)
      return rejected(`the nodes were ${percent(busyShare)} busy: the pods could not work, they did not wait`, [
        "nodes.hosts",
      ]);
    if (cost > SAME_COST * usual)
      return undetermined(
        `a request cost ${plain(cost / usual)} times its usual CPU in the bursts: the work itself grew as well`,
        evidence,
      );
    const name = workload?.name ?? "the service";
    const others =
      blame.alsoRose.length > 0
        ? ` ${listed(blame.alsoRose)} rose with it, which points to something that they share.`
        : "";
    const figures = `requests took ${seconds(inside)} instead of ${seconds(serviceTime)}, while the pods used ${coreCount(plateau)} of the ${plain(could)} they can`;
    return confirmed(
      figures,
      evidence,
      episodes.map(({ id }) => id),
      {
        headline: `${name} waits for something behind it in the bursts; its own CPU has room.`,
        summary: `In the bursts ${figures}, at the usual CPU for each request (${plain(cost * 1000)} ms against ${plain(usual * 1000)} ms).${others} What it waits for (a database, another service) is not visible from here.`,
      },
    );
  },
});

/** The level of a latency that hardly ever leaves it; null where it moves. */
function steady(p50: Series): number | null {
  const values = cells(p50).map(({ value }) => value);
  const [low, level, high] = [quantile(values, 0.1), median(values), quantile(values, 0.9)];
  return low !== null && level !== null && high !== null && high - low <= STEADY * level ? level : null;
}

/** The median of a series over the chosen periods; null where it has nothing there. */
function medianIn(series: Series, chosen: (at: number) => boolean): number | null {
  return median(cells(series).flatMap(({ at, value }) => (chosen(at) ? [value] : [])));
}

function lesser(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
