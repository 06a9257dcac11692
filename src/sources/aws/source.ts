import { Readable } from "node:stream";
import type { Answer, Question } from "../../model/question.ts";
import type { Asked } from "../failure.ts";
import { bounded } from "../http/bounded.ts";
import { goingOn, tryingAgain } from "../http/deadline.ts";
import { passedOn, proxiesOf } from "../http/proxy.ts";
import { readPages } from "../paging.ts";
import type { Source } from "../port.ts";
import { Lane } from "../rate.ts";
import { type AwsOptions, awsFailure, rawPage } from "./aws.ts";
import { clientSettings, type ServiceId } from "./client.ts";

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

  constructor(service: Service<Client>, options: AwsOptions, credentials?: Settings["credentials"]) {
    this.#service = service;
    this.options = options;
    this.#given = credentials;
    this.#lane = new Lane(AT_ONCE, service.perSecond);
  }

  ask({ operation, input }: Question): Promise<Answer> {
    const { limits, stop } = this.options;
    const { asked, token, send } = this.#service;
    return this.#lane.run(() =>
      readPages({
        limits,
        stop,
        asked,
        explain: (error) => awsFailure(error, asked, this.options),
        read: async (next, signal) => {
          const client = await this.client();
          await this.#lane.begin(operation, signal);
          const whole: Sendable = { ...input, ...(next !== undefined && { [token[0]]: next }) };
          this.#signals.set(whole, signal);
          const page = rawPage(await send(client, operation, whole, signal));
          const told = page[token[1]];
          return { page, next: typeof told === "string" && told !== "" ? told : undefined };
        },
      }),
    );
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
    const result = await next({ ...sent, request: throughProxy(sent.request, environment) });
    tally.count(source);
    const { response } = result;
    if (typeof response === "object" && response !== null && "body" in response && response.body instanceof Readable)
      response.body = bounded(response.body, limits.bytes, name);
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
      if (signal) tryingAgain(signal, awsFailure(error, this.#service.asked, this.options));
      throw error;
    }
  };
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
