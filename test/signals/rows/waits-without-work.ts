import { alarm } from "../facts.ts";
import { suspect } from "../groups.ts";
import { requestLog, row } from "../logs.ts";
import { pod, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

/** Two targets, and one path of which so many requests come in ten minutes, each as long as told. */
const log = (seconds: number, requests = 1000, quiet = true) => {
  const of = (span: number) => [
    row(
      span,
      "all",
      [],
      [
        [requests, seconds],
        [100, 0.1],
      ],
    ),
    row(span, "path", ["POST", "/checkin"], [[requests, seconds]]),
    row(span, "path", ["GET", "/"], [[100, 0.1]]),
    row(span, "target", ["10.0.0.1:80"], [[requests, seconds]]),
    row(span, "target", ["10.0.0.2:80"], [[100, 0.1]]),
  ];
  const { "request-log": read } = requestLog(...of(0), ...(quiet ? of(1) : []));
  const [first, , last] = read.spans;
  return { ...alarm(), ...suspect("shop"), "request-log": { ...read, spans: [first, ...(quiet ? [last] : [])] } };
};

const used = (cores: number | null) => podCpu({ pods: [pod(cores)] });

export default [
  ["the pods idle", used(0.1), "yes"],
  ["the pods work, whatever the log says", { ...log(60), ...used(0.9) }, "no"],
  ["the pods neither idle nor work, whatever the log says", { ...log(60), ...used(0.3) }, "unclear"],
  ["no pod has a figure, and one path is held", { ...log(60), ...used(null) }, "yes"],
  ["the pods' CPU was not read, and one path is held", log(60), "yes"],
  // 204 × 60 s in 600 s are 20.4 at once, over two targets.
  ["the pods' CPU was not read, and 10.2 are held at each target", log(60, 204), "yes"],
  ["the pods' CPU was not read, and 9.8 are held at each target", log(60, 196), "unknown"],
  ["the pods' CPU was not read, and there is no quiet stretch", log(60, 1000, false), "unknown"],
  ["the pods' CPU was not read, and no path is held", log(0.5), "unknown"],
  ["nothing was read", {}, "unknown"],
] satisfies readonly Row[];
