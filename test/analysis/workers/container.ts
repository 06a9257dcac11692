import { type ConfigMaps, type WorkerEvidence, workersOf } from "../../../src/analysis/workers/index.ts";
import type { ContainerFact } from "../../../src/model/facts.ts";

/** A way to start a server, as a person writes it in a manifest. */
export interface Form {
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly image?: string;
  readonly env?: { readonly [name: string]: string };
  readonly variables?: ContainerFact["variables"];
  readonly from?: ContainerFact["variablesFrom"];
  /** Files of ConfigMap "files" by the folder where it is mounted. */
  readonly files?: { readonly [path: string]: string };
  readonly configMaps?: { readonly [name: string]: { readonly [key: string]: string } | null };
  readonly workingDirectory?: string;
}

export function containerOf(form: Form): ContainerFact {
  const { command, args = [], env = {}, files = {} } = form;
  const plain = Object.entries(env).map(([name, value]) => ({ name, value, from: null }));
  return {
    name: "app",
    image: form.image ?? null,
    command: [...command, ...args],
    args,
    environment: env,
    variables: [...(form.variables ?? []), ...plain],
    variablesFrom: form.from ?? [],
    mounts: Object.keys(files).map((path) => ({
      path,
      subPath: path.replace(/^.*\//, ""),
      parts: [{ kind: "ConfigMap", name: "files", items: null }],
    })),
    workingDirectory: form.workingDirectory ?? null,
    ports: [],
    cpuRequest: null,
    cpuLimit: null,
    memoryRequest: null,
    memoryLimit: null,
    probes: { readiness: false, liveness: false, startup: false },
    configMaps: Object.keys(files).length > 0 ? ["files"] : [],
  };
}

export function read(form: Form, evidence: Partial<WorkerEvidence> = {}): ReturnType<typeof workersOf> {
  const files = Object.entries(form.files ?? {}).map(([path, text]) => [path.replace(/^.*\//, ""), text]);
  const configMaps: ConfigMaps = new Map([
    ["files", Object.fromEntries(files)],
    ...Object.entries(form.configMaps ?? {}),
  ]);
  const pod = { namespace: "shop", pod: "web-1" };
  return workersOf(containerOf(form), { configMaps, list: null, processes: null, pod, ...evidence });
}

export function sh(script: string): string[] {
  return ["sh", "-c", script];
}
