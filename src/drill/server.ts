import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Answer, Question } from "../model/question.ts";
import { encoded, encodedError, pageOf, readRequest, stsAnswer } from "../served/aws.ts";
import { pageOfList, readPath, table } from "../served/kube.ts";
import { promQuestion, promResponse } from "../served/prometheus.ts";
import type { Response } from "../served/response.ts";
import { field } from "../sources/parse.ts";
import type { Recorded } from "../sources/recording/recording.ts";
import { askAws } from "./aws-world.ts";
import { askCluster, execCommands, recordedExec } from "./cluster-world.ts";
import { askPrometheus, expressions } from "./prometheus-world.ts";

/** A recorded incident on 127.0.0.1, for the tools of every day. */
export interface Served {
  /** For AWS_ENDPOINT_URL; also what a browser opens. */
  readonly url: string;
  /** For promtool: `promtool query instant URL …`. */
  readonly prometheusUrl: string;
  /** A kubeconfig for the cluster, as JSON, which is YAML. It holds no secret. */
  readonly kubeconfig: string;
  close(): Promise<void>;
}

const PROMETHEUS = "/prometheus";
/** A request is some kB; a longer one is not a question. */
const LONGEST = 2 ** 20;

/**
 * Serves what a recording holds as AWS, a cluster and a Prometheus on one port of loopback, over plain HTTP: nobody else
 * reaches it, and it sends nothing anywhere. For what was not recorded it says so. `home` is the page for a browser.
 */
export async function serve(recorded: readonly Recorded[], namespace: string, home: string): Promise<Served> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    answered(recorded, home, request)
      .catch((error: unknown) => plain(400, error instanceof Error ? error.message : String(error)))
      .then((one) => send(response, one));
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request: IncomingMessage, socket: Socket) => refuseExec(recorded, request, socket));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${portOf(server)}`;
  return {
    url,
    prometheusUrl: `${url}${PROMETHEUS}`,
    kubeconfig: kubeconfigOf(url, namespace),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answered(recorded: readonly Recorded[], home: string, request: IncomingMessage): Promise<Response> {
  const url = new URL(request.url ?? "/", "http://loopback");
  if (url.pathname.startsWith(PROMETHEUS)) return onPrometheus(recorded, url, request);
  if (url.pathname === "/" && request.method === "POST") return onAws(recorded, request);
  if (url.pathname === "/") return { status: 200, type: "text/html; charset=utf-8", body: home };
  return onCluster(recorded, url, request);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  if (Number(request.headers["content-length"] ?? 0) > LONGEST) throw new RangeError("the request is too long");
  return text(request);
}

async function onAws(recorded: readonly Recorded[], request: IncomingMessage): Promise<Response> {
  const asked = readRequest(request.headers, await bodyOf(request));
  if (!asked.question) return encoded(asked, stsAnswer(asked.operation));
  const answer = exact(recorded, asked.question) ?? askAws(recorded, asked.question);
  if (answer?.status === "answered") return encoded(asked, pageOf(answer, asked));
  return encodedError(asked, "ValidationError", `the recording holds no answer to ${asked.operation}`);
}

async function onPrometheus(recorded: readonly Recorded[], url: URL, request: IncomingMessage): Promise<Response> {
  // promtool sends its query as a form.
  if (request.method === "POST")
    for (const [name, value] of new URLSearchParams(await bodyOf(request))) url.searchParams.set(name, value);
  // promtool and browsers ask for now, which is long after.
  const time = url.searchParams.get("time");
  if (time === null || Number(time) > latest(recorded)) url.searchParams.set("time", String(latest(recorded)));
  const question = promQuestion(url);
  if (!question) return plain(404, "only /api/v1/query and /api/v1/query_range are served");
  const answer = exact(recorded, question) ?? askPrometheus(recorded, question);
  if (answer) return promResponse(answer);
  const forms = expressions(recorded).map((one) => one.replace(/\{(?:[^{}"]|"(?:\\.|[^"])*")*\}/g, "{…}"));
  return promResponse({
    status: "failed",
    failure: { kind: "not-recorded", message: `nothing of this form was recorded; there are: ${forms.join("; ")}` },
  });
}

async function onCluster(recorded: readonly Recorded[], url: URL, request: IncomingMessage): Promise<Response> {
  const asked = readPath(url);
  if (asked.kind === "discovery") return json(asked.body);
  if (asked.kind === "proxy") return onPrometheus(recorded, new URL(asked.rest, "http://prometheus"), request);
  if (asked.kind !== "question") return status(404, "the drill does not serve this path");
  const { question, limit, offset } = asked;
  const answer = askCluster(recorded, question) ?? nothing(question);
  if (answer.status === "failed") return status(404, answer.failure.message);
  if (question.operation === "get") return json(answer.pages[0]);
  const items = answer.pages.flatMap((page) => (field(page, "items") as unknown[]) ?? []);
  const wantsTable = request.headers.accept?.includes("as=Table") === true;
  return json(wantsTable ? table(items) : pageOfList(question, items, offset, limit));
}

function nothing({ input }: Question): Answer {
  const message = `the recording holds no ${String(input.resource)}`;
  return { status: "failed", failure: { kind: "not-recorded", message } };
}

/** No command runs anywhere: the refusal tells what the recorded pod said, where that was recorded. */
function refuseExec(recorded: readonly Recorded[], request: IncomingMessage, socket: Socket): void {
  const words = new URL(request.url ?? "/", "http://loopback").searchParams.getAll("command");
  const said = recordedExec(recorded, words);
  const message =
    said === null
      ? `the drill runs no commands; recorded are: ${execCommands(recorded).join("; ") || "none"}`
      : `the drill runs no commands; the pod said when it was recorded: ${said.trim()}`;
  const body = JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message, code: 403 });
  const head = [
    "HTTP/1.1 403 Forbidden",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${[...head, "connection: close"].join("\r\n")}\r\n\r\n${body}`);
}

function exact(recorded: readonly Recorded[], { source, operation, input }: Question): Answer | null {
  const wanted = JSON.stringify(sorted(input));
  const found = recorded.find(
    ({ question }) =>
      question.source === source &&
      question.operation === operation &&
      JSON.stringify(sorted(question.input)) === wanted,
  );
  return found?.answer ?? null;
}

function sorted(input: Question["input"]): object {
  return Object.fromEntries(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The moment of the recording, for those who ask for "now". */
function latest(recorded: readonly Recorded[]): number {
  const ends = recorded.flatMap(({ question: { source, input } }) =>
    source === "prometheus" ? [Date.parse(String(input.end ?? input.time)) / 1000] : [],
  );
  return Math.max(0, ...ends.filter((one) => !Number.isNaN(one)));
}

function kubeconfigOf(server: string, namespace: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "drill",
    clusters: [{ name: "drill", cluster: { server } }],
    users: [{ name: "drill", user: {} }],
    contexts: [{ name: "drill", context: { cluster: "drill", user: "drill", namespace } }],
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function send(response: ServerResponse, { status: code, type, body }: Response): void {
  response.writeHead(code, { "content-type": type, "cache-control": "no-store" }).end(body);
}

function json(value: unknown): Response {
  return { status: 200, type: "application/json", body: JSON.stringify(value) };
}

function plain(code: number, message: string): Response {
  return { status: code, type: "text/plain; charset=utf-8", body: `${message}\n` };
}

function status(code: number, message: string): Response {
  const body = { kind: "Status", apiVersion: "v1", status: "Failure", message, reason: "NotFound", code };
  return { status: code, type: "application/json", body: JSON.stringify(body) };
}
