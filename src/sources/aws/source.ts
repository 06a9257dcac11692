import { Readable } from "node:stream";
import type { Answer, Failure, Question } from "../../model/question.ts";
import { plural } from "../../model/words.ts";
import { type Asked, Told } from "../failure.ts";
import { bounded } from "../http/bounded.ts";
import { goingOn, moreTime, tryingAgain } from "../http/deadline.ts";
import { passedOn, proxiesOf } from "../http/proxy.ts";
import { pauseAsked } from "../http/wire.ts";
import { readPages } from "../paging.ts";
import { field } from "../parse.ts";
import type { Source } from "../port.ts";
import { Lane } from "../rate.ts";
import { type AwsOptions, awsFailure, rawPage } from "./aws.ts";
import { clientSettings, type ServiceId } from "./client.ts";
import { Pace } from "./pace.ts";

/** Questions at once: enough that none of a step waits for another. */
const AT_ONCE = 8;

export type Settings = Awaited<ReturnType<typeof clientSettings>>;
/** The input of an operation, its own copy. */
export type Sendable = { [name: string]: unknown };

/** What tells one AWS service from another. */
export interface Service<Client> {
  readonly asked: Asked;
  readonly id: ServiceId;
  /** Requests of an operation that may begin in a second. */
  readonly perSecond?: { readonly [operation: string]: number };
  /** Bytes of the largest body, where it is not the usual limit. */
  readonly largest?: number;
  /** The member of the input that takes the next page's token, and that of the output that holds it. */
  readonly token: readonly [asks: string, tells: string];
  readonly connect: (settings: Settings) => Client;
  readonly send: (client: Client, operation: string, input: Sendable, abortSignal: AbortSignal) => Promise<object>;
}

/** As much of a client of the SDK as is used here. */
interface SdkClient {
  readonly config: { readonly credentials: Settings["credentials"]; readonly region: () => Promise<string> };
  readonly middlewareStack: {
    add(middleware: Middleware, where: { step: "deserialize"; priority: "low" | "high"; name: string }): void;
  };
}
interface Sent {
  readonly input: object;
  readonly request: unknown;
}
type Next = (sent: Sent) => Promise<{ readonly response: unknown }>;
type Middleware = (next: Next) => Next;

/** One AWS service as a source: its client, made when it is first used, with paging, rates, limits and failures. */
export abstract class AwsSource<Client extends SdkClient> implements Source {
  protected readonly options: AwsOptions;
  readonly #service: Service<Client>;
  readonly #lane: Lane;
  readonly #given: Settings["credentials"] | undefined;
  /** Under which deadline an input is sent. */
  readonly #signals = new WeakMap<object, AbortSignal>();
  #client: Promise<Client> | null = null;
  readonly #pace = new Pace();
  /** Since when the service has answered nothing but that it limits the rate, and in which words; null where it answers. */
  #refusing: { readonly since: number; readonly failure: Failure } | null = null;
  #askedSoFar = 0;
  #answeredSoFar = 0;

  constructor(service: Service<Client>, options: AwsOptions, credentials?: Settings["credentials"]) {
    this.#service = service;
    this.options = options;
    this.#given = credentials;
    this.#lane = new Lane(AT_ONCE, service.perSecond);
  }

  async ask(question: Question): Promise<Answer> {
    this.#askedSoFar += 1;
    try {
      return await this.#lane.run(() => this.#answer(question));
    } finally {
      this.#answeredSoFar += 1;
    }
  }

  #answer({ operation, input }: Question): Promise<Answer> {
    const { limits, stop } = this.options;
    const { asked, token, send } = this.#service;
    return readPages({
      limits,
      stop,
      asked,
      explain: (error) => awsFailure(error, asked, this.options),
      read: async (next, signal) => {
        const client = await this.client();
        await this.#lane.begin(operation, signal);
        const whole: Sendable = { ...input, ...(next !== undefined && { [token[0]]: next }) };
        this.#signals.set(whole, signal);
        const page = rawPage(await this.#patiently(() => send(client, operation, whole, signal), signal));
        const told = page[token[1]];
        return { page, next: typeof told === "string" && told !== "" ? told : undefined };
      },
    });
  }

