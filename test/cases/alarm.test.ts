import { beforeAll, describe, expect, it } from "vitest";
import alarmOnAverage from "../../playbooks/factors/alarm-on-average/factor.ts";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { type Meddle, solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { Answer } from "../../src/model/question.ts";
import { alarm } from "../signals/facts.ts";
import { asked, composite } from "../verdicts/other-alarms.ts";

/* Cases from public reports in which the alarm itself is at fault, or is told wrongly. */

let world: World;
beforeAll(() => {
  world = buildWorld(INCIDENTS["worker-ceiling"]());
});

/** An answer with its text changed. */
function edited(answer: Answer, edit: (text: string) => string): Answer {
  if (answer.status !== "answered") return answer;
  return { ...answer, pages: JSON.parse(edit(JSON.stringify(answer.pages))) };
}

/** The alarm as its answers tell it, history included. */
const alarmEdited =
  (edit: (text: string) => string): Meddle =>
  (question, answer) =>
    /^DescribeAlarm/.test(question.operation) ? edited(answer, edit) : answer;

describe("flaps-between-ok-and-insufficient-data", () => {
  const losing = (treatment: string) =>
    alarmEdited((text) =>
      text
        .replaceAll(/\bALARM\b/g, "INSUFFICIENT_DATA")
        .replace(/"TreatMissingData":"\w+"/, `"TreatMissingData":"${treatment}"`),
    );

  it("the headline says what happens, and what to set", async () => {
    const { verdict, fixes } = await solveWorld(world, losing("missing"));
    expect(verdict?.rootCause).toBe("alarm-on-nothing");
    expect(verdict?.headline).toMatch(/^The alarm lost its data 9 times in 6 h .*; it never went to ALARM\.$/);
    expect(fixes[0]?.title).toBe("treat missing data as notBreaching");
  });

  it("where missing data are not what takes it there, its metric is looked at", async () => {
    const { verdict } = await solveWorld(world, losing("ignore"));
    expect(verdict?.headline).toContain("Check its metric and dimensions");
  });

  it("an alarm that has data and was never in ALARM is told as that", async () => {
    const quiet: Meddle = (question, answer) =>
      question.operation === "DescribeAlarmHistory" && answer.status === "answered"
        ? { ...answer, pages: [{ AlarmHistoryItems: [] }] }
        : alarmEdited((text) => text.replaceAll(/"StateValue":"\w+"/g, '"StateValue":"OK"'))(question, answer);
    const { verdict } = await solveWorld(world, quiet);
    expect(verdict?.headline).toBe("not established: the alarm was not in ALARM in this window.");
  });
});

it("datapoints-fraction: the answer is told as malformed", async () => {
  const session = await solveWorld(
    world,
    alarmEdited((text) => text.replace(/"DatapointsToAlarm":\d+/, '"DatapointsToAlarm":0.5')),
  );
  expect(session.gaps.map(({ kind, what }) => `${kind}: ${what}`).join("\n")).toMatch(
    /malformed: .*DatapointsToAlarm: .*expected int/,
  );
  expect(session.verdict?.rootCause ?? null).toBeNull();
});

it("anomaly-band: a band that could not be read has no figure", () => {
  const banded = { alarm: { ...alarm().alarm, threshold: Number.NaN } };
  expect(alarmOnAverage.find(banded)?.statement).toContain("can raise it above its band,");
  expect(alarmOnAverage.find(alarm())?.statement).toContain("can raise it above 0.5 s,");
});

it("composite-at-least: alarms beneath that could not be read are named", async () => {
  const rule = 'AT_LEAST(2, ALARM, (fast, slow, "very slow"))';
  const unread = (names: string): Answer | null =>
    names.includes("slow") ? { status: "failed", failure: { kind: "missing", message: "not held" } } : null;
  const session = await asked("top", [], [composite("top", rule)], ({ operation, input }) =>
    operation === "DescribeAlarms" ? unread(String(input.AlarmNames)) : null,
  );
  expect(session.verdict?.headline).toContain("can be judged (not read: fast, slow and very slow)");
});
