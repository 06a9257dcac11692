import { episodes, level, series } from "../facts.ts";
import type { Row } from "../row.ts";

const counts = (inside: number, outside = 0) => series(level(outside, inside));
/** Handshakes that fail, and requests that are answered, in each minute of the spike; percent of the former at other times. */
const targets = (failed: number, answered: number, percentAtOtherTimes = 0) => ({
  ...episodes(),
  handshakes: [
    { arn: "a", name: "cart", failed: counts(0), answered: counts(50) },
    {
      arn: "b",
      name: "shop",
      failed: counts(failed, percentAtOtherTimes),
      answered: counts(answered, 100 - percentAtOtherTimes),
    },
  ] as never,
});

export default [
  ["10.5 % of the handshakes of one group fail", targets(105, 895), "yes"],
  ["9.5 % fail", targets(95, 905), "unclear"],
  ["1.05 % fail", targets(10.5, 989.5), "unclear"],
  ["0.95 % fail", targets(9.5, 990.5), "no"],
  ["all fail, and 0.95 % at other times", targets(100, 0, 0.95), "yes"],
  ["all fail, but 1.05 % at other times too", targets(100, 0, 1.05), "unclear"],
  ["none fails", targets(0, 1000), "no"],
  ["no target group speaks TLS", { ...targets(100, 0), handshakes: [] as never }, "no"],
  ["there is no episode", { ...targets(100, 0), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
