import { type ClientRequest, type ClientRequestArgs, request as plainRequest } from "node:http";
import { Agent, type AgentOptions, request as secureRequest } from "node:https";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect } from "node:tls";
import { Told } from "./failure.ts";

/**
 * The proxy that HTTPS_PROXY and NO_PROXY name for a host, or null. Lower case wins, as in curl. NO_PROXY holds host
 * names, which stand for their subdomains too, each perhaps with a port, or "*".
 */
export function proxyFor(target: URL, environment: NodeJS.ProcessEnv): URL | null {
  const given = environment.https_proxy || environment.HTTPS_PROXY;
  if (target.protocol !== "https:" || !given) return null;
  const exceptions = (environment.no_proxy || environment.NO_PROXY || "").split(/[\s,]+/).filter(Boolean);
  if (exceptions.some((one) => one === "*" || covers(one, target))) return null;
  try {
    return new URL(given.includes("://") ? given : `http://${given}`);
  } catch {
    throw new Told("unreachable", "HTTPS_PROXY is no URL");
  }
}

function covers(exception: string, { hostname, port }: URL): boolean {
  const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (only !== undefined && only !== (port || "443")) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}

/** An agent whose connections go through a proxy's tunnel (RFC 9110, CONNECT), kept alive and used again. */
class TunnelAgent extends Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: AgentOptions) {
    super({ keepAlive: true, ...options });
    this.#proxy = proxy;
  }

  // Node calls this for each new connection, and takes a socket from the callback as well as from the return value.
  override createConnection(options: ClientRequestArgs, done?: (error: Error | null, socket: Duplex) => void) {
    const target = `${options.host}:${options.port}`;
    const asking = this.#connectRequest(target);
    // The callback's type wants a socket even where there is none to give.
    const fail = (error: Error) => done?.(error, undefined as unknown as Duplex);
    asking.once("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) {
        done?.(null, connect({ ...(options as ConnectionOptions), socket }));
        return;
      }
      socket.destroy();
      const kind = statusCode === 407 ? "unauthenticated" : "unreachable";
      fail(new Told(kind, `the proxy ${this.#proxy.host} does not connect to ${target} (${statusCode})`));
    });
    asking.once("error", fail);
    asking.end();
    return undefined;
  }

  #connectRequest(target: string): ClientRequest {
    const { protocol, hostname, port, username, password } = this.#proxy;
    const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
    const request = protocol === "https:" ? secureRequest : plainRequest;
    return request({
      host: hostname,
      port: port || (protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: target,
      headers: { host: target, ...(username && { "proxy-authorization": `Basic ${login}` }) },
    });
  }
}

/** The agent for a host: kept alive, through the proxy where the environment names one. */
export function agentFor(target: URL, environment: NodeJS.ProcessEnv, options: AgentOptions = {}): Agent {
  const proxy = proxyFor(target, environment);
  return proxy === null ? new Agent({ keepAlive: true, ...options }) : new TunnelAgent(proxy, options);
}
