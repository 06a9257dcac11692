import { investigate } from "../../src/api.ts";
import type { Answer, Question } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import { type Minutes, NOW, one, START, sourceOf, type World } from "../metric-kinds/world.ts";

/*
 * An account with one load balancer, its target groups and whatever a test sets beside them, so that an alarm of any kind
 * can be investigated by the real playbooks. There is no cluster: what only it can tell stays open.
 */

export const BALANCER = "app/shop/0123456789abcdef";
const ELB = "arn:aws:elasticloadbalancing:eu-west-2:111122223333";
const LISTENER = `${ELB}:listener/${BALANCER}/1`;

export const dimension = (group: string) => `targetgroup/${group}/0123456789abcdef`;
export const groupArn = (group: string) => `${ELB}:${dimension(group)}`;

/** Answers by operation; a function gets the question's input. */
export type Answers = { readonly [operation: string]: unknown | ((input: Question["input"]) => unknown) };

/** What an account has unless a test says otherwise: `groups` by name, with their rules' hosts. */
export function balancer(groups: readonly string[], more: Answers = {}): Answers {
  return {
    DescribeLoadBalancers: {
      LoadBalancers: [
        {
          LoadBalancerArn: `${ELB}:loadbalancer/${BALANCER}`,
          LoadBalancerName: "shop",
          Type: "application",
          Scheme: "internet-facing",
          AvailabilityZones: [{ ZoneName: "eu-west-2a", SubnetId: "subnet-lb" }],
          SecurityGroups: ["sg-lb"],
        },
      ],
    },
    DescribeLoadBalancerAttributes: { Attributes: [{ Key: "idle_timeout.timeout_seconds", Value: "60" }] },
    DescribeListeners: {
      Listeners: [
        { ListenerArn: LISTENER, Port: 443, Protocol: "HTTPS", SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      ],
    },
    DescribeRules: {
      Rules: groups.map((group, index) => ({
        RuleArn: `${LISTENER}/${index}`,
        Priority: String(index + 1),
        Conditions: [{ Field: "host-header", HostHeaderConfig: { Values: [`${group}.example.com`] } }],
        Actions: [{ Type: "forward", TargetGroupArn: groupArn(group) }],
      })),
    },
    DescribeTargetGroups: {
      TargetGroups: groups.map((group) => ({
        TargetGroupArn: groupArn(group),
        TargetGroupName: group,
        TargetType: "ip",
        Protocol: "HTTP",
        Port: 8080,
      })),
    },
    DescribeTags: { TagDescriptions: [] },
    DescribeTargetHealth: { TargetHealthDescriptions: [] },
    DescribeTargetGroupAttributes: { Attributes: [] },
    ...more,
  };
}

/** The alarm of a world, unless a test says otherwise: a minute's sum above one, twice in a row. */
export const alarmOn = (metric: string, more: Partial<World["alarm"]> = {}): World["alarm"] => ({
  name: "an-alarm",
  comparison: "GreaterThanThreshold",
  threshold: 20,
  period: 60,
  evaluationPeriods: 2,
  datapointsToAlarm: 2,
  treatMissingData: "notBreaching",
  dimensions: { LoadBalancer: BALANCER },
  metric,
  statistic: "Sum",
  ...more,
});

/** Whether a minute of the window lies in its spike. */
const isSpike = (minute: number) => minute >= 120 && minute < 150;

/** So much in each minute outside the spike, and so much in it; null: no datapoint. */
export const level =
  (outside: number | null, inside: number | null): Minutes =>
  (minute) => {
    const sum = isSpike(minute) ? inside : outside;
    return sum === null ? null : one(sum);
  };

/** When the spike begins. */
export const SPIKE = START + 120 * 60;

export async function investigated(world: World, answers: Answers): Promise<Session> {
  const cloudwatch = sourceOf(world);
  const ask = async (question: Question): Promise<Answer> => {
    if (question.source === "cloudwatch") return cloudwatch.ask(question);
    const known = answers[question.operation];
    const page = typeof known === "function" ? known(question.input) : known;
    if (page !== undefined && page !== null) return { status: "answered", pages: [page] };
    const kind = known === null || page === null ? "missing" : "unreachable";
    return { status: "failed", failure: { kind, message: `nothing answers ${question.operation}` } };
  };
  return investigate({
    source: { ask },
    opening: {
      id: "account",
      version: "0",
      alarmName: world.alarm.name,
      now: iso(NOW),
      window: { start: START, end: NOW },
      allowExec: false,
      source: { kind: "fixture", fixture: "account", description: "" },
    },
  });
}

/** What a cause was judged to be: its status and why. */
export function judged({ hypotheses }: Session, cause: string) {
  const { status, because } = hypotheses.find((one) => one.cause === cause) ?? {};
  return { status, because };
}
