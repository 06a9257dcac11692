import { defineFix, type Facts, objectChange, undoRollout, whereItLives, workloadName } from "../../../src/playbook.ts";
import { isOfFlows, longerDelay, SENT_ON } from "./connections.ts";

/**
 * Seconds that a pod goes on serving after it is told to stop: the load balancer is told of it at the same moment, and its
 * nodes take some seconds to send nothing more. Measured in the wind tunnel: with 15 s no request was lost.
 */
const WAIT = 15;

/**
 * A pod that waits before it stops (001 part 2.1): what was sent to it is answered, and what still comes as well. Behind a
 * Network Load Balancer it waits longer, and the load balancer as long as the pod.
 */
export default defineFix({
  id: "wait-before-stop",
  for: ["abrupt-deregistration"],
  propose(facts, verdict) {
    const { workload, topology } = facts;
    const grace = workload?.terminationGrace;
    if (verdict.rootCause !== "abrupt-deregistration" || !workload) return null;
    const ofFlows = isOfFlows(facts);
    const wait = ofFlows ? SENT_ON : WAIT;
    const longer = longerDelay(facts, wait);
    // A hook that is there may wait already: what it does was not read, and a patch would take its place.
    const waits = grace !== undefined && workload.serving.hasPreStop === false ? waiting(workload, grace, wait) : null;
    if (!waits && !longer) return null;
    const { name: container } = workload.serving;
    const delay = topology?.deregistrationDelay ?? null;
    const title = [
      ...(waits ? [`container ${container} waits ${wait} s before it stops`] : []),
      ...(longer ? [`the load balancer keeps a leaving target's connections for ${wait} s`] : []),
    ].join(", and ");
    return {
      id: "wait-before-stop",
      for: ["abrupt-deregistration"],
      title,
      why: ofFlows
        ? "Connections are broken when pods leave: a Network Load Balancer takes long to send nothing more to a pod that leaves, and what is open then ends with the pod, or when the load balancer closes it."
        : "Requests are lost when pods leave: a pod that stops immediately loses its requests in flight, and refuses those that the load balancer still sends.",
      risk: `${waits ? `Each pod takes ${wait} s longer to stop, and so does a rollout.` : "A leaving target stays longer."}${ofFlows ? ` A connection that lasts longer than ${wait} s is still broken, unless the server closes it in that time.` : ""}`,
      changes: [...(waits ? [waits.change] : []), ...(longer ? [longer.change] : [])],
      preconditions: [...new Set([...(waits?.before ?? []), ...(longer?.before ?? [])])],
      verify: [
        ofFlows
          ? "restart the workload once (kubectl rollout restart) under load: TCP_ELB_Reset_Count and TCP_Target_Reset_Count rise no more than by the connections that last longer"
          : "restart the workload once (kubectl rollout restart) under load: HTTPCode_ELB_502_Count stays at 0",
      ],
      rollback: [...(waits ? [waits.rollback] : []), ...(longer ? [longer.rollback] : [])],
      arithmetic: [
        ...(waits ? [waits.told] : []),
        ...(ofFlows
          ? [`new connections were measured to arrive for ${SENT_ON} s after deregistration, whatever the delay`]
          : []),
        ...(longer
          ? [longer.told]
          : delay === null
            ? []
            : [`the target group keeps a leaving target for ${delay} s (deregistration delay)`]),
      ],
      notOffered: longer
        ? []
        : [
            {
              id: "longer-deregistration-delay",
              title: "a longer deregistration delay alone",
              evidence: ["target-topology.settings"],
              because: "the load balancer waits, but the pod is already gone: what matters is which stops first.",
            },
          ],
    };
  },
});

/** The patch that adds the wait to the time that the pod has now: what takes long keeps it. */
function waiting(workload: Facts["workload"], grace: number, wait: number) {
  const name = workloadName(workload);
  const { name: container } = workload.serving;
  const preStop = { exec: { command: ["sleep", String(wait)] } };
  const spec = {
    terminationGracePeriodSeconds: grace + wait,
    containers: [{ name: container, lifecycle: { preStop } }],
  };
  return {
    change: objectChange(workload.appliedBy, name, "strategic", { spec: { template: { spec } } }),
    rollback: undoRollout(workload.appliedBy, name),
    before: [
      whereItLives(workload.appliedBy),
      `the image of container ${container} has sleep (from Kubernetes 1.30 on, preStop.sleep needs none)`,
      "the server finishes its requests in flight when it gets SIGTERM",
    ],
    told: `${wait} s of waiting before the ${grace} s that a pod has to stop now: ${grace + wait} s`,
  };
}
