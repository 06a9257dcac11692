import type { Behind, BehindService, IngressController } from "../behind.ts";
import { drawTroubles, withHistory } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { FocusService } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { errorsInPeriods } from "./errors-answered.ts";
import { type DrawWorld, steady, throttledProxy, told, type WorldDraft } from "./kinds.ts";

/** What would be blamed of the controller's own pods. */
const OF_ITS_PODS = [
  "slow-dependency",
  "worker-concurrency-ceiling",
  "uneven-pod-load",
  "cpu-throttling",
  "insufficient-capacity",
  "deploy-regression",
  "bad-target",
  "restarting-pods",
  "cold-start",
  "alarm-too-sensitive",
] as const;

/** An ingress controller as its own chart or manifest installs it. */
interface Controller {
  /** What people call it. */
  readonly called: string;
  readonly focus: Partial<FocusService> & { readonly server: ServerSpec };
}

function program(...words: readonly string[]): ServerSpec {
  return { flavour: "go", processes: 1, threads: 1, program: words };
}

export const CONTROLLERS: { readonly [controller in IngressController]: Controller } = {
  "ingress-nginx": {
    called: "ingress-nginx",
    focus: {
      namespace: "ingress-nginx",
      service: "ingress-nginx-controller",
      deployment: "ingress-nginx-controller",
      container: "controller",
      image: "registry.k8s.io/ingress-nginx/controller",
      version: "v1.12.1",
      server: program("/usr/bin/dumb-init", "--", "/nginx-ingress-controller", "--election-id=ingress-nginx-leader"),
    },
  },
  traefik: {
    called: "Traefik",
    focus: {
      namespace: "traefik",
      service: "traefik",
      deployment: "traefik",
      container: "traefik",
      image: "docker.io/traefik",
      version: "v3.3.4",
      server: program(
        "/entrypoint.sh",
        "traefik",
        "--entryPoints.web.address=:8000/tcp",
        "--entryPoints.metrics.address=:9100/tcp",
        "--metrics.prometheus=true",
        "--providers.kubernetesingress",
      ),
    },
  },
  "envoy-gateway": {
    called: "Envoy Gateway",
    focus: {
      namespace: "envoy-gateway-system",
      service: "envoy-shop-public-7b1a92c4",
      deployment: "envoy-shop-public-7b1a92c4",
      container: "envoy",
      // As Envoy Gateway labels the proxies that it makes of a Gateway (gateway.envoyproxy.io, "Proxy Metrics").
      selector: {
        "app.kubernetes.io/component": "proxy",
        "app.kubernetes.io/managed-by": "envoy-gateway",
        "app.kubernetes.io/name": "envoy",
        "gateway.envoyproxy.io/owning-gateway-name": "public",
        "gateway.envoyproxy.io/owning-gateway-namespace": "shop",
      },
      image: "docker.io/envoyproxy/envoy",
      version: "distroless-v1.33.0",
      server: program("envoy", "--service-cluster", "shop/public", "--service-node", "$(ENVOY_POD_NAME)"),
    },
  },
  istio: {
    called: "Istio's ingress gateway",
    focus: {
      namespace: "istio-system",
      service: "istio-ingressgateway",
      deployment: "istio-ingressgateway",
      container: "istio-proxy",
      image: "docker.io/istio/proxyv2",
      version: "1.24.2",
      server: program("/usr/local/bin/pilot-agent", "proxy", "router", "--domain", "istio-system.svc.cluster.local"),
    },
  },
};

const NAMES = ["checkout", "search", "catalogue", "accounts", "reviews"] as const;

/** Services behind the controller, of which the first `slow` are slow in the troubles; they have `share` of the requests. */
export function behind(controller: IngressController, random: Random, slow: number, share: number): Behind {
  const names = [...NAMES].sort(() => random.next() - 0.5).slice(0, slow + random.integer(2, 3));
  const others = names.length - slow;
  const services = names.map((service, index): BehindService => {
    const isSlow = index < slow;
    return {
      namespace: "shop",
      service,
      replicas: random.integer(2, 4),
      share: isSlow ? share / slow : (1 - share) / others,
      pace: random.between(0.6, 1.6),
      slow: isSlow,
      fails: isSlow,
    };
  });
  const labels = random.chance(0.5) ? "honoured" : "exported";
  return inItsOwnWay({ controller, labels, scraped: true, services }, random);
}

/** What differs from one installation of a product to the next. */
function inItsOwnWay(made: Behind, random: Random): Behind {
  const { controller, services } = made;
  if (controller === "ingress-nginx") return made;
  const namespace = random.pick(["shop", "shop-eu"]);
  const ending = random.pick(["", "-route"]);
  return {
    ...made,
    services: services.map((one) => ({
      ...one,
      namespace,
      ...(controller === "envoy-gateway" && { route: `${one.service}${ending}` }),
    })),
    ...(controller === "istio" && { sidecars: random.chance(0.5) }),
  };
}

/** A share of the controller's requests waits in the troubles, for backends behind it. */
function waitsBehind(
  name: string,
  seed: number,
  random: Random,
  judgement: Judgement,
  description: string,
  made: Behind,
): WorldDraft {
  const { focus } = CONTROLLERS[made.controller];
  const share = made.services.reduce((all, one) => all + (one.slow ? one.share : 0), 0);
  const plain = steady(name, seed, random, {
    server: focus.server,
    rate: random.between(3, 8),
    cpu: random.between(0.001, 0.003),
    wait: random.between(0.04, 0.12),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 600 });
  const extraWaits = troubles.map((one) => ({ ...one, share, wait: random.between(1.5, 4), cv: 0.5 }));
  const scenario = told(plain, judgement, description, focus, { faults: { extraWaits }, behind: made });
  return { judgement, scenario: withHistory(scenario, random), troubles, least: 2, holds: () => true };
}

