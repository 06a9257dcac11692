import { defineSignal, isProxy, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workloadFact } from "../evidence/workload/fact.ts";

/**
 * Do requests pass the container of the pod that is busy? The one that serves, or a proxy in front of it. Any other, such
 * as a shipper of logs, may be at its limit and delay nobody.
 */
export default defineSignal({
  id: "requests-pass-busy-container",
  question: "Do requests go through the container that is busy?",
  needs: { podCpu: podCpuFact, workload: workloadFact },
  uses: {},
  read({ podCpu: { container, containers = [] }, workload }) {
    if (container === undefined)
      return containers.length === 0
        ? unknown("needs the CPU of each container of the pods")
        : yes("the container that serves is the busy one", ["pod-cpu.plateau"]);
    const evidence = ["pod-cpu.containers"];
    const found = workload.containers.find(({ name }) => name === container);
    if (found && isProxy(found))
      return yes(`container ${container}, a proxy in front of ${workload.serving.name}, is the busy one`, evidence);
    return unclear(
      `whether requests go through container ${container}, the busy one of the pod, is not known`,
      evidence,
    );
  },
});
