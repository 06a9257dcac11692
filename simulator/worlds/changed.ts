import type { Trouble } from "../families/settle.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { AccountChange, Actor, Change } from "../trail/spec.ts";
import type { WorldDraft } from "./kinds.ts";
import { drawLogs, missingOne, withLogs } from "./logged.ts";

/** Sources of which one is missing now and then, where a recorded change decides. */
const WITH_TRAIL = ["cloudtrail", "cloudtrail", "access-logs", "prometheus", "kubernetes"] as const;

function drawActor(random: Random): Actor {
  return random.pick([
    { kind: "user", name: random.pick(["alice", "deploy-bot", "jmeyer"]) },
    { kind: "person with a role", name: random.pick(["dana@example.com", "li.wei@example.com"]) },
    { kind: "pipeline", name: "GitHubActions" },
    { kind: "controller", name: "1764230400000000000" },
  ] as const);
}

/** A change that touches the service, or the same elsewhere. */
export function change(
  random: Random,
  at: number,
  what: Change,
  where: AccountChange["where"] = "here",
): AccountChange {
  // An alarm is no load balancer controller's business.
  const by =
    what.call === "PutMetricAlarm" ? ({ kind: "pipeline", name: "GitHubActions" } as const) : drawActor(random);
  return { at, by, where, what };
}

/** A change of a kind that makes trouble now and then, of a load balancer of which nobody looks at the state. */
export function drawForeign(random: Random): Change {
  const attributes = (name: string, values: readonly string[]) => ({ [name]: random.pick(values) });
  return random.pick<() => Change>([
    () => ({ call: "ModifyRule", weights: random.pick(WEIGHTS) }),
    () => ({ call: "ModifyRule", paths: [random.pick(["/*", "/api/*", "/v2/*"])] }),
    () => ({ call: "SetRulePriorities", priority: random.integer(1, 20) }),
    () => ({ call: "ModifyTargetGroupAttributes", attributes: attributes("stickiness.enabled", ["true", "false"]) }),
    () => ({ call: "ModifyTargetGroupAttributes", attributes: attributes(DELAY, ["5", "30", "300"]) }),
    () => ({ call: "ModifyTargetGroupAttributes", attributes: attributes(CROSS_ZONE, ["true", "false"]) }),
    () => ({ call: "ModifyLoadBalancerAttributes", attributes: attributes(IDLE, ["30", "60", "120"]) }),
    () => ({ call: "ModifyTargetGroup", check: { intervalSeconds: 10, timeoutSeconds: 4 } }),
    () => ({ call: "ModifyListener", sslPolicy: POLICY }),
    () => ({ call: "SetSecurityGroups" }),
    () => ({ call: "RevokeSecurityGroupIngress", port: random.pick([22, 8080, 9090]) }),
    () => ({ call: "AuthorizeSecurityGroupIngress", port: random.pick([22, 8080, 9090]) }),
    () => ({ call: "PutMetricAlarm" }),
  ])();
}

/** A change of the service's own that does no harm: what it sets is what the load balancer shows. */
export function drawHarmless(random: Random, { focus, loadBalancer }: Scenario): Change {
  const { interval, timeout } = focus.healthCheck;
  return random.pick<() => Change>([
    () => ({ call: "ModifyRule", weights: [1] }),
    () => ({ call: "SetRulePriorities", priority: 1 }),
    () => ({ call: "ModifyTargetGroupAttributes", attributes: { "stickiness.enabled": "false" } }),
    () => ({ call: "ModifyTargetGroupAttributes", attributes: { [DELAY]: "300" } }),
    () => ({ call: "ModifyTargetGroupAttributes", attributes: { [CROSS_ZONE]: "use_load_balancer_configuration" } }),
    () => ({ call: "ModifyLoadBalancerAttributes", attributes: { [IDLE]: String(loadBalancer.idleTimeout) } }),
    () => ({ call: "ModifyTargetGroup", check: { intervalSeconds: interval, timeoutSeconds: timeout } }),
    () => ({ call: "ModifyListener", sslPolicy: POLICY }),
    () => ({ call: "SetSecurityGroups" }),
    // Of another port of the same group: nothing of the load balancer's goes there.
    () => ({ call: "RevokeSecurityGroupIngress", port: random.pick([22, 9100]) }),
    () => ({ call: "AuthorizeSecurityGroupIngress", port: random.pick([22, 9100]) }),
  ])();
}

const WEIGHTS = [
  [90, 10],
  [50, 50],
  [100, 0],
] as const;
const DELAY = "deregistration_delay.timeout_seconds";
const CROSS_ZONE = "load_balancing.cross_zone.enabled";
const IDLE = "idle_timeout.timeout_seconds";
/** The listener's, as DescribeListeners has it. */
const POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** What else goes on in an account: none of it touches the load balancer's own ways. */
function bystanders(random: Random, scenario: Scenario, troubles: readonly Trouble[]): AccountChange[] {
  const { window } = scenario;
  const first = troubles[0]?.at ?? window / 2;
  const far: readonly (() => Change)[] = [
    () => ({ call: "ImportCertificate" }),
    () => ({ call: "UpdateAutoScalingGroup", minSize: 2, maxSize: random.integer(4, 12) }),
    () => ({ call: "UpdateNodegroupConfig", minSize: 2, maxSize: random.integer(4, 12) }),
    () => ({ call: "UpdateWebACL" }),
  ];
  return [
    ...Array.from({ length: random.integer(0, 3) }, () =>
      change(random, random.between(0, window), random.pick(far)(), "elsewhere"),
    ),
    ...Array.from({ length: random.integer(0, 3) }, () =>
      change(random, random.between(0, window), drawForeign(random), "elsewhere"),
    ),
    // The decoy that people fall for: just before it begins, and of another load balancer.
    ...(random.chance(0.6) ? [change(random, first - random.integer(40, 400), drawForeign(random), "elsewhere")] : []),
  ];
}

/** The draft under another name, with a trail of these changes and of what else goes on; some of them with logs. */
export function withTrail(
  name: string,
  seed: number,
  draft: WorldDraft,
  random: Random,
  changes: readonly AccountChange[],
): WorldDraft {
  const all = [...changes, ...bystanders(random, draft.scenario, draft.troubles)];
  const scenario = { ...draft.scenario, changes: all.toSorted((a, b) => a.at - b.at) };
  const logs = random.chance(0.4) ? drawLogs(scenario, random) : null;
  return missingOne(withLogs(name, seed, { ...draft, scenario }, logs), random, WITH_TRAIL);
}
