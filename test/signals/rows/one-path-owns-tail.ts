import { alarm } from "../facts.ts";
import { suspect } from "../groups.ts";
import { parted, requestLog, row, type Taken } from "../logs.ts";
import type { Row } from "../row.ts";

/** Reports against all others: so many slow ones of each, and so many fast ones. */
const log = (ownSlow: number, othersSlow: number, ownFast = 0, othersFast = 1000) => {
  const taken = (slow: number, fast: number): Taken => [
    [slow, 3],
    [fast, 0.05],
  ];
  const read = parted("path", ["GET", "/reports"], [taken(ownSlow, ownFast), taken(othersSlow, othersFast)]);
  return { ...alarm(), ...suspect("shop"), ...read };
};

export default [
  ["82 of 100 slow requests are of one path", log(82, 18), "yes"],
  ["78 of 100", log(78, 22), "unclear"],
  ["42 of 100 of the largest", spread(42, 29), "unclear"],
  ["38 of 100 of the largest", spread(38, 31), "no"],
  ["21 slow requests, all of one path", log(21, 0), "yes"],
  ["19 slow requests, all of one path", log(19, 0), "unknown"],
  ["the path is 48 % of all requests", log(100, 0, 380, 520), "yes"],
  ["the path is 52 % of all requests", log(100, 0, 420, 480), "unclear"],
  ["no target group stands out", { ...log(82, 18), ...suspect(null) }, "unknown"],
  ["the log has nothing of the group", { ...alarm(), ...suspect("shop"), ...requestLog() }, "unknown"],
] satisfies readonly Row[];

/** The slow requests of one path, and of two others each. */
function spread(most: number, each: number) {
  const slow = (count: number): Taken => [[count, 3]];
  const read = requestLog(
    ...(["/reports", "/search", "/export"] as const).map((path, index) =>
      row(0, "path", ["GET", path], slow(index === 0 ? most : each)),
    ),
    row(
      0,
      "all",
      [],
      [
        [most + 2 * each, 3],
        [1000, 0.05],
      ],
    ),
  );
  return { ...alarm(), ...suspect("shop"), ...read };
}
