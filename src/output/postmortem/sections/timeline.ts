import { unitOf } from "../../../analysis/metric-unit.ts";
import type { ChangesFact, Episode } from "../../../model/facts.ts";
import { badSide } from "../../../model/metric.ts";
import { beyondWords, valueWords } from "../../../model/metric-words.ts";
import type { Session } from "../../../model/session.ts";
import type { Series } from "../../../model/time.ts";
import { type Epoch, epoch } from "../../../model/time.ts";
import type { UserAct } from "../../../model/user.ts";
import { clock, dateAndClock, duration, plural } from "../../../model/words.ts";
import { evidence, type Line, type Section, table, text } from "../block.ts";
import { episodesOf } from "../known.ts";

/** What happened, in order: earlier alarms, rollouts, episodes, scalings, and what the person did. */
export function timelineSection(session: Session): Section {
  const moments = [
    ...earlier(session),
    ...rollouts(session),
    ...episodesOf(session).map((one) => moment(session, one)),
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
        folded(moments).map(({ at, line }) => [[dateAndClock(at).replace(" UTC", "")], line]),
      ),
      text("TODO: when people noticed, were paged, decided and acted."),
    ],
  };
}

interface Moment {
  readonly at: Epoch;
  readonly line: Line;
  /** The episode that begins then. */
  readonly episode?: Episode;
}

/** Rollouts this long before the window still belong to the story. */
const BEFORE = 86_400;
/** Episodes in a row that stand in rows of their own. */
const EPISODES = 3;
/** Scalings that stand in rows of their own. */
const SCALINGS = 3;

/** What the alarm did before the window, as far back as its history goes. */
function earlier({ facts: { episodes: fact } }: Session): Moment[] {
  const alarms = (fact?.earlier ?? []).filter(({ to }) => to === "ALARM");
  const [first] = alarms;
  const last = alarms.at(-1);
  if (!first || !last) return [];
  const often = alarms.length === 1 ? "once" : `${alarms.length} times until ${dateAndClock(last.at)}`;
  return [{ at: first.at, line: [{ strong: "Earlier: ALARM" }, ` ${often}, before the window of this investigation`] }];
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

/** Episodes between which nothing else happened are one story: the first and the last, and the others in one row. */
function folded(moments: readonly Moment[]): Moment[] {
  const runs: Moment[][] = [];
  for (const one of moments) {
    const run = runs.at(-1);
    if (run?.[0]?.episode && one.episode) run.push(one);
    else runs.push([one]);
  }
  return runs.flatMap((run) => {
    const between = run.slice(1, -1);
    const [next] = between;
    return next && run.length > EPISODES ? [...run.slice(0, 1), more(between, next), ...run.slice(-1)] : run;
  });
}

function more(between: readonly Moment[], { at, episode }: Moment): Moment {
  const last = between.at(-1);
  const until = last ? ` until ${clock(last.at)}` : "";
  const which = `episodes ${episode?.id ?? ""} to ${last?.episode?.id ?? ""}; annex, Episodes`;
  return { at, line: [{ strong: "ALARM" }, ` ${between.length} more times${until} (${which})`] };
}

function moment(session: Session, episode: Episode): Moment {
  const { id, alarmAt, okAt, burst, worst } = episode;
  const { alarm } = session.facts;
  const before = session.facts.episodes?.cycles === 0;
  const side = alarm ? badSide(alarm) : "above";
  const until = okAt === null ? "still in ALARM at the end of the window" : `OK after ${duration(okAt - alarmAt)}`;
  const far = side === "below" ? "down to" : "up to";
  const high = worst === null || !alarm ? "" : `, ${far} ${valueWords(unitOf(alarm), worst)}`;
  return {
    at: alarmAt,
    episode,
    line: [
      { strong: before ? "In ALARM since before the window" : "ALARM" },
      ` (episode ${id}): ${beyondWords(side)} the threshold from ${clock(burst.start)}${high}; ${until}`,
    ],
  };
}

/**
 * Changes of the number of pods; many of them, as of an autoscaler that cannot settle, in one row. Those of the timeline of
 * changes, which leaves out a rollout's surge; without one, as the autoscaler counted.
 */
function scalings({ facts: { autoscaler, changes } }: Session): Moment[] {
  const all = changes ? recorded(changes) : autoscaler?.replicas ? counted(autoscaler.replicas) : [];
  const shown = evidence([changes ? "changes.timeline" : "autoscaler.target"]);
  const [first] = all;
  if (!first) return [];
  if (all.length <= SCALINGS)
    return all.map(({ at, from, to }) => ({
      at,
      line: [{ strong: "Scaling" }, ` ${from === null ? "" : `from ${from} `}to ${plural(to, "pod")}`, ...shown],
    }));
  const counts = all.flatMap(({ from, to }) => (from === null ? [to] : [from, to]));
  const words = ` ${all.length} times until ${clock(all.at(-1)?.at ?? first.at)}, between ${Math.min(...counts)} and ${plural(Math.max(...counts), "pod")}`;
  return [{ at: first.at, line: [{ strong: "Scaling" }, words, ...shown] }];
}

interface Scaling {
  readonly at: Epoch;
  /** Null where it is not known. */
  readonly from: number | null;
  readonly to: number;
}

function recorded({ changes }: ChangesFact): Scaling[] {
  return changes.flatMap(({ at, kind, from, settings }) => {
    const pods = settings.find(({ name, after }) => name === "pods" && after !== null);
    return kind !== "scaling" || from !== "kubernetes" || !pods
      ? []
      : [{ at, from: typeof pods.before === "string" ? Number(pods.before) : null, to: Number(pods.after) }];
  });
}

function counted({ start, step, values }: Series): Scaling[] {
  let known: number | null = null;
  return values.flatMap((to, index): Scaling[] => {
    const from = known;
    if (to !== null) known = to;
    return to === null || from === null || to === from ? [] : [{ at: start + index * step, from, to }];
  });
}

function investigation({ opening: { now } }: Session): Moment[] {
  return [
    {
      at: epoch(now),
      line: [{ strong: "Investigation" }, " with lbdoctor: this document is based on what could be read then"],
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
