import { Random } from "../random.ts";
import type { Happened } from "../world.ts";
import { type Connection, connections } from "./connections.ts";
import { type Logged, loggedRequests } from "./requests.ts";

/** A line of a log, with what decides on the object that holds it. */
export interface LogLine {
  /** Epoch seconds. */
  readonly at: number;
  /** Index of the load balancer's node. */
  readonly zone: number;
  readonly text: string;
}

const CIPHERS = [
  "TLS_AES_128_GCM_SHA256 TLSv1.3",
  "TLS_AES_128_GCM_SHA256 TLSv1.3",
  "ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2",
] as const;

/**
 * Lines of the access log of requests that ended in [from, to), epoch seconds: the 33 fields that are documented (Access
 * logs for your Application Load Balancer, "Syntax").
 */
export function accessLines(world: Happened, from: number, to: number): LogLine[] {
  if (!world.scenario.logs?.on.includes("access")) return [];
  const { of } = connections(world);
  const place = certificate(world);
  return within(loggedRequests(world), ({ end }) => world.start + end, from, to).map((request) => ({
    at: world.start + request.end,
    zone: request.zone,
    text: accessLine(world, request, of.get(request) as Connection, place),
  }));
}

function accessLine(world: Happened, request: Logged, connection: Connection, certificate: string): string {
  const { arns } = world;
  const { group, method, path, status, targetStatus, target, times } = request;
  const { client, port, id } = connection;
  const lost = group === null;
  const host = hostOf(world, request);
  const url = lost
    ? "- http://-:443- -"
    : `${method} https://${host}:443${path} ${client.multiplexes ? "HTTP/2.0" : "HTTP/1.1"}`;
  return [
    client.multiplexes ? "h2" : "https",
    stamp(world.start + request.end),
    arns.loadBalancerDimension,
    `${bracketed(client.address)}:${port}`,
    target ?? "-",
    ...times.map((seconds) => (seconds < 0 ? "-1" : seconds.toFixed(3))),
    String(status),
    targetStatus === null ? "-" : String(targetStatus),
    String(request.received),
    String(request.sent),
    quoted(url),
    quoted(client.agent),
    cipherOf(id),
    lost ? "-" : (arns.targetGroups[group] ?? "-"),
    quoted(
      lost
        ? "-"
        : `Root=1-${Math.floor(world.start + request.at).toString(16)}-${id.slice(4, 20)}${eightHex(request.end)}`,
    ),
    quoted(lost ? "-" : host),
    quoted(lost ? "-" : certificate),
    lost ? "-" : String(priorityOf(world, request)),
    stamp(world.start + request.at),
    quoted(lost ? "-" : "forward"),
    quoted("-"),
    quoted("-"),
    quoted(target ?? "-"),
    quoted(targetStatus === null ? "-" : String(targetStatus)),
    quoted("-"),
    quoted("-"),
    id,
    quoted("-"),
    quoted("-"),
    quoted("-"),
  ].join(" ");
}

/** The priority of the rule that the request matched, as DescribeRules has it. */
function priorityOf({ scenario }: Happened, { group, rule }: Logged): number {
  const added = scenario.loadBalancer.rules?.length ?? 0;
  if (rule !== null) return rule + 1;
  // The stable group of a weighted rule has no rule of its own.
  return added + (scenario.canary && group === 1 ? 1 : (group ?? 0) + 1);
}

function hostOf({ scenario }: Happened, { group, rule }: Logged): string {
  const added = rule === null ? undefined : scenario.loadBalancer.rules?.[rule];
  if (added) return added.host;
  return group === 0 ? scenario.focus.host : (scenario.others[(group ?? 1) - 1]?.host ?? "-");
}

function certificate({ scenario }: Happened): string {
  const { region, account } = scenario.place;
  return `arn:aws:acm:${region}:${account}:certificate/${new Random(scenario.seed, "certificate").uuid()}`;
}

/**
 * Lines of the connection log of connections that were made in [from, to): its 13 documented fields (Connection logs for
 * your Application Load Balancer, "Syntax").
 */
export function connectionLines(world: Happened, from: number, to: number): LogLine[] {
  if (!world.scenario.logs?.on.includes("connection")) return [];
  return within(connections(world).all, ({ at }) => world.start + at, from, to).map((one) => {
    const [cipher, protocol] = cipherOf(one.id).split(" ");
    const exchange = protocol === "TLSv1.3" ? "X25519MLKEM768" : "secp256r1";
    const fields = [stamp(world.start + one.at), one.client.address, one.port, 443, protocol, cipher];
    const end = [one.handshake.toFixed(3), quoted("-"), "-", "-", "Success", one.id, exchange];
    return { at: world.start + one.at, zone: one.zone, text: [...fields, ...end].join(" ") };
  });
}

function cipherOf(id: string): string {
  return CIPHERS[Number.parseInt(id.slice(4, 10), 16) % CIPHERS.length] as string;
}

/** Those whose time lies in [from, to); they come in the order of their times. */
function within<T>(all: readonly T[], time: (one: T) => number, from: number, to: number): T[] {
  return all.filter((one) => time(one) >= from && time(one) < to);
}

/** With microseconds, as the logs have them. */
export function stamp(at: number): string {
  const microseconds = Math.floor(at * 1e6 + 1e-3);
  const second = Math.floor(microseconds / 1e6);
  // Lines of one second are many.
  if (second !== last.second) last = { second, text: new Date(second * 1000).toISOString().slice(0, 19) };
  return `${last.text}.${String(microseconds % 1e6).padStart(6, "0")}Z`;
}

let last = { second: -1, text: "" };

function eightHex(value: number): string {
  return (Math.floor(value * 1e6) % 2 ** 32).toString(16).padStart(8, "0");
}

function quoted(text: string): string {
  return `"${text}"`;
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
