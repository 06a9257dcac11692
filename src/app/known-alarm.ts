import { investigate } from "../api.ts";
import type { Answer, Question } from "../model/question.ts";
import type { Opening, Session } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { sessionsFolder } from "../sessions/files.ts";
import { listSessions } from "../sessions/listing.ts";
import { field } from "../sources/parse.ts";
import type { Watched } from "../sources/placeholders.ts";
import type { AlarmGiven } from "./alarm-given/one.ts";
import { keptSession } from "./kept-session.ts";
import type { Terminal } from "./terminal.ts";

/**
 * What is known of an alarm without asking anybody: by its definition where that was given, else by the newest kept
 * investigation of it. `refused` is the session that says why no playbook takes it; null where one does.
 */
export type Known = { readonly refused: Session } | { readonly refused: null; readonly watched: Watched };

/** Null where nothing tells what the alarm watches. */
export async function knownOf(given: AlarmGiven, opening: Opening, terminal: Terminal): Promise<Known | null> {
  const session = given.described
    ? await investigate({ source: { ask: async (question) => described(question, given) }, opening })
    : await newestOf(given.name, terminal);
  if (session === null) return null;
  if (session.outcome === "unsupported-alarm") return { refused: session };
  const { alarm } = session.facts;
  if (session.playbook === null || !alarm) return null;
  const { namespace, metric, statistic, comparison, dimensions } = alarm;
  const onTargetGroup = dimensions.TargetGroup !== undefined;
  return { refused: null, watched: { namespace, metric, statistic, comparison, onTargetGroup } };
}

/** The alarm itself, and nothing else: that is enough to select its playbook. */
function described({ operation }: Question, { described: alarm }: AlarmGiven): Answer {
  if (operation !== "DescribeAlarms")
    return { status: "failed", failure: { kind: "not-recorded", message: "a plan reads nothing" } };
  const list = field(alarm, "AlarmRule") === undefined ? "MetricAlarms" : "CompositeAlarms";
  return { status: "answered", pages: [{ MetricAlarms: [], CompositeAlarms: [], [list]: [alarm] }] };
}

async function newestOf(name: string, terminal: Terminal): Promise<Session | null> {
  try {
    const kept = await listSessions(sessionsFolder(terminal.environment));
    const newest = kept.find(({ about }) => about?.alarmName === name);
    return newest ? await keptSession(terminal, newest.id) : null;
  } catch (error) {
    // What cannot be read is not known; whoever asks for that session is told why.
    if (error instanceof Unusable) return null;
    throw error;
  }
}
