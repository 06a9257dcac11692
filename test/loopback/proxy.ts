import { once } from "node:events";
import { createServer, request as forwardRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A name that only the proxy can resolve, so that what reaches it has gone through the proxy. */
export const BEHIND_PROXY = "loopback.test";

export interface LoopbackProxy {
  /** With a login in it. */
  readonly url: string;
  /** "CONNECT loopback.test:443 Basic …", "POST http://loopback.test:80/ Basic …": what it was asked, by whom. */
  readonly asked: readonly string[];
  close(): void;
}

/** A proxy for tunnels and for plain HTTP that leads every name to this machine, or refuses with a status. */
export async function startProxy(refusal?: number): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const note = ({ method, url, headers }: IncomingMessage) =>
    asked.push(`${method} ${url} ${headers["proxy-authorization"] ?? "nobody"}`);
  const proxy = createServer((request, response) => {
    note(request);
    if (refusal === undefined) forward(request, response);
    else response.writeHead(refusal).end();
  });
  proxy.on("connect", (request, client) => {
    note(request);
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const server = connect(Number(String(request.url).split(":")[1]), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      server.pipe(client).pipe(server);
    });
    for (const side of [server, client]) side.on("error", () => server.destroy());
  });
  proxy.on("connection", (socket) => sockets.add(socket));
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    asked,
    url: `http://ada:pw@127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

function forward(request: IncomingMessage, response: ServerResponse): void {
  const { port, pathname, search } = new URL(String(request.url));
  const { method, headers } = request;
  const passing = forwardRequest(
    { host: "127.0.0.1", port, path: `${pathname}${search}`, method, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  passing.on("error", () => response.destroy());
  request.pipe(passing);
}
