import { defineFix, listed, seconds } from "../../../src/playbook.ts";

/**
 * Where the pods wait for something else, nothing here changes it: a hand-over to whoever owns what is behind, with the
 * figures that show that the pods are not it (000 N2, N6). Capacity would only let more requests wait.
 */
export default defineFix({
  id: "look-behind-the-service",
  for: ["slow-dependency"],
  propose({ workload, demand, blame, podCpu }, verdict) {
    if (verdict.rootCause !== "slow-dependency" || !workload || !demand) return null;
    const slow = Math.max(...demand.byEpisode.map(({ latency }) => latency), 0);
    const also = blame?.alsoRose ?? [];
    return {
      id: "look-behind-the-service",
      for: ["slow-dependency"],
      title: `what ${workload.name} waits for`,
      why: `Its pods have CPU to spare and requests use no more of it than usual: the extra ${seconds(Math.max(0, slow - demand.serviceTime))} are spent waiting for something behind it${also.length > 0 ? `, which ${listed(also)} seem to share` : ""}.`,
      risk: "None: nothing is changed. A timeout or a circuit breaker in the application would turn slow answers into failed ones, which is for its owners to decide.",
      changes: [],
      preconditions: [
        "the application's owners: traces or client metrics of its database, cache and upstream calls in the minutes of the episodes",
        "connection pools: requests that wait for a free connection look the same from here",
      ],
      verify: ["latency in the next comparable load is back at its quiet level (lbdoctor verify)"],
      rollback: [],
      notOffered: [
        {
          id: "more-pods",
          title: "more pods or workers",
          because: `the pods that are there are not busy (${podCpu?.plateau === null || podCpu === undefined ? "CPU left" : `${Number(podCpu.plateau.toFixed(2))} cores`}); more of them would put more load on the slow dependency`,
          evidence: ["pod-cpu.plateau", "worker-quota.demand"],
        },
      ],
    };
  },
});
