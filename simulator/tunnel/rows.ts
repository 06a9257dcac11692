import { gunzipSync, gzipSync } from "node:zlib";
import { LOG_FIELDS } from "./proxies.ts";
import { TIME } from "./scale.ts";

/** One request as the load balancer logged it, in model time. */
export interface Row {
  /** Seconds after the start at which the load balancer was done with it. */
  readonly end: number;
  /** Seconds until the target's response headers; null: none came. */
  readonly latency: number | null;
  /** Seconds from its arrival to `end`. */
  readonly total: number;
  readonly status: number;
  readonly targetStatus: number | null;
  /** Index of the service, of the target in its address's last part, and of the pod that answered (-1: none did). */
  readonly service: number;
  readonly target: number;
  readonly pod: number;
  /** Number of the client's connection. */
  readonly connection: number;
  /** Whether the client's connection, and the target's, was new with it. */
  readonly newClient: boolean;
  readonly newTarget: boolean;
}

/** What nginx says of a client that went away; an ALB says 460. */
export const CLIENT_CLOSED = 499;

/** A service behind the load balancer: its host name, and whether connections to its targets are kept. */
interface Logged {
  readonly host: string;
  readonly keeps: boolean;
}

/** Reads nginx's access log. `begin`: epoch seconds of the start; `pods`: all pods' names. Lines it cannot read are left out. */
export function parseLog(log: string, begin: number, services: readonly Logged[], pods: readonly string[]): Row[] {
  const seen = new Set<string>();
  return log.split("\n").flatMap((line) => {
    const values = line.split("\t");
    if (values.length !== LOG_FIELDS.length) return [];
    const field = (name: (typeof LOG_FIELDS)[number]) => values[LOG_FIELDS.indexOf(name)] ?? "-";
    const header = Number(field("upstream_header_time"));
    const answered = Number(field("upstream_status")) > 0 && field("upstream_http_x_pod") !== "-";
    // A pod sees a connection under the port that it comes from: the same port again is the same connection.
    const peer = `${field("upstream_http_x_pod")} ${field("upstream_http_x_peer")}`;
    const service = services.findIndex(({ host }) => host === field("host"));
    const newTarget = answered && !(services[service]?.keeps && seen.has(peer));
    seen.add(peer);
    return [
      {
        end: round((Number(field("msec")) - begin) * TIME),
        latency: answered ? round(header * TIME) : null,
        total: round(Number(field("request_time")) * TIME),
        status: Number(field("status")),
        targetStatus: answered ? Number(field("upstream_status")) : null,
        service,
        target: Number(/\.(\d+):\d+$/.exec(field("upstream_addr"))?.[1] ?? 0) - 1,
        pod: pods.indexOf(field("upstream_http_x_pod")),
        connection: Number(field("connection")),
        newClient: field("connection_requests") === "1",
        newTarget,
      },
    ];
  });
}

/** The clock of the log ticks in milliseconds, which are hundredths of a model second. */
function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

/** Rows by columns, gzip, base64. */
export function packRows(rows: readonly Row[]): string {
  let before = 0;
  const columns = {
    end: rows.map((row) => {
      const now = Math.round(row.end * 100);
      const step = now - before;
      before = now;
      return step;
    }),
    latency: rows.map(({ latency }) => (latency === null ? -1 : Math.round(latency * 100))),
    total: rows.map(({ total }) => Math.round(total * 100)),
    status: rows.map(({ status }) => status),
    targetStatus: rows.map(({ targetStatus }) => targetStatus ?? 0),
    service: rows.map(({ service }) => service),
    target: rows.map(({ target }) => target),
    pod: rows.map(({ pod }) => pod),
    connection: rows.map(({ connection }) => connection),
    fresh: rows.map(({ newClient, newTarget }) => Number(newClient) + 2 * Number(newTarget)),
  };
  return gzipSync(JSON.stringify(columns), { level: 9 }).toString("base64");
}

type Columns = Readonly<Record<Exclude<keyof Row, "newClient" | "newTarget"> | "fresh", readonly number[]>>;

export function unpackRows(packed: string): Row[] {
  const columns = JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()) as Columns;
  let end = 0;
  return columns.end.map((step, index) => {
    end += step;
    const read = (name: keyof Columns) => columns[name][index] ?? 0;
    return {
      end: end / 100,
      latency: read("latency") < 0 ? null : read("latency") / 100,
      total: read("total") / 100,
      status: read("status"),
      targetStatus: read("targetStatus") || null,
      service: read("service"),
      target: read("target"),
      pod: read("pod"),
      connection: read("connection"),
      newClient: read("fresh") % 2 === 1,
      newTarget: read("fresh") >= 2,
    };
  });
}
