import { describe, expect, it } from "vitest";
import { readRisen } from "../../playbooks/evidence/target-groups/risen.ts";
import { ceilingOf } from "../../playbooks/signals/risen-group-at-ceiling.ts";
import type { BlameFact, EpisodesFact, GroupLoad, TargetGroupFact } from "../../src/model/facts.ts";
import type { Question, Typed } from "../../src/model/question.ts";

const START = 1_782_460_800;
const window = { start: START, end: START + 1200 };
const episodes = { episodes: [{ burst: { start: START + 300, end: START + 900 } }] } as unknown as EpisodesFact;

const names = ["web", "cart", "auth"];
const arn = (name: string) => `arn:${name}`;
const groups = names.map(
  (name, index) =>
    ({ arn: arn(name), name, targetType: "ip", port: 80, tags: tagOf(name), share: index / 3 }) as unknown,
) as TargetGroupFact[];
function tagOf(name: string) {
  return { "ingress.k8s.aws/resource": `shop/api-${name}:80` };
}
const blame = {
  groups: names.map(
    (name, index) => ({ arn: arn(name), name, outside: 0.1, inside: 1, share: index / 3 }) as GroupLoad,
  ),
  verdict: "alike",
  guilty: null,
  alsoRose: names,
  residual: null,
} satisfies BlameFact;

const list = (kind: string, items: readonly unknown[]) => ({ kind, items });
const service = (name: string) => ({
  metadata: { name, namespace: "shop" },
  spec: { type: "ClusterIP", selector: { app: name }, ports: [{ name: "http", port: 80, targetPort: 8000 }] },
});
const pod = (name: string) => ({
  metadata: { name: `${name}-6d4-abcde`, namespace: "shop", labels: { app: name } },
  spec: {
    nodeName: "n",
    containers: [
      {
        name,
        image: "x",
        ports: [{ containerPort: 8000 }],
        resources: { limits: { cpu: "1" }, requests: { cpu: "1" } },
      },
    ],
  },
  status: { phase: "Running", podIP: `10.0.0.${names.indexOf(name) + 1}` },
});

/** Answers as a cluster would in which auth's pods run at their limit; `asked` collects the questions. */
function cluster(
  asked: Question[],
  cores: { readonly [name: string]: number },
  ip = (name: string) => pod(name).status.podIP,
) {
  const answer = ({ operation, input }: Question): unknown => {
    const { resource, TargetGroupArn, labelSelector, query } = input as { [key: string]: string };
    if (operation === "DescribeTargetHealth")
      return {
        TargetHealthDescriptions: [
          { Target: { Id: ip(String(TargetGroupArn).slice(4)), Port: 8000 }, TargetHealth: { State: "healthy" } },
        ],
      };
    if (resource === "services") return list("ServiceList", names.map(service));
    if (resource === "pods") return list("PodList", labelSelector ? [pod(String(labelSelector).slice(4))] : []);
    if (operation === "list") return list("List", []);
    const series = operation === "query_range";
    const values = (value: number) =>
      series
        ? { values: Array.from({ length: 21 }, (_, n) => [START + 60 * n, `${value}`]) }
        : { value: [START, `${value}`] };
    const figure = (name: string) =>
      query?.includes("usage_seconds")
        ? (cores[name] ?? 0)
        : query?.includes("throttled")
          ? 0
          : query?.includes("cfs_periods")
            ? 600
            : 1;
    return {
      status: "success",
      data: {
        resultType: series ? "matrix" : "vector",
        result: names.map((name) => ({
          metric: { namespace: "shop", pod: `${name}-6d4-abcde`, container: name },
          ...values(figure(name)),
        })),
      },
    };
  };
  return async <T>(typed: Typed<T>) => {
    asked.push(typed.question);
    return { ok: true as const, value: typed.parse([answer(typed.question)]).value };
  };
}

describe("the pods of the groups that rose together", () => {
  it("are read with one question for each metric over all of them", async () => {
    const asked: Question[] = [];
    const { fact } = await readRisen(
      blame,
      groups,
      episodes,
      window,
      cluster(asked, { web: 0.1, cart: 0.1, auth: 0.97 }),
    );
    expect(asked.filter(({ source }) => source === "prometheus")).toHaveLength(4);
    expect(fact.groups.map(({ name, service, unread }) => [name, service, unread])).toEqual([
      ["auth", "shop/auth", null],
      ["cart", "shop/cart", null],
      ["web", "shop/web", null],
    ]);
    expect(fact.groups.flatMap((group) => (ceilingOf(group) === null ? [] : [group.name]))).toEqual(["auth"]);
    expect(fact.groups[0]).toMatchObject({ plateau: 0.97, limit: 1, throttledShare: 0, pods: 1 });
  });

  it("are not taken from a cluster that does not hold the targets", async () => {
    const { fact } = await readRisen(
      blame,
      groups,
      episodes,
      window,
      cluster([], { auth: 0.97 }, () => "10.9.9.9"),
    );
    expect(fact.groups.map(({ unread }) => unread)).toEqual(
      names.map(() => "its targets are not shown to be this cluster's"),
    );
    expect(fact.groups.map(({ plateau }) => plateau)).toEqual([null, null, null]);
  });
});
