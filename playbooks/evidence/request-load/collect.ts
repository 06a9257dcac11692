import {
  type AlarmFact,
  type Ask,
  defineStep,
  describeTargetGroup,
  describeTargetGroups,
  type EpisodesFact,
  highest,
  type LedToFact,
  listed,
  mediansAround,
  plain,
  type Reading,
  shellQuoted,
  spike,
  valuesIn,
} from "../../../src/playbook.ts";
import fewerTargets from "../../signals/fewer-targets-share.ts";
import requestsRose from "../../signals/requests-rose.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { ledToFact } from "../ingress-controller/fact.ts";
import { suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { gone, loadBalancerArn, readTargetGroups, readWhole } from "../target-groups/read.ts";
import { type RequestLoad, requestLoadFact } from "./fact.ts";

/**
 * Why each target gets more requests than usual: more of them came, or fewer healthy targets share them. The alarm's
 * metric, an average over the targets, does not tell one from the other.
 */
export default defineStep({
  id: "request-load",
  title: "requests and targets",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [targetGroupsFact, suspectFact, requestLoadFact, ledToFact],
  async run({ facts: { alarm }, window, ask, use, give, find, lack }) {
    const dimension = alarm.dimensions.TargetGroup ?? "";
    const balancer = alarm.dimensions.LoadBalancer ?? (await balancerOf(alarm, ask));
    if (balancer === null) {
      lack({
        source: "elbv2",
        kind: "missing",
        what: `the alarm names target group ${dimension} alone, and which load balancer sends requests to it is not known: its requests and healthy targets are published for both together`,
        remedy: `name the load balancer in the alarm as well: dimension LoadBalancer=app/NAME/ID beside TargetGroup=${dimension}`,
      });
      return;
    }
    const groups = await readTargetGroups(ask(describeTargetGroups(loadBalancerArn(alarm.arn, balancer))), ask);
    if (!groups) return;
    give(targetGroupsFact, groups);
    const group = groups.find(({ arn }) => arn.endsWith(`:${dimension}`));
    if (!group) {
      lack(gone(dimension));
      return;
    }
    give(suspectFact, { group: { arn: group.arn, name: group.name }, isOwn: true });
    const base = { namespace: alarm.namespace, dimensions: { ...alarm.dimensions, LoadBalancer: balancer } };
    const wanted = [
      { ...base, id: "requests", metric: "RequestCount", statistic: "Sum" },
      { ...base, id: "healthy", metric: "HealthyHostCount", statistic: "Minimum" },
    ] as const;
    const read = await readWhole(wanted, window, alarm.period, ask);
    if (read === null || read === "part") return;
    const load: RequestLoad = { group: group.name, requests: read.of("requests"), healthy: read.of("healthy") };
    give(requestLoadFact, load);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    const told = words(load, episodes, alarm.period);
    if (told) find({ id: "course", ...told, proof: read.questions });
    const rose = requestsRose.read({ load, episodes });
    const fewer = fewerTargets.read({ load, episodes });
    const led = ledBy(rose, fewer, group.arn, needed(load, episodes));
    if (led) give(ledToFact, led);
  },
});

/** The one load balancer that forwards to the alarm's target group; null where it is not known, or not one. */
async function balancerOf(alarm: AlarmFact, ask: Ask): Promise<string | null> {
  const [, partition, , region, account] = alarm.arn.split(":");
  const answer = await ask(
    describeTargetGroup(`arn:${partition}:elasticloadbalancing:${region}:${account}:${alarm.dimensions.TargetGroup}`),
  );
  const [arn, ...more] = answer.ok ? answer.value : [];
  return arn !== undefined && more.length === 0 ? (arn.split(":loadbalancer/")[1] ?? null) : null;
}

function words({ group, requests, healthy }: RequestLoad, episodes: EpisodesFact, period: number) {
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const { inside: came, outside: usual } = mediansAround(requests, bursts);
  const { inside: here, outside: otherwise } = mediansAround(healthy, bursts);
  if (came === null) return null;
  const rate = (count: number) => plain(Math.round((count * 60) / period));
  const each = (count: number | null, targets: number | null) =>
    count === null || !targets ? null : (count * 60) / period / targets;
  const hosts = here === null ? "; how many targets were healthy is not known" : ` for ${plain(here)} healthy targets`;
  const before = usual === null || otherwise === null ? "" : `; outside them ${rate(usual)} for ${plain(otherwise)}`;
  return {
    statement: `in the ${spike(episodes)}s ${rate(came)} requests a minute came for ${group}${hosts}${before}`,
    measures: {
      requests: (came * 60) / period,
      usualRequests: usual === null ? null : (usual * 60) / period,
      healthy: here,
      usualHealthy: otherwise,
      each: each(came, here),
      usualEach: each(usual, otherwise),
    },
  };
}

/** Targets with which each would get no more than usual at the busiest period; null where it is not known. */
function needed({ requests, healthy }: RequestLoad, episodes: EpisodesFact): number | null {
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const [usual, targets] = [requests, healthy].map((series) => mediansAround(series, bursts).outside);
  const most = highest(valuesIn(requests, bursts));
  return most === null || !usual || !targets ? null : Math.ceil((most * targets) / usual);
}

function ledBy(rose: Reading, fewer: Reading, arn: string, targets: number | null): LedToFact | null {
  const found = [rose, fewer].filter(({ answer }) => answer === "yes");
  if (found.length === 0) return null;
  const asEver = rose.answer === "no" ? ["no more requests came than usual"] : [];
  const because = listed([...found.map(({ statement }) => statement), ...asEver]);
  const look = `find out why targets left: aws elbv2 describe-target-health --target-group-arn ${shellQuoted(arn)}`;
  if (fewer.answer === "yes") return { service: null, because, next: look };
  const capacity =
    targets === null
      ? ""
      : `; for no more requests a target than usual, ${targets} targets would be needed at its height`;
  return { service: null, because, next: `who sends them the load balancer's access log says${capacity}` };
}
