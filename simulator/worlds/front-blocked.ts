import type { Random } from "../random.ts";
import { errorAlarm, hostAlarm, perMinute, rolledOutOnce, serving } from "./errors.ts";
import { behind, besides, perhapsBlind, seeing } from "./fronts.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { wayBarred } from "./trails.ts";
import { stays, without } from "./without.ts";

/** A security group, or a network ACL, no longer lets the load balancer reach its targets. */
function barred(name: string, network: boolean, seed: number, random: Random): WorldDraft {
  const by = random.chance(0.7) ? ("security group" as const) : ("network ACL" as const);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "blocked-by-network",
      accept: ["configuration-change"],
      never: [
        "slow-dependency",
        "deploy-regression",
        "health-check-flapping",
        "idle-timeout-mismatch",
        "proxy-protocol-mismatch",
        "alarm-too-sensitive",
      ],
      why: `Nothing reaches the targets since one minute: a ${by} drops it, while the pods are ready and idle.`,
    },
    { sources: ["ec2", "elbv2", "cloudtrail", "kubernetes", "prometheus"] },
  );
  const startSeconds = random.between(12, 25);
  const plain = network
    ? behind(name, seed, random, "network", { standing: random.integer(0, 300) }, { startSeconds })
    : serving(name, seed, random, { startSeconds });
  const at = Math.round(plain.window * random.between(0.35, 0.85));
  const seconds = plain.window - at;
  const made = told(
    plain,
    judgement,
    `A ${by} drops the load balancer's packets to its targets.`,
    { rollouts: rolledOutOnce(plain, random) },
    seeing(plain, missing),
  );
  const hosts = random.pick(["UnHealthyHostCount", "HealthyHostCount"] as const);
  const alarm =
    random.chance(0.6) || network
      ? hostAlarm(made, random, hosts)
      : errorAlarm(made, random, random.pick(["HTTPCode_ELB_504_Count", "HTTPCode_ELB_5XX_Count"]), {
          expected: perMinute(plain),
        });
  const faults = { ...besides(made, random), blocked: [{ at, seconds, by }] };
  return {
    judgement,
    scenario: { ...made, alarm, faults, trail: wayBarred({ ...made, faults }) },
    troubles: [{ at, seconds: seconds + 120 }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

export function barredOnApplication(seed: number, random: Random): WorldDraft {
  return barred("barred-on-application", false, seed, random);
}

export function barredOnNetwork(seed: number, random: Random): WorldDraft {
  return barred("barred-on-network", true, seed, random);
}
