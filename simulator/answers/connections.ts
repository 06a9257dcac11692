import { connectionsIn } from "../logs/connections.ts";
import type { Happened } from "../world.ts";
import { ALL_SETS, authErrorsIn, LB_SETS, type Metric, perMinute, requests, total, type Where } from "./counts.ts";
import { drawnIn } from "./drawn.ts";

/** Connections, handshakes and capacity of an Application Load Balancer (CloudWatch metrics for ALB). */
export const CONNECTION_METRICS: { readonly [name: string]: Metric } = {
  ActiveConnectionCount: balancers(({ scenario, ...world }, where, minute) => {
    const { standing = 0 } = scenario.loadBalancer;
    const extra = extraConnections({ scenario, ...world }, where, minute);
    return (
      Math.ceil(requests({ scenario, ...world }, where, minute) * 0.6) +
      Math.round(standing / (where.zone === null ? 1 : scenario.place.zones.length)) +
      Math.round(extra.held)
    );
  }),
  NewConnectionCount: balancers(
    (world, where, minute) =>
      (connectionsIn(world, where.zone, minute) ?? Math.ceil(requests(world, where, minute) * newConnections(world))) +
      extraConnections(world, where, minute).taken,
  ),
  RejectedConnectionCount: balancers((world, where, minute) => extraConnections(world, where, minute).refused),
  ClientTLSNegotiationErrorCount: balancers((world, where, minute) =>
    drawnIn(world, where, minute, "handshakes", world.scenario.faults?.handshakes ?? [], ({ rate }) => rate),
  ),
  TargetTLSNegotiationErrorCount: (world, where, stat, from, to) =>
    ALL_SETS.includes(where.set) && where.groups.includes(0)
      ? total(
          perMinute(from, to, (minute) => unnegotiatedIn(world, where, minute)),
          stat,
        )
      : null,
  ELBAuthError: balancers(authErrorsIn),
  ProcessedBytes: balancers((world, where, minute) => bytesIn(world, where, minute)),
  ConsumedLCUs: (world, where, stat, from, to) => {
    if (where.set !== "LB") return null;
    const units = Array.from({ length: Math.ceil(to - from) }, (_, index) => unitsIn(world, where, from + index));
    return gauge(units, stat);
  },
};

function balancers(read: (world: Happened, where: Where, minute: number) => number): Metric {
  return (world, where, stat, from, to) =>
    LB_SETS.includes(where.set)
      ? total(
          perMinute(from, to, (minute) => read(world, where, minute)),
          stat,
        )
      : null;
}

/** New connections for each request: few where the load balancer keeps its own alive. */
function newConnections({ scenario }: Happened): number {
  return scenario.focus.routing?.keptAlive === undefined ? 0.3 : 0.02;
}

/** Connections beyond those of the requests: taken, refused, and open on average. */
export function extraConnections(world: Happened, where: Pick<Where, "zone">, minute: number) {
  const { connections = [] } = world.scenario.faults ?? {};
  const taken = drawnIn(world, where, minute, "connections", connections, ({ rate }) => rate);
  const refused = drawnIn(world, where, minute, "refused", connections, (one) => one.refused);
  const held = drawnIn(world, where, minute, "connections", connections, ({ rate, hold }) => (rate * hold) / 60);
  return { taken, refused, held };
}

/** Handshakes with targets that failed in a minute; a zone has all of every so-manieth minute. */
export function unnegotiatedIn({ truth, scenario }: Happened, { zone }: Pick<Where, "zone">, minute: number): number {
  if (zone !== null && zone !== minute % scenario.place.zones.length) return 0;
  return [...truth.unnegotiated.values()].filter((at) => Math.floor(at / 60) === minute).length;
}

/** Bytes of a request and its answer, and of a connection's handshake. */
const BYTES = 9_400;
const HANDSHAKE = 5_200;

function bytesIn(world: Happened, where: Where, minute: number): number {
  return requests(world, where, minute) * BYTES + extraConnections(world, where, minute).taken * HANDSHAKE;
}

/**
 * Capacity units of a minute: the largest of 25 new connections a second, 3,000 active ones a minute and 1 GB an hour
 * (Elastic Load Balancing pricing).
 */
function unitsIn(world: Happened, where: Where, minute: number): number {
  const { standing = 0 } = world.scenario.loadBalancer;
  const { taken, held } = extraConnections(world, where, minute);
  const count = requests(world, where, minute);
  const fresh = (count * newConnections(world) + taken) / 60;
  return Math.max(fresh / 25, (count * 0.6 + standing + held) / 3000, (bytesIn(world, where, minute) * 60) / 1e9);
}

/** A statistic of what is measured rather than counted, one value a minute. */
export function gauge(minutes: readonly number[], stat: string): number | null {
  if (minutes.length === 0) return null;
  const sum = minutes.reduce((all, one) => all + one, 0);
  const known: { readonly [stat: string]: number } = {
    SampleCount: minutes.length,
    Sum: sum,
    Average: sum / minutes.length,
    Minimum: Math.min(...minutes),
    Maximum: Math.max(...minutes),
  };
  const value = known[stat];
  return value === undefined ? null : Math.round(value * 1e4) / 1e4;
}
