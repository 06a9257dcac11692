import type { Session } from "../../../model/session.ts";
import { epoch } from "../../../model/time.ts";
import { answeredOf, duration, plural } from "../../../model/words.ts";
import { verdictOf } from "../../verdict.ts";
import { type Line, list, type Section } from "../block.ts";
import { episodesOf, isEstablished, sufferedIn } from "../known.ts";

/*
 * Prompts, filled with what the session shows. What people did well or badly it cannot know, and it blames nobody.
 */

export function wellSection(session: Session): Section {
  const { exchanges } = session;
  const failed = exchanges.filter(({ answer }) => answer?.status !== "answered").length;
  const none = sufferedIn(session)?.failed === 0;
  const lines: Line[] = [
    ...(none ? [["Nothing failed with a 5xx while the alarm's metric was past its threshold."]] : []),
    ...(isEstablished(session) && failed === 0
      ? [[`Everything that the diagnosis needs could be read: ${answeredOf(exchanges.length, 0)}.`]]
      : []),
  ];
  return { id: "well", title: "What went well", blocks: list([...lines, ["TODO: what helped the responders."]]) };
}

export function wrongSection(session: Session): Section {
  const { gaps, opening } = session;
  const { episodes: explained } = verdictOf(session).explains;
  const [first] = episodesOf(session);
  const start = first?.since ?? first?.burst.start;
  const lines: Line[] = [
    ...(explained > 1
      ? [[`One cause, ${explained} alarms: if each one paged, ${explained - 1} said nothing new.`]]
      : []),
    ...(start === undefined ? [] : [[`It began ${duration(epoch(opening.now) - start)} before this investigation.`]]),
    ...(gaps.length === 0 ? [] : [[`${plural(gaps.length, "thing")} could not be read meanwhile (annex, Gaps).`]]),
  ];
  return {
    id: "wrong",
    title: "What went wrong",
    blocks: list([...lines, ["TODO: what slowed the responders down."]]),
  };
}

export function luckySection(session: Session): Section {
  const { factors } = session;
  const all = episodesOf(session);
  const over = all.length > 0 && all.every(({ okAt }) => okAt !== null);
  const beside = factors.filter(({ harmless }) => harmless).length;
  const lines: Line[] = [
    ...(over ? [["The alarm went back to OK each time; nothing says that it will next time."]] : []),
    ...(beside === 0
      ? []
      : [[`${plural(beside, "misconfiguration")} that did no harm this time came to light (annex, Also found).`]]),
  ];
  return {
    id: "lucky",
    title: "Where we were lucky",
    blocks: list([...lines, ["TODO: what could have made it worse."]]),
  };
}
