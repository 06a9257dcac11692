import { WorldSource } from "../../simulator/source.ts";
import { buildWorld } from "../../simulator/world.ts";
import { type WorldKind, worldFor } from "../../simulator/worlds.ts";
import { investigate } from "../../src/api.ts";
import type { Answer, Input, Question } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";

/** What stands before a world of an Application Load Balancer to make a Network Load Balancer of it. */
export interface AsNetwork {
  /** The alarm's metric, in the place of the world's own. */
  readonly metric: string;
  /** From which metric of an Application Load Balancer each of a Network Load Balancer's is taken; null: 0 in each minute. */
  readonly from?: { readonly [metric: string]: string | null };
  /** Attributes of the target group, and of the listeners. */
  readonly targetGroup?: { readonly [key: string]: string };
  readonly listener?: { readonly [key: string]: string };
  /** How many of its target groups are left; 1 where it is not said. */
  readonly groups?: number;
  readonly change?: (question: Question, answer: Answer) => Answer;
}

/** Always published: a Network Load Balancer says 0 where an Application Load Balancer says nothing. */
const FROM: { readonly [metric: string]: string | null } = {
  NewFlowCount: "RequestCount",
  TCP_Client_Reset_Count: null,
  TCP_ELB_Reset_Count: null,
  TCP_Target_Reset_Count: "HTTPCode_ELB_502_Count",
  PortAllocationErrorCount: null,
  RejectedFlowCount: null,
  HealthyHostCount: "HealthyHostCount",
  UnHealthyHostCount: "UnHealthyHostCount",
};

/** A world of the simulator's, seen through the metrics and the API of a Network Load Balancer. */
export async function solveAsNetwork(kind: WorldKind, seed: number, as: AsNetwork): Promise<Session> {
  const { scenario } = worldFor(kind, seed);
  const world = buildWorld(scenario);
  const window = { start: scenario.now - scenario.window, end: scenario.now };
  const inner = new WorldSource(world);
  return investigate({
    source: {
      ask: async (question) => {
        const answer = withGroups(as.groups ?? 1, question, translated(inner, question, as));
        return as.change?.(question, answer) ?? answer;
      },
    },
    opening: {
      id: scenario.name,
      version: "0",
      alarmName: scenario.alarm.name,
      now: iso(window.end),
      window,
      allowExec: false,
      source: { kind: "fixture", fixture: scenario.name, description: scenario.description },
    },
  });
}

/** Connections are not told by target group: only the world's first ones are left. */
function withGroups(count: number, { operation }: Question, answer: Answer): Answer {
  if (operation !== "DescribeTargetGroups" || answer.status !== "answered") return answer;
  const [{ TargetGroups: groups }] = answer.pages as unknown as [{ TargetGroups: unknown[] }];
  return { ...answer, pages: [{ TargetGroups: groups.slice(0, count) as never }] };
}

function translated(inner: WorldSource, question: Question, as: AsNetwork): Answer {
  const { source, operation } = question;
  if (source !== "cloudwatch" && source !== "elbv2") return inner.answer(question);
  if (operation === "DescribeListenerAttributes")
    return attributes({ "tcp.idle_timeout.seconds": "350", ...as.listener });
  const from = { ...FROM, ...as.from };
  const known = new Set<string>();
  const asked = replaced(question, (text) =>
    text.replaceAll("net/", "app/").replaceAll("NetworkELB", "ApplicationELB"),
  );
  const input: Input =
    operation === "GetMetricData"
      ? {
          ...asked.input,
          MetricDataQueries: (asked.input.MetricDataQueries as Input[]).map((query) =>
            replaced(
              query,
              (text) => text,
              (name, value) => {
                if (name !== "MetricName") return value;
                if (Object.hasOwn(from, String(value))) known.add(String(query.Id));
                return from[String(value)] ?? "Nothing";
              },
            ),
          ),
        }
      : asked.input;
  const answer = inner.answer({ ...asked, input });
  if (answer.status !== "answered") return answer;
  const own = replaced(answer, (text) =>
    text
      .replaceAll("app/", "net/")
      .replaceAll("AWS/ApplicationELB", "AWS/NetworkELB")
      .replace(/^application$/, "network"),
  );
  if (operation === "DescribeAlarms")
    return replaced(
      own,
      (text) => text,
      (name, value) => (name === "MetricName" ? as.metric : value),
    );
  if (operation === "DescribeTargetGroupAttributes" && as.targetGroup)
    return { ...own, pages: [{ Attributes: [...listed(own), ...listed(attributes(as.targetGroup))] }] };
  return operation === "GetMetricData" ? filled(own, question.input, known) : own;
}

function listed(answer: Answer): unknown[] {
  return answer.status === "answered" ? (answer.pages[0] as { Attributes: unknown[] }).Attributes : [];
}

function attributes(values: { readonly [key: string]: string }): Answer {
  return {
    status: "answered",
    pages: [{ Attributes: Object.entries(values).map(([Key, Value]) => ({ Key, Value })) }],
  };
}

interface Line {
  readonly Id: string;
  readonly Timestamps: readonly string[];
  readonly Values: readonly number[];
}

/** 0 in each period of a metric that is always published. */
function filled(answer: Answer & { status: "answered" }, input: Input, known: ReadonlySet<string>): Answer {
  const [start, end] = [Date.parse(String(input.StartTime)) / 1000, Date.parse(String(input.EndTime)) / 1000];
  const hosts = new Set(
    (input.MetricDataQueries as Input[]).flatMap((query) =>
      JSON.stringify(query).includes("HostCount") ? [String(query.Id)] : [],
    ),
  );
  const period = Number((input.MetricDataQueries as { MetricStat: { Period: number } }[])[0]?.MetricStat.Period);
  const pages = (answer.pages as { MetricDataResults: Line[] }[]).map((page) => ({
    ...page,
    MetricDataResults: page.MetricDataResults.map((line) => {
      if (!known.has(line.Id) || hosts.has(line.Id)) return line;
      const values = new Map(line.Timestamps.map((at, index) => [Date.parse(at) / 1000, line.Values[index] ?? 0]));
      const times = Array.from({ length: Math.floor((end - start) / period) }, (_, index) => start + index * period);
      return { ...line, Timestamps: times.map(iso), Values: times.map((at) => values.get(at) ?? 0) };
    }),
  }));
  return { ...answer, pages };
}

/** A copy in which every string and every member is another. */
function replaced<T>(value: T, text: (text: string) => string, member = (_name: string, value: unknown) => value): T {
  return JSON.parse(JSON.stringify(value), (name, one) => member(name, typeof one === "string" ? text(one) : one));
}
