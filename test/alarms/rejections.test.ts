import { describe, expect, test } from "vitest";
import { alarmOn, BALANCER, balancer, dimension, investigated, judged, level } from "./account.ts";

const groups = ["web", "cart"];

/** 300 requests a minute move from one service to another, which refuses them. */
const moved = {
  HTTPCode_Target_4XX_Count: level(5, 305),
  "HTTPCode_Target_4XX_Count web": level(5, 305),
  "HTTPCode_Target_4XX_Count cart": level(null, null),
  RequestCount: level(2_000, 2_000),
  "RequestCount web": level(1_000, 1_300),
  "RequestCount cart": level(1_000, 700),
};

test("requests that moved to a service that refuses them are told, with the rules that lead to it", async () => {
  const { verdict, fixes, playbook } = await investigated(
    { alarm: alarmOn("HTTPCode_Target_4XX_Count"), metrics: moved },
    balancer(groups),
  );
  expect(playbook).toBe("target-errors");
  // Whether a rollout came with it only the cluster tells.
  expect(verdict).toMatchObject({ rootCause: "misrouted-requests", confidence: "likely" });
  expect(verdict?.summary).toContain("rule 1 (host web.example.com)");
  const fix = fixes.find(({ id }) => id === "rule-to-its-service");
  expect(fix?.changes).toEqual([]);
  expect(fix?.notOffered?.[0]?.because).toContain("access log");
});

test("4xx of requests that nobody lost are not a rule's, nor the service's own", async () => {
  const metrics = { ...moved, "RequestCount cart": level(1_000, 1_000) };
  const session = await investigated({ alarm: alarmOn("HTTPCode_Target_4XX_Count"), metrics }, balancer(groups));
  expect(session.verdict?.rootCause).toBeNull();
  expect(judged(session, "misrouted-requests").status).toBe("undetermined");
  expect(judged(session, "target-errors").status).toBe("rejected");
});

test("4xx of as many requests as ever are not a rule's", async () => {
  const metrics = { ...moved, "RequestCount cart": level(1_000, 1_000), "RequestCount web": level(1_000, 1_000) };
  const session = await investigated({ alarm: alarmOn("HTTPCode_Target_4XX_Count"), metrics }, balancer(groups));
  expect(judged(session, "misrouted-requests").status).toBe("rejected");
  expect(session.verdict?.confidence).not.toBe("confirmed");
});

test.each(["HTTPCode_ELB_4XX_Count", "ELBAuthError", "ELBAuthFailure"])(
  "%s is told apart as far as AWS counts it, and no cause is made up",
  async (metric) => {
    const metrics = {
      [metric]: level(null, 300),
      RequestCount: level(900, 900),
      HTTP_Fixed_Response_Count: level(null, 40),
    };
    const session = await investigated({ alarm: alarmOn(metric), metrics }, balancer(groups));
    expect(session.playbook).toBe("client-errors");
    expect(session.verdict?.rootCause).toBeNull();
    const { statement = "" } = session.findings.find(({ id }) => id === "responses.errors") ?? {};
    expect(statement).toContain("with a fixed response");
    expect(statement).toContain("logins failed");
  },
);

const scopes = [
  ["a load balancer", { LoadBalancer: BALANCER }],
  ["a target group", { LoadBalancer: BALANCER, TargetGroup: dimension("web") }],
  ["a zone", { LoadBalancer: BALANCER, AvailabilityZone: "eu-west-2a" }],
] as const;
const rates = [
  ["a rate", "m1/m2*100", (m1: number | null, m2: number | null) => (m1 === null || !m2 ? null : (100 * m1) / m2)],
  [
    "a rate from 50 requests on",
    "IF(m2>=50, 100*m1/m2, 0)",
    (m1: number | null, m2: number | null) => (m2 === null || m2 < 50 || m1 === null ? 0 : (100 * m1) / m2),
  ],
  [
    "a rate with its gaps filled",
    "FILL(m1,0)/m2*100",
    (m1: number | null, m2: number | null) => (!m2 ? null : (100 * (m1 ?? 0)) / m2),
  ],
] as const;

describe.each(scopes)("of %s", (_, dimensions) => {
  test.each(rates)("%s is judged by its own values", async (_name, text, value) => {
    const of = [
      ["HTTPCode_Target_5XX_Count", "Sum"],
      ["RequestCount", "Sum"],
    ] as const;
    const alarm = alarmOn("HTTPCode_Target_5XX_Count", { dimensions, threshold: 5, expression: { text, of, value } });
    const metrics = {
      HTTPCode_Target_5XX_Count: level(null, 90),
      "HTTPCode_Target_5XX_Count cart": level(null, null),
      RequestCount: level(1_000, 1_000),
    };
    const session = await investigated({ alarm, metrics }, balancer(groups));
    expect(session.playbook).toBe("target-errors");
    expect(session.facts.episodes?.episodes).toHaveLength(1);
    expect(session.facts.suspect?.group?.name).toBe("web");
    const { statement = "" } = session.findings.find(({ id }) => id === "alarm-history.condition") ?? {};
    expect(statement).toContain(text);
    expect(session.gaps.filter(({ kind }) => kind === "defect")).toEqual([]);
  });
});
