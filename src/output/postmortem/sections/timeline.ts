import { unitOf } from "../../../analysis/metric-unit.ts";
import { badSide } from "../../../model/metric.ts";
import { beyondWords, valueWords } from "../../../model/metric-words.ts";
import type { Session } from "../../../model/session.ts";
import type { Series } from "../../../model/time.ts";
import { type Epoch, epoch } from "../../../model/time.ts";
import type { UserAct } from "../../../model/user.ts";
import { dateAndClock, duration, plural } from "../../../model/words.ts";
import { evidence, type Line, type Section, table, text } from "../block.ts";
import { episodesOf } from "../known.ts";
import { changeBlocks } from "./changes.ts";

interface Moment {
  readonly at: Epoch;
  readonly line: Line;
}

/** Rollouts this long before the window still belong to the story. */
const BEFORE = 86_400;

/** What happened, in order: rollouts, episodes, scalings, the page, and what the person did. */
export function timelineSection(session: Session): Section {
  const moments = [
    ...rollouts(session),
    ...episodes(session),
    ...scalings(session),
    ...investigation(session),
    ...(session.user ?? []).map(acted),
  ].sort((a, b) => a.at - b.at);
  return {
    id: "timeline",
    title: "Timeline",
    blocks: [
      ...table(
        ["Time (UTC)", "What happened"],
        moments.map(({ at, line }) => [[dateAndClock(at).replace(" UTC", "")], line]),
      ),
      ...changeBlocks(session),
      text("When people noticed, were paged, decided and acted: TODO, where it was not noted on the board."),
    ],
  };
}

function rollouts({ facts: { rollouts: all }, opening: { window } }: Session): Moment[] {
  const told = (all ?? []).filter(({ at }, index) => at >= window.start - BEFORE || index === (all ?? []).length - 1);
  return told.map(({ at, version, replicaSet, revision }) => ({
    at,
    line: [
      { strong: "Rollout" },
      " of ",
      { code: version ?? replicaSet },
      revision === null ? "" : `, revision ${revision}`,
      ...evidence(["rollouts.latest"]),
    ],
  }));
}

function episodes(session: Session): Moment[] {
  const all = episodesOf(session);
  const { alarm } = session.facts;
  const before = session.facts.episodes?.cycles === 0;
  const side = alarm ? badSide(alarm) : "above";
  return all.map(({ id, alarmAt, okAt, burst, worst }, index) => {
    const until = okAt === null ? "still in ALARM at the end of the window" : `OK after ${duration(okAt - alarmAt)}`;
    const far = side === "below" ? "down to" : "up to";
    const high = worst === null || !alarm ? "" : `, ${far} ${valueWords(unitOf(alarm), worst)}`;
    const last =
      index === all.length - 1 && !before
        ? "; the latest before the investigation, and the page if every ALARM pages"
        : "";
    return {
      at: alarmAt,
      line: [
        { strong: before ? "In ALARM since before the window" : "ALARM" },
        ` (episode ${id}): ${beyondWords(side)} the threshold from ${dateAndClock(burst.start).slice(11)}${high}; ${until}${last}`,
      ],
    };
  });
}

function scalings({ facts: { autoscaler } }: Session): Moment[] {
  return autoscaler?.replicas ? changes(autoscaler.replicas) : [];
}

function changes({ start, step, values }: Series): Moment[] {
  let known: number | null = null;
  return values.flatMap((value, index): Moment[] => {
    const before = known;
    if (value !== null) known = value;
    if (value === null || before === null || value === before) return [];
    const line: Line = [
      { strong: "Scaling" },
      ` from ${before} to ${plural(value, "pod")}`,
      ...evidence(["autoscaler.target"]),
    ];
    return [{ at: start + index * step, line }];
  });
}

function investigation({ opening: { now } }: Session): Moment[] {
  return [
    {
      at: epoch(now),
      line: [{ strong: "Investigation" }, " with lbdoctor; everything here is from what could be read then"],
    },
  ];
}

function acted(act: UserAct): Moment {
  return { at: epoch(act.at), line: [{ strong: "On the board" }, ": ", ...actWords(act)] };
}

function actWords(act: UserAct): Line {
  switch (act.type) {
    case "noted":
      return ["note on ", { finding: act.finding }, `: ${act.text}`];
    case "added":
      return ["own finding ", { code: act.id }, `: ${act.statement}`];
    case "ruled":
      return [{ code: act.cause }, ` ${RULED[act.ruling]}${act.reason === "" ? "" : `: ${act.reason}`}`];
    case "asked-again":
      return ["re-run: step ", { code: act.step }];
    case "allowed-exec":
      return ["reading inside a pod was allowed"];
  }
}

const RULED = { accepted: "was accepted", rejected: "was ruled out", withdrawn: "judgement was withdrawn" };
