import type { ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Response } from "../../src/served/response.ts";
import { xmlError } from "../../src/served/xml.ts";

/** What can go wrong with one request, once the server has it. */
export const FAULTS = [
  "reset",
  "silent",
  "trickle",
  "forbidden",
  "expired",
  "throttled",
  "html-500",
  "empty-body",
  "cut",
  "wrong-types",
  "empty-list",
  "huge",
] as const;
/** Those, and what only the cluster says: the pages of a list are no longer known. */
export type Fault = (typeof FAULTS)[number] | "gone";

/** The protocol of a request, which decides how its errors look. */
export type Protocol = "aws-json" | "aws-query" | "kubernetes" | "prometheus";

/** The page with every list emptied, or with every list's items of the wrong type; null for other faults. */
export function spoiled(page: unknown, fault: Fault | null): unknown {
  if (fault !== "wrong-types" && fault !== "empty-list") return page;
  if (Array.isArray(page)) return fault === "empty-list" ? [] : page.map(() => 7);
  if (page === null || typeof page !== "object") return page;
  return Object.fromEntries(Object.entries(page).map(([key, value]) => [key, spoiled(value, fault)]));
}

const HTML = "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>";

/** The error response of a fault that is one; null for the others. */
export function errorResponse(fault: Fault, protocol: Protocol): Response | null {
  if (fault === "html-500") return { status: 500, type: "text/html", body: HTML };
  if (fault === "empty-body") return { status: 200, type: "application/json", body: "" };
  const known = ERRORS[fault];
  if (!known) return null;
  const { status, aws, words } = known;
  switch (protocol) {
    case "aws-json":
      return {
        status: 400,
        type: "application/x-amz-json-1.0",
        body: JSON.stringify({ __type: `com.amazonaws#${aws}`, message: words }),
      };
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

const ERRORS: { readonly [fault: string]: { status: number; aws: string; words: string } } = {
  forbidden: { status: 403, aws: "AccessDenied", words: "user oncall is not authorized to do this" },
  expired: { status: 401, aws: "ExpiredToken", words: "the token has expired" },
  gone: { status: 410, aws: "", words: "The provided continue parameter is too old" },
  throttled: { status: 429, aws: "Throttling", words: "Rate exceeded" },
};

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
  response.writeHead(right.status, { "content-type": right.type, "x-amzn-requestid": "loopback" });
  if (fault === "trickle") trickle(response, right.body);
  else if (fault === "huge") flood(response);
  else if (fault === "cut") {
    response.end(right.body.slice(0, Math.floor(right.body.length / 2)));
  } else response.end(right.body);
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
