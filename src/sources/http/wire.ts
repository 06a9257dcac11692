import { type Agent, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { failureOf, inSeconds, statusFailure, Told, withoutWay } from "../failure.ts";
import type { Limits } from "../limits.ts";
import { parseJson, TooLarge } from "../size.ts";
import { bounded } from "./bounded.ts";
import { goingOn, tryingAgain } from "./deadline.ts";
import { passedOn } from "./proxy.ts";

/*
 * HTTP for the sources without an SDK of their own to do it: the cluster's API and Prometheus. GET and nothing else, so
 * that nothing that goes through here can write.
 */

/** How a server is reached. */
export interface Route {
  /** For sentences: "the cluster's API at https://…". */
  readonly name: string;
  readonly login: Login;
  /** The proxy that passes on requests in plain HTTP; what is encrypted goes through the agent's tunnel. */
  readonly via?: URL | null;
  /** Headers that sign one request; absent where none is signed. May throw a Told. */
  readonly sign?: (url: URL) => Promise<{ readonly [name: string]: string }>;
}

/** The credentials as they are now, and how to get new ones. */
export interface Login {
  readonly now: Access;
  /** Gets new credentials in the place of those that were not accepted; absent where there is no other way to log in. */
  readonly renew?: (refused: Access) => Promise<void>;
}

export interface Access {
  /** Holds the connections, the CA and the client certificate. */
  readonly agent: Agent;
  readonly headers: { readonly [name: string]: string };
  /** "user:password" for basic authentication. */
  readonly auth?: string | undefined;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Where a redirection leads; null without one. Nobody follows it: the credentials are not for whoever is there. */
  readonly location: string | null;
  /** Milliseconds that the server asks to wait before the next attempt; null where it does not. */
  readonly retryAfter: number | null;
}

/** 429 and those of a server that is just being replaced; a GET may be repeated (RFC 9110, 9.2.2). */
const PASSING = new Set([429, 502, 503, 504]);
/** Milliseconds before the second attempt; twice as long before each further one. */
export const FIRST_PAUSE = 200;
/** The longest pause that is made unasked. */
const LONGEST_PAUSE = 5_000;

/** GET, repeated where the trouble may pass. The last attempt's reply or error is the answer. `count`: at each attempt. */
export async function get(
  url: URL,
  route: Route,
  limits: Limits,
  signal: AbortSignal,
  count: () => void,
): Promise<Reply> {
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    count();
    let last = attempt >= limits.attempts;
    // With jitter: many questions are refused at once.
    let pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
    const access = route.login.now;
    let refused = false;
    try {
      const reply = await getOnce(url, route, access, limits, signal);
      refused = reply.status === 401 && route.login.renew !== undefined && !renewed;
      if (!PASSING.has(reply.status)) goingOn(signal);
      // Who limits the rate will answer: that is waited for until the deadline.
      if (reply.status === 429) last = false;
      if (!refused && (last || !PASSING.has(reply.status))) return reply;
      const trouble = refused ? null : statusFailure(reply.status, { name: route.name });
      if (trouble) tryingAgain(signal, trouble);
      pause = Math.max(pause, reply.retryAfter ?? 0);
    } catch (error) {
      if (last || signal.aborted || !isPassing(error)) throw error;
      tryingAgain(signal, failureOf(error, route));
    }
    if (refused) {
      // The credentials may have expired since they were given; new ones are asked for once.
      renewed = true;
      await route.login.renew?.(access);
      continue;
    }
    await sleep(pause, undefined, { signal });
  }
}

/** A kept connection that the server has closed meanwhile, or a request that got lost. */
function isPassing(error: unknown): boolean {
  if (error instanceof Told) return error.failure.kind === "timeout";
  return error instanceof Error && "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

async function getOnce(url: URL, route: Route, access: Access, limits: Limits, signal: AbortSignal): Promise<Reply> {
  const signed = route.sign ? { ...access, headers: { ...access.headers, ...(await route.sign(url)) } } : access;
  const response = await respond(url, route, signed, limits, signal);
  const body = await textOf(bounded(unzipped(response), limits.bytes, route.name));
  const location = response.headers.location ?? null;
  return { status: response.statusCode ?? 0, body, location, retryAfter: pauseAsked(response.headers["retry-after"]) };
}

/** Milliseconds until the moment that a Retry-After names, as seconds or as a date (RFC 9110, 10.2.3); at most an hour. */
export function pauseAsked(header: string | undefined): number | null {
  if (header === undefined) return null;
  const pause = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return pause > 0 ? Math.min(pause, 3_600_000) : null;
}

function respond(
  url: URL,
  route: Route,
  { agent, headers, auth }: Access,
  limits: Limits,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const passed = route.via ? passedOn(url, route.via) : null;
  const target = passed?.to ?? url;
  const request = target.protocol === "http:" ? plainRequest : secureRequest;
  return new Promise((resolve, reject) => {
    const asking = request(target, {
      method: "GET",
      agent,
      signal,
      ...(passed && { path: passed.path }),
      headers: { accept: "application/json", "accept-encoding": "gzip", ...headers, ...passed?.headers },
      ...(auth !== undefined && { auth }),
    });
    const give = (told: Told) => {
      settled();
      // Until there is a socket, as while a proxy makes its tunnel, a request that is destroyed emits no error.
      reject(told);
      asking.destroy(told);
    };
    const connecting = setTimeout(() => {
      const words = `${route.name} cannot be reached: no connection within ${inSeconds(limits.connect)}`;
      const told = new Told("unreachable", words);
      withoutWay(told.failure);
      give(told);
    }, limits.connect);
    const answering = setTimeout(
      () => give(new Told("timeout", `${route.name} did not start to answer within ${inSeconds(limits.request)}`)),
      limits.request,
    );
    const settled = () => {
      clearTimeout(connecting);
      clearTimeout(answering);
    };
    asking.once("socket", (socket) => {
      if (socket.connecting) socket.once("connect", () => clearTimeout(connecting));
      else clearTimeout(connecting);
    });
    asking.once("response", (response) => {
      settled();
      resolve(response);
    });
    asking.once("error", (error) => {
      settled();
      // Node wraps what a signal was aborted with; the reason says more.
      reject(signal.aborted ? signal.reason : error);
    });
    asking.end();
  });
}

function unzipped(response: IncomingMessage): Readable {
  if (response.headers["content-encoding"] !== "gzip") return response;
  const gunzip = createGunzip();
  response.on("error", (error) => gunzip.destroy(error));
  gunzip.on("close", () => response.destroy());
  return response.pipe(gunzip);
}

/** The JSON of a reply; a body that is no JSON is told without repeating it. */
export function jsonOf({ body }: Reply, name: string): unknown {
  if (body.trim() === "") throw new Told("malformed", `${name} answered with an empty body`);
  try {
    return parseJson(body);
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    const what = /^\s*</.test(body) ? "a web page instead of JSON" : "JSON that is truncated or damaged";
    throw new Told("malformed", `${name} answered with ${what}`);
  }
}
