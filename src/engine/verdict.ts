import { alarmScope } from "../analysis/alarm-scope.ts";
import { alarmStates } from "../analysis/alarm-states.ts";
import type { Facts } from "../model/facts.ts";
import type { FactorFound, Hypothesis, Verdict } from "../model/judgement.ts";
import type { CauseDefinition, CauseWords, Playbook } from "../model/playbook.ts";
import { listed, sentence } from "../model/words.ts";
import type { Judged } from "./judge.ts";

/** A judged cause with how the verdict may take it, and the words that it has for that. */
export type Candidate = Hypothesis & Judged & Omit<CauseWords, "title"> & Pick<CauseDefinition, "standsAlone">;

/**
 * Weighs the judged causes: a confirmed one that explains at least half of the episodes is the cause, the one that
 * explains most; in a tie the one declared first. It is only likely while one declared before it is open that may have
 * brought it about, and no cause while one declared before it is supported, or open and would explain as much. Without any, a supported one is the likely cause, but only if it is alone: two explanations that both fit are no
 * cause. A confirmed cause that stands alone is it whatever the others are, and without an episode.
 */
export function reachVerdict(
  hypotheses: readonly Candidate[],
  factors: readonly FactorFound[],
  facts: Partial<Pick<Facts, "episodes" | "service" | "alarm" | "judged" | "ledTo">>,
): Verdict {
  const of = facts.episodes?.episodes.length ?? 0;
  const alone = hypotheses.find((one) => one.standsAlone && one.status === "confirmed");
  const eligible = hypotheses.filter((one) => of > 0 && one.explains.length * 2 >= of);
  const confirmed = most(eligible.filter((one) => one.status === "confirmed"));
  const supported = eligible.filter((one) => one.status === "supported");
  const rivals = eligible.filter((one) => one.status === "supported" || one.status === "undetermined");
  // What is only supported is not named more lightly than what is confirmed.
  const only = confirmed ?? (supported.length === 1 ? supported[0] : undefined);
  const fitting = only ? [...rivals.filter((one) => isBefore(one, only, hypotheses)), only] : supported;
  // What is only left over is told, and never named: what lbdoctor does not know would look the same.
  const [left] = fitting.length === 1 ? fitting.filter((one) => !one.byElimination) : [];
  const chosen = alone ?? left;
  // An explanation that would come before it and could not be judged may yet be what has to change.
  const doubted = hypotheses.slice(0, chosen ? hypotheses.indexOf(chosen) : 0).some((one) => one.doubts);
  const found = {
    service: facts.service ? { namespace: facts.service.namespace, name: facts.service.name } : null,
    factors: factors.map((one) => one.factor),
    explains: { episodes: chosen?.explains.length ?? 0, of },
  };
  if (!chosen) {
    const service = facts.ledTo?.service ?? found.service;
    return { rootCause: null, confidence: "none", ...unestablished(hypotheses, fitting, facts), ...found, service };
  }
  const summary = chosen.summary ?? chosen.because;
  return {
    rootCause: chosen.cause,
    confidence: chosen.status === "confirmed" && !doubted ? "confirmed" : "likely",
    headline: chosen.headline ?? chosen.title,
    // Whoever knows the target group has to find the way from it to the service.
    summary: facts.ledTo?.service ? `${sentence(facts.ledTo.because)}. ${summary}` : summary,
    ...found,
  };
}

/** What is said where no playbook takes the alarm, or there is none: one sentence, and no list of what stays open. */
export function refusal(
  { alarm, refusal: refused }: Partial<Pick<Facts, "alarm" | "refusal">>,
  playbooks: readonly Playbook[],
): Verdict {
  const judged = listed(playbooks.flatMap(({ judges }) => judges ?? []));
  const headline = alarm
    ? `${alarm.name} watches ${alarm.expression ? `${alarm.expression.words} over ` : ""}${alarm.metric} (${alarm.namespace}) of ${alarmScope(alarm).scopeWords}: lbdoctor judges ${judged} alarms.`
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

/** What is said where no cause is established, and why none is. */
function unestablished(
  hypotheses: readonly Candidate[],
  fitting: readonly Candidate[],
  facts: Partial<Pick<Facts, "episodes" | "alarm" | "judged" | "ledTo">>,
): Pick<Verdict, "headline" | "summary"> {
  const said = (headline: string, more = "") => ({ headline, summary: `${headline}${more}` });
  if (facts.episodes && facts.episodes.episodes.length === 0) {
    const fault = faultOfTheAlarm(facts);
    if (fault !== null) return said(fault);
    const headline = "not established: the alarm was not in ALARM in this window.";
    return said(headline, " A longer --window reaches further back.");
  }
  const [left, ...more] = fitting;
  if (facts.ledTo && fitting.length === 0)
    return said(`not established here: ${facts.ledTo.because}.`, ` ${sentence(facts.ledTo.next)}`);
  if (more.length > 0)
    return said(
      `not established. ${fitting.length} explanations fit, and what would tell them apart is missing: ${fitting.map((one) => one.title).join("; ")}.`,
    );
  if (left)
    return said(
      `not established. It looks like this: ${left.title}; but other causes that look the same are not ruled out.`,
    );
  const open = hypotheses.filter((one) => one.status === "undetermined").length;
  if (open > 0)
    return said(
      `not established. ${open === 1 ? "One explanation is" : `${open} explanations are`} still open; see what each of them needs.`,
    );
  return said("not established. Every cause that lbdoctor knows was ruled out.");
}

/** What is wrong with an alarm that never was in ALARM, and what to set; null where it only had nothing to say. */
function faultOfTheAlarm({
  alarm,
  judged,
  episodes,
}: Partial<Pick<Facts, "episodes" | "alarm" | "judged">>): string | null {
  if (!alarm || !episodes) return null;
  const { window, from, transitions, earlier, historyFrom } = episodes;
  const { statement, remedy } = alarmStates({
    alarm,
    window,
    transitions: from === "history" ? [...earlier, ...transitions] : null,
    historyFrom: historyFrom ?? window.start,
    datapoints: judged?.datapoints ?? null,
  });
  if (statement === null) return null;
  return `the alarm ${statement}.${remedy === null ? "" : ` ${sentence(remedy)}.`}`;
}
