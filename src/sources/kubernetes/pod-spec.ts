import type { EnvironmentEntry, EnvironmentSource } from "../../model/facts.ts";
import { quantity } from "../../model/quantity.ts";
import { dictionary, listOf, mapped, name, nameOrNull, stringsOrNone, text } from "../parse.ts";
import * as z from "../zod.ts";

const none = dictionary<string>([]);
/** Amounts of CPU and memory are quantities, and none is negative (Kubernetes, Resource Management for Pods). */
const amounts = stringsOrNone.check(
  z.refine(({ cpu = "0", memory = "0" }) => [cpu, memory].every((one) => (quantity(one) ?? -1) >= 0), {
    error: "expected quantities of CPU and memory",
  }),
);
const resources = mapped(
  z.nullish(z.object({ requests: z.optional(amounts), limits: z.optional(amounts) })),
  (value) => ({ requests: value?.requests ?? none, limits: value?.limits ?? none }),
);
const reference = z.nullish(
  z.object({ name: z.string(), key: z._default(z.string(), ""), optional: z.nullish(z.boolean()) }),
);
const variable = mapped(
  z.object({
    name: z.string(),
    value: text,
    valueFrom: z.nullish(
      z.object({
        configMapKeyRef: reference,
        secretKeyRef: reference,
        fieldRef: z.nullish(z.object({ fieldPath: z.string() })),
        resourceFieldRef: z.nullish(z.object({ resource: z.string() })),
      }),
    ),
  }),
  ({ name, value, valueFrom }): EnvironmentEntry => ({ name, value, from: valueOrigin(valueFrom) }),
);
type ValueFrom = {
  readonly [key in "configMapKeyRef" | "secretKeyRef"]?: z.infer<typeof reference>;
} & {
  readonly fieldRef?: { readonly fieldPath: string } | null | undefined;
  readonly resourceFieldRef?: { readonly resource: string } | null | undefined;
};

function valueOrigin(from: ValueFrom | null | undefined): EnvironmentEntry["from"] {
  if (!from) return null;
  const { configMapKeyRef: map, secretKeyRef: secret, fieldRef, resourceFieldRef } = from;
  if (map) return { kind: "ConfigMap", name: map.name, key: map.key, optional: map.optional ?? false };
  if (secret) return { kind: "Secret", name: secret.name, key: secret.key, optional: secret.optional ?? false };
  if (resourceFieldRef) return { kind: "resource", what: resourceFieldRef.resource };
  return { kind: "field", what: fieldRef?.fieldPath ?? "an unknown kind of reference" };
}

const variablesFrom = mapped(
  z.object({ prefix: text, configMapRef: reference, secretRef: reference }),
  ({ prefix, configMapRef, secretRef }): EnvironmentSource | null => {
    const from = configMapRef ?? secretRef;
    if (!from) return null;
    const kind = configMapRef ? "ConfigMap" : "Secret";
    return { kind, name: from.name, prefix: prefix ?? "", optional: from.optional ?? false };
  },
);

const container = mapped(
  z.object({
    name,
    image: nameOrNull,
    command: z.nullish(z.array(z.string())),
    args: z.nullish(z.array(z.string())),
    workingDir: text,
    env: listOf(variable),
    envFrom: listOf(variablesFrom),
    ports: z.nullish(z.array(z.object({ name: text, containerPort: z.int().check(z.positive(), z.maximum(65_535)) }))),
    resources,
    volumeMounts: listOf(z.object({ name, mountPath: name, subPath: text })),
    readinessProbe: z.optional(z.unknown()),
    livenessProbe: z.optional(z.unknown()),
    startupProbe: z.optional(z.unknown()),
    lifecycle: z.nullish(z.object({ preStop: z.optional(z.unknown()) })),
  }),
  (raw) => ({
    name: raw.name,
    image: raw.image,
    command: [...(raw.command ?? []), ...(raw.args ?? [])],
    args: raw.args ?? [],
    environment: dictionary(raw.env.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]))),
    variables: raw.env,
    variablesFrom: raw.envFrom.flatMap((one) => one ?? []),
    workingDirectory: raw.workingDir,
    ports: (raw.ports ?? []).map((port) => ({ name: port.name, port: port.containerPort })),
    cpuRequest: amount(raw.resources.requests.cpu),
    cpuLimit: amount(raw.resources.limits.cpu),
    memoryRequest: amount(raw.resources.requests.memory),
    memoryLimit: amount(raw.resources.limits.memory),
    probes: {
      readiness: raw.readinessProbe != null,
      liveness: raw.livenessProbe != null,
      startup: raw.startupProbe != null,
    },
    hasPreStop: raw.lifecycle?.preStop != null,
    volumeMounts: raw.volumeMounts,
  }),
);
export type Container = z.infer<typeof container>;

function amount(raw: string | undefined): number | null {
  return raw === undefined ? null : quantity(raw);
}

const items = z.nullish(z.array(z.object({ key: z.string(), path: z.string() })));
/** What a pod is to be: a Pod has it, and the template of each workload (Kubernetes API, PodSpec v1 core). */
export const podSpec = z.object({
  nodeName: nameOrNull,
  terminationGracePeriodSeconds: z.nullish(z.int().check(z.nonnegative())),
  containers: z.array(container),
  volumes: listOf(
    z.object({
      name: z.string(),
      configMap: z.nullish(z.object({ name: z.string(), items })),
      secret: z.nullish(z.object({ secretName: text })),
      projected: z.nullish(
        z.object({
          sources: listOf(
            z.object({
              configMap: z.nullish(z.object({ name: z.string(), items })),
              secret: z.nullish(z.object({ name: text })),
            }),
          ),
        }),
      ),
    }),
  ),
  topologySpreadConstraints: listOf(
    z.object({ topologyKey: z.string(), maxSkew: z.int().check(z.positive()), whenUnsatisfiable: z.string() }),
  ),
});
export type PodSpec = z.infer<typeof podSpec>;
