import type { Cause } from "../src/model/vocabulary.ts";
import { INCIDENTS } from "./catalogue.ts";
import type { Scenario } from "./scenario.ts";

/** The main incident with one thing turned round, and the cause that it then has. */
export interface Opposite {
  readonly cause: Cause;
  readonly make: (main: Scenario) => Scenario;
}

export const OPPOSITES = {
  renamed: { cause: "worker-concurrency-ceiling", make: renamed },
  unevenPods: { cause: "uneven-pod-load", make: unevenPods },
  heavyThrottling: { cause: "cpu-throttling", make: heavyThrottling },
  deployBeforeFirstEpisode: { cause: "deploy-regression", make: deployBeforeFirstEpisode },
  rareRequests: { cause: "low-traffic-artifact", make: rareRequests },
  moreNoise: { cause: "worker-concurrency-ceiling", make: moreNoise },
} as const satisfies { readonly [name: string]: Opposite };

/** `opposite("unevenPods")`: the scenario, its `cause` the expected one. */
export function opposite(name: keyof typeof OPPOSITES, main: Scenario = INCIDENTS["worker-ceiling"]()): Scenario {
  const { cause, make } = OPPOSITES[name];
  return { ...make(main), name: `${main.name}-${name}`, cause };
}

/** Other names, other numbers, another day: whoever knows the incident by heart must not recognise it. */
function renamed(main: Scenario): Scenario {
  const { focus } = main;
  const rename = (text: string) => text.replace("eu-west-2", "ap-south-1");
  return {
    ...main,
    seed: 77,
    now: Date.parse("2026-02-03T21:40:00Z") / 1000,
    place: {
      ...main.place,
      account: "444455556666",
      region: "ap-south-1",
      zones: main.place.zones.map(rename),
      cluster: "shop",
    },
    loadBalancer: {
      ...main.loadBalancer,
      name: "k8s-shopfront-19c07e5ab2",
      id: "01c9e7d5b3a8f246",
      group: "shopfront",
    },
    alarm: {
      ...main.alarm,
      name: "shopfront-slow",
      description: null,
      threshold: 1.2,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    },
    focus: {
      ...focus,
      namespace: "shop",
      service: "offers",
      deployment: "offers-web",
      container: "web",
      ingress: "shopfront",
      targetGroup: "k8s-shop-offers-5be0d1f297",
      targetGroupId: "9b7a5c3e1d0f2468",
      host: "offers.example.org",
      nodePort: 30_077,
      targetPort: 5000,
      containerPort: 5000,
      image: "registry.example.com/shop/offers",
      version: "7.2.0",
      rollouts: focus.rollouts.map((rollout) => ({ ...rollout, version: "7.2.1" })),
      replicas: 6,
      server: { flavour: "uvicorn", processes: 1, threads: 1 },
      efficiency: 0.86,
      cpuRequest: 1,
      cpuLimit: 2,
      autoscaler: { name: "offers", min: 6, max: 12, target: 85 },
      orphanedAutoscaler: null,
      traffic: {
        ...focus.traffic,
        bursts: focus.traffic.bursts.map((burst) => ({ ...burst, rate: burst.rate * RENAMED_FLEET })),
      },
      inFlight: null,
    },
    others: main.others.map((other, index) => ({
      ...other,
      namespace: "shop",
      service: ["basket", "search", "banners", "users", "pixel"][index] ?? other.service,
      targetGroup: `k8s-shop-${["basket", "search", "banners", "users", "pixel"][index]}-${other.targetGroup.slice(-10)}`,
    })),
    nodes: main.nodes.map((node) => ({ ...node, name: rename(node.name), zone: rename(node.zone) })),
  };
}

/** As many more requests as the renamed fleet can work on more: 6 pods of 0.86 cores for 4 of 0.9. */
const RENAMED_FLEET = (6 * 0.86) / (4 * 0.9);

/** Pauses within an episode are shorter than this, those between episodes much longer. */
const PAUSE = 300;

