import type { Meddle } from "../../simulator/solve.ts";
import type { World } from "../../simulator/world.ts";
import type { Answer } from "../../src/model/question.ts";

/*
 * ingress-nginx in front of a simulated service, which the load balancer then reaches through it: its Service and pods, the
 * target group bound to it, and its metrics of the service and of two more, which are as ever.
 */

const NAMESPACE = "ingress-nginx";
const NAME = "ingress-nginx-controller";
const LABELS = { "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller" };
const PODS = ["5c8d66c76d-2xqkp", "5c8d66c76d-8vbnm"].map((hash) => `${NAME}-${hash}`);
const HOUR_AGO = "2026-01-01T00:00:00Z";
/** Requests a minute of each of the others, and the seconds that one takes. */
const OTHERS = { requests: 120, seconds: 0.05 };

interface Named {
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** The seconds that a request to the others takes in a minute, by what one to the service takes then. */
type Others = (seconds: number) => number;

/** Puts the controller in front of the world's service. */
export function inFrontOf(world: World, others: Others = () => OTHERS.seconds): Meddle {
  const { focus } = world.scenario;
  return (question, answer) => {
    const { operation, input } = question;
    if (operation === "DescribeTags") return withoutController(answer);
    if (question.source === "prometheus" && String(input.query).includes("nginx_ingress_controller_"))
      return rates(world, String(input.query), input, others);
    if (operation !== "list") return answer;
    const items = listed(question.input, focus);
    if (items) return changed(answer, (list) => [...list, ...items]);
    if (input.resource === "targetgroupbindings")
      return changed(answer, (list) =>
        list.map((one) => ({
          ...(one as object),
          metadata: { ...(one as Named).metadata, namespace: NAMESPACE },
          spec: { ...(one as { spec: object }).spec, serviceRef: { name: NAME, port: 80 } },
        })),
      );
    return answer;
  };
}

/** The tags that name the application's own Service. */
function withoutController(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer), (_, value) =>
    Array.isArray(value) ? value.filter((one) => !/\/resource$/.test(String(one?.Key))) : value,
  ) as Answer;
}

function changed(answer: Answer, to: (items: readonly unknown[]) => readonly unknown[]): Answer {
  if (answer.status !== "answered") return answer;
  const [page, ...more] = answer.pages as { readonly items: readonly unknown[] }[];
  return { ...answer, pages: [{ ...page, items: to(page?.items ?? []) }, ...more] };
}

/** The controller's own objects among those of a list; null where it has none there. */
function listed(input: { readonly [name: string]: unknown }, focus: World["scenario"]["focus"]): object[] | null {
  const inAll = input.namespace === undefined;
  if (!inAll && input.namespace !== NAMESPACE) return null;
  const metadata = { namespace: NAMESPACE, labels: LABELS, annotations: {}, creationTimestamp: HOUR_AGO };
  const container = {
    name: "controller",
    image: "registry.k8s.io/ingress-nginx/controller:v1.12.1",
    ports: [{ containerPort: 80 }],
  };
  const template = { metadata: { labels: LABELS }, spec: { containers: [container] } };
  switch (input.resource) {
    case "services": {
      const ports = [{ name: "http", port: 80, targetPort: 80, ...(focus.nodePort ? { nodePort: 30_999 } : {}) }];
      return [{ metadata: { ...metadata, name: NAME }, spec: { type: "NodePort", selector: LABELS, ports } }];
    }
    case "deployments":
      return [
        {
          metadata: { ...metadata, name: NAME },
          spec: { replicas: PODS.length, selector: { matchLabels: LABELS }, template },
        },
      ];
    case "replicasets": {
      const ownerReferences = [{ kind: "Deployment", name: NAME, controller: true }];
      return [
        {
          metadata: { ...metadata, name: `${NAME}-5c8d66c76d`, ownerReferences },
          spec: { replicas: PODS.length, template },
        },
      ];
    }
    case "pods":
      if (input.labelSelector !== undefined && !String(input.labelSelector).includes("ingress-nginx")) return null;
      return PODS.map((name) => ({
        metadata: {
          ...metadata,
          name,
          ownerReferences: [{ kind: "ReplicaSet", name: `${NAME}-5c8d66c76d`, controller: true }],
        },
        spec: { nodeName: "node-of-the-controller", containers: [container] },
        status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }], containerStatuses: [] },
      }));
    default:
      return null;
  }
}

/** Rates of a counter over the minute before each moment. */
function rates(world: World, query: string, input: { readonly [name: string]: unknown }, others: Others): Answer {
  const { scenario, minutes, groups } = world;
  const [group] = groups;
  const start = Date.parse(String(input.start)) / 1000;
  const end = Date.parse(String(input.end)) / 1000;
  const began = scenario.now - minutes * 60;
  const ofFailed = query.includes("status=~");
  const inSeconds = query.includes("_sum{");
  const within = (minute: number) => {
    const [from, to] = [group?.offsets[minute] ?? 0, group?.offsets[minute + 1] ?? 0];
    return {
      requests: to - from,
      failed: [...(group?.codeClass.slice(from, to) ?? [])].filter((one) => one === 5).length,
      seconds: [...(group?.latency.slice(from, to) ?? [])].reduce((all, one) => all + one, 0),
    };
  };
  const own = (minute: number) => within(minute)[ofFailed ? "failed" : inSeconds ? "seconds" : "requests"];
  const other = (minute: number) => {
    const { requests, seconds } = within(minute);
    const took = requests === 0 ? OTHERS.seconds : others(seconds / requests);
    return ofFailed ? 0 : OTHERS.requests * (inSeconds ? took : 1);
  };
  const series = (namespace: string, service: string, of: (minute: number) => number) => ({
    metric: { namespace, service },
    values: Array.from({ length: Math.floor((end - start) / 60) + 1 }, (_, index) => {
      const at = start + index * 60;
      const minute = Math.floor((at - began) / 60) - 1;
      return [at, String((minute < 0 || minute >= minutes ? 0 : of(minute)) / 60)];
    }),
  });
  const result = [
    series(scenario.focus.namespace, scenario.focus.service, own),
    series("shop", "reviews", other),
    series("shop", "accounts", other),
  ];
  return { status: "answered", pages: [{ status: "success", data: { resultType: "matrix", result } }] };
}
