import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Answer, Failure, Question } from "../../../src/model/question.ts";
import { SOURCES } from "../../../src/sources/descriptors.ts";
import { LIMITS, type Limits } from "../../../src/sources/limits.ts";
import { type LiveOptions, LiveSource } from "../../../src/sources/live.ts";
import { awsEnvironment } from "../../loopback/environment.ts";
import { type Loopback, type LoopbackOptions, startLoopback } from "../../loopback/server.ts";

/** Short, so that a test of a server that never answers does not take as long as a person would wait. */
export const QUICK: Limits = {
  ...LIMITS,
  question: 1_500,
  throttled: 1_500,
  connect: 400,
  request: 500,
  bytes: 8 * 2 ** 20,
};

/** Where an answer or an error comes, however busy the machine is. */
export const PATIENT: Limits = { ...QUICK, question: 20_000, throttled: 20_000, connect: 5_000, request: 10_000 };

// Loaded before anything has a deadline: an adapter is imported at its first question.
await Promise.all(SOURCES.map((source) => import(`../../../src/sources/${source.id}/live.ts`)));

export interface Rig {
  readonly loopback: Loopback;
  readonly live: LiveSource;
  /** A folder of this test's own. */
  readonly folder: string;
}

/** A loopback with live adapters in front of it; both end with the test. */
export async function rig(options: LoopbackOptions, more: Partial<LiveOptions> = {}): Promise<Rig> {
  const loopback = await startLoopback(options);
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-live-"));
  onTestFinished(async () => {
    await loopback.close();
    rmSync(folder, { recursive: true });
  });
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, loopback.kubeconfig);
  awsEnvironment(loopback.awsUrl);
  const live = new LiveSource({ kubeconfig, allowExec: true, environment: {}, limits: QUICK, ...more });
  return { loopback, live, folder };
}

/** A source that gives these pages to every question of its kind. */
export function canned(pages: readonly unknown[]): { ask(question: Question): Promise<Answer> } {
  return { ask: async () => ({ status: "answered", pages }) };
}

/** One question of each source, with pages that answer it. */
export const SAMPLES = {
  cloudwatch: {
    question: { source: "cloudwatch", operation: "DescribeAlarms", input: { AlarmNames: ["a"] } },
    pages: [{ MetricAlarms: [{ AlarmName: "a", StateUpdatedTimestamp: "2026-06-26T08:00:00Z" }], CompositeAlarms: [] }],
  },
  cloudtrail: {
    question: {
      source: "cloudtrail",
      operation: "LookupEvents",
      input: { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "ModifyRule" }] },
    },
    pages: [
      {
        Events: [
          {
            EventId: "8f6a0b4e-0001",
            EventName: "ModifyRule",
            EventSource: "elasticloadbalancing.amazonaws.com",
            EventTime: "2026-06-26T08:00:00Z",
            CloudTrailEvent: '{"eventTime":"2026-06-26T08:00:00Z","eventName":"ModifyRule"}',
          },
        ],
      },
    ],
  },
  elbv2: {
    question: { source: "elbv2", operation: "DescribeTargetHealth", input: { TargetGroupArn: "arn:aws:tg" } },
    pages: [{ TargetHealthDescriptions: [{ Target: { Id: "i-1", Port: 31892 }, TargetHealth: { State: "healthy" } }] }],
  },
  acm: {
    question: { source: "acm", operation: "DescribeCertificate", input: { CertificateArn: "arn:aws:acm:c" } },
    pages: [{ Certificate: { CertificateArn: "arn:aws:acm:c", NotAfter: "2026-06-26T08:00:00Z" } }],
  },
  ec2: {
    question: { source: "ec2", operation: "DescribeSecurityGroups", input: { GroupIds: ["sg-1"] } },
    pages: [
      { SecurityGroups: [{ GroupId: "sg-1", IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80 }] }] },
    ],
  },
  kubernetes: {
    question: { source: "kubernetes", operation: "list", input: { apiVersion: "v1", resource: "services" } },
    pages: [
      {
        items: [
          {
            metadata: {
              name: "robusta-kube-prometheus-st-prometheus",
              namespace: "monitoring",
              labels: { app: "kube-prometheus-stack-prometheus" },
            },
            spec: { ports: [{ name: "http-web", port: 9090 }] },
          },
        ],
      },
    ],
  },
  prometheus: {
    question: { source: "prometheus", operation: "query", input: { query: "up", time: "2026-06-26T08:00:00Z" } },
    pages: [{ status: "success", data: { resultType: "vector", result: [{ metric: {}, value: [1782460800, "1"] }] } }],
  },
} as const satisfies Record<string, { question: Question; pages: readonly unknown[] }>;

/** Answers every sample question. */
export const sampleSource = {
  ask: async ({ source }: Question): Promise<Answer> => ({
    status: "answered",
    pages: SAMPLES[source as keyof typeof SAMPLES].pages,
  }),
};

/** Why a question failed; null where it was answered. */
export function failureOf(answer: Answer): Failure | null {
  return answer.status === "failed" ? answer.failure : null;
}
