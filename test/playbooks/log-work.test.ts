import { expect, it } from "vitest";
import { workWords } from "../../playbooks/evidence/access-logs/words.ts";
import { requestLog, row, type Taken } from "../signals/logs.ts";

/** Of ten minutes: a target's requests, at once or after so many seconds. */
const target = (span: number, name: string, slow: number, seconds: number) => {
  const taken: Taken = [
    [300 - slow, 0.1],
    [slow, seconds],
  ];
  return [row(span, "target", [name], taken), row(span, "all", [], taken)];
};

it("tells how many requests the targets held, beside how many they got", () => {
  const { "request-log": log } = requestLog(
    ...target(0, "10.0.0.1:80", 200, 12),
    ...target(0, "10.0.0.2:80", 3, 12),
    ...target(2, "10.0.0.1:80", 0, 12),
    ...target(2, "10.0.0.2:80", 0, 12),
  );
  // 200 × 12 s + 100 × 0.1 s in 600 s are 4.02 in flight.
  expect(workWords(log, "shop")?.statement).toMatch(
    /: 4\.02 at 10\.0\.0\.1:80, 0\.11 at 10\.0\.0\.2:80; the one with most requests gets 100 % of an even share; 34 % take longer than 0\.11 s, as 5 % do in quiet periods, spread/,
  );
});

it("tells nothing without a quiet period, or of a single target", () => {
  const alone = [...target(0, "10.0.0.1:80", 200, 12), ...target(2, "10.0.0.1:80", 0, 12)];
  expect(workWords(requestLog(...alone)["request-log"], "shop")).toBeNull();
  const busy = [...target(0, "10.0.0.1:80", 200, 12), ...target(0, "10.0.0.2:80", 3, 12)];
  expect(workWords(requestLog(...busy)["request-log"], "shop")).toBeNull();
});
