import type { Cluster as ConfiguredCluster } from "@kubernetes/client-node";
import { brief, Told } from "../failure.ts";
import { runLogin } from "../login-command.ts";
import { parseJson } from "../size.ts";
import * as z from "../zod.ts";

/** A user's `exec` in a kubeconfig (client.authentication.k8s.io, ExecConfig). */
const plugin = z.object({
  apiVersion: z.nullish(z.string()),
  command: z.string().check(z.minLength(1)),
  args: z.nullish(z.array(z.coerce.string())),
  env: z.nullish(z.array(z.object({ name: z.string(), value: z.coerce.string() }))),
  interactiveMode: z.nullish(z.string()),
  provideClusterInfo: z.nullish(z.boolean()),
});

/** What it prints (client.authentication.k8s.io, ExecCredential). */
const printed = z.object({
  status: z.object({
    token: z.nullish(z.string()),
    clientCertificateData: z.nullish(z.string()),
    clientKeyData: z.nullish(z.string()),
  }),
});

export interface PluginCredentials {
  readonly token: string | null;
  /** PEM, both or none. */
  readonly cert: string | null;
  readonly key: string | null;
}

interface PluginOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly deadline: number;
  readonly stop?: AbortSignal | undefined;
}

/**
 * Runs a kubeconfig's login command. The client's own way is not used: it never ends a command that hangs, lets it wait
 * for an input that never comes, does not say what is wanted (KUBERNETES_EXEC_INFO), and repeats what was printed in its
 * errors (client-node 1.4.0, tried). Throws a Told.
 */
export async function pluginCredentials(
  configured: unknown,
  cluster: ConfiguredCluster,
  { environment, deadline, stop }: PluginOptions,
): Promise<PluginCredentials> {
  const exec = plugin.safeParse(configured);
  if (!exec.success) throw new Told("unauthenticated", "the kubeconfig's login command (exec) names no command");
  const { command, args, env, interactiveMode } = exec.data;
  const name = `the kubeconfig's login command ${brief(command)}`;
  if (interactiveMode === "Always")
    throw new Told("unauthenticated", `${name} requires a terminal (interactiveMode: Always); use another login here`);
  const own = Object.fromEntries((env ?? []).map((one) => [one.name, one.value]));
  const stdout = await runLogin({
    name,
    program: command,
    words: args ?? [],
    environment: { ...environment, KUBERNETES_EXEC_INFO: wanted(exec.data, cluster), ...own },
    deadline,
    stop,
  });
  const credentials = statusOf(stdout);
  if (credentials === null)
    throw new Told("unauthenticated", `${name} printed no credentials; run it yourself to see what it prints`);
  return credentials;
}

function statusOf(stdout: string): PluginCredentials | null {
  let raw: unknown;
  try {
    raw = parseJson(stdout);
  } catch {
    // Not repeated: it may hold a token all the same.
    return null;
  }
  const read = printed.safeParse(raw);
  if (!read.success) return null;
  const { token, clientCertificateData: cert, clientKeyData: key } = read.data.status;
  if (!token && !(cert && key)) return null;
  return { token: token || null, cert: cert || null, key: key || null };
}

/** What kubectl tells a plugin: which version it should answer in, that nobody can be asked, and the cluster if it wants. */
function wanted({ apiVersion, provideClusterInfo }: z.infer<typeof plugin>, cluster: ConfiguredCluster): string {
  const { server, caData, tlsServerName, skipTLSVerify } = cluster;
  const told = {
    server,
    "certificate-authority-data": caData,
    "tls-server-name": tlsServerName,
    "insecure-skip-tls-verify": skipTLSVerify || undefined,
    config: null,
  };
  return JSON.stringify({
    kind: "ExecCredential",
    apiVersion: apiVersion ?? "client.authentication.k8s.io/v1",
    spec: { interactive: false, ...(provideClusterInfo && { cluster: told }) },
  });
}
