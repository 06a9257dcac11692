import { meanIn, meanOutside } from "../../../analysis/series.ts";
import type { Session } from "../../../model/session.ts";
import { duration, figure, listed, range, spike } from "../../../model/words.ts";
import { evidence, type Line, list, type Section, text } from "../block.ts";
import { episodesOf, findingOf, told } from "../known.ts";
import { changeBlocks } from "./changes.ts";

/** How it was noticed, and how fast; who was paged is for people to say. */
export function detectionSection(session: Session): Section {
  const lines = [...finding(session, "alarm-history.condition"), ...delay(session), ...source(session)];
  return {
    id: "detection",
    title: "Detection",
    blocks: [...list(lines), text("TODO: who was paged or noticed it first, when, and by what.")],
  };
}

function delay(session: Session): Line[] {
  const delays = episodesOf(session)
    .filter(({ since }) => since === undefined)
    .map(({ alarmAt, burst }) => alarmAt - burst.start)
    .filter((seconds) => seconds > 0);
  if (delays.length === 0) return [];
  const words = range(duration(Math.min(...delays)), duration(Math.max(...delays)));
  return [[`It went to ALARM ${words} after the metric crossed the threshold.`]];
}

/** Where the episodes are not from the alarm itself, the reader has to know. */
function source({ facts: { episodes } }: Session): Line[] {
  if (episodes?.from !== "metric") return [];
  return [["The alarm's history could not be read: its episodes are rebuilt from its metric and settings."]];
}

/** What there is to read of changes: rollouts, and the alarm's own settings. */
const CHANGES = ["rollouts.latest", "alarm-changes.changes"];

/** What set it off: more traffic, a change, or neither as far as could be read. */
export function triggerSection(session: Session): Section {
  const lines = [...traffic(session), ...changes(session)];
  const recorded = changeBlocks(session);
  return {
    id: "trigger",
    title: "Trigger",
    blocks: [
      ...(lines.length === 0 && recorded.length === 0
        ? [text("Not known: neither traffic nor changes could be read.")]
        : lines.length === 0
          ? []
          : list(lines)),
      ...recorded,
      text("TODO: what else changed or started then (a release elsewhere, a campaign, a job, a client)."),
    ],
  };
}

/** The changes that may have set it off; what was ruled out stands with its reason where all of that stands. */
function changes(session: Session): Line[] {
  const { hypotheses, steps } = session;
  const out = CHANGES.filter((id) =>
    hypotheses.some(({ status, evidence: ids }) => status === "rejected" && ids[0] === id),
  );
  const titles = steps.filter(({ id }) => out.some((one) => one.startsWith(`${id}.`))).map(({ title }) => title);
  return [
    ...CHANGES.filter((id) => !out.includes(id)).flatMap((id) => finding(session, id)),
    ...(titles.length === 0 ? [] : [[`Read and ruled out as its trigger: ${listed(titles)}.`]]),
  ];
}

function traffic(session: Session): Line[] {
  const { episodes, judged } = session.facts;
  if (!judged?.traffic || !episodes || episodes.episodes.length === 0) return [];
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const { perStep, counts } = judged.traffic;
  const inside = meanIn(perStep, bursts);
  const outside = meanOutside(perStep, bursts);
  if (inside === null || outside === null) return [];
  const each = (value: number) => figure((value * 60) / perStep.step);
  return [[`Traffic: ${each(inside)} ${counts} a minute in the ${spike(episodes)}s, ${each(outside)} outside them.`]];
}

/** A finding as a line with its reference; no line where it was not made. */
function finding(session: Session, id: string): Line[] {
  const found = findingOf(session, id);
  return found ? [[told(found), ...evidence([id])]] : [];
}
