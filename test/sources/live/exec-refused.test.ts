import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import type { Cluster } from "../../../src/sources/kubernetes/live-cluster.ts";
import { execute } from "../../../src/sources/kubernetes/live-exec.ts";

const INPUT = { namespace: "default", pod: "p", container: "app", command: ["cat", "/sys/fs/cgroup/cpu.max"] };

/** A cluster whose API refuses every exec, in its own way. */
async function refusing(refuse: (socket: Duplex) => void): Promise<Cluster> {
  const server = createServer();
  server.on("upgrade", (_, socket) => {
    // Whoever is refused hangs up, perhaps in the middle.
    socket.on("error", () => {});
    refuse(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const now = { agent: new Agent(), headers: {} };
  return {
    server: new URL(`http://127.0.0.1:${port}`),
    context: "c",
    route: { name: "the API", login: { now }, via: null },
  };
}

const BEGUN = 'HTTP/1.1 403 Forbidden\r\ncontent-length: 1000\r\n\r\n{"message": "pods/ex';

it("a refusal that breaks off is an answer, and no rejection that nobody handles", async () => {
  const cluster = await refusing((socket) => socket.write(BEGUN, () => socket.destroy()));
  await expect(execute(cluster, INPUT, new AbortController().signal)).rejects.toThrow(
    "the API does not permit it (403)",
  );
});

it("a refusal that never ends is given up with the question", async () => {
  const cluster = await refusing((socket) => socket.write(BEGUN));
  const controller = new AbortController();
  const asked = execute(cluster, INPUT, controller.signal);
  setTimeout(() => controller.abort(new Error("time is up")), 200);
  await expect(asked).rejects.toThrow("time is up");
});

it("a refusal longer than any reason is told by its status", async () => {
  const page = JSON.stringify({ message: "x".repeat(3 * 2 ** 20) });
  const cluster = await refusing((socket) =>
    socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${page.length}\r\n\r\n${page}`),
  );
  await expect(execute(cluster, INPUT, new AbortController().signal)).rejects.toThrow(
    /^the API does not permit it \(403\)$/,
  );
});
