import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Answer, Question } from "../../src/model/question.ts";
import { field } from "../../src/sources/parse.ts";
import { errorResponse, type Fault } from "./faults.ts";

/** The question of an exec's URL; null for a URL of another kind. */
export function execQuestion(url: URL): Question | null {
  const found = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/exec$/.exec(url.pathname);
  if (!found) return null;
  const [, namespace = "", pod = ""] = found;
  const container = url.searchParams.get("container") ?? "";
  const command = url.searchParams.getAll("command");
  return { source: "kubernetes", operation: "exec", input: { namespace, pod, container, command } };
}

const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => (offered.has("v5.channel.k8s.io") ? "v5.channel.k8s.io" : "v4.channel.k8s.io"),
});

/** What a fault makes of an exec; false where there is none and the command may run. */
export function failExec(socket: Duplex, fault: Fault | null): boolean {
  if (fault === null || fault === "empty-list" || fault === "wrong-types") return false;
  if (fault === "silent" || fault === "trickle") return true;
  const wrong = errorResponse(fault, "kubernetes");
  if (wrong === null || wrong.status === 200) socket.destroy();
  else {
    const head = `HTTP/1.1 ${wrong.status} Fault\r\ncontent-type: ${wrong.type}\r\ncontent-length: ${Buffer.byteLength(wrong.body)}`;
    socket.end(`${head}\r\nconnection: close\r\n\r\n${wrong.body}`);
  }
  return true;
}

/** Opens the WebSocket, puts the output on channel 1 and the outcome on channel 3, and closes, as the kubelet does. */
export function runExec(request: IncomingMessage, socket: Duplex, head: Buffer, answer: Answer): void {
  if (answer.status === "failed") {
    const body = JSON.stringify({ kind: "Status", status: "Failure", message: answer.failure.message, code: 403 });
    socket.end(
      `HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
    return;
  }
  sockets.handleUpgrade(request, socket, head, (client) => {
    const [page] = answer.pages;
    const code = field(page, "exitCode");
    send(client, 1, String(field(page, "stdout") ?? ""));
    send(client, 2, String(field(page, "stderr") ?? ""));
    send(
      client,
      3,
      JSON.stringify(
        code === undefined || code === 0
          ? { metadata: {}, status: "Success" }
          : {
              metadata: {},
              status: "Failure",
              reason: "NonZeroExitCode",
              message: `command terminated with exit code ${String(code)}`,
              details: { causes: [{ reason: "ExitCode", message: String(code) }] },
            },
      ),
    );
    client.close(1000);
  });
}

function send(client: { send(data: Buffer): void }, channel: number, text: string): void {
  client.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
}
