import type { Agent, AgentOptions, RequestOptions } from "node:https";
import { KubeConfig, type User } from "@kubernetes/client-node";
import { saying, Told } from "../failure.ts";
import { type Proxies, proxiesOf, wayTo } from "../http/proxy.ts";
import type { Access, Login, Route } from "../http/wire.ts";
import type { Limits } from "../limits.ts";
import { type ConfigOptions, readConfig } from "./live-config.ts";
import { pluginCredentials } from "./live-plugin.ts";

/*
 * Which cluster, and with which credentials, as kubectl has it: kubeconfig, contexts, tokens, client certificates, exec
 * plugins, in-cluster service accounts. The client's own list calls are not used: they need 261 MB for 5,000 pods where
 * plain JSON needs 189, and open a TLS connection for each request (client-node 1.4.0, measured).
 */

export interface ClusterOptions extends ConfigOptions {
  readonly limits: Pick<Limits, "question">;
  /** Ends a login command that is under way. */
  readonly stop?: AbortSignal | undefined;
}

/** A cluster and the way to it. */
export interface Cluster {
  readonly server: URL;
  readonly context: string;
  /** The credentials, TLS options and headers, for plain GETs and for the WebSocket of exec. */
  readonly route: Route;
}

/** Reads the kubeconfig and gets the credentials, which may run a login command. Throws a Told. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const config = readConfig(options);
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Told("unauthenticated", "the kubeconfig names no current context; give --context");
  const server = URL.canParse(cluster.server) ? new URL(cluster.server) : null;
  if (server?.protocol !== "https:" && server?.protocol !== "http:")
    throw new Told("unauthenticated", `the kubeconfig's cluster ${cluster.name} names no server`);
  const first = await accessOf(config, options);
  return {
    server,
    context: config.getCurrentContext(),
    route: {
      name: `the cluster's API at ${server.host}`,
      login: new ClusterLogin(first, async () => accessOf(readConfig(options), options)),
      via: wayTo(server, proxiesFor(cluster.proxyUrl, options.environment)).via,
    },
  };
}

/** Credentials that expire, in the middle of an investigation or soon after the login command was last asked. */
class ClusterLogin implements Login {
  #now: Access;
  #renewing: Promise<void> | null = null;
  readonly #again: () => Promise<Access>;

  constructor(first: Access, again: () => Promise<Access>) {
    this.#now = first;
    this.#again = again;
  }

  get now(): Access {
    return this.#now;
  }

  /** Many questions are refused at once: one of them logs in, the others wait for it. */
  async renew(refused: Access): Promise<void> {
    if (refused !== this.#now) return;
    this.#renewing ??= this.#again()
      .then((access) => {
        this.#now = access;
      })
      .finally(() => {
        this.#renewing = null;
      });
    await this.#renewing;
  }
}

/** The credentials of the current user: read anew from their files, and from the login command where there is one. */
async function accessOf(config: KubeConfig, options: ClusterOptions): Promise<Access> {
  const { environment, limits, stop } = options;
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (!cluster) throw new Told("unauthenticated", "the kubeconfig names no current context; give --context");
  const server = new URL(cluster.server);
  // As kubectl has it: over plain HTTP, which is what `kubectl proxy` speaks, nobody is told who asks (client-go,
  // clientcmd: authentication is read only for TLS).
  if (server.protocol === "http:")
    return { agent: agentOf(server, {}, environment, cluster.proxyUrl), headers: {}, auth: undefined };
  const wanted: RequestOptions = {};
  if (user?.exec) {
    const { token, cert, key } = await pluginCredentials(user.exec, cluster, {
      environment,
      deadline: limits.question,
      stop,
    });
    Object.assign(wanted, cert && { cert }, key && { key }, token && { headers: { Authorization: `Bearer ${token}` } });
  }
  try {
    await withoutPlugin(config, user).applyToHTTPSOptions(wanted);
  } catch (error) {
    throw new Told("unauthenticated", `the cluster's login failed${saying(wordsOf(error))}`);
  }
  const socks = cluster.proxyUrl?.startsWith("socks") === true;
  return {
    agent: socks ? (wanted.agent as Agent) : agentOf(server, wanted, environment, cluster.proxyUrl),
    headers: headersOf(wanted),
    auth: wanted.auth ?? undefined,
  };
}

/** The same for the client, which would run the command once more. */
function withoutPlugin(config: KubeConfig, user: User | null): KubeConfig {
  if (!user?.exec) return config;
  const { exec: _, ...rest } = user;
  const bare = new KubeConfig();
  bare.loadFromOptions({
    clusters: config.getClusters(),
    users: [rest],
    contexts: config.getContexts(),
    currentContext: config.getCurrentContext(),
  });
  return bare;
}

function wordsOf(error: unknown): string {
  // The runtime's own words help nobody: something is not of the form that the client expects.
  if (error instanceof TypeError) return "the user or the cluster in the kubeconfig is malformed";
  return error instanceof Error ? error.message : String(error);
}

function agentOf(server: URL, wanted: RequestOptions, environment: NodeJS.ProcessEnv, proxy: string | undefined) {
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = wanted;
  const given = Object.entries({ ca, cert, key, pfx, passphrase, rejectUnauthorized, servername });
  const tls: AgentOptions = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return wayTo(server, proxiesFor(proxy, environment), tls).agent;
}

/** The kubeconfig's own proxy stands before the environment's. */
function proxiesFor(proxy: string | undefined, environment: NodeJS.ProcessEnv): Proxies {
  if (!proxy) return proxiesOf(environment);
  // The kubeconfig may hold anything there.
  if (typeof proxy !== "string" || !URL.canParse(proxy))
    throw new Told("unreachable", "the proxy-url of the kubeconfig's cluster is not a URL");
  return () => new URL(proxy);
}

/** Tokens come from files too, which may end in a newline that no header may hold. */
function headersOf({ headers }: RequestOptions): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value).trim()]));
}
