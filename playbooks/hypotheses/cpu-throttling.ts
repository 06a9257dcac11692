import {
  confirmed,
  coreCount,
  defineHypothesis,
  highest,
  percent,
  plain,
  rejected,
  supported,
  undetermined,
} from "../../src/playbook.ts";

/** From this share of throttled periods on, requests wait for the quota often enough to be seen in their latency. */
const HEAVY = 0.25;
/** Below it throttling is next to nothing (000 C4); the Kubernetes mixin warns from 25 %, and often falsely (#108). */
const LIGHT = 0.1;
/** Usage sits at the quota from this share on. */
const AT_QUOTA = 0.75;
/** The autoscaler at its maximum in this share of the bursts' minutes: not the quota of a pod, but the fleet is too small. */
const AT_MAXIMUM = 0.5;
/** A node this busy could not give more if the quota were raised. */
const NODE_FULL = 0.9;

/** The pods' CPU quota throttles them (000 C4). What decides: the share of throttled periods in the bursts. */
export default defineHypothesis({
  cause: "cpu-throttling",
  title: "CPU throttling",
  claim: "The pods' CPU quota stops them within each period, and requests wait for the next one.",
  needs: ["podCpu"],
  uses: ["workers", "autoscaler", "nodes", "workload", "episodes"],
  judge({ podCpu, workers, autoscaler, nodes, workload, episodes }) {
    const evidence = ["pod-cpu.throttling", "pod-cpu.plateau", "worker-quota.quota"];
    const { throttledShare, plateau } = podCpu;
    if (throttledShare === null) {
      if (workers?.quotaFrom && workers.quota === null)
        return rejected("the pods have no CPU quota", ["worker-quota.quota"]);
      return undetermined("needs the throttled periods of the pods", ["pod-cpu.plateau"]);
    }
    if (throttledShare < LIGHT)
      return rejected(`${percent(throttledShare)} of the CPU periods were throttled in the bursts`, evidence);
    const quota = workers?.quota ?? null;
    if (throttledShare < HEAVY)
      return undetermined(
        `${percent(throttledShare)} of the CPU periods were throttled: too much to ignore, too little to explain the latency alone`,
        evidence,
      );
    const used = quota !== null && plateau !== null ? plateau / quota : null;
    if (used !== null && used < AT_QUOTA)
      return undetermined(
        `${percent(throttledShare)} of the CPU periods were throttled, yet the pods use only ${percent(used)} of their quota`,
        evidence,
      );
    const atMaximum = autoscaler?.atMaximum ?? 0;
    if (atMaximum >= AT_MAXIMUM)
      return rejected(
        `the autoscaler stood at its maximum in ${percent(atMaximum)} of the bursts: it is the fleet that is too small`,
        ["autoscaler.target", "pod-cpu.throttling"],
      );
    const busiest = highest((nodes ?? []).flatMap(({ busyInBursts }) => busyInBursts ?? []));
    if (busiest !== null && busiest >= NODE_FULL)
      return rejected(`the nodes were ${percent(busiest)} busy: without the quota the pods would get no more`, [
        "nodes.hosts",
        "pod-cpu.throttling",
      ]);
    const explains = (episodes?.episodes ?? []).map(({ id }) => id);
    const name = workload?.name ?? "the service";
    const at = quota === null || plateau === null ? "" : `, at ${coreCount(plateau)} of a quota of ${plain(quota)}`;
    const words = {
      headline: `The CPU quota of ${name}'s pods throttles them in the bursts.`,
      summary: `In the bursts ${percent(throttledShare)} of the pods' CPU periods were throttled${at}. Their workers could use more, and ${busiest === null ? "" : `the nodes have it to give (${percent(busiest)} busy): `}requests wait for the quota's next period.`,
    };
    const because = `${percent(throttledShare)} of the CPU periods were throttled in the bursts${at}`;
    return quota === null
      ? supported(because, evidence, explains, words)
      : confirmed(because, evidence, explains, words);
  },
});
