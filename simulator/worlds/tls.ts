import { certificateArn as arnOfCertificate, certificateOf } from "../answers/acm.ts";
import { LEAD } from "../clock.ts";
import type { CertificateSpec, ListenerSpec } from "../front.ts";
import type { Random } from "../random.ts";
import type { Scenario, TrailRecord } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { errorAlarm, perMinute, plainRollouts, serving, spreadOut } from "./errors.ts";
import { behind, besides, perhapsBlind, seeing, watching } from "./fronts.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { listenerModified, nextDoor } from "./trails.ts";
import { stays, without } from "./without.ts";

const DAY = 86_400;
const NEVER: Judgement["never"] = [
  "deploy-regression",
  "target-errors",
  "client-storm",
  "connection-saturation",
  "no-healthy-targets",
  "slow-dependency",
];
const USUAL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";
const STRICT_POLICY = "ELBSecurityPolicy-TLS13-1-3-2021-06";
const CLIENTS = "ClientTLSNegotiationErrorCount";

/** The names that the services of a load balancer are called by, under one wildcard. */
function namesOf({ focus }: Scenario): string[] {
  return [focus.host.replace(/^[^.]+\./, "*.")];
}

function good(scenario: Scenario, random: Random): CertificateSpec {
  const issued = -DAY * random.integer(30, 200);
  const names = namesOf(scenario);
  return { id: random.uuid(), names, issued, expires: issued + 395 * DAY, imported: false, renewal: "SUCCESS" };
}

interface Failing {
  readonly name: string;
  readonly judgement: Judgement;
  readonly description: (share: number) => string;
  /** Share of the clients that cannot connect. */
  readonly share: number;
  /** At the time from which they cannot. */
  readonly listener: (scenario: Scenario, at: number) => Pick<ListenerSpec, "policy" | "certificate">;
  /** What CloudTrail records of it. */
  readonly trail?: (scenario: Scenario, at: number) => readonly TrailRecord[];
}

/** From one moment on a share of the clients cannot agree on a connection. */
function failing(seed: number, random: Random, wanted: Failing): WorldDraft {
  const network = random.chance(0.4);
  const sources = ["acm", "cloudtrail", network ? "kubernetes" : "elbv2", "prometheus"];
  const { judgement, missing } = perhapsBlind(random, wanted.judgement, { sources });
  const startSeconds = random.between(12, 25);
  const drawn = network
    ? behind(wanted.name, seed, random, "network", {}, { startSeconds })
    : serving(wanted.name, seed, random, { startSeconds });
  const at = Math.round(drawn.window * random.between(0.3, 0.8));
  const { share } = wanted;
  const protocol = network ? "TLS" : "HTTPS";
  const listener: ListenerSpec = { protocol, port: 443, ...wanted.listener(drawn, at) };
  const plain: Scenario = { ...drawn, loadBalancer: { ...drawn.loadBalancer, listener } };
  const { traffic, version } = plain.focus;
  const gone = [{ at, seconds: plain.window - at, factor: 1 - share }];
  const all = plain.others.reduce((sum, other) => sum + other.rate, traffic.base);
  // Who cannot connect tries again.
  const rate = all * share * random.between(1, 3);
  const noise = random.between(0.01, 0.1);
  const rollouts = random.chance(0.35) ? plainRollouts(version, spreadOut(random, plain.window, 1)) : [];
  const made = told(
    plain,
    judgement,
    wanted.description(share),
    { rollouts, traffic: { ...traffic, levels: gone } },
    { others: plain.others.map((other) => ({ ...other, levels: gone })), ...seeing(plain, missing) },
  );
  const alarm = watching(made, random, {
    metric: CLIENTS,
    expected: 60 * rate,
    usual: 60 * noise,
    words: ["tls", "client-tls-errors", "handshakes"],
  });
  const handshakes = [
    { at: -LEAD, seconds: LEAD + plain.window, rate: noise },
    { at, seconds: plain.window - at, rate },
  ];
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), handshakes },
      ...(wanted.trail ? { trail: wanted.trail(made, at) } : {}),
    },
    troubles: [{ at, seconds: plain.window - at }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: { handshakes: handshakes.slice(0, 1) } })) === 0,
  };
}

