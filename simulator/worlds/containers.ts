import { workerCeiling } from "../families/cpu.ts";
import { drawTroubles, withHistory } from "../families/parts.ts";
import { throttledIn } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { steady, told, type WorldDraft } from "./kinds.ts";

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
  const replicas = random.integer(2, 5);
  const limit = random.pick([0.1, 0.15, 0.2]);
  const cpu = random.between(0.03, 0.06);
  const capacity = (replicas * (limit - 0.012)) / cpu;
  const base = capacity * random.between(0.15, 0.3);
  const plain = steady("proxy-at-its-limit", seed, random, {
    server,
    rate: base,
    cpu,
    wait: random.between(0.03, 0.08),
    replicas,
    cpuRequest: limit / 2,
    cpuLimit: limit,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 480 });
  const bursts = troubles.map((one) => ({ ...one, rate: capacity * (1 + random.between(5, 14) / one.seconds) - base }));
  const made = told(plain, judgement, "nginx or Envoy in front of the application is at its limit.", {
    container: envoy ? "istio-proxy" : "nginx",
    image: envoy ? "docker.io/istio/proxyv2" : "nginx",
    traffic: { ...plain.focus.traffic, bursts },
    beside: {
      container: "app",
      image: plain.focus.image,
      command: ["gunicorn", "-w", "4", "-k", "uvicorn.workers.UvicornWorker", "app:api"],
      ratio: random.between(0.6, 1.5),
      idle: 0.01,
      cpuRequest: 0.5,
      cpuLimit: random.chance(0.5) ? 2 : null,
      port: envoy ? 8080 : null,
      first: random.chance(0.5),
    },
  });
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => throttledIn(world, troubles) > 0.5,
  };
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
