/** How a load balancer's requests look in its logs: everything that the simulation does not decide. */

/** The three logs of an Application Load Balancer. */
export type LogKind = "access" | "connection" | "health-check";

export interface LogsSpec {
  /** Logs that are switched on. */
  readonly on: readonly LogKind[];
  readonly bucket: string;
  /** Without slashes at its ends; empty: none. */
  readonly prefix: string;
  /** What the focus service is asked for. */
  readonly endpoints: readonly Endpoint[];
  /** Who asks. */
  readonly clients: Clients;
  /** What is special about requests of a burst, by the burst's index. */
  readonly bursts?: readonly BurstSpec[];
  /** Index of the endpoint of requests that wait one of the faults' extra waits. */
  readonly waiting?: number;
  /** Index of the endpoint of long polls. */
  readonly polls?: number;
  /** Those requests are uploads: they wait because so many bytes a second come. */
  readonly uploadRate?: number;
}

/** One endpoint: `{id}`, `{uuid}` and `{hex}` in its path stand for what differs from request to request. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** Share of the base traffic; 0: only what says so comes here. */
  readonly share: number;
  /** Standard deviations by which its requests' work lies above the service's usual, or below it. */
  readonly weight: number;
  /** Mean bytes of a request and of a response, headers included. */
  readonly requestBytes: number;
  readonly responseBytes: number;
}

export interface Clients {
  readonly count: number;
  /** 1: all ask alike; the higher, the more comes from the first few. */
  readonly skew: number;
  /** Kinds of agents, by name (see AGENTS). */
  readonly agents: readonly AgentKind[];
  /** The only client of what says so, beside those: a batch job, a scraper. */
  readonly single?: { readonly agent: AgentKind };
}

export interface BurstSpec {
  readonly burst: number;
  readonly endpoint?: number;
  /** All of it comes from the single client. */
  readonly single?: boolean;
  /** It comes by this one of the rules that stand before those of the services' hosts. */
  readonly rule?: number;
}

export type AgentKind = "browser" | "mobile" | "sdk" | "curl" | "bot" | "agent";

export const AGENTS: Readonly<Record<AgentKind, readonly string[]>> = {
  browser: [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  ],
  mobile: ["ShopApp/7.3.1 (iPhone; iOS 18.6; Scale/3.00)", "okhttp/4.12.0"],
  sdk: ["python-requests/2.32.5", "Go-http-client/1.1", "axios/1.12.2", "Java-http-client/21.0.4"],
  curl: ["curl/8.7.1"],
  bot: ["Mozilla/5.0 (compatible; ExampleBot/2.1; +https://bot.example.com/about)"],
  agent: ["Elastic-Agent-v8.17.0"],
};
