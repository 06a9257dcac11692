import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";
import targetsClumped from "./targets-clumped.ts";

/** What the access log says, as the rows of its own signal have it. */
const log = (answer: string) => targetsClumped.find(([, , said]) => said === answer)?.[1] ?? {};
const cpu = (clumpedShare: number | null) => podCpu({ clumpedShare, together: 4, jain: 0.5 });

export default [
  ["by the pods' CPU", cpu(0.5), "yes"],
  ["by the pods' CPU, and the log is not clear", { ...log("unclear"), ...cpu(0.5) }, "yes"],
  ["the pods' CPU and the log contradict each other", { ...log("no"), ...cpu(0.5) }, "unclear"],
  ["the pods' CPU is not known, and the log shows it", { ...log("yes"), ...cpu(null) }, "yes"],
  ["the pods' CPU was not read, and the log shows it", log("yes"), "yes"],
  ["the pods' CPU was not read, and the log shows the contrary", log("no"), "no"],
  ["no pod is hot, and the log shows that targets do not matter", { ...log("no"), ...cpu(0.05) }, "no"],
  [
    "it is not clear which pod is hot, and the log shows that targets do not matter",
    { ...log("no"), ...cpu(0.2) },
    "no",
  ],
  ["no pod is hot, and there is no log", cpu(0.05), "unclear"],
  ["no pod is hot, and the log shows queues", { ...log("yes"), ...cpu(0.05) }, "unclear"],
  ["nothing was read", {}, "unknown"],
] satisfies readonly Row[];
