import { ORIGINS } from "../arrivals.ts";
import { Random } from "../random.ts";
import type { OtherService, Scenario } from "../scenario.ts";
import type { Truth } from "../simulate.ts";
import type { BurstSpec, Endpoint, LogsSpec } from "./spec.ts";

/** What was asked for, and by whom. */
export interface Asked {
  readonly method: string;
  /** Path and query; "-" where it could not be read. */
  readonly path: string;
  /** Index of the client, see clientOf(). */
  readonly client: number;
  /** Index of the added rule that it matched; null: that of its service's host. */
  readonly rule: number | null;
  readonly received: number;
  readonly sent: number;
}

/** Draws what each request asks for, in such a way that requests of much work ask for what is much work. */
export class Chooser {
  readonly #random: Random;
  readonly #bursts: ReadonlyMap<number, BurstSpec>;
  readonly #asked: Asked[] = [];

  constructor(
    private readonly scenario: Scenario,
    private readonly logs: LogsSpec,
    private readonly truth: Truth,
  ) {
    this.#random = new Random(scenario.seed, "log asked");
    this.#bursts = new Map((logs.bursts ?? []).map((one) => [one.burst, one]));
  }

  /** A request of the focus service; to be asked for in their order. */
  focus(request: number): Asked {
    const first = this.truth.requests.first[request] as number;
    // Whoever asks again asks for the same.
    const asked = this.#asked[first] ?? this.#drawn(request);
    this.#asked[request] = asked;
    return asked;
  }

  other(random: Random, endpoints: readonly Endpoint[], weight: number): Asked {
    return asked(random, chosen(random, endpoints, weight), this.#client(random));
  }

  /** What scanners send. */
  malformed(random: Random): Asked {
    return {
      method: "-",
      path: "-",
      client: this.logs.clients.count + 1,
      rule: null,
      received: random.integer(0, 90),
      sent: 272,
    };
  }

  #drawn(request: number): Asked {
    const { requests, extra } = this.truth;
    const { endpoints, clients, waiting, uploadRate, polls } = this.logs;
    const random = this.#random;
    const origin = requests.origin[request] as number;
    const burst = this.#bursts.get(origin);
    const waited = extra.get(request);
    const only = waited === undefined ? (origin === ORIGINS.polls ? polls : burst?.endpoint) : waiting;
    const endpoint =
      (only === undefined ? undefined : endpoints[only]) ?? chosen(random, endpoints, this.#weight(request));
    const known = requests.client[request] as number;
    const client = burst?.single ? clients.count : known >= 0 ? known : this.#client(random);
    const made = { ...asked(random, endpoint, client), rule: burst?.rule ?? null };
    if (waited === undefined || uploadRate === undefined) return made;
    return { ...made, received: Math.round(waited * uploadRate * random.between(0.85, 1.15)) + made.received };
  }

  /** By how many standard deviations a request's work is above the usual, on a logarithmic scale. */
  #weight(request: number): number {
    const { work } = this.scenario.focus;
    const { cpu, wait } = this.truth.requests;
    const usual = work.cpu + work.wait;
    const own = (cpu[request] as number) + (wait[request] as number);
    return usual > 0 && own > 0 ? Math.log(own / usual) / Math.max(0.3, work.cv, work.waitCv) : 0;
  }

  #client(random: Random): number {
    const { count, skew } = this.logs.clients;
    return Math.min(count - 1, Math.floor(random.next() ** skew * count));
  }
}

/** An endpoint by its share, tilted towards those that are as much work as the request. */
function chosen(random: Random, endpoints: readonly Endpoint[], weight: number): Endpoint {
  const within = Math.max(-2.5, Math.min(2.5, weight));
  const tilted = endpoints.map((one) => one.share * Math.exp(one.weight * within));
  let left = random.next() * tilted.reduce((all, one) => all + one, 0);
  const index = tilted.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return endpoints[Math.max(0, index)] as Endpoint;
}

function asked(random: Random, endpoint: Endpoint, client: number): Asked {
  const { method, path, requestBytes, responseBytes } = endpoint;
  return {
    method,
    path: filled(random, path),
    client,
    rule: null,
    received: Math.round(random.logNormal(requestBytes, 0.3)),
    sent: Math.round(random.logNormal(responseBytes, 0.5)),
  };
}

/** The path with something in its placeholders; lists are asked for with a query now and then. */
function filled(random: Random, path: string): string {
  const made = path.replace(/\{(id|uuid|hex)\}/g, (_, kind: string) => {
    if (kind === "id") return String(random.integer(1000, 9_999_999));
    return kind === "uuid" ? random.uuid() : random.hex(24);
  });
  return !path.endsWith("}") && random.chance(0.25)
    ? `${made}?page=${random.integer(1, 40)}&token=${random.hex(16)}`
    : made;
}

/** A few endpoints of a service of which the simulation knows latencies only. */
export function otherEndpoints({ service }: OtherService): Endpoint[] {
  const word = service.split("-")[0];
  const one = (method: Endpoint["method"], path: string, share: number, weight: number, requestBytes: number) => ({
    method,
    path,
    share,
    weight,
    requestBytes,
    responseBytes: 1800,
  });
  return [
    one("GET", `/v1/${word}`, 0.5, 0, 320),
    one("GET", `/v1/${word}/{id}`, 0.35, -0.5, 310),
    one("POST", `/v1/${word}`, 0.15, 0.7, 900),
  ];
}
