import {
  defineFix,
  duration,
  type Facts,
  listed,
  mebibytes,
  median,
  objectChange,
  plural,
  rolloutStatus,
  shellQuoted,
  undoRollout,
  whereItLives,
  workloadName,
} from "../../../src/playbook.ts";
import { type Restarts, restartsFact } from "../../evidence/restarts/fact.ts";

/** More memory by this factor is one step, not a size: what a killed container would have used was never seen. */
const GROWTH = 1.5;
const KILLED = "OOMKilled";

/**
 * What kills the containers ended (000 H10, 003). Out of memory: a higher limit as one step, with what it does to a leak
 * said. Any other reason is not in the metrics: then it is the commands that show it, and no change made up.
 */
export default defineFix({
  id: "stop-the-restarts",
  for: ["restarting-pods"],
  uses: { restarts: restartsFact },
  propose({ restarts, workload }, verdict) {
    if (verdict.rootCause !== "restarting-pods" || !restarts || !workload) return null;
    const { memoryLimit } = workload.serving;
    const outOfMemory = restarts.reasons.includes(KILLED);
    return outOfMemory && memoryLimit !== null && workload.containers.length === 1
      ? moreMemory(restarts, workload, memoryLimit)
      : lookAtThem(restarts, workload);
  },
});

type Workload = Facts["workload"];

function moreMemory(restarts: Restarts, workload: Workload, limit: number) {
  const { name, memoryRequest } = workload.serving;
  const [from, to] = [mebibytes(limit), mebibytes(GROWTH * limit)];
  // A request that equals its limit is meant to be guaranteed.
  const guaranteed = memoryRequest === limit;
  const resources = { limits: { memory: to }, ...(guaranteed ? { requests: { memory: to } } : {}) };
  const patch = { spec: { template: { spec: { containers: [{ name, resources }] } } } };
  const object = workloadName(workload);
  const apart = apartOf(restarts);
  return {
    id: "stop-the-restarts",
    for: ["restarting-pods"],
    title: `memory limit ${from} → ${to}`,
    why: `The kernel kills the container at its limit of ${from}. How much it would have needed is not known, so this is one step up, not a calculated size: it ends the restarts if usage levels off below ${to}.`,
    risk: "If memory leaks, this only delays it. Pods that use more may cause evictions on an overcommitted node.",
    changes: [objectChange(workload.appliedBy, object, "strategic", patch)],
    preconditions: [
      whereItLives(workload.appliedBy),
      `the nodes have room for ${plural(workload.pods.length, "pod")} of ${to} (kubectl describe nodes)`,
      "the change is a rollout: all pods start fresh, so the first quiet hour proves nothing",
    ],
    verify: [
      rolloutStatus(object),
      `no restart for longer than the usual time between them${apart === null ? "" : ` (${duration(apart)}, and ${duration(GROWTH * apart)} if it leaks)`}: kubectl get pods -n ${shellQuoted(workload.namespace)}`,
    ],
    rollback: [undoRollout(workload.appliedBy, object)],
    arithmetic: [
      ...told(restarts),
      `${from} × ${GROWTH} = ${to}`,
      ...(apart === null
        ? []
        : [
            `if memory grows without end, ${GROWTH} times of it lasts ${GROWTH} times as long: a restart of the same pod every ${duration(GROWTH * apart)} instead of ${duration(apart)}`,
          ]),
      "no forecast of the alarm: whether a container without this limit would stop growing is not known",
    ],
    notOffered: [morePods(restarts)],
  } as const;
}

/** The reason is not in what was read, or which container it is: a hand-over with the commands that show it. */
function lookAtThem(restarts: Restarts, workload: Workload) {
  const where = `-n ${shellQuoted(workload.namespace)}`;
  const [first] = restarts.restarts;
  const pod = shellQuoted(first?.pod ?? "POD");
  const why = restarts.reasons.length === 0 ? "cannot be read from the current pods" : `is ${listed(restarts.reasons)}`;
  return {
    id: "stop-the-restarts",
    for: ["restarting-pods"],
    title: `what restarts ${workload.name}'s containers`,
    why: `Why they ended ${why}, and that alone does not point to a change: a failed liveness probe, a crash and ${restarts.reasons.includes(KILLED) ? "another container in the pod that ran out of memory" : "a process that ended itself"} look the same from here.`,
    risk: "None: nothing is changed.",
    changes: [],
    preconditions: [
      `why, and which container: kubectl describe pod ${pod} ${where} (Last State: reason and exit code; Events: Liveness probe failed)`,
      `what it said last: kubectl logs ${pod} ${where} --previous --tail=50`,
      ...(workload.serving.probes.liveness
        ? [
            "if it is the liveness probe: its request waits behind the busy workers, and restarting them makes it worse. A longer timeout and failureThreshold, or an endpoint that needs no worker",
          ]
        : []),
    ],
    verify: ["no restart through the next load of this size (lbdoctor verify)"],
    rollback: [],
    arithmetic: [...told(restarts), "no forecast of the alarm: the reason is not known"],
    notOffered: [morePods(restarts)],
  } as const;
}

function morePods({ restarts }: Restarts) {
  return {
    id: "more-pods",
    title: "more pods",
    because: `they would be killed too (${plural(restarts.length, "restart")} of ${plural(new Set(restarts.map(({ pod }) => pod)).size, "pod")} in this window), each one just a little less noticeable`,
    evidence: ["restarts.restarts"],
  };
}

function told({ restarts, reasons }: Restarts): string[] {
  const pods = new Set(restarts.map(({ pod }) => pod)).size;
  return [
    `${plural(restarts.length, "restart")} of ${plural(pods, "pod")} in the window${reasons.length > 0 ? `, last terminated by ${listed(reasons)}` : ""}`,
  ];
}

/** Seconds between two restarts of the same pod, the median; null where no pod has two. */
function apartOf({ restarts }: Restarts): number | null {
  return median(
    restarts.flatMap(({ pod, at }, index) => {
      const before = restarts.slice(0, index).findLast((one) => one.pod === pod);
      return before ? [at - before.at] : [];
    }),
  );
}