/** The listener's certificate expires, and nearly nobody connects any more. */
export function certificateExpired(seed: number, random: Random): WorldDraft {
  const imported = random.chance(0.5);
  return failing(seed, random, {
    name: "certificate-expired",
    judgement: {
      truth: "tls-failure",
      accept: [],
      never: [...NEVER, "blocked-by-network", "alarm-too-sensitive"],
      why: "Handshakes fail since the minute in which the listener's certificate expired.",
    },
    description: () => `The certificate, ${imported ? "imported" : "whose renewal is stuck"}, expires.`,
    share: random.between(0.8, 1),
    listener: (scenario, at) => ({
      policy: USUAL_POLICY,
      certificate: {
        id: random.uuid(),
        names: namesOf(scenario),
        issued: at - DAY * (imported ? random.pick([90, 365]) : 395),
        expires: at,
        imported,
        renewal: imported ? null : random.pick(["PENDING_VALIDATION", "FAILED"] as const),
      },
    }),
  });
}

/** The listener is given back the certificate that it had before, which has expired meanwhile. */
export function expiredCertificateShown(seed: number, random: Random): WorldDraft {
  return failing(seed, random, {
    name: "expired-certificate-shown",
    judgement: {
      truth: "tls-failure",
      accept: [],
      never: [...NEVER, "blocked-by-network", "alarm-too-sensitive"],
      why: "Handshakes fail since the listener shows a certificate that expired within the hour before.",
    },
    description: () => "The listener gets its former certificate back, which has just expired.",
    share: random.between(0.8, 1),
    listener: (scenario, at) => {
      const expires = at - random.integer(300, 2400);
      const issued = expires - 365 * DAY;
      const certificate = {
        id: random.uuid(),
        names: namesOf(scenario),
        issued,
        expires,
        imported: true,
        renewal: null,
      };
      return { policy: USUAL_POLICY, certificate };
    },
    trail: (scenario, at) => {
      const expired = certificateOf(scenario);
      const shown = (spec: { readonly id: string }) => {
        const { region, account } = scenario.place;
        return { certificates: [{ certificateArn: `arn:aws:acm:${region}:${account}:certificate/${spec.id}` }] };
      };
      return [
        ...listenerModified(scenario, -DAY * random.integer(5, 40), shown({ id: random.uuid() })),
        ...(expired ? listenerModified(scenario, at, shown(expired)) : []),
        ...nextDoor(scenario, at),
      ];
    },
  });
}

/** A stricter policy of the listener leaves out the clients that know no newer protocol. */
export function noCommonCipher(seed: number, random: Random): WorldDraft {
  return failing(seed, random, {
    name: "no-common-cipher",
    judgement: {
      truth: "tls-failure",
      accept: ["configuration-change"],
      never: [...NEVER, "blocked-by-network"],
      why: "A share of the clients fails its handshakes since one minute; the certificate is good, and the policy strict.",
    },
    description: (share) =>
      `The listener's policy is set to TLS 1.3 alone; ${Math.round(100 * share)} % cannot speak it.`,
    share: random.between(0.06, 0.5),
    listener: (scenario) => ({ policy: STRICT_POLICY, certificate: good(scenario, random) }),
    trail: (scenario, at) => listenerModified(scenario, at, { sslPolicy: STRICT_POLICY }),
  });
}

