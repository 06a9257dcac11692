import { PrometheusDriver, ResponseType } from "prometheus-query";
import type { Answer, Failure, Question } from "../../model/question.ts";
import { epoch } from "../../model/time.ts";
import { type Asked, failed, failureOf, saying, statusFailure, Told } from "../failure.ts";
import { withDeadline } from "../http/deadline.ts";
import { get, jsonOf, type Reply } from "../http/wire.ts";
import type { Limits } from "../limits.ts";
import { field, Malformed } from "../parse.ts";
import type { Source } from "../port.ts";
import { Lane } from "../rate.ts";
import { parseJson } from "../size.ts";
import type { Tally } from "../tally.ts";
import type { Address } from "./live-address.ts";
import { fitting, mustBe } from "./read.ts";

/** All that an investigation asks at one time; a Prometheus works on 20 at once by default (--query.max-concurrency). */
const AT_ONCE = 12;

export interface PrometheusOptions {
  readonly limits: Limits;
  readonly stop?: AbortSignal | undefined;
  readonly tally: Tally;
  /** Where it is; asked once, when the first question comes. May throw a Told. */
  readonly find: () => Promise<Address>;
}

/**
 * Answers PromQL questions from a Prometheus. prometheus-query forms the requests and reads the replies; the transport
 * beneath it is ours, as the adapter of its HTTP client. The answer is the page itself: it is masked and recorded before
 * its figures are read from it (questions.ts), and what cannot be read is no answer.
 */
export class LivePrometheus implements Source {
  readonly #options: PrometheusOptions;
  readonly #lane = new Lane(AT_ONCE);
  #address: Promise<Address> | null = null;

  constructor(options: PrometheusOptions) {
    this.#options = options;
  }

  address(): Promise<Address> {
    this.#address ??= this.#options.find();
    return this.#address;
  }

  ask(question: Question): Promise<Answer> {
    const { limits, stop } = this.#options;
    return this.#lane.run(async () => {
      let asked: Asked = { source: "prometheus", name: "Prometheus" };
      try {
        return await withDeadline(limits.question, stop, asked, async (signal) => {
          const address = await this.address();
          asked = { source: "prometheus", name: address.route.name };
          return { status: "answered", pages: [await this.#page(question, address, signal)] };
        });
      } catch (error) {
        return failed(failureOf(error, asked));
      }
    });
  }

  async #page({ operation, input }: Question, address: Address, signal: AbortSignal): Promise<unknown> {
    const { limits, tally } = this.#options;
    const asked: Asked = { source: "prometheus", name: address.route.name };
    let page: unknown;
    const driver = new PrometheusDriver({
      endpoint: address.endpoint,
      baseURL: address.basePath,
      requestInterceptor: {
        onFulfilled: (request) => {
          request.adapter = async (config) => {
            const url = new URL(`${config.baseURL}${config.url}?${String(config.params)}`);
            const reply = await get(url, address.route, limits, signal, () => tally.count("prometheus"));
            const failure = reply.status === 200 ? null : refusal(reply, asked);
            if (failure) throw new Told(failure.kind, failure.message);
            page = jsonOf(reply, asked.name);
            return { data: fitting(page).page, status: reply.status, statusText: "", headers: {}, config };
          };
          return request;
        },
      },
    });
    const query = String(input.query);
    const at = (name: string) => new Date(epoch(input[name]) * 1000);
    const isInstant = operation === "query";
    const result = isInstant
      ? driver.instantQuery(query, at("time"))
      : driver.rangeQuery(query, at("start"), at("end"), Number(input.step));
    const type = isInstant ? ResponseType.VECTOR : ResponseType.MATRIX;
    const read = await result.catch((rejected: unknown) => {
      // The driver rejects with an object of its own that holds what went wrong beneath it.
      const error = field(rejected, "original") ?? rejected;
      // Of a page that has come its own words would help nobody.
      throw page === undefined || error instanceof Malformed ? error : new Malformed(`Prometheus answered no ${type}`);
    });
    mustBe(read, type);
    return page;
  }
}

/** Prometheus's own errors are JSON with an errorType (HTTP API, Format overview); what stands before it says "message". */
function refusal(reply: Reply, asked: Asked): Failure | null {
  const body = jsonOrNothing(reply);
  const words = field(body, "error") ?? field(body, "message");
  const type = field(body, "errorType");
  if (type === "timeout" || type === "canceled")
    return { kind: "timeout", message: `${asked.name} gave up on the query${saying(words)}` };
  if (type === "bad_data" || type === "execution")
    return { kind: "malformed", message: `${asked.name} cannot answer the query${saying(words)}` };
  return redirection(reply, asked) ?? wanting(reply, asked, words) ?? statusFailure(reply.status, asked, words);
}

/** What services that speak Prometheus's language want of each request beside it. */
function wanting({ status, body }: Reply, { name }: Asked, words: unknown): Failure | null {
  // Amazon Managed Service for Prometheus, to what is not signed.
  if (status === 403 && /^Missing Authentication Token/i.test(String(words)))
    return {
      kind: "unauthenticated",
      message: `${name} is Amazon Managed Service for Prometheus, and only accepts requests signed with AWS credentials; give its own URL (https://aps-workspaces.REGION.amazonaws.com/workspaces/ID), and they will be signed`,
    };
  // Mimir, Cortex and Thanos's receiver (dskit, user.ErrNoOrgID).
  if (status === 401 && /^\s*no org id\s*$/i.test(body))
    return {
      kind: "unauthenticated",
      message: `${name} requires a tenant (401, no org id): set PROMETHEUS_ORG_ID`,
    };
  return null;
}

/** Leads to the same API at another place, as from http to https, or to the page at which a person logs in. */
function redirection({ status, location }: Reply, { name }: Asked): Failure | null {
  if (status < 300 || status >= 400 || location === null) return null;
  const target = URL.canParse(location) ? new URL(location) : null;
  const moved = target && /^(.*)\/api\/v1\/query(?:_range)?$/.exec(target.pathname);
  if (moved)
    return { kind: "unreachable", message: `${name} leads to ${target.origin}${moved[1]} (${status}): give that URL` };
  const where = target ? `a login page at ${target.host}` : "a login page";
  return {
    kind: "unauthenticated",
    message: `${name} leads to ${where} (${status}): set PROMETHEUS_TOKEN, or leave out the URL to go through the cluster`,
  };
}

function jsonOrNothing({ body }: Reply): unknown {
  try {
    return parseJson(body);
  } catch {
    // A page of a proxy; the status then says what happened.
    return undefined;
  }
}
