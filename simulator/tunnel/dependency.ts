import { createServer, type Server } from "node:http";
import { modelTime } from "./client.ts";
import { realMs } from "./scale.ts";
import type { TunnelScenario } from "./scenario.ts";

/** The service that all pods wait for: GET /?seconds=<model seconds>, in its slow stretches several times as long. */
export async function startDependency(place: string, scenario: TunnelScenario, begin: () => number): Promise<Server> {
  const server = createServer((request, response) => {
    const asked = Number(new URL(request.url ?? "/", "http://dependency").searchParams.get("seconds"));
    const now = modelTime(begin());
    const slow = scenario.slowDependency?.find(({ at, seconds }) => now >= at && now < at + seconds);
    setTimeout(() => response.end("ok\n"), realMs(asked * (slow?.factor ?? 1)));
  });
  server.keepAliveTimeout = 120_000;
  const [host, port] = place.split(":");
  await new Promise<void>((resolve) => server.listen(Number(port), host, resolve));
  return server;
}
