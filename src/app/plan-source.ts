import type { Answer, Input, Json, Question } from "../model/question.ts";
import { epoch, iso, type Span } from "../model/time.ts";
import type { Source } from "../sources/port.ts";

/*
 * Answers with placeholders instead of the outside, so that the playbook itself says what it would ask: each name that a
 * real answer would give stands as "<name>" in the questions that follow from it. The made-up alarm has one episode and
 * its load balancer two target groups, one of them slow, which leads down every step.
 */

/** A name that only an answer can tell. */
const KNOWN_LATER = {
  region: "<region>",
  account: "<account>",
  loadBalancer: "app/<load-balancer>/<id>",
  group: "<target-group>",
  other: "<other-target-group>",
  namespace: "<namespace>",
  service: "<service>",
  deployment: "<deployment>",
  replicaSet: "<replica-set>",
  pod: "<pod>",
  container: "<container>",
  configMap: "<config-map>",
  node: "<node>",
  address: "<node-ip>",
  autoscaler: "<autoscaler>",
} as const;
const K = KNOWN_LATER;

const ELB = `arn:aws:elasticloadbalancing:${K.region}:${K.account}`;
const LISTENER = `${ELB}:listener/<listener>`;
const NODE_PORT = 30_000;

export class PlanSource implements Source {
  readonly asked: Question[] = [];
  readonly #alarm: string;
  readonly #window: Span;

  constructor(alarm: string, window: Span) {
    this.#alarm = alarm;
    this.#window = window;
  }

  async ask(question: Question): Promise<Answer> {
    this.asked.push(question);
    const page = this.#page(question);
    if (page !== null) return { status: "answered", pages: [page] };
    return { status: "failed", failure: { kind: "not-recorded", message: "a plan reads nothing" } };
  }

  #page({ source, operation, input }: Question): unknown {
    if (source === "prometheus") return series(operation, input);
    if (source === "kubernetes") return objects(operation, input);
    switch (operation) {
      case "DescribeAlarms":
        return { MetricAlarms: [this.#alarmObject()], CompositeAlarms: [] };
      case "DescribeAlarmHistory":
        return { AlarmHistoryItems: [this.#change("OK", "ALARM", 0.5), this.#change("ALARM", "OK", 0.6)] };
      case "GetMetricData":
        return this.#metrics(input);
      default:
        return balancer(operation, input);
    }
  }

  #alarmObject() {
    return {
      AlarmName: this.#alarm,
      AlarmArn: `arn:aws:cloudwatch:${K.region}:${K.account}:alarm:${this.#alarm}`,
      StateValue: "OK",
      MetricName: "TargetResponseTime",
      Namespace: "AWS/ApplicationELB",
      Statistic: "Average",
      Dimensions: [{ Name: "LoadBalancer", Value: K.loadBalancer }],
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold",
    };
  }

  #at(share: number): number {
    return Math.floor((this.#window.start + share * (this.#window.end - this.#window.start)) / 60) * 60;
  }

  #change(from: string, to: string, share: number) {
    const HistorySummary = `Alarm updated from ${from} to ${to}`;
    return { AlarmName: this.#alarm, Timestamp: iso(this.#at(share)), HistoryItemType: "StateUpdate", HistorySummary };
  }

  /** Slow in the middle of the window for the load balancer and one group, and a hundred requests in every minute. */
  #metrics(input: Input) {
    const [start, end] = [epoch(input.StartTime), epoch(input.EndTime)];
    const times = Array.from({ length: Math.floor((end - start) / 60) }, (_, index) => start + index * 60);
    const queries = Array.isArray(input.MetricDataQueries) ? input.MetricDataQueries : [];
    return {
      MetricDataResults: queries.map((query: Json) => {
        const text = JSON.stringify(query);
        const slow = (at: number) => at >= this.#at(0.5) - 120 && at < this.#at(0.6) && !text.includes(K.other);
        const value = (at: number) => (text.includes("Count") ? 100 : slow(at) ? 5 : 0.1);
        return {
          Id: (query as Input).Id,
          Timestamps: times.map(iso),
          Values: times.map(value),
          StatusCode: "Complete",
        };
      }),
      Messages: [],
    };
  }
}

function balancer(operation: string, input: Input): unknown {
  const groups = [K.group, K.other].map((name) => `${ELB}:targetgroup/${name}/<id>`);
  switch (operation) {
    case "DescribeLoadBalancers":
      return {
        LoadBalancers: [
          {
            LoadBalancerArn: `${ELB}:loadbalancer/${K.loadBalancer}`,
            LoadBalancerName: "<load-balancer>",
            Type: "application",
          },
        ],
      };
    case "DescribeListeners":
      return { Listeners: [{ ListenerArn: LISTENER, Port: 443, Protocol: "HTTPS" }] };
    case "DescribeRules":
      return { Rules: [] };
    case "DescribeTargetGroups":
      return {
        TargetGroups: groups.map((TargetGroupArn, index) => ({
          TargetGroupArn,
          TargetGroupName: index === 0 ? K.group : K.other,
          TargetType: "instance",
          Port: NODE_PORT + index,
        })),
      };
    case "DescribeTags":
      return {
        TagDescriptions: (input.ResourceArns as readonly string[]).map((ResourceArn) => ({ ResourceArn, Tags: [] })),
      };
    case "DescribeTargetHealth":
      return { TargetHealthDescriptions: [] };
    default:
      return { Attributes: [] };
  }
}

function objects(operation: string, input: Input): unknown {
  if (operation === "exec") return { stdout: "" };
  if (operation === "get") return { metadata: { name: input.name }, data: {} };
  const metadata = (name: string, more: object = {}) => ({ name, namespace: K.namespace, ...more });
  const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
  const container = { name: K.container, volumeMounts: [{ name: "config", mountPath: "/etc" }] };
  const spec = {
    nodeName: K.node,
    containers: [container],
    volumes: [{ name: "config", configMap: { name: K.configMap } }],
  };
  const items: { readonly [resource: string]: readonly unknown[] } = {
    services: [
      {
        metadata: metadata(K.service),
        spec: { type: "NodePort", selector: { "<label>": "<value>" }, ports: [{ port: 80, nodePort: NODE_PORT }] },
      },
    ],
    pods: [
      {
        metadata: metadata(K.pod, owner("ReplicaSet", K.replicaSet)),
        spec,
        status: { phase: "Running" },
        containers: [],
      },
    ],
    replicasets: [
      { metadata: metadata(K.replicaSet, owner("Deployment", K.deployment)), spec: { template: { spec } } },
    ],
    deployments: [{ metadata: metadata(K.deployment), spec: { replicas: 1, template: { spec } } }],
    horizontalpodautoscalers: [
      {
        metadata: metadata(K.autoscaler),
        spec: { scaleTargetRef: { kind: "Deployment", name: K.deployment }, minReplicas: 1, maxReplicas: 2 },
      },
    ],
    nodes: [
      {
        metadata: { name: K.node },
        status: { allocatable: {}, addresses: [{ type: "InternalIP", address: K.address }] },
      },
    ],
  };
  return { items: items[String(input.resource)] ?? [] };
}

function series(operation: string, input: Input): unknown {
  if (operation === "query") return { status: "success", data: { resultType: "vector", result: [] } };
  const [start, end, step] = [epoch(input.start), epoch(input.end), Number(input.step)];
  const values = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => [
    start + index * step,
    "1",
  ]);
  return { status: "success", data: { resultType: "matrix", result: [{ metric: { pod: K.pod }, values }] } };
}
