import { alarm } from "../facts.ts";
import { suspect } from "../groups.ts";
import { parted, requestLog, row, type Taken } from "../logs.ts";
import type { Row } from "../row.ts";

const known = { ...alarm(), ...suspect("shop") };
/** Check-ins and other requests, in the episode and in the quiet stretch. */
const log = (own: Taken, ownQuiet: Taken = own, others: Taken = [[100, 0.1]], othersQuiet: Taken = [[100, 0.1]]) => ({
  ...known,
  ...parted("path", ["POST", "/checkin"], [own, others], [ownQuiet, othersQuiet]),
});
const held = (requests: number, seconds = 60): Taken => [[requests, seconds]];
/** Of so many requests so many are held, and the others of this path are answered at once. */
const mixed = (all: number, long: number): Taken => [
  [long, 60],
  [all - long, 0.1],
];
/** Some end before the others do. */
const early = (seconds: number): Taken => [
  [15, seconds],
  [85, 60],
];
const late: Taken = [
  [98, 60],
  [2, 80],
];
/** The alarm is on all the time, so that the log has no quiet stretch. */
const always = (others: number) => {
  const rows = requestLog(
    row(0, "all", [], [...held(40), [100, others]]),
    row(0, "path", ["POST", "/checkin"], held(40)),
    row(0, "path", ["GET", "/"], [[100, others]]),
  );
  const { spans } = rows["request-log"];
  return { ...known, "request-log": { ...rows["request-log"], spans: spans.slice(0, 2) } };
};
/** Another path has so many requests that are as long. */
const beside = (own: number, other: number) => ({
  ...known,
  ...requestLog(
    row(0, "all", [], [...held(own), ...held(other, 20), [100, 0.1]]),
    row(0, "path", ["POST", "/checkin"], held(own)),
    row(0, "path", ["GET", "/export"], held(other, 20)),
    row(2, "all", [], [...held(own), ...held(other, 20), [100, 0.1]]),
    row(2, "path", ["POST", "/checkin"], held(own)),
  ),
});
const failing = (failed: number) => ({
  ...known,
  ...requestLog(
    row(0, "all", [], held(1000), { failed }),
    row(0, "path", ["POST", "/checkin"], held(1000), { failed }),
    row(2, "all", [], held(1000)),
    row(2, "path", ["POST", "/checkin"], held(1000)),
  ),
});

const givenUp = (gaveUp: number) => ({
  ...known,
  ...requestLog(
    row(0, "all", [], held(1000), { gaveUp }),
    row(0, "path", ["POST", "/checkin"], held(1000), { gaveUp }),
    row(2, "all", [], held(1000)),
    row(2, "path", ["POST", "/checkin"], held(1000)),
  ),
});
/** Of a hundred long requests so many have a large body. */
const uploads = (large: number, name = "up to 8 MB") => {
  const { "request-log": read } = log(held(100));
  const sizes = [
    row(0, "size", [name], held(large)),
    row(0, "size", ["up to 2 KB"], [...held(100 - large), [100, 0.1]]),
  ];
  return { ...known, "request-log": { ...read, rows: [...read.rows, ...sizes] } };
};

// Half octaves: 60 s and 80 s lie one apart, 60 s and 130 s two, 0.1 s and 0.3 s three.
export default [
  ["all requests of one path are held for a minute, and the others are fast", log(held(100)), "yes"],
  ["10.5 s each", log(held(100, 10.5)), "yes"],
  ["9.5 s each", log(held(100, 9.5)), "unclear"],
  ["9.5 s each in quiet stretches", log(held(100, 10.5), held(100, 9.5)), "unclear"],
  ["6 s each", log(held(100, 6)), "no"],
  ["91 of 100 are held, the others end at once", log(mixed(100, 91)), "yes"],
  ["89 of 100 are held, the others end at once", log(mixed(100, 89)), "unclear"],
  ["19 of 100 are held", log(mixed(100, 19)), "no"],
  ["21 of 100 are held", log(mixed(100, 21)), "unclear"],
  ["held in the episodes, and not in quiet stretches", log(held(100), mixed(100, 30)), "unclear"],
  ["1.4 times as long in quiet stretches", log(held(100, 60), held(100, 80)), "unclear"],
  ["15 of 100 end a little early", log(early(45)), "yes"],
  ["15 of 100 end after half of the time", log(early(30)), "unclear"],
  ["each fiftieth takes 1.4 times as long: it has no fixed end", log(late), "unclear"],
  ["twice as long in quiet stretches", log(held(100, 60), held(100, 130)), "unclear"],
  ["the other paths become three times as slow", log(held(100), held(100), [[100, 0.3]]), "unclear"],
  ["so few other requests that nobody knows", log(held(100), held(100), [[19, 0.3]]), "yes"],
  ["20 other requests become three times as slow", log(held(100), held(100), [[20, 0.3]]), "unclear"],
  ["20 requests of it", log(held(20), held(20)), "yes"],
  ["19 requests of it", log(held(19), held(20)), "unknown"],
  ["19 requests of it in quiet stretches", log(held(20), held(19)), "unknown"],
  ["81 of 100 long requests are its", beside(81, 19), "yes"],
  ["79 of 100 long requests are its", beside(79, 21), "unclear"],
  ["1 % of its requests fail", failing(10), "yes"],
  ["1.1 % of its requests fail", failing(11), "unclear"],
  ["all of them end when their client gives up", givenUp(1000), "unclear"],
  ["9.9 % end when their client gives up", givenUp(99), "yes"],
  ["10.1 % end when their client gives up", givenUp(101), "unclear"],
  ["all of them are uploads of one size", uploads(100), "unclear"],
  ["19 of 100 are uploads", uploads(19), "yes"],
  ["21 of 100 are uploads", uploads(21), "unclear"],
  ["their bodies are small", uploads(100, "up to 128 KB"), "yes"],
  ["no quiet stretch, and the others take less than the threshold", always(0.1), "yes"],
  ["no quiet stretch, and the others take longer", always(3), "unclear"],
  ["no request for the group", { ...known, ...requestLog() }, "unknown"],
  ["no target group stands out", { ...log(held(100)), ...suspect(null) }, "unknown"],
] satisfies readonly Row[];
