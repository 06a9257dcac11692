import { beforeAll, describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { scenarioFor } from "../../simulator/families.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { Session } from "../../src/model/session.ts";
import {
  constant,
  editCpu,
  editItems,
  editMatrix,
  gap,
  idling,
  type Line,
  labelled,
  moved,
  onlyFor,
  said,
  scaled,
} from "./meddle.ts";

/*
 * Cases from public reports in which evidence was of something else. Each is made from a simulated world whose answers
 * take the shape that the report shows.
 */

let onNodes: World;
let onPods: World;
beforeAll(() => {
  onNodes = buildWorld(INCIDENTS["worker-ceiling"]());
  const scenario = scenarioFor("worker-concurrency-ceiling", 1);
  onPods = buildWorld({ ...scenario, focus: { ...scenario.focus, rollouts: [] } });
});

describe("the pods' CPU", () => {
  it("second-cluster-in-one-store: the cluster whose pods the API lists, and not the one that idles", async () => {
    const second = (lines: readonly Line[]) => [
      ...lines.map((line) => labelled(line, { cluster: "prod-a" })),
      ...lines.map((line) => idling(labelled(line, { cluster: "prod-b", pod: `${line.metric.pod?.slice(0, -2)}zz` }))),
    ];
    const session = await solveWorld(onNodes, editCpu(second));
    expect(session.facts.podCpu?.together).toBe(4);
    expect(said(session, "pod-cpu.sources")).toContain("2 clusters: prod-a and prod-b");
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("the same without a cluster label: pods that run now and are not listed are left out", async () => {
    const second = (lines: readonly Line[]) => [
      ...lines,
      ...lines.map((line) => idling(labelled(line, { pod: `${line.metric.pod?.slice(0, -2)}zz` }))),
    ];
    const session = await solveWorld(onPods, editCpu(second));
    expect(session.facts.podCpu?.pods.map(({ pod }) => pod).sort()).toEqual(
      session.facts.workload?.pods.map(({ name }) => name),
    );
    expect(said(session, "pod-cpu.sources")).toContain("that this cluster does not list left out");
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
    // After a rollout nothing tells whose the pods of the past were.
    const rolled = await solveWorld(onNodes, editCpu(second));
    expect(gap(rolled, "holds pods of another cluster")?.what).toContain("4 run now that this cluster does not list");
    expect(rolled.facts.podCpu).toBeUndefined();
  });

  it("cpu-counted-twice: figures above the quota are a gap, and are given to nobody", async () => {
    const session = await solveWorld(
      onNodes,
      editCpu((lines) => lines.map((line) => scaled(line, 2))),
    );
    expect(gap(session, "the CPU figures are impossible")?.what).toMatch(
      /1\.8\d cores of a quota of 1\.5 in container data-service; counted twice\?/,
    );
    expect(session.facts.podCpu).toBeUndefined();
    expect(session.verdict?.rootCause).toBeNull();
  });

  it("a pair of Prometheus without deduplication: the sum is twice, and each pod is taken once", async () => {
    const session = await solveWorld(
      onNodes,
      onlyFor(
        /^sum by \(pod\) \(rate/,
        editMatrix((lines) => lines.map((line) => scaled(line, 2))),
      ),
    );
    expect(said(session, "pod-cpu.sources")).toContain("exist 2 times");
    expect(session.facts.podCpu?.plateau).toBeLessThan(1);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("cadvisor-without-container-label: what a pod of one container used is what that one used", async () => {
    const session = await solveWorld(
      onNodes,
      onlyFor(
        /container_cpu_usage_seconds_total\{.*container/,
        editMatrix(() => []),
      ),
    );
    expect(session.facts.podCpu?.plateau).toBeGreaterThan(0.8);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it.each([5, -5])(
    "prometheus-5min-behind, by %d minutes: a gap with the shift, and no cause from it",
    async (minutes) => {
      const session = await solveWorld(
        onNodes,
        editCpu((lines) => lines.map((line) => moved(line, -60 * minutes))),
      );
      const told = gap(session, "does not belong to these requests");
      expect(told?.what).toMatch(new RegExp(`moved 5 min ${minutes > 0 ? "later" : "earlier"} it follows them`));
      expect(told?.what).toMatch(/[\d.]+ ms of CPU a request in the spikes against [\d.]+ ms outside/);
      expect(session.facts.podCpu).toBeUndefined();
      expect(session.verdict?.rootCause).toBeNull();
    },
  );

  it("scrape-lost-when-hot: the missing minutes are counted, and are no evidence of idleness", async () => {
    const lost = (lines: readonly Line[]) =>
      lines.map((line) => ({ ...line, values: line.values.filter(([, value]) => Number(value) <= 0.5) }));
    const session = await solveWorld(onNodes, editCpu(lost));
    expect(gap(session, "do not mean that the pods were idle")?.what).toMatch(
      /\d+ of \d+ pod-minutes have no CPU sample/,
    );
    expect(session.verdict?.rootCause).toBeNull();
  });

  it("prometheus-no-samples-in-bursts: a gap and no figure", async () => {
    const bursts = (await solveWorld(onNodes)).facts.episodes?.episodes.map(({ burst }) => burst) ?? [];
    const lost = (lines: readonly Line[]) =>
      lines.map((line) => ({
        ...line,
        values: line.values.filter(([at]) => !bursts.some(({ start, end }) => at > start && at <= end + 60)),
      }));
    const session = await solveWorld(onNodes, editCpu(lost));
    expect(gap(session, "pod-minutes have no CPU sample")).toBeDefined();
    expect(session.facts.podCpu).toBeUndefined();
  });

  it("nginx-in-front-of-app: the application is judged, and both are told", async () => {
    const { container } = onNodes.scenario.focus;
    const nginx = {
      name: "nginx",
      image: "nginx:1.27",
      ports: [{ containerPort: 8080, name: "http" }],
      resources: { requests: { cpu: "50m" }, limits: { cpu: "200m" } },
    };
    const session = await solveWorld(onNodes, (question, answer) => {
      const beside = editItems("apps/v1", "deployments", (one) => withContainer(one, container, nginx))(
        question,
        answer,
      );
      return onlyFor(
        /^max by \(pod, container/,
        editMatrix((lines) => [...lines, ...lines.map((line) => scaled(labelled(line, { container: "nginx" }), 0.02))]),
      )(question, beside);
    });
    expect(session.facts.workload?.serving.name).toBe(container);
    expect(session.facts.podCpu?.containers?.map(({ name, role }) => [name, role])).toEqual([
      [container, "serving"],
      ["nginx", "beside"],
    ]);
    expect(said(session, "pod-cpu.containers")).toContain(`${container} is the busy one`);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("a sidecar that is full while the application has room: its figures are the pods', and it is named", async () => {
    const { container } = onNodes.scenario.focus;
    const sidecar = { name: "filter", image: "example.com/filter:1", resources: { limits: { cpu: "100m" } } };
    const session = await solveWorld(onNodes, (question, answer) => {
      const beside = editItems("apps/v1", "deployments", (one) => withContainer(one, container, sidecar))(
        question,
        answer,
      );
      return onlyFor(
        /^max by \(pod, container/,
        editMatrix((lines) => [
          ...lines.map((line) => scaled(line, 0.1)),
          ...lines.map((line) => scaled(labelled(line, { container: "filter" }), 0.105)),
        ]),
      )(question, beside);
    });
    expect(session.facts.podCpu?.container).toBe("filter");
    expect(session.facts.podCpu?.plateau).toBeCloseTo(0.095, 2);
    expect(session.verdict?.rootCause).not.toBe("slow-dependency");
    const named = session.hypotheses.filter(({ status }) => status === "confirmed" || status === "supported");
    expect(named.map(({ cause }) => cause)).not.toContain("slow-dependency");
  });
});

function withContainer(workload: { readonly [key: string]: unknown }, beside: string, added: object) {
  const spec = workload.spec as { template: { spec: { containers: { name: string; ports?: unknown }[] } } };
  const { containers } = spec.template.spec;
  if (!containers.some(({ name }) => name === beside)) return workload;
  const without = "ports" in added ? containers.map(({ ports: _, ...rest }) => rest) : containers;
  const template = { ...spec.template, spec: { ...spec.template.spec, containers: [...without, added] } };
  return { ...workload, spec: { ...spec, template } };
}

describe("the nodes", () => {
  it("node-exporter-instance-is-node-name: a node is found by its name", async () => {
    const session = await solveWorld(onNodes, (question, answer) =>
      onlyFor(
        /node_cpu_seconds_total/,
        editMatrix((lines) =>
          // The query by address finds nothing; the one by mode holds the names as well.
          /mode="idle"/.test(String(question.input.query))
            ? []
            : lines.map((line) => labelled(line, { instance: nameAt(line.metric.instance ?? "") })),
        ),
      )(question, answer),
    );
    const asked = session.exchanges
      .map(({ question }) => String(question.input.query))
      .find((one) => one.includes('mode!="idle"'));
    const [host] = session.facts.nodes?.filter(({ pods }) => pods > 0) ?? [];
    expect(asked).toContain(`|${host?.name.split(".")[0]}`);
    expect(session.facts.nodes?.filter(({ pods }) => pods > 0).every(({ busyInBursts }) => busyInBursts !== null)).toBe(
      true,
    );
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("are not full where they wait for disks, or where the hypervisor takes the CPU", async () => {
    const session = await solveWorld(
      onNodes,
      onlyFor(
        /node_cpu_seconds_total\{mode!="idle"/,
        editMatrix((lines) =>
          lines.flatMap((line) =>
            line.metric.mode === "user"
              ? [
                  scaled(line, 0.5),
                  constant(labelled(line, { mode: "iowait" }), 0.6),
                  constant(labelled(line, { mode: "steal" }), 0.3),
                ]
              : [line],
          ),
        ),
      ),
    );
    const [host] = session.facts.nodes?.filter(({ pods }) => pods > 0) ?? [];
    expect(host).toMatchObject({ iowaitInBursts: 0.6, stealInBursts: 0.3 });
    expect(host?.busyInBursts).toBeLessThan(0.5);
    expect(said(session, "nodes.hosts")).toContain("waited for disks 60 % of its time and had 30 % taken away");
  });

  it.each(["insufficient-capacity", "slow-dependency"] as const)(
    "that wait for disks, or lose CPU to others, are no evidence of %s",
    async (cause) => {
      const world = buildWorld(scenarioFor(cause, 1));
      const standing = ({ hypotheses }: Session) =>
        hypotheses.filter(({ status }) => status === "confirmed" || status === "supported").map((one) => one.cause);
      expect(standing(await solveWorld(world))).toContain(cause);
      for (const mode of ["iowait", "steal"]) {
        const session = await solveWorld(
          world,
          onlyFor(
            /node_cpu_seconds_total\{mode!="idle"/,
            editMatrix((lines) => [
              ...lines,
              ...lines.flatMap((line) =>
                line.metric.mode === "user" ? [constant(labelled(line, { mode }), 0.4)] : [],
              ),
            ]),
          ),
        );
        expect(standing(session), mode).not.toContain(cause);
      }
    },
  );
});

function nameAt(instance: string): string {
  return onNodes.scenario.nodes.find(({ ip }) => instance.startsWith(`${ip}:`))?.name ?? "";
}
