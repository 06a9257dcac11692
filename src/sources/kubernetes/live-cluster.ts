import { Agent as PlainAgent } from "node:http";
import type { Agent, AgentOptions, RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { saying, Told } from "../failure.ts";
import { agentFor } from "../proxy.ts";
import type { Route } from "../wire.ts";

/*
 * Which cluster, and with which credentials, as kubectl has it: kubeconfig, contexts, tokens, client certificates, exec
 * plugins, in-cluster service accounts. The client's own list calls are not used: they need 261 MB for 5,000 pods where
 * plain JSON needs 189, and open a TLS connection for each request (client-node 1.4.0, measured).
 */

export interface ClusterOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** A cluster and the way to it. */
export interface Cluster {
  readonly server: URL;
  readonly context: string;
  /** The TLS options and headers for other protocols than plain GETs (the WebSocket of exec). */
  readonly route: Route;
}

/** What KubeConfig answers with where no kubeconfig is found at all, silently. */
const NOWHERE = "http://localhost:8080";

/** Reads the kubeconfig and gets the credentials, which may run a login command. Throws a Told. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const config = readConfig(options);
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Told("unauthenticated", "the kubeconfig names no current context; give --context");
  if (cluster.server === NOWHERE && cluster.name === "cluster")
    throw new Told(
      "unauthenticated",
      "there is no kubeconfig: neither $KUBECONFIG nor ~/.kube/config nor --kubeconfig",
    );
  const server = new URL(cluster.server);
  const wanted: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(wanted);
  } catch (error) {
    throw loginFailure(error, config.getCurrentUser()?.exec?.command);
  }
  return {
    server,
    context: config.getCurrentContext(),
    route: {
      name: `the cluster's API at ${server.host}`,
      agent: cluster.proxyUrl ? (wanted.agent as Agent) : agentOf(server, wanted, options.environment),
      headers: headersOf(wanted),
      auth: wanted.auth ?? undefined,
    },
  };
}

function readConfig({ kubeconfig, context }: ClusterOptions): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    const words = error instanceof Error ? error.message : error;
    throw new Told("unauthenticated", `the kubeconfig cannot be read${saying(words)}`);
  }
  if (context === undefined) return config;
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context))
    throw new Told("unauthenticated", `the kubeconfig has no context ${context}; it has ${known.join(", ") || "none"}`);
  config.setCurrentContext(context);
  return config;
}

function loginFailure(error: unknown, command: string | undefined): Told {
  if (!(error instanceof Error)) return new Told("unauthenticated", `the cluster's login failed${saying(error)}`);
  const missing = "code" in error && error.code === "ENOENT";
  if (command !== undefined && missing)
    return new Told("unauthenticated", `the kubeconfig's login command ${command} is not installed`);
  const what = command === undefined ? "the cluster's login" : `the kubeconfig's login command ${command}`;
  return new Told("unauthenticated", `${what} failed${saying(error.message)}`);
}

function agentOf(server: URL, wanted: RequestOptions, environment: NodeJS.ProcessEnv): PlainAgent {
  if (server.protocol === "http:") return new PlainAgent({ keepAlive: true });
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = wanted;
  const given = Object.entries({ ca, cert, key, pfx, passphrase, rejectUnauthorized, servername });
  const tls: AgentOptions = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return agentFor(server, environment, tls);
}

function headersOf({ headers }: RequestOptions): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
