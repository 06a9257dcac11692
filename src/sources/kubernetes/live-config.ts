import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { saying, Told } from "../failure.ts";

export interface ConfigOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder in the place of "/" in which a pod's service account is looked for; tests have one of their own. */
  readonly root?: string | undefined;
}

/** Where Kubernetes puts a pod's service account (Kubernetes, Accessing the API from a Pod). */
const SERVICE_ACCOUNT = "var/run/secrets/kubernetes.io/serviceaccount";

/**
 * The kubeconfig as kubectl finds it: the given file, else all files of $KUBECONFIG, else ~/.kube/config, else the
 * service account of the pod that this runs in. Throws a Told.
 */
export function readConfig(options: ConfigOptions): KubeConfig {
  const config = found(options);
  const { context } = options;
  if (context === undefined) return config;
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context))
    throw new Told("unauthenticated", `the kubeconfig has no context ${context}; it has ${known.join(", ") || "none"}`);
  config.setCurrentContext(context);
  return config;
}

function found({ kubeconfig, environment, root = "/" }: ConfigOptions): KubeConfig {
  if (kubeconfig !== undefined) return merged([kubeconfig]);
  const named = (environment.KUBECONFIG ?? "").split(delimiter).filter(Boolean);
  const usual = join(environment.HOME || homedir(), ".kube", "config");
  // As kubectl does: of several files those that are there count.
  const files = (named.length > 0 ? named : [usual]).filter((path) => existsSync(path));
  if (files.length > 0) return merged(files);
  if (existsSync(join(root, SERVICE_ACCOUNT, "token"))) return inCluster(root, environment);
  throw new Told(
    "unauthenticated",
    named.length > 0
      ? `there is no kubeconfig: $KUBECONFIG names ${named.join(", ")}, and there is no such file`
      : "there is no kubeconfig: no $KUBECONFIG, no ~/.kube/config, no --kubeconfig",
  );
}

/** Several files as one: the first that says something wins (Kubernetes, Organizing Cluster Access Using kubeconfig). */
function merged(files: readonly string[]): KubeConfig {
  const configs = files.map(read);
  const [only] = configs;
  if (only && configs.length === 1) return only;
  const all = new KubeConfig();
  all.loadFromOptions({
    clusters: firsts(configs.flatMap((one) => one.getClusters())),
    users: firsts(configs.flatMap((one) => one.getUsers())),
    contexts: firsts(configs.flatMap((one) => one.getContexts())),
    currentContext: configs.map((one) => one.getCurrentContext()).find(Boolean) ?? "",
  });
  return all;
}

function firsts<T extends { readonly name: string }>(list: readonly T[]): T[] {
  return list.filter(({ name }, index) => list.findIndex((one) => one.name === name) === index);
}

function read(path: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(path);
  } catch (error) {
    // A TypeError's words are the runtime's own: something in the file is not of the form that the client expects.
    const words = error instanceof TypeError ? "it is not a valid kubeconfig" : firstLine(error);
    throw new Told("unauthenticated", `the kubeconfig cannot be read${saying(`${path}: ${words}`)}`);
  }
  // A program that is named by a path is meant from where the kubeconfig lies, as kubectl has it.
  for (const { exec } of config.getUsers())
    if (typeof exec?.command === "string" && /^[^/\\].*[/\\]/.test(exec.command))
      exec.command = join(dirname(path), exec.command);
  return config;
}

function firstLine(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line;
}

function inCluster(root: string, environment: NodeJS.ProcessEnv): KubeConfig {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  if (!host || !port)
    throw new Told(
      "unauthenticated",
      "this pod has a service account, but neither KUBERNETES_SERVICE_HOST nor KUBERNETES_SERVICE_PORT names the cluster",
    );
  const config = new KubeConfig();
  const folder = join(root, SERVICE_ACCOUNT);
  config.loadFromClusterAndUser(
    {
      name: "in-cluster",
      caFile: join(folder, "ca.crt"),
      server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
      skipTLSVerify: false,
    },
    { name: "service-account", authProvider: { name: "tokenFile", config: { tokenFile: join(folder, "token") } } },
  );
  return config;
}
