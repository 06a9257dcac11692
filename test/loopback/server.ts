import { createServer, request as forwardRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Question } from "../../src/model/question.ts";
import { questionKey } from "../../src/model/question.ts";
import { awsToken, encoded, encodedError, pageOf, readRequest, stsAnswer } from "../../src/served/aws.ts";
import { type KubeRequest, pageOfList, readPath, table } from "../../src/served/kube.ts";
import { promQuestion, promResponse } from "../../src/served/prometheus.ts";
import type { Response } from "../../src/served/response.ts";
import { field } from "../../src/sources/parse.ts";
import type { Source } from "../../src/sources/port.ts";
import { selfSigned } from "./certificate.ts";
import { execQuestion, failExec, runExec } from "./exec.ts";
import { deliver, endless, errorResponse, type Fault, onPage, type Protocol } from "./faults.ts";
import { spoiled } from "./spoiled.ts";

/*
 * AWS, a cluster and a Prometheus on 127.0.0.1: the wire protocols in front of any source, so that a simulated incident
 * can be asked by the real clients.
 */

export interface LoopbackOptions {
  readonly source: Source;
  /** Added to every request, milliseconds. */
  readonly delay?: number;
  /** What goes wrong with the nth request (from 1) of a question. */
  readonly fault?: (question: Question, attempt: number) => Fault | null;
  /** A real Prometheus behind the service proxy; the source answers without it. */
  readonly prometheus?: string;
  /** The token that the cluster wants. */
  readonly token?: string;
}

export interface Loopback {
  /** For AWS_ENDPOINT_URL. */
  readonly awsUrl: string;
  /** The same over TLS, by the certificate. */
  readonly secureAwsUrl: string;
  readonly prometheusUrl: string;
  readonly kubeUrl: string;
  /** PEM, self-signed: of the cluster and of AWS over TLS. */
  readonly certificate: string;
  /** A kubeconfig for the cluster, as JSON, which is YAML. */
  readonly kubeconfig: string;
  /** The keys of the questions in the order in which they came; pages and repetitions count. */
  readonly asked: readonly string[];
  /** "GET /api/v1/pods", "POST DescribeAlarms": every request as it came. */
  readonly requests: readonly string[];
  /** The same requests of the cluster with what was asked for: "/api/v1/pods?limit=500". */
  readonly urls: readonly string[];
  /** Authorization and tenant headers that came to Prometheus. */
  readonly promHeaders: IncomingMessage["headers"][];
  /** Counts the requests of every question from the beginning again. */
  forget(): void;
  close(): Promise<void>;
}

/** The Service whose proxy leads to Prometheus; the simulated worlds hold it. */
const PROMETHEUS = "monitoring/robusta-kube-prometheus-st-prometheus:9090";

export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const loopback = new Running(options);
  await loopback.listen();
  return loopback;
}

