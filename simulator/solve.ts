import { investigate } from "../src/api.ts";
import type { Event } from "../src/model/event.ts";
import type { Answer, Question } from "../src/model/question.ts";
import type { Session } from "../src/model/session.ts";
import { iso, type Span } from "../src/model/time.ts";
import type { Source } from "../src/sources/port.ts";
import type { Scenario } from "./scenario.ts";
import { WorldSource } from "./source.ts";
import { buildWorld, type World } from "./world.ts";

/** What stands between the simulated world and the investigation: takes answers away or changes them. */
export type Meddle = (question: Question, answer: Answer) => Answer;

/** Simulates an incident and investigates it, as the command line would on a recording of it. */
export async function solve(scenario: Scenario, meddle: Meddle = (_, answer) => answer): Promise<Session> {
  return solveWorld(buildWorld(scenario), meddle);
}

/** Investigates a world that is simulated already. `part`: another window than the world's; its end is the present. */
export async function solveWorld(
  world: World,
  meddle: Meddle = (_, answer) => answer,
  watch?: (event: Event, session: Session) => void,
  part?: Span,
): Promise<Session> {
  const { scenario } = world;
  const looked = part ?? { start: scenario.now - scenario.window, end: scenario.now };
  const inner = new WorldSource(world);
  const source: Source = { ask: async (question) => meddle(question, await inner.ask(question)) };
  return investigate({
    source,
    opening: {
      id: scenario.name,
      version: "0",
      alarmName: scenario.alarm.name,
      now: iso(looked.end),
      window: looked,
      allowExec: !scenario.seen?.noExec,
      source: { kind: "fixture", fixture: scenario.name, description: scenario.description },
    },
    ...(watch ? { watch } : {}),
  });
}
