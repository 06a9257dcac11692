import { unitOf } from "../../../analysis/metric-unit.ts";
import type { Placed } from "../../../drawing/figure.ts";
import type { AlarmFact, Episode } from "../../../model/facts.ts";
import { badSide } from "../../../model/metric.ts";
import { beyondWords, valueWords } from "../../../model/metric-words.ts";
import type { Session } from "../../../model/session.ts";
import {
  clock,
  dateAndClock,
  duration,
  listed,
  percent,
  plural,
  seconds,
  sentence,
  spike,
} from "../../../model/words.ts";
import { type Block, type Line, list, type Section, table, text } from "../block.ts";
import { episodesOf, findingOf, serviceName, serviceRequests, sufferedIn } from "../known.ts";

/** How long, how many requests, and how badly; what it meant for customers is for people to say. */
export function impactSection(session: Session): Section {
  const points = [
    ...impactLines(session).map((one): Line => [sentence(one)]),
    ...service(session),
    ...percentiles(session),
    ...errors(session),
  ];
  return {
    id: "impact",
    title: "Customer impact",
    blocks: [
      ...(points.length === 0 ? [text("Not known: the alarm's metric could not be read.")] : list(points)),
      text("TODO: who waited, what failed for them, what it cost. These figures do not show it."),
    ],
  };
}

/** The alarm's metric over the window. */
export function metricsSection(figures: readonly Placed[]): Section {
  const blocks = figures
    .filter(({ place }) => place === "impact")
    .map(({ figure }): Block => ({ kind: "figure", figure }));
  return { id: "metrics", title: "Metrics", blocks };
}

/** Every stay in ALARM with its figures. */
export function episodesSection(session: Session): Section {
  const rows = episodesOf(session).map((episode) => row(episode, session));
  return { id: "episodes", title: "Episodes", blocks: table(columns(session), rows) };
}

/** The table's columns; without traffic there is nothing to count in the last. */
function columns({ facts: { alarm, judged } }: Session): string[] {
  const beyond = alarm ? beyondWords(badSide(alarm)) : "over";
  const traffic =
    judged && !judged.traffic ? [] : [`${sentence(judged?.traffic?.counts ?? "requests")} in breaching datapoints`];
  return ["Episode", "In ALARM (UTC)", "For", `${sentence(beyond)} the threshold from`, "Worst", ...traffic];
}

/** How long it lasted, and how much traffic it met; no lines where the alarm's metric could not be read. */
export function impactLines(session: Session): string[] {
  const suffered = sufferedIn(session);
  const { episodes, alarm } = session.facts;
  if (!suffered || !episodes || !alarm) return [];
  const { over, traffic, average, counted } = suffered;
  const unit = unitOf(alarm);
  const beyond = `${beyondWords(badSide(alarm))} the threshold`;
  const stays = episodes.episodes.reduce((all, { alarmAt, okAt }) => all + (okAt ?? episodes.window.end) - alarmAt, 0);
  const lines = [
    `${plural(episodes.episodes.length, "episode")}, ${duration(stays)} in ALARM; ${duration(over)} ${beyond} of ${valueWords(unit, alarm.threshold)}`,
  ];
  if (traffic) {
    const share = traffic.window === 0 ? "" : ` (${percent(traffic.there / traffic.window)} of all)`;
    const each = average === null ? "" : `, on average ${seconds(average)} each`;
    const one = traffic.counts.replace(/s$/, "");
    lines.push(
      `${plural(traffic.there, one, traffic.counts)}${share} fell into the datapoints ${beyond}${each}${throughAll(alarm)}`,
    );
  }
  if (counted !== null) lines.push(`${alarm.metric} in these datapoints: ${valueWords(unit, counted)}`);
  return lines;
}

/** Whose traffic it is, where the alarm watches a whole load balancer, or what of it lies in one zone. */
function throughAll({ dimensions }: AlarmFact): string {
  if (dimensions.TargetGroup !== undefined) return "";
  const zone = dimensions.AvailabilityZone;
  return `, all services of the load balancer${zone === undefined ? "" : ` in ${zone}`} together`;
}

function service(session: Session): Line[] {
  const requests = serviceRequests(session);
  const guilty = session.facts.blame?.guilty;
  if (requests === null || !guilty || guilty.inside === null) return [];
  const usual = guilty.outside === null ? "" : `, instead of ${seconds(guilty.outside)} outside them`;
  const worst = guilty.maximum === null ? "" : `; the slowest took ${seconds(guilty.maximum)}`;
  return [
    [
      `${plural(requests, "request")} in these ${spike(session.facts.episodes)}s went to `,
      { code: serviceName(session) },
      ` and took ${seconds(guilty.inside)} on average${usual}${worst}`,
    ],
  ];
}

function percentiles(session: Session): Line[] {
  const found = findingOf(session, "alarm-history.metric")?.measures;
  if (!found) return [];
  const parts = (["p50", "p95", "p99"] as const).flatMap((name) => {
    const value = found[name];
    return typeof value === "number" ? [`${name} ${seconds(value)}`] : [];
  });
  return parts.length === 0
    ? []
    : [
        [
          `In the ${spike(session.facts.episodes)}s, all that the alarm watches: ${listed(parts)}`,
          " (",
          { finding: "alarm-history.metric" },
          ")",
        ],
      ];
}

function errors(session: Session): Line[] {
  const companions = sufferedIn(session)?.companions ?? [];
  const words = [...new Set(companions.map(({ counts }) => counts))];
  return words.map((counts) => {
    const parts = companions.filter((one) => one.counts === counts).map(({ there, from }) => `${there} from ${from}`);
    return [`${sentence(counts)} in these datapoints: ${parts.join(", ")}`];
  });
}

function row(episode: Episode, { facts: { episodes, alarm, judged } }: Session): Line[] {
  const { id, alarmAt, okAt, burst, worst, requests } = episode;
  const until = okAt === null ? "still" : clock(okAt);
  const traffic: Line[] = judged && !judged.traffic ? [] : [[requests === null ? "not known" : String(requests)]];
  return [
    [String(id)],
    [`${dateAndClock(alarmAt).replace(" UTC", "")} – ${until}`],
    [duration((okAt ?? episodes?.window.end ?? alarmAt) - alarmAt)],
    [`${clock(burst.start)} to ${clock(burst.end)}`],
    [worst === null || !alarm ? "not known" : valueWords(unitOf(alarm), worst)],
    ...traffic,
  ];
}