/** Episodes of the main incident as one stretch each: its waves and the pauses between them, without the document. */
function stretches(main: Scenario): { at: number; seconds: number }[] {
  const found: { at: number; seconds: number }[] = [];
  for (const { at, seconds } of main.focus.traffic.bursts.filter(({ rate }) => rate > 0)) {
    const last = found.at(-1);
    if (last && at - last.at - last.seconds < PAUSE) last.seconds = at + seconds - last.at;
    else found.push({ at, seconds });
  }
  // A line of callers takes a while to grow.
  return found.map((stretch) => ({ ...stretch, seconds: stretch.seconds + 60 }));
}

/** Each batch job's few callers ride one kept-alive connection, and so all go to one pod: another one each time. */
function unevenPods(main: Scenario): Scenario {
  const bursts = stretches(main).map((stretch) => ({
    ...stretch,
    rate: 0,
    callers: { count: 7, think: 0.5 },
    connections: { count: 1, life: 1e6 },
  }));
  return { ...main, seed: 5, focus: { ...main.focus, traffic: { ...main.focus.traffic, bursts } } };
}

/** A quota of 0.3 cores, at which the pods are throttled in nearly every period; with a whole core they would keep up. */
function heavyThrottling(main: Scenario): Scenario {
  const bursts = stretches(main).map((stretch) => ({ ...stretch, rate: 0.2, callers: { count: 20, think: 1 } }));
  const { work } = main.focus;
  return {
    ...main,
    focus: {
      ...main.focus,
      work: { ...work, cpu: 0.3, cpuMax: 2.5 },
      cpuRequest: 0.3,
      cpuLimit: 0.3,
      autoscaler: null,
      traffic: { ...main.focus.traffic, bursts },
      inFlight: null,
    },
  };
}

/** The rollout makes a request cost three times the CPU. The three bursts before it did no harm. */
function deployBeforeFirstEpisode(main: Scenario): Scenario {
  const bursts = stretches(main).map((stretch) => ({ ...stretch, rate: 0.2, callers: { count: 40, think: 4 } }));
  const third = bursts[2];
  const at = (third?.at ?? 0) + (third?.seconds ?? 0) + 900;
  const { work } = main.focus;
  return {
    ...main,
    focus: {
      ...main.focus,
      work: { ...work, cpu: 0.2, cpuMax: 1.7 },
      rollouts: [{ at, version: "v1.14.3-prod", cpuFactor: 3, waitFactor: 1 }],
      traffic: { ...main.focus.traffic, bursts },
      inFlight: null,
    },
  };
}

/** A few requests a minute, one in ten of them slow; in the one busy stretch the same slow ones do not breach. */
function rareRequests(main: Scenario): Scenario {
  const levels = [{ at: 9000, seconds: 5400, factor: 40 }];
  const { work } = main.focus;
  return {
    ...main,
    alarm: {
      ...main.alarm,
      threshold: 2,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: "notBreaching",
    },
    focus: {
      ...main.focus,
      work: { ...work, cpu: 0.05, cpuMax: 0.5, wait: 0.1, slowShare: 0.07, slowSeconds: 11 },
      traffic: { ...main.focus.traffic, base: 0.035, bursts: [], levels },
      inFlight: null,
    },
    others: main.others.map((other) => ({ ...other, rate: 0.008, levels })),
  };
}

/** The same incident in rougher weather: everything around it varies more. */
function moreNoise(main: Scenario): Scenario {
  return {
    ...main,
    seed: 31,
    focus: {
      ...main.focus,
      spuriousThrottling: 0.02,
      work: { ...main.focus.work, cv: 0.9 },
      traffic: { ...main.focus.traffic, base: 0.6, wobble: 0.45 },
    },
    others: main.others.map((other, index) => ({
      ...other,
      rate: other.rate * 1.6,
      latency: other.latency * 1.6,
      cv: 1.1,
      slowShare: index === 1 ? 0.004 : 0,
      slowSeconds: 3,
    })),
    nodes: main.nodes.map((node) => ({ ...node, tenantUse: 1.1, tenantWobble: 0.35 })),
  };
}