const UNKNOWN = { truth: null, accept: [], never: OF_ITS_PODS } as const;

function slowBackend(controller: IngressController): DrawWorld {
  const { called } = CONTROLLERS[controller];
  const why = `One service behind ${called} is slow; what ails it is not seen from the controller's pods.`;
  return (seed, random) =>
    waitsBehind(
      `behind-${controller}-slow-backend`,
      seed,
      random,
      { ...UNKNOWN, why },
      `One of the services behind ${called} answers slowly for minutes at a time; the others are as fast as ever.`,
      behind(controller, random, 1, random.between(0.3, 0.7)),
    );
}

function twoSlow(controller: IngressController): DrawWorld {
  const { called } = CONTROLLERS[controller];
  const why = `Two services behind ${called} are slow alike: neither is the one, and the controller is well.`;
  return (seed, random) =>
    waitsBehind(
      `behind-${controller}-two-slow`,
      seed,
      random,
      { ...UNKNOWN, why },
      `Two of the services behind ${called} wait for the same database; the others are as fast as ever.`,
      behind(controller, random, 2, random.between(0.4, 0.7)),
    );
}

function unmeasured(controller: IngressController): DrawWorld {
  const { called } = CONTROLLERS[controller];
  const why = `One service behind ${called} is slow, and nobody scrapes the controller: nothing tells which.`;
  return (seed, random) =>
    waitsBehind(
      `behind-${controller}-unmeasured`,
      seed,
      random,
      { ...UNKNOWN, why },
      `One of the services behind ${called} is slow; the controller's metrics are not collected.`,
      { ...behind(controller, random, 1, random.between(0.3, 0.7)), scraped: false, sidecars: false },
    );
}

/** One service behind the controller answers 5xx for minutes at a time, and the controller passes them on. */
function failingBackend(controller: IngressController): DrawWorld {
  const { called, focus } = CONTROLLERS[controller];
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: [...OF_ITS_PODS, "target-errors"],
    why: `One service behind ${called} answers 5xx; what ails it is not seen from the controller's pods.`,
  };
  return (seed, random) => {
    const draft = errorsInPeriods(seed, random);
    const { faults } = draft.scenario;
    const share = Math.min(0.8, Math.max(0.3, ...(faults?.errors ?? []).map((one) => one.share)));
    const scenario = told(
      draft.scenario,
      judgement,
      `One of the services behind ${called} answers 5xx for minutes at a time; the others answer as ever.`,
      focus,
      { behind: behind(controller, random, 1, share) },
    );
    return { ...draft, judgement, scenario: { ...scenario, name: `behind-${controller}-failing-backend-${seed}` } };
  };
}

/** The controller itself is at its CPU limit: the requests of all its backends wait alike. */
function behindThrottled(seed: number, random: Random): WorldDraft {
  const { focus } = CONTROLLERS["ingress-nginx"];
  const judgement: Judgement = {
    truth: "cpu-throttling",
    accept: [],
    never: OF_ITS_PODS.filter((cause) => cause !== "cpu-throttling"),
    why: "ingress-nginx is throttled at its own small limit, and all its backends' requests wait alike.",
  };
  const proxy = throttledProxy("behind-ingress-nginx-throttled", seed, random, focus.server);
  const drawn = behind("ingress-nginx", random, 1, random.between(0.3, 0.6));
  const services = drawn.services.map((one) => ({ ...one, slow: false, fails: false }));
  const made = told(proxy.scenario, judgement, "ingress-nginx is at its CPU limit in the bursts.", focus, {
    behind: { ...drawn, services },
  });
  return { ...proxy, judgement, scenario: withHistory(made, random) };
}

/** Worlds in which the target is an ingress controller, by kind. */
export const BEHIND = {
  "behind-ingress-nginx-slow-backend": slowBackend("ingress-nginx"),
  "behind-ingress-nginx-two-slow": twoSlow("ingress-nginx"),
  "behind-ingress-nginx-unmeasured": unmeasured("ingress-nginx"),
  "behind-ingress-nginx-throttled": behindThrottled,
  "behind-ingress-nginx-failing-backend": failingBackend("ingress-nginx"),
  "behind-traefik-slow-backend": slowBackend("traefik"),
  "behind-traefik-two-slow": twoSlow("traefik"),
  "behind-traefik-unmeasured": unmeasured("traefik"),
  "behind-traefik-failing-backend": failingBackend("traefik"),
  "behind-envoy-gateway-slow-backend": slowBackend("envoy-gateway"),
  "behind-envoy-gateway-two-slow": twoSlow("envoy-gateway"),
  "behind-envoy-gateway-unmeasured": unmeasured("envoy-gateway"),
  "behind-envoy-gateway-failing-backend": failingBackend("envoy-gateway"),
  "behind-istio-slow-backend": slowBackend("istio"),
  "behind-istio-two-slow": twoSlow("istio"),
  "behind-istio-unmeasured": unmeasured("istio"),
  "behind-istio-failing-backend": failingBackend("istio"),
} as const satisfies { readonly [kind: string]: DrawWorld };
