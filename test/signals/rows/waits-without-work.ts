import { alarm } from "../facts.ts";
import { suspect } from "../groups.ts";
import { parted } from "../logs.ts";
import { pod, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const log = (seconds: number) => ({
  ...alarm(),
  ...suspect("shop"),
  ...parted("path", ["POST", "/checkin"], [[[100, seconds]], [[100, 0.1]]], [[[100, seconds]], [[100, 0.1]]]),
});

const used = (cores: number | null) => podCpu({ pods: [pod(cores)] });

export default [
  ["the pods idle", used(0.1), "yes"],
  ["the pods work, whatever the log says", { ...log(60), ...used(0.9) }, "no"],
  ["the pods neither idle nor work, whatever the log says", { ...log(60), ...used(0.3) }, "unclear"],
  ["no pod has a figure, and one path is held", { ...log(60), ...used(null) }, "yes"],
  ["the pods' CPU was not read, and one path is held", log(60), "yes"],
  ["the pods' CPU was not read, and no path is held", log(0.5), "unknown"],
  ["nothing was read", {}, "unknown"],
] satisfies readonly Row[];
