import { defineFix, keepAliveOf, objectEdit, undoRollout, whereItLives, workloadName } from "../../../src/playbook.ts";

/** Seconds that the server should outlast the load balancer: clocks and queues differ, and more costs an idle socket. */
const LONGER = 15;

/** How each server is told, with the seconds in it. */
const TOLD: { readonly [server: string]: (seconds: number) => string } = {
  gunicorn: (seconds) => `--keep-alive ${seconds} in the arguments (the sync worker class keeps no connection at all)`,
  uvicorn: (seconds) => `--timeout-keep-alive ${seconds} in the arguments`,
  hypercorn: (seconds) => `--keep-alive ${seconds} in the arguments`,
  node: (seconds) => `server.keepAliveTimeout = ${seconds * 1000} in the code, and server.headersTimeout above it`,
};

/** A server that keeps idle connections longer than the load balancer does (001 part 7): who closes first is then the one that knows. */
export default defineFix({
  id: "keep-connections-longer",
  for: ["idle-timeout-mismatch"],
  propose({ workload, loadBalancer }, verdict) {
    const idle = loadBalancer?.idleTimeout ?? null;
    const found = workload ? keepAliveOf(workload.serving) : null;
    const tell = found ? TOLD[found.server] : undefined;
    if (verdict.rootCause !== "idle-timeout-mismatch" || !workload || idle === null || !found || !tell) return null;
    const name = workloadName(workload);
    const to = idle + LONGER;
    return {
      id: "keep-connections-longer",
      for: ["idle-timeout-mismatch"],
      title: `${found.server} keeps idle connections for ${to} s (${found.from === "default" ? "by default" : "now"} ${found.seconds} s)`,
      why: `The load balancer keeps an idle connection for ${idle} s, the server for ${found.seconds} s: a request that arrives while the server is closing the connection is answered with 502.`,
      risk: "Idle connections stay open a little longer, which costs some sockets and memory.",
      changes: [objectEdit(workload.appliedBy, name, tell(to))],
      preconditions: [
        whereItLives(workload.appliedBy),
        ...(found.from === "default"
          ? [`nothing in the image sets another value: ${found.seconds} s is ${found.detail}, and was not read`]
          : []),
      ],
      verify: ["HTTPCode_ELB_502_Count stays at 0 over as many hours as it now takes to see some"],
      rollback: [undoRollout(workload.appliedBy, name)],
      arithmetic: [`idle timeout ${idle} s + ${LONGER} s = ${to} s`],
      notOffered: [
        {
          id: "shorter-idle-timeout",
          title: "a shorter idle timeout of the load balancer",
          evidence: ["target-topology.settings"],
          because: `it would have to be below ${found.seconds} s, and would cut off every request that takes longer.`,
        },
      ],
    };
  },
});
