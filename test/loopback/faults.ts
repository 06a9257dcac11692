import type { ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { ec2Error } from "../../src/served/ec2.ts";
import type { Response } from "../../src/served/response.ts";
import { xmlError } from "../../src/served/xml.ts";
import { type Spoiled, spoiled } from "./spoiled.ts";

/** What can go wrong with one request, once the server has it. */
export const FAULTS = [
  "reset",
  "silent",
  "trickle",
  "forbidden",
  "expired",
  "throttled",
  "throttled-for-long",
  "unavailable",
  "redirect",
  "html-500",
  "html-200",
  "empty-body",
  "null-body",
  "binary",
  "deep",
  "cut",
  "short",
  "not-zipped",
  "no-json-type",
  "large-headers",
  "huge",
] as const;
/** Those; what only some say: the clock is off (AWS), the pages of a list are no longer known (the cluster); and answers. */
export type Fault = (typeof FAULTS)[number] | "throttled-briefly" | "clock" | "gone" | Later | Spoiled;

/** What goes wrong with a list behind its first page: the connection breaks, or the same page comes again and again. */
export const LATER = ["later-reset", "later-again"] as const;
export type Later = (typeof LATER)[number];

/** The protocol of a request, which decides how its errors look. */
export type Protocol = "aws-json" | "aws-query" | "ec2-query" | "kubernetes" | "prometheus";

const HTML = "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>";

const BODIES: { readonly [fault: string]: Response } = {
  "html-500": { status: 500, type: "text/html", body: HTML },
  // A login page, or a gateway that has an answer for everything.
  "html-200": { status: 200, type: "text/html", body: HTML },
  "empty-body": { status: 200, type: "application/json", body: "" },
  "null-body": { status: 200, type: "application/json", body: "null" },
  binary: { status: 200, type: "application/octet-stream", body: "\u0000\u0001\ufffd\u001b[2J\u0007PK\u0003\u0004" },
  deep: { status: 200, type: "application/json", body: "[".repeat(300_000) },
  redirect: { status: 302, type: "text/html", body: "", headers: { location: "https://login.example/" } },
  unavailable: { status: 503, type: "text/plain", body: "no healthy upstream" },
};

/** The error response of a fault that is one; null for the others. */
export function errorResponse(fault: Fault, protocol: Protocol): Response | null {
  const body = BODIES[fault];
  if (body) return body;
  const known = ERRORS[fault];
  if (!known) return null;
  const { headers } = known;
  return { ...refusal(known, protocol), ...(headers && { headers }) };
}

function refusal({ status, aws, words }: Refusal, protocol: Protocol): Response {
  switch (protocol) {
    case "aws-json":
      return {
        status: 400,
        type: "application/x-amz-json-1.0",
        body: JSON.stringify({ __type: `com.amazonaws#${aws}`, message: words }),
      };
    case "ec2-query":
      return { status, type: "text/xml", body: ec2Error(aws, words, "loopback") };
    case "aws-query":
      return { status: status === 429 ? 400 : 403, type: "text/xml", body: xmlError(aws, words, "1") };
    case "kubernetes":
      return {
        status,
        type: "application/json",
        body: JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message: words, code: status }),
      };
    case "prometheus":
      return { status, type: "text/plain", body: words };
  }
}

interface Refusal extends Pick<Response, "headers"> {
  readonly status: number;
  readonly aws: string;
  readonly words: string;
}

const THROTTLED: Refusal = { status: 429, aws: "Throttling", words: "Rate exceeded" };
const ERRORS: { readonly [fault: string]: Refusal } = {
  forbidden: { status: 403, aws: "AccessDenied", words: "user oncall is not authorized to do this" },
  expired: { status: 401, aws: "ExpiredToken", words: "the token has expired" },
  gone: { status: 410, aws: "", words: "The provided continue parameter is too old" },
  throttled: THROTTLED,
  "throttled-for-long": { ...THROTTLED, headers: { "retry-after": "3600" } },
  "throttled-briefly": { ...THROTTLED, headers: { "retry-after": "1" } },
  clock: {
    status: 403,
    aws: "SignatureDoesNotMatch",
    words: "Signature expired: 20261127T080000Z is now earlier than",
  },
};

/** What befalls a page: a fault of later pages is none of the first one, whose token leads on. */
export function onPage(page: number, fault: Fault | null): Fault | null {
  return fault === "later-reset" && page > 0 ? "reset" : fault;
}

/** A part of the page with a token that leads on, where the fault is one of later pages. */
export function endless(page: unknown, fault: Fault | null, token: object): unknown {
  const leadsOn = fault === "later-reset" || fault === "later-again";
  return leadsOn ? { ...(spoiled(page, "halved") as object), ...token } : page;
}

/** Sends a response, or what the fault makes of it. */
export function deliver(response: ServerResponse, right: Response, fault: Fault | null): void {
  if (fault === "silent") return;
  if (fault === "reset") {
    const socket = response.socket;
    // Only a plain TCP socket can send a reset; under TLS the connection breaks without a goodbye, which looks the same.
    if (socket instanceof TLSSocket) socket.destroy();
    else socket?.resetAndDestroy();
    return;
  }
  const { status, type, body, headers } = right;
  const half = body.slice(0, Math.floor(body.length / 2));
  const head = { "content-type": type, "x-amzn-requestid": "loopback", ...headers };
  response.writeHead(status, { ...head, ...(fault && headersOf(fault, body)) });
  if (fault === "trickle") trickle(response, body);
  else if (fault === "huge") flood(response);
  else if (fault === "cut") response.end(half);
  // Less than was announced.
  else if (fault === "short") response.write(half, () => response.socket?.destroy());
  else response.end(body);
}

function headersOf(fault: Fault, body: string): { readonly [name: string]: string | number } {
  switch (fault) {
    case "short":
      return { "content-length": Buffer.byteLength(body) + 1 };
    case "not-zipped":
      return { "content-encoding": "gzip" };
    case "no-json-type":
      return { "content-type": "text/plain" };
    case "large-headers":
      return { "x-large": "x".repeat(20_000) };
    default:
      return {};
  }
}

function trickle(response: ServerResponse, body: string): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (response.destroyed || sent >= body.length) clearInterval(timer);
    else response.write(body[sent++]);
  }, 50);
  response.on("close", () => clearInterval(timer));
}

/** 200 MB of white space, which every parser would have to hold. */
function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(2 ** 20, 0x20);
  let left = 200;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(chunk)) {
        response.once("drain", more);
        return;
      }
    }
    response.end();
  };
  more();
}
