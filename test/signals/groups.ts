/** Hand-made facts of target groups, and of what the load balancer made itself; see facts.ts. */
import type { TargetGroupFact } from "../../src/model/facts.ts";
import { series, type Values } from "./facts.ts";

/** Targets that the load balancer's checks find unhealthy, minute by minute. */
export const targetHealth = (unhealthy: Values) => ({
  targetHealth: {
    healthy: series(unhealthy.map((count) => (count === null ? null : 9 - count))),
    unhealthy: series(unhealthy),
  },
});

type GroupValues = Partial<Record<"requests" | "failed" | "refused" | "healthy" | "unhealthy", Values>>;

/** One target group's answers, minute by minute; its ARN ends with its name. */
export const group = (name: string, known: GroupValues) => {
  const of = (what: keyof GroupValues) => series(known[what] ?? []);
  const counts = { requests: of("requests"), failed: of("failed"), refused: of("refused") };
  return { arn: `arn:${name}`, name, ...counts, healthy: of("healthy"), unhealthy: of("unhealthy") };
};

/** What the groups answered, and what the load balancer made itself, by status. */
export const responses = (
  groups: readonly ReturnType<typeof group>[],
  made: { readonly [status in "500" | "502" | "503" | "504"]?: Values } = {},
  failedClass: "4xx" | "5xx" = "5xx",
) => {
  const of = (status: keyof typeof made) => series(made[status] ?? []);
  return {
    responses: {
      groups,
      made: { "500": of("500"), "502": of("502"), "503": of("503"), "504": of("504") },
      rejected: series([]),
      failedClass,
    },
  };
};

/** The load balancer's connections, minute by minute. */
export const connectionLoad = (
  known: Partial<Record<"rejected" | "made" | "requests" | "capacity" | "peak", Values>>,
) => {
  const of = (what: keyof typeof known) => series(known[what] ?? []);
  const [rejected, made, requests] = [of("rejected"), of("made"), of("requests")];
  return { connectionLoad: { rejected, made, requests, capacity: of("capacity"), peak: of("peak") } };
};

/** The requests for one target group and its healthy targets, minute by minute. */
export const requestLoad = (known: Partial<Record<"requests" | "healthy", Values>>) => ({
  requestLoad: { group: "shop", requests: series(known.requests), healthy: series(known.healthy) },
});

/** The target group in question; null: none stands out. */
export const suspect = (name: string | null, isOwn = name !== null) => ({
  suspect: { group: name && { arn: `arn:${name}`, name }, isOwn },
});

/** The target group "shop", whose targets are of this type; a check of it may take five seconds. */
export const targetGroups = (targetType: TargetGroupFact["targetType"]): { targetGroups: TargetGroupFact[] } => ({
  targetGroups: [
    {
      arn: "arn:shop",
      name: "shop",
      targetType,
      protocol: "HTTP",
      port: 80,
      healthCheck: { path: "/", matcher: "200", interval: 30, timeout: 5 },
      tags: {},
    },
  ],
});