/** The listener has been given a certificate of other names. */
export function certificateOfAnotherHost(seed: number, random: Random): WorldDraft {
  return failing(seed, random, {
    name: "certificate-of-another-host",
    judgement: {
      truth: "tls-failure",
      accept: ["configuration-change"],
      never: [...NEVER, "blocked-by-network", "alarm-too-sensitive"],
      why: "Handshakes fail since the listener has a certificate that names none of the hosts that are asked for.",
    },
    description: () => "The listener gets a certificate of other hosts.",
    share: random.between(0.8, 1),
    listener: (_, at) => ({
      policy: USUAL_POLICY,
      certificate: {
        id: random.uuid(),
        names: [random.pick(["*.internal.example.net", "www.example.org", "*.staging.example.net"])],
        issued: at - random.integer(60, 7200),
        expires: at + 365 * DAY,
        imported: random.chance(0.5),
        renewal: null,
      },
    }),
    trail: (scenario, at) => {
      const certificate = certificateOf(scenario);
      const certificateArn = certificate ? arnOfCertificate(scenario, certificate) : "";
      return listenerModified(scenario, at, { certificates: [{ certificateArn }] });
    },
  });
}

/** Targets and load balancer no longer agree on a connection: a share of the requests ends in a 502. */
export function targetHandshakes(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "tls-failure",
      accept: [],
      never: [...NEVER, "idle-timeout-mismatch", "blocked-by-network", "abrupt-deregistration"],
      why: "Handshakes with the targets fail since one minute, each of them a 502; nothing restarted or was rolled out.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const plain = serving("target-handshakes", seed, random, { protocol: "HTTPS" });
  const at = Math.round(plain.window * random.between(0.3, 0.8));
  const share = random.between(0.15, 1);
  const seconds = plain.window - at;
  const made = told(
    plain,
    judgement,
    `${Math.round(100 * share)} % of the handshakes with targets fail.`,
    {},
    seeing(plain, missing),
  );
  const expected = perMinute(plain) * share;
  const alarm = random.chance(0.6)
    ? watching(made, random, {
        metric: "TargetTLSNegotiationErrorCount",
        expected,
        on: random.pick(["load balancer", "target group"]),
        words: ["target-tls", "backend-handshakes"],
      })
    : errorAlarm(made, random, random.pick(["HTTPCode_ELB_502_Count", "HTTPCode_ELB_5XX_Count"]), { expected });
  return {
    judgement,
    scenario: { ...made, alarm, faults: { ...besides(made, random), targetHandshakes: [{ at, seconds, share }] } },
    troubles: [{ at, seconds }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => world.truth.unnegotiated.size > 60,
  };
}

/** The alarm that tells days ahead: a certificate that nobody renews. */
export function certificateExpiring(seed: number, random: Random): WorldDraft {
  const imported = random.chance(0.5);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "tls-failure",
      accept: [],
      never: [...NEVER, "alarm-on-nothing"],
      why: "The certificate ends in some days, and nothing renews it; so far every handshake succeeds.",
    },
    { sources: ["acm", "elbv2"] },
  );
  const drawn = serving("certificate-expiring", seed, random);
  const threshold = random.pick([14, 21, 30, 45]);
  const left = random.integer(2, threshold - 2);
  const expires = drawn.window + left * DAY;
  const certificate: CertificateSpec = {
    id: random.uuid(),
    names: namesOf(drawn),
    issued: expires - DAY * (imported ? random.pick([90, 365]) : 395),
    expires,
    imported,
    renewal: imported ? null : random.pick(["PENDING_VALIDATION", "FAILED"] as const),
  };
  const listener: ListenerSpec = { protocol: "HTTPS", port: 443, policy: USUAL_POLICY, certificate };
  const plain = { ...drawn, loadBalancer: { ...drawn.loadBalancer, listener } };
  return {
    judgement,
    scenario: {
      ...told(plain, judgement, `${left} days are left of a certificate.`, {}, seeing(plain, missing)),
      alarm: {
        ...plain.alarm,
        name: `${plain.place.cluster}-certificate-expiry`,
        on: "load balancer",
        namespace: "AWS/CertificateManager",
        metric: "DaysToExpiry",
        statistic: "Minimum",
        comparison: "LessThanThreshold",
        threshold,
        period: DAY,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
        treatMissingData: "ignore",
        initially: "ALARM",
        since: DAY * (threshold - left),
      },
    },
    troubles: [],
    least: 0,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => world.state === "ALARM",
  };
}
