import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { autoscalers, configMaps } from "../../simulator/answers/objects/cluster.ts";
import { services } from "../../simulator/answers/objects/network.ts";
import { deployments } from "../../simulator/answers/objects/workloads.ts";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { Fix } from "../../src/model/judgement.ts";

/**
 * Applies the fixes' own commands to the incident's objects with kubectl, without a cluster: --local writes the object
 * that the API server would keep.
 */
const folder = mkdtempSync(join(tmpdir(), "lbdoctor-patches-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is looked at of an object, as kubectl prints it. */
interface Kept {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: { readonly [key: string]: string } };
  readonly data: { readonly "gunicorn.conf.py": string };
  readonly spec: {
    readonly metrics?: readonly { readonly resource: { readonly target: { readonly averageUtilization: number } } }[];
    readonly template: {
      readonly metadata: { readonly labels: { readonly [key: string]: string } };
      readonly spec: {
        readonly containers: readonly [
          { readonly resources: { readonly limits?: object; readonly requests?: object } },
        ];
        readonly topologySpreadConstraints: readonly [{ readonly labelSelector: { readonly matchLabels: object } }];
      };
    };
  };
}

/** Runs a command of the form `kubectl patch <resource> <name> -n <namespace> --type=… -p '…'` on the object. */
function patched(object: unknown, command: string): Kept {
  const [, resource, name, , namespace, type] =
    /^kubectl patch (\S+) (\S+) (-n) (\S+) --type=(\S+) -p /.exec(command) ?? [];
  const quoted = command.slice(command.indexOf(" -p ") + 4);
  expect({ resource, name, namespace, type }, command).not.toContain(undefined);
  const file = join(folder, `${resource}-${name}.json`);
  writeFileSync(file, JSON.stringify(object));
  // Through a shell, so that the quoting of the command is tested as well.
  const line = `kubectl patch --local --dry-run=client -f ${file} --type=${type} -p ${quoted} -o json`;
  return JSON.parse(execFileSync("sh", ["-c", line], { encoding: "utf8" }));
}

/** The API server shows an autoscaler in the version that it is asked for; the fix asks for v1. */
function asVersion1(object: Kept) {
  const { metrics, ...spec } = object.spec;
  const [metric] = metrics ?? [];
  return {
    apiVersion: "autoscaling/v1",
    kind: object.kind,
    metadata: object.metadata,
    spec: { ...spec, targetCPUUtilizationPercentage: metric?.resource.target.averageUtilization },
  };
}

const named = (objects: readonly { readonly metadata: { readonly name: string } }[], name: string): Kept => {
  const found = objects.find((one) => one.metadata.name === name);
  if (!found) throw new Error(`the incident has no object ${name}`);
  // The simulator's objects are those of the API; what of them is looked at, Kept names.
  return found as unknown as Kept;
};
const changeOf = (fixes: readonly Fix[], id: string, target: string) => {
  const change = fixes.find((fix) => fix.id === id)?.changes.find((one) => one.target.startsWith(target));
  if (!change) throw new Error(`no fix ${id} changes ${target}`);
  return change;
};

describe("the main incident's patches, applied by kubectl", () => {
  let world: World;
  let fixes: readonly Fix[];
  beforeAll(async () => {
    world = buildWorld(INCIDENTS["worker-ceiling"]());
    fixes = (await solveWorld(world)).fixes;
  });

  it("give the Deployment its resources and leave the rest of it alone", () => {
    const before = named(deployments(world), "data-service");
    const { command, patch } = changeOf(fixes, "more-workers", "Deployment");
    const after = patched(before, command);
    const wanted = JSON.parse(patch).spec.template.spec.containers[0].resources;
    const [container] = after.spec.template.spec.containers;
    const [old] = before.spec.template.spec.containers;
    expect(container.resources.requests).toEqual(wanted.requests);
    expect(container.resources.limits).toEqual({ ...old.resources.limits, ...wanted.limits });
    expect(after.spec.template.spec.containers).toHaveLength(before.spec.template.spec.containers.length);
    const { resources: _, ...rest } = container;
    const { resources: __, ...oldRest } = old;
    expect(rest).toEqual(JSON.parse(JSON.stringify(oldRest)));
  });

  it("change the one line of the ConfigMap", () => {
    const { command } = changeOf(fixes, "more-workers", "ConfigMap");
    const before = named(configMaps(world), "data-service-gunicorn");
    const after = patched(before, command);
    const lines = (text: string) => text.split("\n");
    const changed = lines(after.data["gunicorn.conf.py"]).filter(
      (line, index) => line !== lines(before.data["gunicorn.conf.py"])[index],
    );
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatch(/^workers = \d+$/);
  });

  it("change the autoscaler's target and maximum, and not its minimum", () => {
    const { command, patch } = changeOf(fixes, "autoscaler-that-acts", "HorizontalPodAutoscaler");
    const before = asVersion1(named(autoscalers(world), "data-service"));
    expect(patched(before, command).spec).toEqual({ ...before.spec, ...JSON.parse(patch).spec });
  });

  it("spread the pods of the Service, and keep the containers", () => {
    const { command } = changeOf(fixes, "spread-pods", "Deployment");
    const before = named(deployments(world), "data-service");
    const after = patched(before, command);
    const [constraint] = after.spec.template.spec.topologySpreadConstraints;
    expect(constraint).toMatchObject({ maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" });
    expect(before.spec.template.metadata.labels).toMatchObject(constraint.labelSelector.matchLabels);
    expect(after.spec.template.spec.containers).toEqual(
      JSON.parse(JSON.stringify(before.spec.template.spec.containers)),
    );
  });

  it("can be taken back", () => {
    const fix = fixes.find(({ id }) => id === "autoscaler-that-acts");
    const before = asVersion1(named(autoscalers(world), "data-service"));
    const after = patched(before, fix?.changes[0]?.command ?? "");
    expect(patched(after, fix?.rollback[0] ?? "").spec).toEqual(before.spec);
  });
});

describe("clumping's patch, applied by kubectl", () => {
  it("sets both annotations on the Service, and its rollback removes them", async () => {
    const world = buildWorld(INCIDENTS.clumping());
    const { fixes } = await solveWorld(world);
    const fix = fixes.find(({ id }) => id === "ip-targets-and-least-outstanding");
    const before = named(services(world), "service3");
    const after = patched(before, fix?.changes[0]?.command ?? "");
    expect(after.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/target-group-attributes": "load_balancing.algorithm.type=least_outstanding_requests",
    });
    expect(after.spec).toEqual(JSON.parse(JSON.stringify(before.spec)));
    expect(patched(after, fix?.rollback[0] ?? "").metadata.annotations ?? {}).toEqual(
      before.metadata.annotations ?? {},
    );
  });
});
