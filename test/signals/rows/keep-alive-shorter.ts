import type { ContainerFact } from "../../../src/model/facts.ts";
import type { Row } from "../row.ts";

const server = (command: readonly string[], idleTimeout: number | null = 60) => {
  const probes = { readiness: false, liveness: false, startup: false };
  const none = { image: null, ports: [], cpuRequest: null, cpuLimit: null, memoryRequest: null, memoryLimit: null };
  const serving: ContainerFact = { name: "web", command, environment: {}, ...none, probes, configMaps: [] };
  return { workload: { serving }, loadBalancer: { idleTimeout } };
};
const gunicorn = (seconds: number) => server(["gunicorn", "-k", "gthread", "--keep-alive", String(seconds), "app:api"]);

export default [
  ["told to close after 59 s", gunicorn(59), "yes"],
  ["told to close after 60 s", gunicorn(60), "yes"],
  ["told to close after 61 s", gunicorn(61), "no"],
  [
    "120 s, and the load balancer keeps them for 350 s",
    server(["gunicorn", "-k", "gthread", "--keep-alive", "120", "app:api"], 350),
    "yes",
  ],
  ["Uvicorn's option", server(["uvicorn", "app:api", "--timeout-keep-alive", "5"]), "yes"],
  ["Node's default", server(["node", "server.js"]), "unclear"],
  ["a default that is longer", server(["node", "server.js"], 4), "unknown"],
  ["a value that cannot be read", server(["gunicorn", "--keep-alive", "$(KEEP)", "app:api"]), "unknown"],
  ["a server that is not known", server(["./serve"]), "unknown"],
  ["the idle timeout is not known", server(["node", "server.js"], null), "unknown"],
] satisfies readonly Row[];
