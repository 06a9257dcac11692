import type { Placed } from "../../../drawing/figure.ts";
import type { Episode } from "../../../model/facts.ts";
import type { Session } from "../../../model/session.ts";
import { clock, dateAndClock, duration, listed, percent, plural, seconds, spike } from "../../../model/words.ts";
import { type Block, type Line, list, type Section, table, text } from "../block.ts";
import { episodesOf, findingOf, serviceName, serviceRequests, sufferedIn } from "../known.ts";

/** How long, how many requests, and how badly. */
export function impactSection(session: Session, figures: readonly Placed[]): Section {
  const all = episodesOf(session);
  const metric = figures
    .filter(({ place }) => place === "impact")
    .map(({ figure }): Block => ({ kind: "figure", figure }));
  const points = [...overall(session), ...service(session), ...percentiles(session), ...errors(session)];
  return {
    id: "impact",
    title: "Impact",
    blocks: [
      ...(points.length === 0 ? [text("Not known: the alarm's metric could not be read.")] : list(points)),
      ...metric,
      ...table(
        ["Episode", "In ALARM (UTC)", "For", "Over the threshold from", "Worst", "Requests in breaching datapoints"],
        all.map((episode) => row(episode, session)),
      ),
      text("Customer impact: TODO (who waited, what failed for them, what it cost; none of these figures shows it)."),
    ],
  };
}

function overall(session: Session): Line[] {
  const suffered = sufferedIn(session);
  const { episodes, alarm } = session.facts;
  if (!suffered || !episodes || !alarm) return [];
  const stays = episodes.episodes.reduce((all, { alarmAt, okAt }) => all + (okAt ?? episodes.window.end) - alarmAt, 0);
  const share =
    suffered.windowRequests === 0 ? "" : ` (${percent(suffered.requests / suffered.windowRequests)} of all)`;
  const average = suffered.average === null ? "" : `, on average ${seconds(suffered.average)} each`;
  return [
    [
      `${plural(episodes.episodes.length, "episode")}, ${duration(stays)} in ALARM; ${duration(suffered.over)} over the threshold of ${seconds(alarm.threshold)}`,
    ],
    [
      `${plural(suffered.requests, "request")}${share} fell into the datapoints over the threshold${average}${alarm.dimensions.TargetGroup === undefined ? ", all services of the load balancer together" : ""}`,
    ],
  ];
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
          `in the ${spike(session.facts.episodes)}s, all that the alarm watches: ${listed(parts)}`,
          " (",
          { finding: "alarm-history.metric" },
          ")",
        ],
      ];
}

function errors(session: Session): Line[] {
  const suffered = sufferedIn(session);
  if (!suffered) return [];
  const elb = suffered.elb5xx === null ? "" : `, ${suffered.elb5xx} from the load balancer`;
  return [[`5xx in these datapoints: ${suffered.target5xx} from targets${elb}`]];
}

function row({ id, alarmAt, okAt, burst, worst, requests }: Episode, { facts: { episodes } }: Session): Line[] {
  const until = okAt === null ? "still" : clock(okAt);
  return [
    [String(id)],
    [`${dateAndClock(alarmAt).replace(" UTC", "")} – ${until}`],
    [duration((okAt ?? episodes?.window.end ?? alarmAt) - alarmAt)],
    [`${clock(burst.start)} to ${clock(burst.end)}`],
    [worst === null ? "not known" : seconds(worst)],
    [requests === null ? "not known" : String(requests)],
  ];
}
