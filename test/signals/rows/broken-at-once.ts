import { suspect } from "../groups.ts";
import { requestLog, row } from "../logs.ts";
import type { Row } from "../row.ts";

/** So many 502 at once, and so many after this many whole seconds. */
const log = (atOnce: number, later: number, seconds = 3) => ({
  ...suspect("shop"),
  ...requestLog(
    row(0, "made", ["-1 -1 -1 502 -", "10.0.3.7:8080", "-"], [[atOnce, 0]], { made: atOnce }),
    row(0, "made", [`0 ${seconds} -1 502 -`, "10.0.3.7:8080", "-"], [[later, 0]], { made: later }),
    row(0, "made", ["0 60 -1 504 -", "10.0.3.7:8080", "-"], [[50, 0]], { made: 50 }),
  ),
});

export default [
  ["92 of 100 at once", log(92, 8), "yes"],
  ["88 of 100 at once", log(88, 12), "unclear"],
  ["52 of 100 at once", log(52, 48), "unclear"],
  ["48 of 100 at once", log(48, 52), "no"],
  ["within the first second", log(0, 100, 0), "yes"],
  ["5 of them", log(5, 0), "yes"],
  ["4 of them", log(4, 0), "unknown"],
  ["no answer 502", { ...suspect("shop"), ...requestLog() }, "unknown"],
] satisfies readonly Row[];
