import type { Behind, IngressController } from "../behind.ts";
import { cpuThrottling, workerCeiling } from "../families/cpu.ts";
import { deployRegression } from "../families/deploy.ts";
import type { Draft } from "../families/draft.ts";
import { withHistory } from "../families/parts.ts";
import { throttledIn } from "../families/truths.ts";
import { slowDependency } from "../families/waiting.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Judgement, TrueCause } from "../truth.ts";
import { buildWorld } from "../world.ts";
import { behind, CONTROLLERS } from "./behind.ts";
import { type DrawWorld, loop, steady, throttledProxy, told, type WorldDraft } from "./kinds.ts";

const PRODUCTS: readonly IngressController[] = ["ingress-nginx", "traefik", "envoy-gateway", "istio"];

/** What would be blamed of the controller, of the load balancer, or for want of a look at the backend's pods. */
const NEVER: readonly TrueCause[] = [
  "worker-concurrency-ceiling",
  "cpu-throttling",
  "slow-dependency",
  "deploy-regression",
  "uneven-pod-load",
  "insufficient-capacity",
  "shared-load-balancer",
  "bad-target",
  "alarm-too-sensitive",
];

/** An application that is simulated by itself, under the name that it has behind the controller. */
function inside(application: Scenario, { service, namespace }: Behind["services"][number]): Scenario {
  const { focus } = application;
  const image = `registry.example.com/${namespace}/${service}`;
  const named = { namespace, service, deployment: service, container: service, ingress: service, image };
  return {
    ...application,
    others: [],
    sharedSlowness: [],
    focus: {
      ...focus,
      ...named,
      // The controller sends to the pods' own addresses, in turn.
      targetType: "ip",
      algorithm: "round_robin",
      stickyClients: null,
      orphanedAutoscaler: null,
      inFlight: null,
      autoscaler: focus.autoscaler && { ...focus.autoscaler, name: service },
    },
  };
}

/** A controller in front of the application and of others, which are well. The trouble is the application's own. */
function behindIt(name: string, seed: number, random: Random, judgement: Judgement, draft: Draft): WorldDraft {
  const controller = random.pick(PRODUCTS);
  const { called, focus } = CONTROLLERS[controller];
  const made = behind(controller, random, 1, 0.5);
  const services = made.services.map((one, index) =>
    index === 0 ? { ...one, slow: false, fails: false, inside: inside(draft.scenario, one) } : one,
  );
  const [application] = services;
  const { now, window, nodes, place } = draft.scenario;
  const plain = steady(name, seed, random, {
    server: focus.server,
    rate: random.between(1, 4),
    cpu: random.between(0.001, 0.003),
    wait: random.between(0.03, 0.08),
  });
  const scenario = told(
    { ...plain, now, window, nodes, place },
    judgement,
    `Behind ${called}: ${draft.scenario.description}`,
    focus,
    { behind: { ...made, sidecars: false, services } },
  );
  const own = application?.inside;
  return {
    ...draft,
    judgement,
    scenario: draft.scenario.cause === "deploy-regression" ? scenario : withHistory(scenario, random),
    // What was told of the application's pods is theirs still, under the alarm of the load balancer.
    holds: (world) => own !== undefined && draft.holds({ ...buildWorld(own), changes: world.changes }),
  };
}

function judgementOf(truth: TrueCause, why: string): Judgement {
  return { truth, accept: [], never: NEVER.filter((cause) => cause !== truth), why };
}

function backendAtItsCeiling(seed: number, random: Random): WorldDraft {
  const judgement = judgementOf(
    "worker-concurrency-ceiling",
    "One backend is slow, and all of its pods flatten alike at their workers; the controller and the others idle.",
  );
  return behindIt("behind-backend-at-its-ceiling", seed, random, judgement, workerCeiling(seed, random));
}

function backendThrottled(seed: number, random: Random): WorldDraft {
  const judgement = judgementOf(
    "cpu-throttling",
    "One backend is slow, and its pods are throttled at their quota; the controller has room.",
  );
  return behindIt("behind-backend-throttled", seed, random, judgement, cpuThrottling(seed, random));
}

function backendWaiting(seed: number, random: Random): WorldDraft {
  const judgement = judgementOf(
    "slow-dependency",
    "One backend's requests all wait at the usual load, while its pods idle as the controller's do.",
  );
  return behindIt("behind-backend-waiting", seed, random, judgement, slowDependency(seed, random));
}

function backendRolledOut(seed: number, random: Random): WorldDraft {
  const judgement = judgementOf(
    "deploy-regression",
    "One backend is slow since its own rollout, at loads that the version before it answered well.",
  );
  return behindIt("behind-backend-rolled-out", seed, random, judgement, deployRegression(seed, random));
}

/** The controller itself is at its CPU limit, while the application's pods are busy, and well. */
function controllerFull(seed: number, random: Random): WorldDraft {
  const controller = random.pick(PRODUCTS);
  const { called, focus } = CONTROLLERS[controller];
  const judgement = judgementOf(
    "cpu-throttling",
    `${called} is throttled at its own small limit: the requests of all its backends wait alike, and their pods have room.`,
  );
  const proxy = throttledProxy("behind-controller-full", seed, random, focus.server);
  const made = behind(controller, random, 1, 0.5);
  const { traffic } = proxy.scenario.focus;
  const parts = (share: number) => ({
    ...traffic,
    base: share * traffic.base,
    bursts: traffic.bursts.map((one) => ({ ...one, rate: share * one.rate })),
  });
  const share = random.between(0.25, 0.45);
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(2, 4);
  const most = share * (traffic.base + Math.max(...traffic.bursts.map(({ rate }) => rate)));
  const cpu = (random.between(0.4, 0.55) * replicas * efficiency) / most;
  const drawn = steady("behind-controller-full", seed, random, { server: loop(random, 1), rate: 1, cpu, replicas });
  const { now, window, nodes, place } = proxy.scenario;
  const application = {
    ...drawn,
    ...{ now, window, nodes, place },
    focus: { ...drawn.focus, efficiency, traffic: parts(share) },
  };
  const services = made.services.map((one, index) => {
    const well = { ...one, slow: false, fails: false };
    return index === 0 ? { ...well, inside: inside(application, one) } : well;
  });
  const scenario = told(
    proxy.scenario,
    judgement,
    `${called} is at its CPU limit in the bursts; the application behind it has more to do, and room.`,
    { ...focus, traffic: parts(1 - share) },
    { behind: { ...made, sidecars: false, services } },
  );
  return {
    ...proxy,
    judgement,
    scenario: withHistory(scenario, random),
    holds: (world) => throttledIn(world, proxy.troubles) > 0.5,
  };
}

/** Worlds in which one of the services behind an ingress controller is simulated by itself, by kind. */
export const BACKENDS = {
  "behind-backend-at-its-ceiling": backendAtItsCeiling,
  "behind-backend-throttled": backendThrottled,
  "behind-backend-waiting": backendWaiting,
  "behind-backend-rolled-out": backendRolledOut,
  "behind-controller-full": controllerFull,
} as const satisfies { readonly [kind: string]: DrawWorld };
