import {
  confirmed,
  coreCount,
  defineHypothesis,
  highest,
  percent,
  plain,
  rejected,
  seconds,
  supported,
  undetermined,
} from "../../src/playbook.ts";

/** Latency has risen from this factor on. */
const SLOWER = 2;
/** A request costs the same CPU up to this factor; averages over a burst vary by less. */
const SAME_COST = 1.5;
/** The pods have CPU left where they use less than this share of what they could. */
const ROOM = 0.6;
/** A node this busy starves its pods, which then look idle. */
const NODE_FULL = 0.9;

/**
 * The pods wait for something else: a database, another service (003). What decides: latency rises, and neither the CPU
 * of a request nor the pods' CPU rises with it.
 */
export default defineHypothesis({
  cause: "slow-dependency",
  title: "something behind the pods is slow",
  claim: "The pods wait for something else: latency rises, their CPU does not.",
  needs: ["podCpu", "blame", "demand"],
  uses: ["workers", "nodes", "workload", "episodes", "guiltyMetric"],
  judge({ podCpu, blame, demand, workers, nodes, workload, episodes, guiltyMetric }) {
    const evidence = ["pod-cpu.plateau", "worker-quota.demand", "target-groups.shares"];
    const { plateau } = podCpu;
    const inside = blame.guilty?.inside ?? null;
    const { serviceTime, cpuPerRequest: cost, cpuPerRequestOutside: usual } = demand;
    if (plateau === null || inside === null || cost === null || usual === null || !guiltyMetric)
      return undetermined("needs the pods' CPU in and out of the bursts", evidence);
    if (inside < SLOWER * serviceTime)
      return rejected(
        `requests took ${seconds(inside)} in the bursts and ${seconds(serviceTime)} in quiet minutes: hardly slower`,
        ["target-groups.shares", "worker-quota.demand"],
      );
    const could = lesser(workers?.workers ?? null, workers?.quota ?? null);
    // Where nothing says what a pod could use, one core is what the simplest server can.
    const used = plateau / (could ?? 1);
    if (used > ROOM)
      return rejected(`the pods were busy themselves: ${coreCount(plateau)} of the ${plain(could ?? 1)} they can use`, [
        "pod-cpu.plateau",
      ]);
    if (podCpu.throttledShare !== null && podCpu.throttledShare >= THROTTLED)
      return rejected(`the pods were throttled in ${percent(podCpu.throttledShare)} of their CPU periods`, [
        "pod-cpu.throttling",
      ]);
    if (cost > SAME_COST * usual)
      return undetermined(
        `a request cost ${plain(cost / usual)} times its usual CPU in the bursts: the work itself grew as well`,
        evidence,
      );
    const busiest = highest((nodes ?? []).flatMap(({ busyInBursts }) => busyInBursts ?? []));
    if (busiest !== null && busiest >= NODE_FULL)
      return rejected(`the nodes were ${percent(busiest)} busy: the pods could not work, they did not wait`, [
        "nodes.hosts",
      ]);
    const explains = (episodes?.episodes ?? []).map(({ id }) => id);
    const name = workload?.name ?? "the service";
    const others =
      blame.alsoRose.length > 0
        ? ` ${blame.alsoRose.join(" and ")} rose with it, which points to something that they share.`
        : "";
    const figures = `requests took ${seconds(inside)} instead of ${seconds(serviceTime)}, while the pods used ${coreCount(plateau)} of the ${plain(could ?? 1)} they can`;
    const words = {
      headline: `${name} waits for something behind it in the bursts; its own CPU has room.`,
      summary: `In the bursts ${figures}, at the usual CPU for each request (${plain(cost * 1000)} ms against ${plain(usual * 1000)} ms).${others} What it waits for (a database, another service) is not visible from here.`,
    };
    return busiest === null || could === null
      ? supported(
          `${figures}; needs ${busiest === null ? "the nodes' CPU" : "the number of workers"}`,
          evidence,
          explains,
          words,
        )
      : confirmed(figures, evidence, explains, words);
  },
});

/** Throttling from here on is its own cause, see cpu-throttling. */
const THROTTLED = 0.25;

function lesser(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
