import { describe, expect, it } from "vitest";
import { asked, composite, described, errors, type MetricAlarm, own, statement } from "./other-alarms.ts";

describe("a composite alarm", () => {
  it("leads to the latency alarm beneath it, and to its cause", async () => {
    const rule = `ALARM("${own}") OR ALARM("errors") OR ALARM("deleted")`;
    const session = await asked("page-the-team", [described, errors], [composite("page-the-team", rule)]);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    expect(session.facts.alarm).toMatchObject({ name: own, composite: "page-the-team" });
    expect(session.facts.episodes?.cycles).toBe(9);
    const told = statement(session, "alarm.composite");
    expect(told).toContain(`page-the-team is a composite alarm; the alarm beneath it that is investigated is ${own}`);
    expect(told).toContain("errors: Sum of HTTPCode_Target_5XX_Count");
    expect(told).toContain("deleted: there is no such alarm");
  });

  it("is followed through other composite alarms, and not in a circle", async () => {
    const session = await asked(
      "top",
      [described],
      [composite("top", "ALARM(middle)"), composite("middle", `ALARM(top) OR ALARM("${own}")`)],
    );
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("is followed through AT_LEAST, and not to what must not be in ALARM", async () => {
    const quiet = { ...described, AlarmName: "quiet", StateValue: "ALARM" };
    const rule = `AT_LEAST(50%, ALARM, ("${own}", errors)) AND NOT ALARM(quiet)`;
    const session = await asked("top", [described, errors, quiet], [composite("top", rule)]);
    expect(session.facts.alarm?.name).toBe(own);
    expect(statement(session, "alarm.composite")).toContain("quiet: must not be in ALARM");
  });

  it("is told with who holds its actions back", async () => {
    const top = { ...composite("top", `ALARM ( "${own}" )`), ActionsSuppressor: "arn:aws:cloudwatch:a:1:alarm:deploy" };
    const session = await asked("top", [described], [top]);
    expect(statement(session, "alarm.composite")).toMatch(/held back while deploy is in ALARM$/);
  });

  it("whose rule cannot be read is told with the place", async () => {
    const session = await asked("top", [described], [composite("top", "ALARM(a) XOR ALARM(b)")]);
    expect(session.gaps[0]?.what).toMatch(/its rule cannot be read: "XOR" stands at character 10/);
  });

  it("means the alarm that is in ALARM, and of several the one that went there last", async () => {
    const at = (AlarmName: string, StateValue: string, StateTransitionedTimestamp: string): MetricAlarm => ({
      ...described,
      AlarmName,
      StateValue,
      StateTransitionedTimestamp,
    });
    const alarms = [
      at("calm", "OK", "2026-06-26T10:14:00Z"),
      at("old", "ALARM", "2026-06-25T10:00:00Z"),
      at("new", "ALARM", "2026-06-26T10:00:00Z"),
    ];
    const session = await asked("top", alarms, [composite("top", "ALARM(calm) OR ALARM(old) OR ALARM(new)")]);
    expect(session.facts.alarm?.name).toBe("new");
  });

  it("says of no alarm that it is not there which it has not asked for: a call takes a hundred", async () => {
    const others = Array.from({ length: 119 }, (_, index) => ({ ...errors, AlarmName: `errors-${index}` }));
    const rule = [own, ...others.map(({ AlarmName }) => AlarmName)].map((name) => `ALARM("${name}")`).join(" OR ");
    const session = await asked("top", [described, ...others], [composite("top", rule)]);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    expect(statement(session, "alarm.composite")).not.toContain("there is no such alarm");
  });

  it("above no alarm that a playbook takes is told with what is beneath it", async () => {
    const refused = { ...errors, MetricName: "RuleEvaluations" };
    const session = await asked("top", [refused], [composite("top", "ALARM(errors)")]);
    expect(session.outcome).toBe("unsupported-alarm");
    expect(session.verdict?.headline).toMatch(
      /top cannot be investigated: it is a composite alarm.*errors: Sum of RuleEvaluations/,
    );
  });
});
