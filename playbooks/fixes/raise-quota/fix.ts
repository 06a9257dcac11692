import {
  coreCount,
  defineFix,
  forecastLines,
  forecastQuota,
  highest,
  millicores,
  objectChange,
  percent,
  plain,
  plural,
  type QuotaForecast,
  refuseLeastOutstanding,
  refuseRollback,
  shelfOf,
  shortfall,
  undoRollout,
  whereItLives,
  workloadName,
} from "../../../src/playbook.ts";
import { GIVEN_UP_USED, givenUpLines } from "../given-up.ts";

/** Throttled pods do not show what they would use; the quota is at least doubled. */
const GROWTH = 2;

/**
 * The quota raised to what the workers can use, or removed (000 C4, H3). A limit only ever takes CPU away that nobody else
 * wanted or had requested: without one a pod still gets no less than its request, and no more than the node has left.
 */
export default defineFix({
  id: "raise-quota",
  for: ["cpu-throttling"],
  uses: GIVEN_UP_USED,
  propose(facts, verdict, hypotheses) {
    const { workload, workers, podCpu, nodes } = facts;
    if (verdict.rootCause !== "cpu-throttling" || !workload || !podCpu) return null;
    // Workers, quota and forecast are the serving container's; of another one only its limit is known.
    const beside = workload.containers.find(({ name }) => name === podCpu.container) ?? null;
    // A container that is put into the pods as they are made (a mesh's proxy) has its limit elsewhere, and not known here.
    if (podCpu.container !== undefined && !beside) return null;
    const limit = beside ? beside.cpuLimit : (workload.serving.cpuLimit ?? workers?.quota ?? null);
    if (limit === null) return null;
    const shelf = nodes ? shelfOf(nodes) : null;
    const most = shelf ? shelf.allocatable - shelf.overhead : Number.POSITIVE_INFINITY;
    // A worker runs on one core. Where requests run side by side in threads, nothing says how many cores they would use.
    const counted = !beside && (workers?.kind === "event loop" || workers?.kind === "processes");
    const wanted = Math.max(counted ? (workers?.workers ?? 0) : 0, GROWTH * limit);
    const to = counted ? Math.floor(Math.min(wanted, most) * 10 + 1e-9) / 10 : null;
    if (to !== null && to <= limit) return null;
    const name = workloadName(workload);
    const { name: container } = beside ?? workload.serving;
    const whose = beside ? ` of container ${container}` : "";
    const limited = (cpu: string | null) => ({
      spec: { template: { spec: { containers: [{ name: container, resources: { limits: { cpu } } }] } } },
    });
    const patch = limited(to === null ? null : millicores(to));
    const busiest = highest((nodes ?? []).flatMap(({ busyInBursts }) => busyInBursts ?? []));
    const share = percent(podCpu.throttledShare ?? 0);
    const after = beside ? null : forecastQuota(facts, to, counted);
    return {
      id: "raise-quota",
      for: ["cpu-throttling"],
      title:
        to === null
          ? `no CPU limit${whose} (now ${millicores(limit)})`
          : `CPU limit${whose} ${millicores(limit)} → ${millicores(to)}`,
      why: `${share} of the CPU periods are throttled at a quota of ${coreCount(limit)}: requests wait for the next period${busiest === null ? "; whether the nodes have CPU to give is not known" : ` while the nodes have CPU to give (the busiest is ${percent(busiest)} busy)`}.${shortfall(after?.forecast ?? null)}`,
      risk: "Pods may take more of their nodes under load. The other pods keep what they requested: under contention the kernel shares by request. Without a limit only the node's size stops a runaway.",
      changes: [objectChange(workload.appliedBy, name, "strategic", patch, limited(millicores(limit)))],
      preconditions: [
        whereItLives(workload.appliedBy),
        "no LimitRange of the namespace forbids it (kubectl get limitrange)",
      ],
      verify: [
        "throttled periods over all periods under the next comparable load: next to nothing",
        "the plateau rises above the old quota if the pods could use it; then look at the request as well",
      ],
      rollback: [undoRollout(workload.appliedBy, name)],
      arithmetic: [
        `quota ${plain(limit)} used to ${plain(podCpu.plateau ?? 0)}, throttled in ${share} of the periods`,
        ...(workers?.workers && !beside ? [`${plural(workers.workers, "worker")} a pod`] : []),
        ...(after ? forecastWords(after, counted) : []),
        ...givenUpLines(facts),
        ...(shelf ? [`a node has ${plain(most)} cores for pods: no pod gets more, whatever its limit`] : []),
      ],
      notOffered: [...refuseLeastOutstanding(facts), ...refuseRollback(facts, hypotheses)],
    };
  },
});

/** The forecast, and what holds the service next: without the quota it is its workers, or its nodes. */
function forecastWords({ facts, fleet, forecast, cores }: QuotaForecast, counted: boolean): string[] {
  const next =
    counted && cores >= fleet.workers
      ? `its ${plural(fleet.pods * fleet.workers, "worker")}: more pods lift it`
      : `the CPU of its nodes (${coreCount(cores)} for each of ${plural(fleet.pods, "pod")}): more pods lift it where they stand on other nodes`;
  return [
    ...forecastLines(facts, fleet, forecast),
    ...(forecast && forecast.outlook !== "quiet" ? [`what holds the service without this quota is ${next}`] : []),
  ];
}
