import { identifyAlarm } from "../../playbooks/evidence/alarm/collect.ts";
import { alarmHistory } from "../../playbooks/evidence/alarm-history/step.ts";
import calmerAlarm from "../../playbooks/fixes/calmer-alarm/fix.ts";
import steadierAlarm from "../../playbooks/fixes/steadier-alarm/fix.ts";
import { investigate } from "../../src/engine/investigate.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import type { Cause } from "../../src/model/vocabulary.ts";
import {
  type AlarmFact,
  type Beside,
  defineCause,
  definePlaybook,
  defineSignal,
  judgedWanted,
  type Step,
  sharedFact,
  yes,
} from "../../src/playbook.ts";
import { commandFor } from "../../src/sources/command.ts";
import { sourceWords } from "../../src/sources/words.ts";
import { NOW, START, sourceOf, type World } from "./world.ts";

/*
 * A playbook for any metric of a load balancer, as an author would write it: what is counted beside it, and no line of
 * analysis, remedy or output. Its one cause is what the test says it is, so that its fixes can be seen.
 */

const count = (alarm: AlarmFact, id: string, metric: string) => ({
  id,
  namespace: alarm.namespace,
  metric,
  dimensions: alarm.dimensions,
  statistic: "Sum",
});

/** Hosts have no traffic; errors have requests. */
function beside(alarm: AlarmFact): Beside {
  if (/HostCount$/.test(alarm.metric)) return { traffic: null, companions: [], sampled: false };
  return {
    traffic: { counts: "requests", from: "clients", wanted: count(alarm, "requests", "RequestCount") },
    companions: [{ counts: "4xx", from: "targets", wanted: count(alarm, "target4xx", "HTTPCode_Target_4XX_Count") }],
    sampled: false,
  };
}

const evidence = alarmHistory({
  gives: [],
  beside,
  wanted: (alarm) => {
    const { traffic, companions } = beside(alarm);
    return [judgedWanted(alarm), ...[...(traffic ? [traffic] : []), ...companions].map(({ wanted }) => wanted)];
  },
  more: () => ({}),
});

const flapped = defineSignal({
  id: "flapped",
  question: "Did it flap?",
  needs: { episodes: sharedFact("episodes", "the episodes") },
  uses: {},
  read: ({ episodes }) => yes(`it went to ALARM ${episodes.cycles} times`, ["alarm-history.flapping"]),
});

function playbookOf(cause: Cause, evidence: Step) {
  return definePlaybook({
    id: "test",
    judges: "any",
    takes: () => true,
    steps: [evidence],
    causes: [
      defineCause({
        cause,
        title: "what the test says",
        claim: "It is what the test says.",
        rejects: [],
        specific: [flapped],
        needs: [],
        supports: [],
        uses: {},
        words: () => ({ headline: "what the test says", summary: "What the test says." }),
      }),
    ],
    factors: [],
    fixes: [calmerAlarm, steadierAlarm],
  });
}

/** Investigates an alarm in a made-up world with that playbook. */
export function investigated(world: World, cause: Cause = "slow-dependency", step = evidence): Promise<Session> {
  return investigate({
    identify: identifyAlarm(() => true),
    playbooks: [playbookOf(cause, step)],
    source: sourceOf(world),
    opening: {
      id: "made-up",
      version: "0",
      alarmName: world.alarm.name,
      now: iso(NOW),
      window: { start: START, end: NOW },
      allowExec: false,
      source: { kind: "fixture", fixture: "made-up", description: "" },
    },
    commandFor,
    sourceWords,
  });
}
