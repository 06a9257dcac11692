import { describe, expect, it } from "vitest";
import { fixtures, lost, recorded, replay, without } from "./replay.ts";

describe.each(fixtures)("%s with evidence missing", (name) => {
  it("is never given a wrong cause for want of a single answer, keeps the rest, and names the gap", async () => {
    const recording = await recorded(name);
    const whole = await replay(recording);
    for (const { key } of whole.exchanges) {
      const session = await replay(recording, without(key));
      expect([whole.verdict?.rootCause, null], `without ${key}`).toContain(session.verdict?.rootCause ?? null);
      expect(
        session.gaps.map(({ kind }) => kind),
        `without ${key}`,
      ).toContain("timeout");
      // Without the alarm no playbook is selected, and nothing is judged.
      if (session.facts.alarm === undefined) expect(session.hypotheses).toEqual([]);
      else if (session.verdict?.rootCause === null)
        expect(
          session.hypotheses.some(({ status }) => status === "undetermined"),
          `without ${key}`,
        ).toBe(true);
      // A judgement may fall back to undetermined or to less; it never turns into its opposite.
      for (const [index, { status, cause }] of session.hypotheses.entries()) {
        const before = whole.hypotheses[index]?.status;
        if (before === "rejected") expect(["rejected", "undetermined"], `${cause} without ${key}`).toContain(status);
        if (before === "confirmed")
          expect(["confirmed", "supported", "undetermined"], `${cause} without ${key}`).toContain(status);
      }
    }
  });

  it.each(["cloudwatch", "elbv2", "kubernetes", "prometheus"] as const)(
    "is never given a wrong cause without %s",
    async (source) => {
      const recording = await recorded(name);
      const whole = await replay(recording);
      const session = await replay(recording, (question, answer) => (question.source === source ? lost : answer));
      expect([whole.verdict?.rootCause, null]).toContain(session.verdict?.rootCause ?? null);
      const gaps = session.gaps.filter((gap) => gap.source === source);
      expect(gaps.length).toBeGreaterThan(0);
      for (const { consequence, remedy } of gaps) expect(consequence && remedy).not.toBe("");
      const others = whole.findings.filter(({ reproduce }) => !JSON.stringify(reproduce).includes(COMMAND[source]));
      if (source === "prometheus")
        expect(session.findings.map(({ id }) => id)).toEqual(
          expect.arrayContaining(
            others.filter(({ step }) => step === "alarm-history" || step === "target-groups").map(({ id }) => id),
          ),
        );
    },
  );

  it("reads an empty list as nothing known, not as nothing there", async () => {
    const recording = await recorded(name);
    const whole = await replay(recording);
    for (const { key, question } of whole.exchanges) {
      if (question.source !== "prometheus") continue;
      const resultType = question.operation === "query" ? "vector" : "matrix";
      const empty = { status: "answered", pages: [{ status: "success", data: { resultType, result: [] } }] } as const;
      const session = await replay(recording, (asked, answer) =>
        asked.operation === question.operation && asked.input.query === question.input.query ? empty : answer,
      );
      expect([whole.verdict?.rootCause, null], `empty: ${key}`).toContain(session.verdict?.rootCause ?? null);
    }
  });
});

const COMMAND = {
  cloudwatch: "aws cloudwatch",
  elbv2: "aws elbv2",
  kubernetes: "kubectl",
  prometheus: "query",
};
