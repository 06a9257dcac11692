import { expect, it } from "vitest";
import slowUploads from "../../playbooks/factors/slow-uploads/factor.ts";
import { alarm } from "../signals/facts.ts";
import { suspect } from "../signals/groups.ts";
import { requestLog, row } from "../signals/logs.ts";

/** So many slow requests of a class of sizes, and a thousand fast ones. */
const found = (slow: number, size: string) =>
  slowUploads.find({
    ...alarm(),
    ...suspect("shop"),
    log: requestLog(
      row(
        0,
        "all",
        [],
        [
          [slow, 3],
          [1000, 0.05],
        ],
      ),
      row(0, "size", [size], [[slow, 3]]),
    )["request-log"],
  } as never)?.statement ?? null;

it("says that the slow requests are uploads, and what is assumed of slow clients", () => {
  expect(found(100, "up to 8 MB")).toMatch(
    /^100 % of the requests of more than 0\.5 s have bodies of more than 128 KB, .*it is assumed/,
  );
});

it("says nothing where they are small, or too few", () => {
  expect(found(100, "up to 16 KB")).toBeNull();
  expect(found(10, "up to 8 MB")).toBeNull();
});
