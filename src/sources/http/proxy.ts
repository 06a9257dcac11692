import { type ClientRequest, type ClientRequestArgs, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent, type AgentOptions, request as secureRequest } from "node:https";
import { BlockList, isIP, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect, createSecureContext, type SecureContext } from "node:tls";
import { Told } from "../failure.ts";

/** Which proxy leads to a host; null where the way is direct. Throws a Told where the setting is no URL. */
export type Proxies = (target: URL) => URL | null;

/**
 * The proxies that HTTPS_PROXY and HTTP_PROXY name, and NO_PROXY's exceptions. Lower case wins, as in curl. NO_PROXY
 * holds host names, which stand for their subdomains too, each perhaps with a port, addresses, networks ("10.0.0.0/8"),
 * or "*". Nobody's proxy leads to this machine itself (Go, net/http, ProxyFromEnvironment: what kubectl does).
 */
export function proxiesOf(environment: NodeJS.ProcessEnv): Proxies {
  const given = {
    "https:": environment.https_proxy || environment.HTTPS_PROXY,
    "http:": environment.http_proxy || environment.HTTP_PROXY,
  };
  const exceptions = (environment.no_proxy || environment.NO_PROXY || "").split(/[\s,]+/).filter(Boolean);
  return (target) => {
    const scheme = target.protocol === "http:" ? "http:" : "https:";
    const proxy = given[scheme];
    if (!proxy || isThisMachine(target) || exceptions.some((one) => one === "*" || covers(one, target))) return null;
    const url = proxy.includes("://") ? proxy : `http://${proxy}`;
    // Not repeated: it may hold a password.
    if (!URL.canParse(url))
      throw new Told("unreachable", `${scheme === "http:" ? "HTTP" : "HTTPS"}_PROXY is not a URL`);
    return new URL(url);
  };
}

const THIS_MACHINE = new BlockList();
THIS_MACHINE.addSubnet("127.0.0.0", 8);
THIS_MACHINE.addAddress("::1", "ipv6");

function isThisMachine(target: URL): boolean {
  const host = hostOf(target);
  return host === "localhost" || host.endsWith(".localhost") || isIn(THIS_MACHINE, host);
}

function covers(exception: string, target: URL): boolean {
  const host = hostOf(target);
  const [, network = "", bits] = /^([\da-f.:]+)\/(\d+)$/i.exec(exception) ?? [];
  if (bits !== undefined) return isWithin(host, network, Number(bits));
  if (isIP(exception) !== 0) return host === exception;
  const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (only !== undefined && only !== (target.port || (target.protocol === "http:" ? "80" : "443"))) return false;
  return name !== "" && (host === name.toLowerCase() || host.endsWith(`.${name.toLowerCase()}`));
}

function isWithin(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family === 4 ? "ipv4" : "ipv6");
  return isIn(list, host);
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 4 ? "ipv4" : "ipv6");
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** A request in plain HTTP as a proxy wants it: to the proxy, for the whole URL (RFC 9112, 3.2.2). */
export function passedOn(target: URL, proxy: URL) {
  return {
    to: new URL(proxy.origin),
    path: `${target.origin}${target.pathname}${target.search}`,
    headers: { host: target.host, ...authorization(proxy) },
  };
}

function authorization({ username, password }: URL): { readonly "proxy-authorization"?: string } {
  if (username === "") return {};
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  return { "proxy-authorization": `Basic ${login}` };
}

/**
 * An agent that keeps connections alive, and makes each of them directly or through a proxy's tunnel (RFC 9110, CONNECT),
 * as its host wants it: one agent may serve several hosts.
 */
class HouseAgent extends Agent {
  readonly #proxies: Proxies;
  readonly #tls: AgentOptions;
  #context: SecureContext | null = null;

  constructor(proxies: Proxies, options: AgentOptions) {
    super({ keepAlive: true, ...options });
    this.#proxies = proxies;
    this.#tls = options;
  }

  /** Certificates and keys, read once for all connections: Node alone reads them for each, some ms at a time. */
  #secured(options: ClientRequestArgs): ConnectionOptions {
    const { ca, cert, key, pfx } = this.#tls;
    if (!ca && !cert && !key && !pfx) return options as ConnectionOptions;
    this.#context ??= createSecureContext(this.#tls);
    return { ...(options as ConnectionOptions), secureContext: this.#context };
  }

  // Node calls this for each new connection, and takes a socket from the callback as well as from the return value.
  override createConnection(options: ClientRequestArgs, done?: (error: Error | null, socket: Duplex) => void) {
    // The callback's type wants a socket even where there is none to give.
    const fail = (error: Error) => done?.(error, undefined as unknown as Duplex);
    const host = String(options.host);
    const target = `${isIP(host) === 6 ? `[${host}]` : host}:${options.port}`;
    const proxy = this.#proxies(new URL(`https://${target}`));
    const secured = this.#secured(options);
    if (proxy === null) return super.createConnection(secured as ClientRequestArgs, done);
    const asking = connectRequest(proxy, target);
    // A proxy that never answers must not hold the process; whoever asks has a deadline.
    asking.once("socket", (socket) => socket.unref());
    asking.once("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) {
        if (socket instanceof Socket) socket.ref();
        done?.(null, connect({ ...secured, socket }));
        return;
      }
      socket.destroy();
      const kind = statusCode === 407 ? "unauthenticated" : "unreachable";
      fail(new Told(kind, `the proxy ${proxy.host} does not connect to ${target} (${statusCode})`));
    });
    // The error names neither side; what cannot be reached is the proxy, not what lies behind it.
    asking.once("error", (error: NodeJS.ErrnoException) =>
      fail(new Told("unreachable", `the proxy ${proxy.host} cannot be reached (${error.code ?? error.name})`)),
    );
    asking.end();
    return undefined;
  }
}

function connectRequest(proxy: URL, target: string): ClientRequest {
  const { protocol, hostname, port } = proxy;
  const request = protocol === "https:" ? secureRequest : plainRequest;
  return request({
    host: hostname,
    port: port || (protocol === "https:" ? 443 : 80),
    method: "CONNECT",
    path: target,
    headers: { host: target, ...authorization(proxy) },
  });
}

/** An agent for TLS, through the proxies where there are some. */
export function agentFor(proxies: Proxies, options: AgentOptions = {}): Agent {
  return new HouseAgent(proxies, options);
}

/** How a URL is reached: by which agent, and which proxy passes it on where it is plain HTTP. */
export function wayTo(url: URL, proxies: Proxies, options: AgentOptions = {}) {
  if (url.protocol !== "http:") return { agent: agentFor(proxies, options), via: null };
  const via = proxies(url);
  return {
    agent: via?.protocol === "https:" ? new Agent({ keepAlive: true }) : new PlainAgent({ keepAlive: true }),
    via,
  };
}
