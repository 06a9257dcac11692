import { coreCount, defineSignal, lowest, no, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";

/** Cores up to which a pod idles: requests that are held cost next to nothing. */
export const IDLE = 0.25;
/** Cores from which it works. */
export const WORKING = 0.5;

/** Do the pods idle while requests are answered? */
export default defineSignal({
  id: "pods-idle",
  question: "Do the pods idle?",
  needs: { podCpu: podCpuFact },
  uses: {},
  read({ podCpu: { pods } }) {
    const evidence = ["pod-cpu.plateau"];
    const used = lowest(pods.flatMap(({ inBursts }) => inBursts ?? []));
    if (used === null) return unknown("needs the pods' CPU in the episodes", evidence);
    const figure = `the pods use ${coreCount(used)}`;
    if (used <= IDLE) return yes(`the pods idle at ${coreCount(used)}`, evidence, used);
    return used >= WORKING ? no(`${figure}: they work`, evidence, used) : unclear(figure, evidence, used);
  },
});
