import type { Hypothesis } from "../../src/model/judgement.ts";
import type { Session } from "../../src/model/session.ts";

const START = 1_782_460_800; // 2026-06-26T08:00:00Z

function finding(id: string, statement: string, measures: Session["findings"][number]["measures"] = {}) {
  const reproduce = ["aws cloudwatch describe-alarms --alarm-names slow"];
  return { id, step: id.slice(0, id.indexOf(".")), statement, measures, reproduce };
}

function hypothesis(
  cause: Hypothesis["cause"],
  title: string,
  status: Hypothesis["status"],
  because: string,
  evidence: string[] = [],
): Hypothesis {
  return { cause, title, claim: `${title} makes it slow`, status, because, evidence, explains: [] };
}

/** A session with a cause, as an investigation leaves it; parts can be replaced. */
export function session(changed: Partial<Session> = {}): Session {
  return {
    schemaVersion: 1,
    playbook: "latency",
    opening: {
      id: "2026-06-26-slow-0123abcd",
      version: "0.1.0",
      alarmName: "slow",
      now: "2026-06-26T13:00:00Z",
      window: { start: START, end: START + 18_000 },
      allowExec: false,
      source: { kind: "fixture", fixture: "slow-shop", description: "A slow shop: made up for a test" },
    },
    steps: [
      { id: "alarm-history", title: "alarm history", state: "done", note: null },
      { id: "pod-cpu", title: "pod CPU", state: "done", note: null },
    ],
    exchanges: [
      {
        key: "a",
        step: "alarm-history",
        question: { source: "cloudwatch", operation: "DescribeAlarms", input: {} },
        answer: { status: "answered", pages: [{}] },
      },
    ],
    facts: {
      episodes: {
        window: { start: START, end: START + 18_000 },
        transitions: [],
        earlier: [],
        historyFrom: START,
        episodes: [
          {
            id: 1,
            alarmAt: START + 600,
            okAt: START + 960,
            burst: { start: START + 480, end: START + 900 },
            breaching: 7,
            worst: 5.8,
            requests: 2100,
            fewestRequests: 212,
          },
        ],
        from: "history",
        cycles: 9,
        cyclesPerHour: 1.8,
        flappingFor: 17_400,
        longest: 360,
      },
    },
    findings: [
      finding("alarm-history.settings", "it watches the whole load balancer by its average", { threshold: 0.8 }),
      finding("alarm-history.requests", "the breaching datapoints hold 212–390 requests each", {
        fewest: 212,
        most: 390,
      }),
      finding("pod-cpu.evenness", "in the bursts all four pods ran at 0.84–0.93 cores", {
        jain: 0.9934567891,
        cores: [0.93, 0.88, 0.84],
        hot: null,
      }),
    ],
    hypotheses: [
      {
        ...hypothesis("worker-concurrency-ceiling", "too few workers", "confirmed", "4 workers for 6 requests", [
          "pod-cpu.evenness",
        ]),
        explains: [1],
      },
      hypothesis(
        "uneven-pod-load",
        "round robin clumps requests",
        "rejected",
        "all four pods ran alike in the bursts",
        ["pod-cpu.evenness"],
      ),
      hypothesis(
        "low-traffic-artifact",
        "few requests, slow average",
        "rejected",
        "the worst minutes hold 212–390 requests",
        ["alarm-history.requests"],
      ),
      hypothesis("slow-dependency", "something behind the pods is slow", "undetermined", "needs the pods' CPU"),
    ],
    factors: [
      {
        factor: "alarm-on-average",
        statement: "the alarm watches the average, which a few slow requests move",
        evidence: ["alarm-history.settings"],
      },
    ],
    verdict: {
      rootCause: "worker-concurrency-ceiling",
      confidence: "confirmed",
      headline: "shop can work on 4 requests at a time; the bursts bring 6.",
      summary:
        "Four pods with one worker each work on four requests at a time. In every burst six are there at once, so that two of them wait, and with them the average of the whole load balancer rises over 0.8 s.",
      service: { namespace: "default", name: "shop" },
      factors: ["alarm-on-average"],
      explains: { episodes: 1, of: 1 },
    },
    fixes: [],
    gaps: [],
    outcome: "established",
    ...changed,
  };
}
