import { readFileSync } from "node:fs";
import { Told } from "../failure.ts";
import { proxiesOf, wayTo } from "../http/proxy.ts";
import type { Route } from "../http/wire.ts";
import type { Credentials } from "./live-sign.ts";
import { signer } from "./live-sign.ts";

/** Where the HTTP API of a Prometheus is, or of what speaks its language (Thanos, Mimir, VictoriaMetrics). */
export interface Address {
  /** "https://prometheus.example.com" */
  readonly endpoint: string;
  /** "/prometheus/api/v1/", or the long path through the API server's service proxy. */
  readonly basePath: string;
  readonly route: Route;
  /** What a person has to know before its figures are believed, as "; team-a is no namespace known for monitoring: …". */
  readonly warning?: string;
}

/**
 * The address that a URL and the environment give. The URL is that of the page one opens, with whatever path stands
 * before the API. Secrets come from the environment, where neither `ps` nor the shell's history shows them.
 */
export function addressOf(given: string, environment: NodeJS.ProcessEnv, credentials?: Credentials): Address {
  const url = parsed(given);
  const basePath = `${url.pathname.replace(/\/+$/, "").replace(/\/api\/v1$/, "")}/api/v1/`;
  const token = environment.PROMETHEUS_TOKEN;
  const tenant = environment.PROMETHEUS_ORG_ID;
  const user = environment.PROMETHEUS_USERNAME ?? decodeURIComponent(url.username);
  const password = environment.PROMETHEUS_PASSWORD ?? decodeURIComponent(url.password);
  const ca = environment.PROMETHEUS_CA_FILE;
  const { agent, via } = wayTo(url, proxiesOf(environment), ca ? { ca: readCa(ca) } : {});
  const now = {
    agent,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      // Mimir, Cortex and Loki tell their tenants apart by it.
      ...(tenant && { "x-scope-orgid": tenant }),
    },
    auth: user && !token ? `${user}:${password}` : undefined,
  };
  const region = MANAGED.exec(url.hostname)?.[1];
  // Not beside a token: then somebody has put a proxy of their own in front, which signs.
  const sign = region && credentials && !token && !user ? signer(region, credentials) : undefined;
  const route = { name: `Prometheus at ${url.host}`, login: { now }, via, ...(sign && { sign }) };
  return { endpoint: url.origin, basePath, route };
}

/** Amazon Managed Service for Prometheus (AWS General Reference, its endpoints). */
const MANAGED = /^aps-workspaces(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

function parsed(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  // Not repeated: it may hold a password.
  throw new Told("unreachable", "the Prometheus URL is not an http or https URL");
}

function readCa(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    // What cannot be read is named; why rarely helps more than that.
    throw new Told("unreachable", `PROMETHEUS_CA_FILE names ${path}, which cannot be read`);
  }
}
