import type { Facts } from "../model/facts.ts";
import type { Hypothesis, Refusal } from "../model/judgement.ts";
import { coreCount, percent, plain, plural, spike } from "../model/words.ts";

/** Above this Jain index the pods ran alike; see worker-concurrency-ceiling. */
const ALIKE = 0.9;

/** Least outstanding requests as the one change (000 D, E5, N3): what it cannot see, or has nothing to gain from. */
export function refuseLeastOutstanding({ topology, podCpu, episodes }: Partial<Facts>): Refusal[] {
  if (!topology || topology.algorithm === "least_outstanding_requests") return [];
  const blind =
    topology.targetType === "instance"
      ? "the targets are nodes: it would count requests at each node, and kube-proxy picks a pod at random behind it"
      : null;
  const even =
    podCpu && podCpu.jain !== null && podCpu.jain >= ALIKE && podCpu.pods.length > 1
      ? `the pods were equally busy in the ${spike(episodes)}s anyway (evenness ${plain(podCpu.jain)}): there was no idle pod to send to`
      : null;
  if (blind === null && even === null) return [];
  return [
    {
      id: "least-outstanding-requests",
      title: "least outstanding requests",
      because: [blind, even].filter((reason) => reason !== null).join("; and "),
      evidence: [...(blind === null ? [] : ["target-topology.path"]), ...(even === null ? [] : ["pod-cpu.evenness"])],
    },
  ];
}

/**
 * A readiness probe on the path that the workers serve (000 C7, H10): under the very load that makes them slow it fails on
 * all pods at once, and takes the whole fleet out.
 */
export function refuseReadinessProbe({ workload, workers, demand, episodes }: Partial<Facts>): Refusal[] {
  if (!workload || workload.serving.probes.readiness) return [];
  const slowest = Math.max(0, ...(demand?.byEpisode.map(({ latency }) => latency) ?? []));
  const queue = workers?.kind === "event loop" ? "the event loop that is busy with a request" : "the same busy workers";
  const wait = slowest > 0 ? `, for ${Math.round(slowest)} s on average in the worst ${spike(episodes)}` : "";
  return [
    {
      id: "readiness-probe",
      title: "a readiness probe on the serving port",
      because: `its request would wait behind ${queue}${wait}: all ${plural(workload.pods.length, "pod")} would fail it at once and drop out of the Service together. Add an endpoint that does not need a worker first`,
      evidence: ["workload.probes", "worker-quota.demand"],
    },
  ];
}

/** Going back a version where the deploy was rejected as the cause (000 C5). */
export function refuseRollback(facts: Partial<Facts>, hypotheses: readonly Hypothesis[]): Refusal[] {
  const judged = hypotheses.find(({ cause }) => cause === "deploy-regression");
  const last = facts.rollouts?.at(-1);
  if (judged?.status !== "rejected" || !last) return [];
  return [
    {
      id: "roll-back",
      title: `rolling back ${last.version ?? "the latest deploy"}`,
      because: `${judged.because}: the version before it had the same problem`,
      evidence: judged.evidence,
    },
  ];
}

/** More CPU for pods that cannot use what they have (000 G8). */
export function refuseQuotaAlone({ workers, podCpu }: Partial<Facts>): Refusal[] {
  if (!workers || workers.workers === null || workers.quota === null || !podCpu || podCpu.plateau === null) return [];
  if (podCpu.plateau > 0.9 * workers.quota) return [];
  return [
    {
      id: "quota-alone",
      title: "a higher CPU limit alone",
      because: `the pods top out at ${coreCount(podCpu.plateau)} of ${plain(workers.quota)}: ${plural(workers.workers, "worker")} cannot use more`,
      evidence: ["pod-cpu.plateau", "worker-quota.quota"],
    },
  ];
}

/** More pods where some of them idle while others queue. */
export function refuseMorePods({ podCpu, demand }: Partial<Facts>): Refusal[] {
  if (!podCpu || podCpu.fleetInBursts === null || podCpu.plateau === null || !demand || demand.pods === 0) return [];
  const idle = Math.max(0, 1 - podCpu.fleetInBursts / (demand.pods * podCpu.plateau));
  return [
    {
      id: "more-pods",
      title: "more pods",
      because: `${percent(idle)} of the fleet's capacity is already idle, and new pods would be picked just as blindly`,
      evidence: ["pod-cpu.evenness", "pod-cpu.plateau"],
    },
  ];
}
