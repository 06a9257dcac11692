import { alarmScope } from "../analysis/alarm-scope.ts";
import { alarmStates } from "../analysis/alarm-states.ts";
import { cells } from "../analysis/series.ts";
import type { Facts } from "../model/facts.ts";
import type { FactorFound, Hypothesis, Verdict } from "../model/judgement.ts";
import type { Judged, Playbook } from "../model/playbook.ts";
import { listed, sentence } from "../model/words.ts";

/** A judged hypothesis with the words that its definition has for the verdict. */
type Candidate = Hypothesis & Pick<Judged, "headline" | "summary" | "byElimination" | "doubts">;

/**
 * Weighs the judged hypotheses: a confirmed one that explains at least half of the episodes is the cause, the one that
 * explains most; in a tie the one declared first. It is only likely while one declared before it is undetermined, and no
 * cause while one declared before it is supported, or open and would explain as much: that one would be what brought it
 * about. Without any, a supported one is the likely cause, but only if it is alone: two explanations that both fit are no
 * cause.
 */
export function reachVerdict(
  hypotheses: readonly Candidate[],
  factors: readonly FactorFound[],
  facts: Partial<Pick<Facts, "episodes" | "service" | "alarm" | "alarmMetric">>,
): Verdict {
  const of = facts.episodes?.episodes.length ?? 0;
  const eligible = hypotheses.filter((one) => of > 0 && one.explains.length * 2 >= of);
  const confirmed = most(eligible.filter((one) => one.status === "confirmed"));
  const supported = eligible.filter((one) => one.status === "supported");
  const rivals = eligible.filter((one) => one.status === "supported" || one.status === "undetermined");
  const fitting = confirmed ? [...rivals.filter((one) => isBefore(one, confirmed, hypotheses)), confirmed] : supported;
  // What is only left over is told, and never named: what lbdoctor does not know would look the same.
  const [chosen] = fitting.length === 1 ? fitting.filter((one) => !one.byElimination) : [];
  // An explanation that would come before it and could not be judged may yet be what has to change.
  const doubted = hypotheses
    .slice(0, chosen ? hypotheses.indexOf(chosen) : 0)
    .some((one) => one.status === "undetermined" && one.doubts);
  const service = facts.service ? { namespace: facts.service.namespace, name: facts.service.name } : null;
  if (!chosen)
    return {
      ...nothing(hypotheses, fitting, facts),
      service,
      factors: factors.map((one) => one.factor),
      explains: { episodes: 0, of },
    };
  return {
    rootCause: chosen.cause,
    confidence: chosen.status === "confirmed" && !doubted ? "confirmed" : "likely",
    headline: chosen.headline ?? chosen.title,
    summary: chosen.summary ?? chosen.because,
    service,
    factors: factors.map((one) => one.factor),
    explains: { episodes: chosen.explains.length, of },
  };
}

/** What is said where no playbook takes the alarm, or there is none: one sentence, and no list of what stays open. */
export function refusal(
  { alarm, refusal: refused }: Partial<Pick<Facts, "alarm" | "refusal">>,
  playbooks: readonly Playbook[],
): Verdict {
  const judged = listed(playbooks.map(({ judges }) => judges));
  const headline = alarm
    ? `${alarm.name} watches ${alarm.metric} (${alarm.namespace}) of ${alarmScope(alarm).scopeWords}: lbdoctor judges ${judged} alarms.`
    : (refused?.because ?? "not established: the alarm could not be identified.");
  return {
    rootCause: null,
    confidence: "none",
    headline,
    summary: headline,
    service: null,
    factors: [],
    explains: { episodes: 0, of: 0 },
  };
}

function isBefore(one: Candidate, other: Candidate, hypotheses: readonly Candidate[]): boolean {
  return hypotheses.indexOf(one) < hypotheses.indexOf(other);
}

function most(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (best, one) => (best === undefined || one.explains.length > best.explains.length ? one : best),
    undefined,
  );
}

function nothing(
  hypotheses: readonly Candidate[],
  fitting: readonly Candidate[],
  facts: Partial<Pick<Facts, "episodes" | "alarm" | "alarmMetric">>,
): Pick<Verdict, "rootCause" | "confidence" | "headline" | "summary"> {
  const base = { rootCause: null, confidence: "none" } as const;
  if (facts.episodes && facts.episodes.episodes.length === 0) {
    const fault = faultOfTheAlarm(facts);
    if (fault !== null) return words(base, fault);
    const headline = "not established: the alarm was not in ALARM in this window.";
    return { ...base, headline, summary: `${headline} A longer --window reaches further back.` };
  }
  const open = hypotheses.filter((one) => one.status === "undetermined");
  if (fitting.length > 1)
    return words(
      base,
      `not established. ${fitting.length} explanations fit, and what would tell them apart is missing: ${fitting.map((one) => one.title).join("; ")}.`,
    );
  const [left] = fitting;
  if (left)
    return words(
      base,
      `not established. It looks like this: ${left.title}; what would look the same is not ruled out.`,
    );
  if (open.length > 0)
    return words(
      base,
      `not established. ${open.length === 1 ? "One explanation is" : `${open.length} explanations are`} still open; see what each of them needs.`,
    );
  return words(base, "not established. Everything that lbdoctor knows how to judge was ruled out.");
}

/** What is wrong with an alarm that never was in ALARM, and what to set; null where it only had nothing to say. */
function faultOfTheAlarm({
  alarm,
  alarmMetric,
  episodes,
}: Partial<Pick<Facts, "episodes" | "alarm" | "alarmMetric">>): string | null {
  if (!alarm || !episodes) return null;
  const { window, from, transitions, earlier, historyFrom } = episodes;
  const { statement, remedy } = alarmStates({
    alarm,
    window,
    transitions: from === "history" ? [...earlier, ...transitions] : null,
    historyFrom: historyFrom ?? window.start,
    datapoints: alarmMetric ? cells(alarmMetric.average).length : null,
  });
  if (statement === null) return null;
  return `the alarm ${statement}.${remedy === null ? "" : ` ${sentence(remedy)}.`}`;
}

function words<T extends object>(base: T, headline: string): T & { headline: string; summary: string } {
  return { ...base, headline, summary: headline };
}
