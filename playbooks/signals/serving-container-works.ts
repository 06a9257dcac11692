import { defineSignal, no, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";

/** Workers and quota are read of the serving container: they say nothing of another one that is full. */
export default defineSignal({
  id: "serving-container-works",
  question: "Is the container that serves requests the busy one of the pod?",
  needs: { podCpu: podCpuFact },
  uses: {},
  read({ podCpu: { container, containers = [] } }) {
    const evidence = containers.length === 1 ? ["pod-cpu.plateau"] : ["pod-cpu.containers", "pod-cpu.plateau"];
    if (containers.length === 0) return unknown("needs the CPU of each container of the pods");
    if (container === undefined) return yes("the serving container is the busy one", evidence);
    return no(`container ${container} is the busy one of the pod, not the one that serves`, evidence);
  },
});
