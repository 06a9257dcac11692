import type { Session } from "../../../model/session.ts";
import { alarmTitle, dateAndClock, duration, plural } from "../../../model/words.ts";
import { verdictOf } from "../../verdict.ts";
import { type Block, type Line, type Section, sentence, table, text } from "../block.ts";
import { episodesOf, isEstablished } from "../known.ts";

/** For those who read one paragraph. */
export function summarySection(session: Session): Section {
  const verdict = verdictOf(session);
  const { episodes, of } = verdict.explains;
  const standing: Line = isEstablished(session)
    ? [
        { strong: verdict.confidence === "confirmed" ? "Cause established: " : "Likely cause, not proven: " },
        { code: verdict.rootCause ?? "" },
        `; it explains ${episodes} of ${plural(of, "episode")}.`,
      ]
    : [{ strong: "Cause not established. " }, "What is known, what is open and what to collect are listed below."];
  const paragraph = verdict.summary === verdict.headline ? [] : [text(sentence(verdict.summary))];
  return {
    id: "summary",
    title: "Summary",
    blocks: [text({ strong: sentence(verdict.headline) }), ...paragraph, text(...standing), ...facts(session)],
  };
}

function facts(session: Session): Block[] {
  const { facts: known, opening } = session;
  const { alarm, loadBalancer, service } = known;
  const verdict = verdictOf(session);
  const owner = verdict.service ?? service ?? null;
  const rows: (readonly [string, Line])[] = [
    ["Alarm", [{ code: alarmTitle(alarm, opening.alarmName) }]],
    ...(owner ? [["Service", [{ code: `${owner.namespace}/${owner.name}` }]] as const] : []),
    ...(loadBalancer ? [["Load balancer", [{ code: loadBalancer.name }]] as const] : []),
    ["When", [when(session)]],
    ["Time window", [`${dateAndClock(opening.window.start)} to ${dateAndClock(opening.window.end)}`]],
    ["Severity and customer impact", ["TODO"]],
  ];
  return table(
    ["About", "What is known"],
    rows.map(([what, line]) => [[what], line]),
  );
}

function when(session: Session): string {
  const all = episodesOf(session);
  const [first] = all;
  if (!session.facts.episodes) return "not known: neither the alarm's history nor its metric could be read";
  if (!first) return "the alarm was not in ALARM in this time";
  const { cycles, longest, flappingFor } = session.facts.episodes;
  if (cycles === 0) {
    const until = first.okAt === null ? "without a change" : `until ${dateAndClock(first.okAt)}`;
    return `in ALARM since before ${dateAndClock(session.opening.window.start)}, ${until}`;
  }
  const often = cycles === 1 ? "once" : `${cycles} times within ${duration(flappingFor)}`;
  return `from ${dateAndClock(first.burst.start)}; OK to ALARM ${often}, longest ${duration(longest)}`;
}
