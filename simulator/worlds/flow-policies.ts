import { healthCheckNodePort } from "../front.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { hostAlarm, perMinute, rolledOutOnce } from "./errors.ts";
import { behind, besides, perhapsBlind, seeing, watching } from "./fronts.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { proxyProtocolSet } from "./trails.ts";
import { stays, without } from "./without.ts";

const SOURCES = ["elbv2", "kubernetes", "prometheus"] as const;

/** Since one moment the load balancer begins its connections with a header that the pods do not know, or leaves one out. */
export function proxyProtocol(seed: number, random: Random): WorldDraft {
  const on = random.chance(0.65);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "proxy-protocol-mismatch",
      accept: ["configuration-change"],
      never: [
        "blocked-by-network",
        "deploy-regression",
        "no-healthy-targets",
        "idle-timeout-mismatch",
        "abrupt-deregistration",
        "restarting-pods",
        "alarm-too-sensitive",
      ],
      why: on
        ? "Every connection is reset by its target since one minute; Proxy Protocol is on, and the pods run and are ready."
        : "Every connection is reset by its target since Proxy Protocol was turned off; the pods run and are ready.",
    },
    // That it was on before is nowhere else to be seen.
    { sources: [...SOURCES, "cloudtrail"] },
  );
  const byHttp = random.chance(0.6);
  const startSeconds = random.between(12, 25);
  const drawn = behind("proxy-protocol", seed, random, "network", { proxyProtocol: on }, { startSeconds });
  const plain: Scenario = byHttp
    ? { ...drawn, focus: { ...drawn.focus, healthCheck: { ...drawn.focus.healthCheck, protocol: "HTTP" } } }
    : drawn;
  const at = Math.round(plain.window * random.between(0.3, 0.8));
  const seconds = plain.window - at;
  const made = told(
    plain,
    judgement,
    on
      ? "Proxy Protocol is turned on, and the pods cannot read its header."
      : "Proxy Protocol is turned off, and the pods wait for its header.",
    { rollouts: rolledOutOnce(plain, random) },
    seeing(plain, missing),
  );
  const alarm =
    byHttp && random.chance(0.6)
      ? hostAlarm(made, random, random.pick(["UnHealthyHostCount", "HealthyHostCount"] as const))
      : watching(made, random, { metric: "TCP_Target_Reset_Count", expected: perMinute(plain), usual: 1 });
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), garbled: [{ at, seconds }] },
      trail: proxyProtocolSet(made, at, on),
    },
    troubles: [{ at, seconds }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

/** externalTrafficPolicy Local: nodes without a pod are unhealthy for ever, and the alarm counts them. */
export function localPolicyUnhealthy(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "local-policy-blackhole",
      accept: ["alarm-too-sensitive"],
      never: ["health-check-flapping", "blocked-by-network", "no-healthy-targets", "bad-target", "restarting-pods"],
      why: "Nodes without a pod of the Service fail its check by design, all the time; those with one are well.",
    },
    { sources: SOURCES },
  );
  const replicas = random.integer(1, 3);
  const drawn = behind(
    "local-policy-unhealthy",
    seed,
    random,
    "network",
    {},
    {
      targetType: "instance",
      replicas,
      routing: { localPolicy: true },
    },
  );
  const { healthCheck, nodePort } = drawn.focus;
  const plain: Scenario = {
    ...drawn,
    focus: {
      ...drawn.focus,
      healthCheck: {
        ...healthCheck,
        path: "/healthz",
        protocol: "HTTP",
        port: String(healthCheckNodePort(nodePort)),
        timeout: 6,
        unhealthyAfter: 2,
        healthyAfter: 2,
      },
    },
  };
  return {
    judgement,
    scenario: {
      ...told(
        plain,
        judgement,
        `${replicas} pods on ${plain.nodes.length} nodes, and externalTrafficPolicy Local.`,
        {},
        seeing(plain, missing),
      ),
      alarm: { ...hostAlarm(plain, random, "UnHealthyHostCount"), initially: "ALARM", earlier: [] },
    },
    troubles: [],
    least: 1,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => world.state === "ALARM" && world.changes.length === 0,
  };
}

/** The same policy, and a check of kube-proxy instead of the Service: what reaches a node without a pod is dropped. */
export function localPolicyUnseen(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "local-policy-blackhole",
      accept: ["configuration-change"],
      never: [
        "slow-dependency",
        "deploy-regression",
        "idle-timeout-mismatch",
        "restarting-pods",
        "alarm-too-sensitive",
      ],
      why: "Since the policy is Local, the share of connections that reach nodes without a pod is dropped; all nodes pass.",
    },
    { sources: ["elb", "kubernetes", "prometheus"] },
  );
  const at = Math.round(random.between(3000, 12_000));
  const plain = behind(
    "local-policy-unseen",
    seed,
    random,
    "classic",
    { crossZone: true },
    {
      targetType: "instance",
      replicas: random.integer(1, 3),
      routing: { localPolicy: true, localUnseen: { from: at } },
    },
  );
  const { healthCheck } = plain.focus;
  const made = told(
    plain,
    judgement,
    "externalTrafficPolicy becomes Local, while the health check looks at kube-proxy's own port.",
    { healthCheck: { ...healthCheck, protocol: "HTTP", path: "/healthz", port: "10256" } },
    seeing(plain, missing),
  );
  const share = Math.max(0.1, 1 - plain.focus.replicas / plain.nodes.length);
  const alarm = watching(made, random, {
    metric: random.pick(["HTTPCode_ELB_5XX", "BackendConnectionErrors"]),
    expected: perMinute(plain) * share,
    words: ["elb-5xx", "backend-errors"],
  });
  return {
    judgement,
    scenario: { ...made, alarm },
    troubles: [{ at, seconds: plain.window - at }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => world.truth.unreached.size > 60 && world.truth.pods.length < plain.nodes.length,
  };
}
