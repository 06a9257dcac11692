import { defineFix, objectChange, undoRollout, whereItLives, workloadName } from "../../../src/playbook.ts";

/**
 * Seconds that a pod goes on serving after it is told to stop: the load balancer is told of it at the same moment, and its
 * nodes take some seconds to send nothing more. Measured in the wind tunnel: with 15 s no request was lost.
 */
const WAIT = 15;

/** A pod that waits before it stops (001 part 2.1): what was sent to it is answered, and what still comes as well. */
export default defineFix({
  id: "wait-before-stop",
  for: ["abrupt-deregistration"],
  propose({ workload, topology }, verdict) {
    const grace = workload?.terminationGrace;
    // A hook that is there may wait already: what it does was not read, and a patch would take its place.
    if (verdict.rootCause !== "abrupt-deregistration" || grace === undefined || workload?.serving.hasPreStop !== false)
      return null;
    const name = workloadName(workload);
    const { name: container } = workload.serving;
    const preStop = { exec: { command: ["sleep", String(WAIT)] } };
    const patch = {
      spec: {
        template: {
          spec: {
            terminationGracePeriodSeconds: grace + WAIT,
            containers: [{ name: container, lifecycle: { preStop } }],
          },
        },
      },
    };
    const delay = topology?.deregistrationDelay ?? null;
    return {
      id: "wait-before-stop",
      for: ["abrupt-deregistration"],
      title: `container ${container} waits ${WAIT} s before it stops`,
      why: "Requests are lost when pods leave: a pod that stops immediately loses its requests in flight, and refuses those that the load balancer still sends.",
      risk: `Each pod takes ${WAIT} s longer to stop, and so does a rollout.`,
      changes: [objectChange(workload.appliedBy, name, "strategic", patch)],
      preconditions: [
        whereItLives(workload.appliedBy),
        `the image of container ${container} has sleep (from Kubernetes 1.30 on, preStop.sleep needs none)`,
        "the server finishes its requests in flight when it gets SIGTERM",
      ],
      verify: ["restart the workload once (kubectl rollout restart) under load: HTTPCode_ELB_502_Count stays at 0"],
      rollback: [undoRollout(workload.appliedBy, name)],
      arithmetic: [
        `${WAIT} s of waiting before the ${grace} s that a pod has to stop now: ${grace + WAIT} s`,
        ...(delay === null ? [] : [`the target group keeps a leaving target for ${delay} s (deregistration delay)`]),
      ],
      notOffered: [
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
