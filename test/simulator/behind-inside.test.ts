import { describe, expect, it } from "vitest";
import { insideOf } from "../../simulator/behind.ts";
import { minutesOf } from "../../simulator/families/truths.ts";
import { serverOf } from "../../simulator/servers.ts";
import { WorldSource } from "../../simulator/source.ts";
import { podsAtEnd, type World } from "../../simulator/world.ts";
import type { WorldKind } from "../../simulator/worlds.ts";
import { drawn, minutes, prometheusOf, sum } from "./drawn.ts";

interface Listed {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function read(kind: WorldKind, seed: number) {
  const made = drawn(kind, seed);
  const source = new WorldSource(made.world);
  const at = prometheusOf(source);
  const list = (apiVersion: string, resource: string) => {
    const answer = source.answer({ source: "kubernetes", operation: "list", input: { apiVersion, resource } });
    return answer.status === "answered" ? (answer.pages as { items: Listed[] }[]).flatMap(({ items }) => items) : [];
  };
  return { ...made, source, at, list, inside: insideOf(made.world.scenario) as World };
}

describe("a backend that is simulated by itself", () => {
  const { world, inside, source, at, list } = read("behind-backend-at-its-ceiling", 1);
  const { focus } = inside.scenario;
  const [minute = 0] = minutesOf(focus.traffic.bursts).slice(2);
  const then = world.start + (minute + 1) * 60;

  it("has its own Deployment, replica sets and pods in the cluster, once each", () => {
    const named = (apiVersion: string, resource: string) =>
      list(apiVersion, resource)
        .filter(({ metadata }) => metadata.namespace === focus.namespace && metadata.name.startsWith(focus.service))
        .map(({ metadata }) => metadata.name);
    expect(named("apps/v1", "deployments")).toEqual([focus.service]);
    expect(named("v1", "pods").sort()).toEqual(
      podsAtEnd(inside)
        .map(({ name }) => name)
        .sort(),
    );
    expect(named("v1", "services")).toEqual([focus.service]);
    expect(named("apps/v1", "replicasets").length).toBeGreaterThan(0);
  });

  it("is full in the bursts, while the controller's pods idle", () => {
    const cores = (namespace: string, container: string) =>
      at(`sum(rate(container_cpu_usage_seconds_total{namespace="${namespace}",container="${container}"}[1m]))`, then)[0]
        ?.value ?? Number.NaN;
    const most = focus.replicas * serverOf(focus.server, focus.targetPort).cores * focus.efficiency;
    expect(cores(focus.namespace, focus.container) / most).toBeGreaterThan(0.7);
    expect(cores(world.scenario.focus.namespace, world.scenario.focus.container)).toBeLessThan(0.3);
  });

  it("lets its own commands be run in its pods", () => {
    const [pod] = podsAtEnd(inside);
    const input = { namespace: focus.namespace, pod: pod?.name ?? "", container: focus.container };
    const answer = source.answer({
      source: "kubernetes",
      operation: "exec",
      input: { ...input, command: ["ps", "-eo", "pid,ppid,args"] },
    });
    expect(JSON.stringify(answer)).toContain(inside.server.processList[0]?.trim().split(/\s+/).at(-1));
  });

  it("has its requests counted among the load balancer's, and its CPU among the nodes'", () => {
    const seen = sum(minutes(world, "RequestCount", "Sum", 0));
    const own = sum(minutes(inside, "RequestCount", "Sum", 0));
    expect(own).toBeGreaterThan(100);
    expect(seen).toBeGreaterThan(own);
    const pod = inside.truth.pods[0];
    const used = (of: World) => of.truth.nodeBusy[pod?.node ?? 0]?.at(-1) ?? 0;
    expect(used(world)).toBeGreaterThan(0.95 * used(inside));
  });

  it("leaves the cluster's nodes told once", () => {
    expect(list("v1", "nodes")).toHaveLength(world.scenario.nodes.length);
    expect(at("kube_node_info", then)).toHaveLength(world.scenario.nodes.length);
  });
});

describe("an ingress-nginx in front of it", () => {
  const seed = [1, 2, 3, 4, 5, 6, 7, 8].find(
    (one) => drawn("behind-controller-full", one).scenario.behind?.controller === "ingress-nginx",
  ) as number;
  const { world, at } = read("behind-controller-full", seed);

  it("has histograms of each backend whose buckets grow to its count, and all are slow when it is full itself", () => {
    const end = world.scenario.now - 60;
    const label = world.scenario.behind?.labels === "honoured" ? "service" : "exported_service";
    const name = "nginx_ingress_controller_request_duration_seconds";
    const counts = new Map(at(`sum by (${label}) (${name}_count)`, end).map((one) => [one.labels[label], one.value]));
    expect(counts.size).toBe(world.scenario.behind?.services.length);
    const buckets = at(`sum by (${label}, le) (${name}_bucket)`, end);
    for (const [service, count] of counts) {
      const own = buckets
        .filter(({ labels }) => labels[label] === service)
        .map(({ labels, value }) => ({ le: Number(labels.le?.replace("+Inf", "Infinity")), value }))
        .sort((a, b) => a.le - b.le);
      expect(own).toHaveLength(12);
      expect(own.every(({ value }, index) => value >= (own[index - 1]?.value ?? 0))).toBe(true);
      expect(own.at(-1)?.value).toBeCloseTo(count, 0);
    }
    const [burst] = world.scenario.focus.traffic.bursts;
    const then = world.scenario.now - world.scenario.window + (burst?.at ?? 0) + (burst?.seconds ?? 0);
    const mean = at(
      `sum by (${label}) (increase(${name}_sum[2m])) / sum by (${label}) (increase(${name}_count[2m]))`,
      then,
    );
    expect(Math.min(...mean.map(({ value }) => value))).toBeGreaterThan(1);
  });
});