  /**
   * Sends, and sends again for as long as the service limits the rate: it will answer, and says so itself. All questions
   * share one patience, which begins anew with every answer: a queue that moves has time, and a service that answers
   * nothing is given up for all of them at once.
   */
  async #patiently<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const patience = () => {
      const now = performance.now();
      moreTime(signal, (this.#refusing?.since ?? now) + this.options.limits.throttled - now);
    };
    for (let times = 1; ; times += 1) {
      if (this.#pace.isLimited) patience();
      // What waits for its turn may never be sent, and waits for the same reason.
      if (this.#refusing) tryingAgain(signal, this.#refusing.failure);
      await this.#pace.turn(signal);
      try {
        const output = await send();
        this.#refusing = null;
        this.#pace.answered();
        return output;
      } catch (error) {
        if (!(error instanceof Throttled) || signal.aborted) throw error;
        this.#refusing ??= { since: performance.now(), failure: error.failure };
        patience();
        const done = `${this.#answeredSoFar} of ${plural(this.#askedSoFar, "question")} done`;
        this.options.waiting?.(`${this.#service.asked.name} limits the rate: waiting, ${done}`);
        await this.#pace.refused(times, error.retryAfter, signal);
      }
    }
  }

  protected client(): Promise<Client> {
    this.#client ??= this.#connected();
    return this.#client;
  }

  async #connected(): Promise<Client> {
    const settings = await clientSettings(this.options, this.#service.id);
    const client = this.#service.connect({ ...settings, ...(this.#given && { credentials: this.#given }) });
    client.middlewareStack.add(this.#onTheWire, { step: "deserialize", priority: "low", name: "wire" });
    client.middlewareStack.add(this.#eachAttempt, { step: "deserialize", priority: "high", name: "attempt" });
    return client;
  }

  /** Next to the wire, so that repetitions come here too: passes on to a proxy, counts, and bounds the body. */
  readonly #onTheWire: Middleware = (next) => async (sent) => {
    const { limits, tally, environment } = this.options;
    const { source, name } = this.#service.asked;
    const { largest = limits.bytes } = this.#service;
    const result = await next({ ...sent, request: throughProxy(sent.request, environment) });
    tally.count(source);
    const { response } = result;
    if (typeof response === "object" && response !== null && "body" in response && response.body instanceof Readable)
      response.body = bounded(response.body, largest, name);
    return result;
  };

  /** The SDK repeats by itself and tells only the last error, which the deadline may not wait for. */
  readonly #eachAttempt: Middleware = (next) => async (sent) => {
    const signal = this.#signals.get(sent.input);
    try {
      const result = await next(sent);
      if (signal) goingOn(signal);
      return result;
    } catch (error) {
      const failure = awsFailure(error, this.#service.asked, this.options);
      if (signal) tryingAgain(signal, failure);
      // The SDK repeats what it knows as throttled, each question for itself and a few times only.
      throw failure.kind === "throttled" ? new Throttled(failure, retryAfter(error)) : error;
    }
  };
}

/** A refusal for the rate; `retryAfter` milliseconds are asked for, 0 where nothing is. */
class Throttled extends Told {
  readonly retryAfter: number;

  constructor({ kind, message }: Failure, retryAfter: number) {
    super(kind, message);
    this.retryAfter = retryAfter;
  }
}

/** What the response behind an error of the SDK asks for. */
function retryAfter(error: unknown): number {
  const header = field(field(field(error, "$response"), "headers"), "retry-after");
  return pauseAsked(typeof header === "string" ? header : undefined) ?? 0;
}

interface HttpRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
}

/** A signed request to an endpoint in plain HTTP, made one to the proxy where there is one. */
function throughProxy(request: unknown, environment: NodeJS.ProcessEnv): unknown {
  const { protocol, hostname, port, path, headers } = request as HttpRequest;
  if (protocol !== "http:") return request;
  const target = new URL(`http://${hostname}${port === undefined ? "" : `:${port}`}${path}`);
  const proxy = proxiesOf(environment)(target);
  if (proxy === null) return request;
  const { to, path: whole, headers: added } = passedOn(target, proxy);
  const changed = {
    protocol: to.protocol,
    hostname: to.hostname,
    port: to.port === "" ? undefined : Number(to.port),
    path: whole,
    headers: { ...headers, ...added },
  };
  return Object.assign(Object.create(Object.getPrototypeOf(request) as object), request, changed);
}
