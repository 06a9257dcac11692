import { workerCeiling } from "../families/cpu.ts";
import { withHistory } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { throttledProxy, told, type WorldDraft } from "./kinds.ts";

/** A proxy in front of the application in the same pod is throttled; the application idles. */
export function proxyAtItsLimit(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cpu-throttling",
    accept: [],
    never: [
      "slow-dependency",
      "worker-concurrency-ceiling",
      "uneven-pod-load",
      "insufficient-capacity",
      "deploy-regression",
    ],
    why: "The proxy in front of the application is throttled at its own small limit; the application has room.",
  };
  const envoy = random.chance(0.5);
  const program = envoy ? ["/usr/local/bin/envoy", "-c", "/etc/envoy/envoy.yaml"] : ["nginx", "-g", "daemon off;"];
  const server: ServerSpec = { flavour: "go", processes: 1, threads: 1, program };
  const proxy = throttledProxy("proxy-at-its-limit", seed, random, server);
  const made = told(proxy.scenario, judgement, "nginx or Envoy in front of the application is at its limit.", {
    container: envoy ? "istio-proxy" : "nginx",
    image: envoy ? "docker.io/istio/proxyv2" : "nginx",
    beside: {
      container: "app",
      image: proxy.scenario.focus.image,
      command: ["gunicorn", "-w", "4", "-k", "uvicorn.workers.UvicornWorker", "app:api"],
      ratio: random.between(0.6, 1.5),
      idle: 0.01,
      cpuRequest: 0.5,
      cpuLimit: random.chance(0.5) ? 2 : null,
      port: envoy ? 8080 : null,
      first: random.chance(0.5),
    },
  });
  return { ...proxy, judgement, scenario: withHistory(made, random) };
}

/** The application is at its ceiling; the proxy before it has the port, and the only limit. */
export function proxyInFront(seed: number, random: Random): WorldDraft {
  const draft = workerCeiling(seed, random);
  const { scenario } = draft;
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["slow-dependency", "cpu-throttling", "insufficient-capacity", "uneven-pod-load"],
    why: "The application's workers are full; the proxy in front of it, which declares the port, idles.",
  };
  return {
    ...draft,
    judgement,
    scenario: {
      ...scenario,
      description: `${scenario.description} nginx stands in front of it in the same pod.`,
      focus: {
        ...scenario.focus,
        container: "app",
        beside: {
          container: "nginx",
          image: "nginx:1.27",
          command: ["nginx", "-g", "daemon off;"],
          ratio: 0.01,
          idle: 0.002,
          cpuRequest: 0.05,
          cpuLimit: 0.2,
          port: scenario.focus.targetPort,
          first: random.chance(0.7),
        },
      },
    },
  };
}
