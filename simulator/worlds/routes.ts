import { drawTroubles } from "../families/parts.ts";
import type { Random } from "../random.ts";
import { firstOther, perMinute, plainRollouts, rolledOutOnce, serving, spreadOut } from "./errors.ts";
import { besides, perhapsBlind, seeing, watching } from "./fronts.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { ruleAdded } from "./trails.ts";
import { stays, without } from "./without.ts";

const TARGET = "HTTPCode_Target_4XX_Count";
const WORDS = ["4xx", "target-4xx", "client-errors", "not-found"];
const PATHS = ["/v2/*", "/api/*", "/internal/*", "/static/*", "/graphql", "/uploads/*"] as const;

/** A rule that was added sends a part of another service's requests to this one, which does not know them. */
export function misroutedRequests(seed: number, random: Random): WorldDraft {
  const plain = serving("misrouted-requests", seed, random, { startSeconds: random.between(12, 25) });
  const rate = random.between(1.5, 6);
  const share = random.between(0.4, 1);
  const at = Math.round(plain.window * random.between(0.25, 0.75));
  const rest = plain.window - at;
  const mended = random.chance(0.2);
  const seconds = mended ? Math.round(rest * random.between(0.3, 0.6)) : rest;
  const astray = rate * share;
  const [victim] = plain.others;
  const host = victim?.host ?? "";
  const path = random.pick(PATHS);
  const rules = mended ? [] : [{ host, path, group: 0 }];
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "misrouted-requests",
      accept: ["configuration-change"],
      never: ["deploy-regression", "target-errors", "client-storm", "alarm-too-sensitive", "bad-target"],
      why: "Since one minute another service's requests come to this one, which answers 4xx; as many are missing there.",
    },
    { sources: ["elbv2", "cloudtrail", "kubernetes", "prometheus"] },
  );
  const rollouts = random.chance(0.4)
    ? plainRollouts(plain.focus.version, [Math.round(at * random.between(0.2, 0.8))])
    : [];
  const others = firstOther(plain, { rate, levels: [{ at, seconds, factor: 1 - share }] });
  const { traffic } = plain.focus;
  const made = told(
    plain,
    judgement,
    `A rule sends ${Math.round(100 * share)} % of another service's requests here, and they are answered 4xx${mended ? ", until it was taken back" : ""}.`,
    { rollouts, traffic: { ...traffic, bursts: [{ at, seconds, rate: astray }] } },
    { others, loadBalancer: { ...plain.loadBalancer, rules }, ...seeing(plain, missing) },
  );
  const clientErrors = [{ at, seconds, share: astray / (traffic.base + astray) }];
  const all = others.reduce((sum, other) => sum + other.rate, traffic.base);
  const usual = 60 * all * plain.loadBalancer.clientErrors;
  const alarm = watching(made, random, {
    metric: TARGET,
    expected: usual + 60 * astray,
    usual,
    on: random.pick(["load balancer", "target group"]),
    words: WORDS,
  });
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), clientErrors },
      trail: ruleAdded(made, { host, path, at, ...(mended ? { until: at + seconds } : {}) }),
    },
    troubles: [{ at, seconds }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => victim !== undefined && stays(without(world, {}, { faults: {} })) === 0,
  };
}

/** Requests that one client should not send, or not so: nothing of the load balancer's tells who it is. */
export function badClient(seed: number, random: Random): WorldDraft {
  const more = random.chance(0.6);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: null,
      accept: ["client-storm"],
      never: ["misrouted-requests", "deploy-regression", "target-errors", "bad-target", "blocked-by-network"],
      why: "4xx of one service, no rule that fits it and nothing rolled out: without access logs nobody knows whose they are.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const plain = serving("bad-client", seed, random, { startSeconds: random.between(12, 25) });
  const troubles = drawTroubles(random, plain.window, { least: 2, most: 5, shortest: 300, longest: 900 });
  const { traffic } = plain.focus;
  const rate = more ? random.between(2, 10) : 0;
  const share = more ? rate / (traffic.base + rate) : random.between(0.2, 0.7);
  const rollouts = random.chance(0.4) ? plainRollouts(plain.focus.version, spreadOut(random, plain.window, 1)) : [];
  const made = told(
    plain,
    judgement,
    more
      ? `A client asks ${rate.toFixed(0)} times a second for what is not there.`
      : `${Math.round(100 * share)} % of the usual requests come with credentials that have expired.`,
    { rollouts, traffic: { ...traffic, bursts: more ? troubles.map((one) => ({ ...one, rate })) : [] } },
    seeing(plain, missing),
  );
  const all = plain.others.reduce((sum, other) => sum + other.rate, traffic.base);
  const usual = 60 * all * plain.loadBalancer.clientErrors;
  const expected = usual + (more ? 60 * rate : perMinute(plain) * share);
  const alarm = watching(made, random, {
    metric: TARGET,
    expected,
    usual,
    on: random.pick(["load balancer", "target group"]),
    words: WORDS,
  });
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), clientErrors: troubles.map((one) => ({ ...one, share })) },
    },
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

/** Requests that no target hears of: scanners, which the load balancer answers itself. */
export function scanners(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: null,
      accept: ["client-storm"],
      never: ["misrouted-requests", "deploy-regression", "target-errors", "tls-failure", "blocked-by-network"],
      why: "The load balancer answers 4xx itself in bursts, the services notice nothing; who sends it no metric tells.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const plain = serving("scanners", seed, random);
  const troubles = drawTroubles(random, plain.window, { least: 2, most: 5, shortest: 180, longest: 700 });
  const rate = random.between(0.5, 12);
  const made = told(
    plain,
    judgement,
    `Scanners send ${rate.toFixed(1)} malformed requests a second.`,
    { rollouts: rolledOutOnce(plain, random), startSeconds: random.between(12, 25) },
    { loadBalancer: { ...plain.loadBalancer, malformed: random.between(0.02, 0.3) }, ...seeing(plain, missing) },
  );
  const alarm = watching(made, random, {
    metric: "HTTPCode_ELB_4XX_Count",
    expected: 60 * rate,
    usual: 1,
    words: ["elb-4xx", "4xx"],
  });
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), malformed: troubles.map((one) => ({ ...one, rate })) },
    },
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

/** The load balancer cannot finish log-ins: what the identity provider does is not to be seen from here. */
export function authErrors(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: null,
      accept: ["slow-dependency", "blocked-by-network", "shared-load-balancer"],
      never: ["target-errors", "deploy-regression", "no-healthy-targets", "idle-timeout-mismatch", "tls-failure"],
      why: "500s of the load balancer for log-ins that fail; nothing tells why the identity provider does not answer.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const plain = serving("auth-errors", seed, random);
  const troubles = drawTroubles(random, plain.window, { least: 1, most: 3, shortest: 300, longest: 1500 });
  const rate = random.between(0.2, 3);
  const made = told(
    plain,
    judgement,
    `${(60 * rate).toFixed(0)} log-ins a minute fail at the identity provider.`,
    { rollouts: rolledOutOnce(plain, random), startSeconds: random.between(12, 25) },
    seeing(plain, missing),
  );
  const metric = random.pick(["ELBAuthError", "ELBAuthError", "HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_500_Count"]);
  const alarm = watching(made, random, { metric, expected: 60 * rate, words: ["auth-errors", "login", "elb-5xx"] });
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), authErrors: troubles.map((one) => ({ ...one, rate })) },
    },
    troubles,
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}
