import { type Answer, type Failure, type Question, questionKey } from "../../model/question.ts";
import { describeAlarms } from "../../sources/cloudwatch/questions.ts";
import { failed } from "../../sources/failure.ts";
import { listServices } from "../../sources/kubernetes/questions.ts";
import type { Source } from "../../sources/port.ts";

/** What there is to say before an investigation begins. */
export interface FirstLook {
  /** `there`: the alarm can be investigated. `stopped`: somebody ended it first. */
  readonly alarm: "there" | "missing" | "stopped" | Failure;
  /** Why nothing of the cluster can be read; null where it answers, or takes longer than is waited for. */
  readonly cluster: Failure | null;
  /** The same source, which knows the answers already: nothing is asked twice. */
  readonly source: Source;
}

/**
 * Milliseconds that the cluster may take to answer before the investigation goes on without having heard of it: longer
 * than a connection is waited for (LIMITS.connect), so that a VPN that is off is known by then.
 */
const PATIENCE = 4_000;
/** With these nobody answers at all; a refusal of one list is a gap like others. */
const UNREACHED: readonly Failure["kind"][] = ["unreachable", "unauthenticated", "timeout"];

/**
 * Asks what every investigation asks first: the alarm's settings and, where it is live, the cluster's Services. A login
 * that has expired or a mistyped name is then told before a board opens or a session is kept.
 */
export async function firstLook(source: Source, name: string, stop: AbortSignal, isLive: boolean): Promise<FirstLook> {
  const alarm = describeAlarms([name]);
  const services = listServices().question;
  const known = new Map<string, Promise<Answer>>();
  const ask = (question: Question): Promise<Answer> => {
    const answer = source.ask(question);
    known.set(questionKey(question), answer);
    return answer;
  };
  /** A cluster that is not there is asked once: each further question would wait as long. */
  let away: Answer | null = null;
  const knowing: Source = {
    ...(source.onWait && { onWait: (told) => source.onWait?.(told) }),
    ...(source.anew && { anew: () => source.anew?.() ?? source }),
    ask: async (question) =>
      known.get(questionKey(question)) ?? (question.source === services.source && away ? away : source.ask(question)),
  };
  const stopped = new Promise<"stopped">((resolve) => {
    stop.addEventListener("abort", () => resolve("stopped"), { once: true });
    if (stop.aborted) resolve("stopped");
  });
  // A defect of an adapter is the engine's to tell, which meets it again: it costs only what needs that answer.
  const heardOf = (question: Question) => ask(question).catch(() => null);
  const asked = heardOf(alarm.question);
  const reached = isLive ? Promise.race([heardOf(services), later(PATIENCE)]) : Promise.resolve(null);
  const answer = await Promise.race([asked, stopped]);
  if (answer === "stopped") return { alarm: "stopped", cluster: null, source: knowing };
  if (answer?.status === "failed") return { alarm: answer.failure, cluster: null, source: knowing };
  if (answer && isMissing(alarm, name, answer.pages)) return { alarm: "missing", cluster: null, source: knowing };
  const heard = await Promise.race([reached, stopped.then(() => null)]);
  const cluster = heard?.status === "failed" && UNREACHED.includes(heard.failure.kind) ? heard.failure : null;
  if (cluster) away = failed(cluster);
  return { alarm: "there", cluster, source: knowing };
}

/** An answer that cannot be read says nothing about whether the alarm is there. */
function isMissing({ parse }: ReturnType<typeof describeAlarms>, name: string, pages: readonly unknown[]): boolean {
  try {
    const { value, flaws = [] } = parse(pages);
    return !value.has(name) && flaws.length === 0;
  } catch {
    // The engine reads it again, and tells what is wrong with it.
    return false;
  }
}

async function later(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds).unref());
}
