import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { proxyFor } from "../../../src/sources/proxy.ts";
import { rig, SAMPLES, sampleSource } from "./rig.ts";

/** A proxy that opens tunnels, or answers with a status instead. */
async function startProxy(status = 200) {
  const targets: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, client) => {
    targets.push(`${request.url} ${request.headers["proxy-authorization"] ?? "nobody"}`);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const [host, port] = String(request.url).split(":");
    const server = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      server.pipe(client).pipe(server);
    });
    for (const side of [server, client]) side.on("error", () => server.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => {
    proxy.close();
  });
  return { targets, url: `http://ada:pw@127.0.0.1:${(proxy.address() as AddressInfo).port}` };
}

test("the cluster is reached through the tunnel of HTTPS_PROXY, its certificate still checked", async () => {
  const { url, targets } = await startProxy();
  const { live, loopback } = await rig({ source: sampleSource }, { environment: { HTTPS_PROXY: url } });
  expect(await live.ask(SAMPLES.kubernetes.question)).toMatchObject({ status: "answered" });
  expect(new Set(targets)).toEqual(new Set([`${new URL(loopback.kubeUrl).host} Basic YWRhOnB3`]));
});

test.each([
  [407, "unauthenticated"],
  [403, "unreachable"],
])("a proxy that answers %d is told as %s", async (status, kind) => {
  const { url } = await startProxy(status);
  const { live } = await rig({ source: sampleSource }, { environment: { HTTPS_PROXY: url } });
  const answer = await live.ask(SAMPLES.kubernetes.question);
  expect(answer).toMatchObject({
    status: "failed",
    failure: { kind, message: expect.stringContaining("the proxy 127.0.0.1") },
  });
});

test.each([
  ["api.example.com", "", "proxy:3128"],
  ["api.example.com", "example.com", null],
  ["api.example.com", ".example.com", null],
  ["api.example.com", "other.com, api.example.com:443", null],
  ["api.example.com", "api.example.com:6443", "proxy:3128"],
  ["notexample.com", "example.com", "proxy:3128"],
  ["api.example.com", "*", null],
])("%s with NO_PROXY=%j goes by %s", (host, NO_PROXY, expected) => {
  const proxy = proxyFor(new URL(`https://${host}`), { HTTPS_PROXY: "http://proxy:3128", NO_PROXY });
  expect(proxy?.host ?? null).toBe(expected);
});
