import { drawTroubles } from "../families/parts.ts";
import type { Trouble } from "../families/settle.ts";
import type { Random } from "../random.ts";
import type { AlarmSpec, Scenario } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { GO, java, steady, told, type WorldDraft } from "./kinds.ts";

/** What no count of requests shows. */
const NEVER = ["client-storm", "alarm-on-nothing", "alarm-too-sensitive", "insufficient-capacity"] as const;

/** An alarm on the requests that each target gets, at a multiple of the usual. */
function perTargetAlarm({ alarm, focus, place }: Scenario, random: Random, times: number): AlarmSpec {
  const evaluationPeriods = random.pick([1, 2, 3]);
  return {
    ...alarm,
    name: `${place.cluster}-${focus.service}-${random.pick(["requests-per-target", "load", "traffic"])}`,
    description: null,
    on: "target group",
    metric: "RequestCountPerTarget",
    statistic: "Sum",
    threshold: Math.round((times * 60 * focus.traffic.base) / focus.replicas),
    evaluationPeriods,
    datapointsToAlarm: evaluationPeriods,
    treatMissingData: "notBreaching",
  };
}

function loaded(
  name: string,
  seed: number,
  random: Random,
  judgement: Judgement,
  description: string,
  make: (plain: Scenario, troubles: readonly Trouble[]) => Pick<Scenario, "focus" | "faults">,
): WorldDraft {
  const bare = steady(name, seed, random, {
    server: random.pick([GO, java(100)]),
    rate: random.between(20, 50),
    cpu: random.between(0.002, 0.005),
    wait: random.between(0.02, 0.06),
    replicas: random.integer(5, 8),
  });
  const plain = { ...bare, focus: { ...bare.focus, targetType: "ip" as const } };
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 480, longest: 900 });
  const made = make(plain, troubles);
  const scenario = told(plain, judgement, description, made.focus, {
    faults: made.faults ?? {},
    alarm: perTargetAlarm(plain, random, 1.7),
  });
  return { judgement, scenario, troubles, least: 2, thresholdSet: true, free: true, holds: () => true };
}

/** Somebody takes most of the pods away for a while; the requests are as many as ever. */
export function fewerTargets(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: NEVER,
    why: "The same requests are shared by fewer targets; why those left is not in the count.",
  };
  return loaded(
    "requests-per-target-fewer-targets",
    seed,
    random,
    judgement,
    "For minutes at a time most of the pods are scaled away, and each of the rest gets more of the same requests.",
    ({ focus }, troubles) => ({
      focus,
      faults: {
        scaled: troubles.flatMap(({ at, seconds }) => [
          { at, replicas: 2 },
          { at: at + seconds, replicas: focus.replicas },
        ]),
      },
    }),
  );
}

/** Many clients send more for a while; the targets are as many as ever. */
export function moreRequests(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    accept: [],
    never: NEVER,
    why: "More requests come for the same targets; whose they are is not in the count.",
  };
  const factor = random.between(2.5, 4);
  return loaded(
    "requests-per-target-more-requests",
    seed,
    random,
    judgement,
    "For minutes at a time several times the usual requests come, and the targets are as many as ever.",
    ({ focus }, troubles) => ({
      focus: { ...focus, traffic: { ...focus.traffic, levels: troubles.map((one) => ({ ...one, factor })) } },
    }),
  );
}
