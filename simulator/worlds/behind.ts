import type { Behind, BehindService } from "../behind.ts";
import { drawTroubles, withHistory } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { FocusService } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { errorsInPeriods } from "./errors-answered.ts";
import { steady, throttledProxy, told, type WorldDraft } from "./kinds.ts";

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

const NGINX: ServerSpec = {
  flavour: "go",
  processes: 1,
  threads: 1,
  program: ["/usr/bin/dumb-init", "--", "/nginx-ingress-controller", "--election-id=ingress-nginx-leader"],
};

/** What makes the focus service ingress-nginx. */
const CONTROLLER: Partial<FocusService> = {
  namespace: "ingress-nginx",
  service: "ingress-nginx-controller",
  deployment: "ingress-nginx-controller",
  container: "controller",
  image: "registry.k8s.io/ingress-nginx/controller",
  version: "v1.12.1",
};

const NAMES = ["checkout", "search", "catalogue", "accounts", "reviews"] as const;

/** Services behind the controller, of which the first `slow` are slow in the troubles; they have `share` of the requests. */
function behind(random: Random, slow: number, share: number, more: Partial<Behind> = {}): Behind {
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
  return { controller: "ingress-nginx", labels, scraped: true, services, ...more };
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
  const share = made.services.reduce((all, one) => all + (one.slow ? one.share : 0), 0);
  const plain = steady(name, seed, random, {
    server: NGINX,
    rate: random.between(3, 8),
    cpu: random.between(0.001, 0.003),
    wait: random.between(0.04, 0.12),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 240, longest: 600 });
  const extraWaits = troubles.map((one) => ({ ...one, share, wait: random.between(1.5, 4), cv: 0.5 }));
  const scenario = told(plain, judgement, description, CONTROLLER, { faults: { extraWaits }, behind: made });
  return { judgement, scenario: withHistory(scenario, random), troubles, least: 2, holds: () => true };
}

const UNKNOWN = { truth: null, accept: [], never: OF_ITS_PODS } as const;

export function behindSlowBackend(seed: number, random: Random): WorldDraft {
  return waitsBehind(
    "behind-ingress-nginx-slow-backend",
    seed,
    random,
    {
      ...UNKNOWN,
      why: "One service behind ingress-nginx is slow; what ails it is not seen from the controller's pods.",
    },
    "One of the services behind ingress-nginx answers slowly for minutes at a time; the others are as fast as ever.",
    behind(random, 1, random.between(0.3, 0.7)),
  );
}

export function behindTwoSlow(seed: number, random: Random): WorldDraft {
  return waitsBehind(
    "behind-ingress-nginx-two-slow",
    seed,
    random,
    {
      ...UNKNOWN,
      why: "Two services behind ingress-nginx are slow alike: neither is the one, and the controller is well.",
    },
    "Two of the services behind ingress-nginx wait for the same database; the others are as fast as ever.",
    behind(random, 2, random.between(0.4, 0.7)),
  );
}

export function behindUnmeasured(seed: number, random: Random): WorldDraft {
  return waitsBehind(
    "behind-ingress-nginx-unmeasured",
    seed,
    random,
    {
      ...UNKNOWN,
      why: "One service behind ingress-nginx is slow, and nobody scrapes the controller: nothing tells which.",
    },
    "One of the services behind ingress-nginx is slow; the controller's metrics are not collected.",
    behind(random, 1, random.between(0.3, 0.7), { scraped: false }),
  );
}

/** One service behind the controller answers 5xx for minutes at a time, and the controller passes them on. */
export function behindFailing(seed: number, random: Random): WorldDraft {
  const draft = errorsInPeriods(seed, random);
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: [...OF_ITS_PODS, "target-errors"],
    why: "One service behind ingress-nginx answers 5xx; what ails it is not seen from the controller's pods.",
  };
  const { faults } = draft.scenario;
  const share = Math.min(0.8, Math.max(0.3, ...(faults?.errors ?? []).map((one) => one.share)));
  const scenario = told(
    draft.scenario,
    judgement,
    "One of the services behind ingress-nginx answers 5xx for minutes at a time; the others answer as ever.",
    CONTROLLER,
    { behind: behind(random, 1, share) },
  );
  return { ...draft, judgement, scenario: { ...scenario, name: `behind-ingress-nginx-failing-backend-${seed}` } };
}

/** The controller itself is at its CPU limit: the requests of all its backends wait alike. */
export function behindThrottled(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cpu-throttling",
    accept: [],
    never: OF_ITS_PODS.filter((cause) => cause !== "cpu-throttling"),
    why: "ingress-nginx is throttled at its own small limit, and all its backends' requests wait alike.",
  };
  const proxy = throttledProxy("behind-ingress-nginx-throttled", seed, random, NGINX);
  const drawn = behind(random, 1, random.between(0.3, 0.6));
  const services = drawn.services.map((one) => ({ ...one, slow: false, fails: false }));
  const made = told(proxy.scenario, judgement, "ingress-nginx is at its CPU limit in the bursts.", CONTROLLER, {
    behind: { ...drawn, services },
  });
  return { ...proxy, judgement, scenario: withHistory(made, random) };
}
