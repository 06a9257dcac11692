import type { IncomingMessage } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { WebSocket } from "ws";
import type { Input } from "../../model/question.ts";
import { quote, saying, statusFailure, Told } from "../failure.ts";
import { bounded } from "../http/bounded.ts";
import { field } from "../parse.ts";
import { parseJson } from "../size.ts";
import type { Cluster } from "./live-cluster.ts";

/** The only commands that may run in a pod: both read what the kernel shows, and write nothing. */
export const PERMITTED_COMMANDS: readonly (readonly string[])[] = [
  ["cat", "/sys/fs/cgroup/cpu.max"],
  ["ps", "-eo", "pid,ppid,args"],
];

/** A process list or a cgroup file is some kB. */
const LARGEST_OUTPUT = 2 ** 20;
/** Channels of the protocol v4.channel.k8s.io and later: the first byte of each message (Kubernetes, remotecommand). */
const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the permitted commands in one container, by WebSocket as kubectl does since 1.30. Throws a Told. */
export async function execute(cluster: Cluster, input: Input, signal: AbortSignal): Promise<Output> {
  const { namespace, pod, container, command } = input;
  const wanted = Array.isArray(command) ? command.map(String) : [];
  if (!PERMITTED_COMMANDS.some((one) => one.join("\n") === wanted.join("\n")))
    throw new Told("forbidden", `lbdoctor never runs ${wanted.join(" ")} in a pod`);
  const path = `api/v1/namespaces/${segment(namespace)}/pods/${segment(pod)}/exec`;
  const url = new URL(path, withSlash(cluster.server));
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  url.search = new URLSearchParams([
    ["container", String(container)],
    ...wanted.map((word): [string, string] => ["command", word]),
    ["stdout", "true"],
    ["stderr", "true"],
  ]).toString();
  return await listen(url, cluster, wanted.join(" "), signal);
}

function listen(url: URL, { route }: Cluster, command: string, signal: AbortSignal): Promise<Output> {
  const { agent, headers, auth } = route.login.now;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, ["v5.channel.k8s.io", "v4.channel.k8s.io"], {
      agent,
      headers,
      maxPayload: LARGEST_OUTPUT,
      ...(auth !== undefined && { auth }),
    });
    const parts: Record<number, Buffer[]> = { [STDOUT]: [], [STDERR]: [], [STATUS]: [] };
    let length = 0;
    const give = (error: unknown) => {
      reject(error);
      socket.terminate();
    };
    const abort = () => give(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    socket.on("message", (data: Buffer) => {
      length += data.length;
      if (length > LARGEST_OUTPUT) give(new Told("malformed", `${command} printed more than 1 MB`));
      else parts[data[0] ?? -1]?.push(data.subarray(1));
    });
    socket.on("unexpected-response", (_request, response) => void refusal(response, route.name).then(give));
    socket.on("error", give);
    socket.on("close", () => {
      signal.removeEventListener("abort", abort);
      const said = (channel: number) => Buffer.concat(parts[channel] ?? []).toString("utf8");
      const output = { stdout: said(STDOUT), stderr: said(STDERR) };
      const trouble = ending(said(STATUS), command, output.stderr);
      if (trouble) reject(trouble);
      else resolve(output);
    });
  });
}

/** Null where the command ended well. Without a status the connection broke before the command ended. */
function ending(status: string, command: string, stderr: string): Told | null {
  let end: unknown;
  try {
    end = parseJson(status);
  } catch {
    return new Told("unreachable", `the connection broke before ${command} ended`);
  }
  if (field(end, "status") === "Success") return null;
  return new Told("missing", `${command} failed in the pod${saying(quote(stderr) || field(end, "message"))}`);
}

/** The API's reason stands in the body of the refused upgrade. Where that cannot be read, the status is the reason. */
async function refusal(response: IncomingMessage, name: string): Promise<Told> {
  const body = await textOf(bounded(response, LARGEST_OUTPUT, name)).catch(() => "");
  const failure = statusFailure(response.statusCode ?? 0, { name }, messageOf(body));
  return failure
    ? new Told(failure.kind, failure.message)
    : new Told("malformed", `${name} does not open a WebSocket (${response.statusCode})`);
}

/** The message of a Status object; undefined for a body that is none. */
export function messageOf(body: string): unknown {
  try {
    return field(parseJson(body), "message");
  } catch {
    // A proxy's own page; the HTTP status then says enough.
    return undefined;
  }
}

/** One segment of a path. */
export function segment(value: unknown): string {
  return encodeURIComponent(String(value));
}

/** The server's URL as a base that keeps its own path, as Rancher and other proxies need it. */
export function withSlash(server: URL): URL {
  return new URL(server.href.endsWith("/") ? server.href : `${server.href}/`);
}