class Running implements Loopback {
  readonly asked: string[] = [];
  readonly requests: string[] = [];
  readonly urls: string[] = [];
  readonly promHeaders: IncomingMessage["headers"][] = [];
  readonly #attempts = new Map<string, number>();
  readonly #options: LoopbackOptions;
  readonly #sockets = new Set<Socket>();
  readonly #certificate = selfSigned();
  readonly #aws = createServer((request, response) => this.#guarded(response, () => this.#onAws(request, response)));
  readonly #secureAws = createSecureServer(this.#certificate, (request, response) =>
    this.#guarded(response, () => this.#onAws(request, response)),
  );
  readonly #prometheus = createServer((request, response) =>
    this.#guarded(response, () => this.#onPrometheus(urlOf(request), request, response)),
  );
  readonly #kube = createSecureServer(this.#certificate, (request, response) =>
    this.#guarded(response, () => this.#onKube(request, response)),
  );

  constructor(options: LoopbackOptions) {
    this.#options = options;
    this.#kube.on("upgrade", (request, socket, head) => {
      const question = execQuestion(urlOf(request));
      this.requests.push(`${request.method} ${urlOf(request).pathname}`);
      if (!question) socket.destroy();
      else
        void this.#ask(question).then((answer) => {
          if (!failExec(socket, this.#faultOf(question))) runExec(request, socket, head, answer);
        });
    });
  }

  get awsUrl() {
    return `http://127.0.0.1:${portOf(this.#aws)}`;
  }
  get secureAwsUrl() {
    return `https://127.0.0.1:${portOf(this.#secureAws)}`;
  }
  get certificate() {
    return this.#certificate.cert;
  }
  get prometheusUrl() {
    return `http://127.0.0.1:${portOf(this.#prometheus)}`;
  }
  get kubeUrl() {
    return `https://127.0.0.1:${portOf(this.#kube)}`;
  }
  get kubeconfig() {
    return kubeconfigOf(this.kubeUrl, this.certificate, this.#token);
  }
  get #token() {
    return this.#options.token ?? "secret-token";
  }

  async listen(): Promise<void> {
    for (const server of [this.#aws, this.#secureAws, this.#prometheus, this.#kube]) {
      server.on("connection", (socket: Socket) => {
        this.#sockets.add(socket);
        socket.on("close", () => this.#sockets.delete(socket));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    }
  }

  forget(): void {
    this.asked.length = 0;
    this.#attempts.clear();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of [this.#aws, this.#secureAws, this.#prometheus, this.#kube])
      await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** A defect of the loopback must show, and not hang the client. */
  #guarded(response: ServerResponse, run: () => Promise<void>): void {
    run().catch((error: unknown) => {
      response.writeHead(599, { "content-type": "text/plain" });
      response.end(`loopback: ${error instanceof Error ? error.stack : String(error)}`);
    });
  }

  async #ask(question: Question): Promise<Answer> {
    const { source, delay } = this.#options;
    this.asked.push(questionKey(question));
    if (delay) await sleep(delay);
    return source.ask(question);
  }

  #faultOf(question: Question): Fault | null {
    const key = questionKey(question);
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    return this.#options.fault?.(question, attempt) ?? null;
  }

  #send(response: ServerResponse, right: Response, fault: Fault | null, protocol: Protocol): void {
    const wrong = fault === null ? null : errorResponse(fault, protocol);
    deliver(response, wrong ?? right, wrong ? null : fault);
  }

  async #onAws(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = readRequest(request.headers, await text(request));
    const { protocol, question } = asked;
    this.requests.push(`${request.method} ${asked.operation}`);
    if (!question) {
      this.#send(response, encoded(asked, stsAnswer(asked.operation)), null, protocol);
      return;
    }
    const answer = await this.#ask(question);
    const fault = onPage(asked.page, this.#faultOf(question));
    const right =
      answer.status === "answered"
        ? encoded(asked, endless(spoiled(pageOf(answer, asked), fault), fault, awsToken({ question, page: 0 })))
        : encodedError(asked, "TargetGroupNotFound", answer.failure.message);
    this.#send(response, right, fault, protocol);
  }

  async #onKube(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method} ${urlOf(request).pathname}`);
    this.urls.push(request.url ?? "");
    if (request.headers.authorization !== `Bearer ${this.#token}`) {
      this.#send(response, status(401, "Unauthorized"), null, "kubernetes");
      return;
    }
    const asked = readPath(urlOf(request));
    if (asked.kind === "proxy") await this.#onProxy(asked, request, response);
    else if (asked.kind === "question") await this.#onKubeQuestion(asked, request, response);
    else if (asked.kind === "discovery") this.#send(response, json(asked.body), null, "kubernetes");
    else this.#send(response, { status: 404, type: "text/plain", body: "404 page not found\n" }, null, "kubernetes");
  }

  async #onKubeQuestion(
    { question, limit, offset }: KubeRequest & { kind: "question" },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const answer = await this.#ask(question);
    const fault = onPage(offset, this.#faultOf(question));
    if (answer.status === "failed") {
      this.#send(response, status(404, answer.failure.message), fault, "kubernetes");
      return;
    }
    if (question.operation === "get") {
      this.#send(response, json(spoiled(answer.pages[0], fault)), fault, "kubernetes");
      return;
    }
    const items = answer.pages.flatMap((page) => field(page, "items") as unknown[]);
    if (request.headers.accept?.includes("as=Table")) {
      this.#send(response, json(table(items)), fault, "kubernetes");
      return;
    }
    const page = pageOfList(question, items, offset, limit);
    const more = { metadata: { resourceVersion: "1", continue: "1" } };
    this.#send(response, json(endless(spoiled(page, fault), fault, more)), fault, "kubernetes");
  }

  async #onProxy(
    { namespace, service, rest }: KubeRequest & { kind: "proxy" },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (`${namespace}/${service}` !== PROMETHEUS) {
      this.#send(response, status(404, `services "${service}" not found`), null, "kubernetes");
      return;
    }
    await this.#onPrometheus(new URL(rest, "http://prometheus"), request, response);
  }

  async #onPrometheus(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.promHeaders.push(request.headers);
    const question = promQuestion(url);
    if (!question) {
      this.#send(response, { status: 404, type: "text/plain", body: "404 page not found\n" }, null, "prometheus");
      return;
    }
    if (this.#options.prometheus !== undefined) {
      this.asked.push(questionKey(question));
      await forward(new URL(`${url.pathname}${url.search}`, this.#options.prometheus), response);
      return;
    }
    const answer = await this.#ask(question);
    const fault = this.#faultOf(question);
    const right =
      answer.status === "answered" ? { ...answer, pages: answer.pages.map((page) => spoiled(page, fault)) } : answer;
    this.#send(response, promResponse(right), fault, "prometheus");
  }
}

function forward(url: URL, response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const passing = forwardRequest(url, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { "content-type": answer.headers["content-type"] ?? "" });
      answer.pipe(response).on("finish", resolve);
    });
    passing.on("error", reject);
    passing.end();
  });
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? "/", "http://loopback");
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function json(value: unknown): Response {
  return { status: 200, type: "application/json", body: JSON.stringify(value) };
}

function status(code: number, message: string): Response {
  const body = { kind: "Status", apiVersion: "v1", status: "Failure", message, reason: "", code };
  return { status: code, type: "application/json", body: JSON.stringify(body) };
}

/** A kubeconfig for the cluster, as JSON, which is YAML. */
function kubeconfigOf(server: string, certificate: string, token: string): string {
  const data = Buffer.from(certificate).toString("base64");
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "loopback",
    clusters: [{ name: "loopback", cluster: { server, "certificate-authority-data": data } }],
    users: [{ name: "oncall", user: { token } }],
    contexts: [{ name: "loopback", context: { cluster: "loopback", user: "oncall", namespace: "default" } }],
  });
}
