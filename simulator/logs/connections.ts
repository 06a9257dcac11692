import { Random } from "../random.ts";
import type { Happened } from "../world.ts";
import { type Client, drawClients } from "./clients.ts";
import { type Logged, loggedRequests } from "./requests.ts";

/** A client's connection to a node of the load balancer. */
export interface Connection {
  readonly client: Client;
  readonly port: number;
  readonly zone: number;
  /** Seconds after the simulation's start. */
  readonly at: number;
  /** Seconds of the TLS handshake. */
  readonly handshake: number;
  readonly id: string;
}

interface Open extends Connection {
  free: number;
}

export interface Connections {
  /** In the order in which they were made. */
  readonly all: readonly Connection[];
  readonly of: ReadonlyMap<Logged, Connection>;
  /** Made in each minute, by zone. */
  readonly counts: readonly (readonly number[])[];
}

function eightHex(random: Random): string {
  return Math.floor(random.next() * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
}

/** Seconds for which clients keep an idle connection. */
const KEPT = 30;

const KNOWN = new WeakMap<Happened["truth"], Connections>();

/** The connections that carried a world's requests. */
export function connections(world: Happened): Connections {
  const known = KNOWN.get(world.truth) ?? made(world);
  KNOWN.set(world.truth, known);
  return known;
}

/** New connections of a minute; `zone` null: of all. Null where nothing is logged, and nobody knows. */
export function connectionsIn(world: Happened, zone: number | null, minute: number): number | null {
  if (!world.scenario.logs) return null;
  const counts = connections(world).counts[minute] ?? [];
  return zone === null ? counts.reduce((all, one) => all + one, 0) : (counts[zone] ?? 0);
}

function made(world: Happened): Connections {
  const { scenario, minutes } = world;
  const all: Connection[] = [];
  const of = new Map<Logged, Connection>();
  const counts = Array.from({ length: minutes }, () => scenario.place.zones.map(() => 0));
  if (!scenario.logs) return { all, of, counts };
  const clients = drawClients(scenario, scenario.logs);
  const random = new Random(scenario.seed, "log connections");
  const open = new Map<string, Open[]>();
  for (const request of [...loggedRequests(world)].sort((a, b) => a.at - b.at)) {
    const client = clients[request.client] as Client;
    const key = `${request.client} ${request.zone}`;
    const mine = open.get(key) ?? [];
    while (mine[0] && mine[0].free <= request.at - KEPT) mine.shift();
    let connection = mine.find(({ free }) => free > request.at - KEPT && (client.multiplexes || free <= request.at));
    if (!connection) {
      const handshake = random.between(0.002, 0.05);
      const at = Math.max(0, request.at - handshake - 0.001);
      const [port, id] = [
        random.integer(1024, 65_535),
        `TID_${Array.from({ length: 4 }, () => eightHex(random)).join("")}`,
      ];
      connection = { client, port, zone: request.zone, at, handshake, id, free: 0 };
      mine.push(connection);
      all.push(connection);
      const minute = counts[Math.floor(at / 60)];
      if (minute) minute[request.zone] = (minute[request.zone] ?? 0) + 1;
    }
    connection.free = Math.max(connection.free, request.end);
    open.set(key, mine);
    of.set(request, connection);
  }
  return { all, of, counts };
}
