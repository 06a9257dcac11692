import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { SCHEMA_FILE, schemaText } from "../../scripts/write-schema.ts";
import type { AlarmFact } from "../../src/model/facts.ts";
import type { Hypothesis } from "../../src/model/judgement.ts";
import type { Session } from "../../src/model/session.ts";
import { jsonReport } from "../../src/output/json.ts";
import { session } from "./session.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(SCHEMA_FILE, "utf8")));

function documentOf(one: Session) {
  const document = JSON.parse(jsonReport(one));
  expect(valid(document), JSON.stringify(valid.errors)).toBe(true);
  return document;
}

test("the committed schema is the one that the code says; `npm run schema` writes it", () => {
  expect(readFileSync(SCHEMA_FILE, "utf8")).toBe(schemaText());
});

describe("the document keeps to its schema", () => {
  test("with a cause", () => {
    expect(documentOf(session())).toMatchObject({
      schemaVersion: 1,
      session: "2026-06-26-slow-0123abcd",
      alarm: { name: "slow", arn: null },
      verdict: { rootCause: "worker-concurrency-ceiling", explains: { episodes: 1, of: 1 } },
      episodes: [{ id: 1, alarmAt: "2026-06-26T08:10:00Z", okAt: "2026-06-26T08:16:00Z" }],
    });
  });

  test("with the signal that tells a cause from each neighbour, where one does", () => {
    const [first, ...others] = session().hypotheses;
    const apart = { "uneven-pod-load": "pods-clumped" } as const;
    const { hypotheses } = documentOf(
      session({ hypotheses: [{ ...(first as Hypothesis), apartFrom: apart }, ...others] }),
    );
    expect(hypotheses[0].apartFrom).toEqual(apart);
    expect(hypotheses[1].apartFrom).toEqual({});
  });

  test("with the alarm's state, since when, and its unit", () => {
    const alarm = {
      name: "slow",
      namespace: "AWS/ApplicationELB",
      metric: "TargetResponseTime",
      statistic: "Average",
      state: "ALARM",
      stateSince: 1_782_460_800,
    } as AlarmFact;
    const facts = { ...session().facts, alarm };
    const since = "2026-06-26T08:00:00Z";
    expect(documentOf(session({ facts })).alarm).toMatchObject({ state: "ALARM", stateSince: since, since, unit: "s" });
    const unitOf = (change: Partial<AlarmFact>) =>
      documentOf(session({ facts: { ...facts, alarm: { ...alarm, ...change } } })).alarm.unit;
    expect(unitOf({ metric: "HTTPCode_Target_5XX_Count" })).toBe("count");
    expect(unitOf({ statistic: "SampleCount" })).toBe("count");
    expect(unitOf({ metric: "ConsumedLCUs" })).toBeNull();
  });

  test("of a process that was killed", () => {
    const killed = session({ verdict: null, outcome: null, facts: {} });
    expect(documentOf(killed)).toMatchObject({ outcome: "interrupted", verdict: { rootCause: null }, episodes: null });
  });

  test("of a live investigation", () => {
    const source = { kind: "live", region: "eu-west-2", account: null, context: null } as const;
    expect(documentOf(session({ opening: { ...session().opening, source } })).source).toEqual(source);
  });
});

test("a document without one of the contract's fields would be noticed", () => {
  const fields = ["schemaVersion", "session", "source", "alarm", "verdict", "hypotheses", "findings", "fixes", "gaps"];
  for (const field of fields) {
    const { [field]: _, ...rest } = JSON.parse(jsonReport(session()));
    expect(valid(rest), field).toBe(false);
  }
});

test("a later version may add fields", () => {
  const document = JSON.parse(jsonReport(session()));
  expect(valid({ ...document, more: 1, verdict: { ...document.verdict, more: 1 } })).toBe(true);
});

test("keys stand in one order, whatever the order in which the session has them", () => {
  const turned = session().hypotheses.map((one) => Object.fromEntries(Object.entries(one).reverse()));
  expect(jsonReport(session({ hypotheses: turned as never }))).toBe(jsonReport(session()));
});

test("control characters are escaped, and nothing is lost", () => {
  const name = "a\u001b[31m\u009bb\u202ec\u007f";
  const text = jsonReport(session({ opening: { ...session().opening, alarmName: name } }));
  expect(text).toContain('"name": "a\\u001b[31m\\u009bb\\u202ec\\u007f"');
  expect(JSON.parse(text).alarm.name).toBe(name);
});
