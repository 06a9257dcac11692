import type { Session } from "../../../model/session.ts";
import { alarmTitle, clock, dateAndClock, duration, percent } from "../../../model/words.ts";
import { rankOf, verdictOf } from "../../verdict.ts";
import { type Line, list, type Section, sentence, text } from "../block.ts";
import { episodesOf, isEstablished, sufferedIn } from "../known.ts";

/** What stands above everything: how far the document is, who answers for it, and how bad it was. */
export function statusSection(session: Session): Section {
  const { facts, opening } = session;
  const { alarm, loadBalancer, service } = facts;
  const owner = verdictOf(session).service ?? service ?? null;
  const balancer: Line = loadBalancer ? [" behind ", { code: loadBalancer.name }] : [];
  const rows: (readonly [string, Line])[] = [
    ["Status", [`draft; ${standing(session)}. Reviewed by: TODO`]],
    ["Date", [date(session)]],
    ["Authors", ["TODO"]],
    ["Severity", [`TODO. Known: ${known(session)}`]],
    ...(owner ? [["Service", [{ code: `${owner.namespace}/${owner.name}` }, ...balancer]] as const] : []),
    ["Alarm", [{ code: alarmTitle(alarm, opening.alarmName) }]],
  ];
  return {
    id: "status",
    title: "Status",
    blocks: list(rows.map(([label, line]): Line => [{ strong: `${label}: ` }, ...line])),
  };
}

function standing(session: Session): string {
  if (!isEstablished(session)) return "cause not established";
  return verdictOf(session).confidence === "confirmed" ? "cause established" : "likely cause, not proven";
}

function date(session: Session): string {
  const [first] = episodesOf(session);
  const last = episodesOf(session).at(-1);
  const { window } = session.opening;
  if (!first || !last) return `${dateAndClock(window.start)} to ${dateAndClock(window.end)} (time window)`;
  if (last.okAt === null) return `since ${dateAndClock(first.since ?? first.burst.start)}, ongoing`;
  const start = first.since ?? first.burst.start;
  const sameDay = dateAndClock(start).slice(0, 10) === dateAndClock(last.okAt).slice(0, 10);
  return `${dateAndClock(start).replace(" UTC", "")} to ${sameDay ? `${clock(last.okAt)} UTC` : dateAndClock(last.okAt)}`;
}

/** What a severity can be taken from, as far as metrics show it. */
function known(session: Session): string {
  const suffered = sufferedIn(session);
  if (!suffered) return "nothing; the alarm's metric could not be read";
  const { over, traffic, failed } = suffered;
  const share =
    traffic && traffic.window > 0 ? `, ${percent(traffic.there / traffic.window)} of ${traffic.counts}` : "";
  return `${duration(over)} on the wrong side of the threshold${share}${failed === null ? "" : `, ${failed} 5xx`}`;
}

/** For those who read one paragraph. */
export function summarySection(session: Session): Section {
  const verdict = verdictOf(session);
  const rank = rankOf(session);
  const blocks = [
    text({ strong: sentence(verdict.headline) }, ...(rank === "" ? [] : [` (${rank})`])),
    text(sentence(when(session))),
    text(todo(session)),
  ];
  return { id: "summary", title: "Summary", blocks };
}

function todo(session: Session): string {
  const [fix] = session.fixes;
  if (fix && fix.changes.length === 0) return `What to do: look into ${fix.title}.`;
  if (fix) return `What ends it: ${fix.title}. lbdoctor proposes it, and has not applied it.`;
  return isEstablished(session)
    ? "This version of lbdoctor proposes no change for this cause; the annex says what to do."
    : "No change is proposed without a cause: a fix based on a guess hides it.";
}

function when(session: Session): string {
  const { episodes } = session.facts;
  const [first] = episodesOf(session);
  if (!episodes) return "when it happened is not known: neither the alarm's history nor its metric could be read";
  const { start, end } = session.opening.window;
  if (!first) return `the alarm was not in ALARM from ${dateAndClock(start)} to ${dateAndClock(end)}`;
  const { cycles, longest, flappingFor } = episodes;
  if (cycles === 0) {
    const since = first.since === undefined ? `before ${dateAndClock(start)}` : dateAndClock(first.since);
    return `the alarm has been in ALARM since ${since}${first.okAt === null ? "" : `, until ${dateAndClock(first.okAt)}`}`;
  }
  const often = cycles === 1 ? "once" : `${cycles} times within ${duration(flappingFor)}`;
  return `the alarm went to ALARM ${often}, from ${dateAndClock(first.alarmAt)} on, for at most ${duration(longest)} at a time`;
}
