import {
  defineSignal,
  type EpisodesFact,
  highest,
  type LatencyFact,
  lowest,
  median,
  no,
  percent,
  plural,
  type Reading,
  type Series,
  seconds,
  sum,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyTailsFact, type Tails } from "../evidence/fastest-requests/fact.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";

/** The node waits for its disks in this share of its CPU time, in each episode: of eight CPUs one does nearly all the time. */
export const WAITS = 0.1;
/** ... and at least so many times as much as any other node that has pods of the service, and as it does usually. */
export const MORE = 3;
/** Over so many episodes at least: once may be chance. */
export const LEAST_EPISODES = 2;
/** At most this share of the pods is on it: of more than half, "a part of the requests is slow" says little. */
export const MOST_PODS = 0.5;
/** Quantiles that leave out 1.4 times the pods' share must be as ever, those that leave out 0.6 times it slow. */
export const LEEWAY = 0.4;
/** Up to this multiple of its usual value a quantile is as ever ... */
export const AS_EVER = 1.5;
/** ... and from this one on it is slow. */
export const SLOW = 2.5;

/**
 * Does one node, the same one in every episode, wait for its disks while the others do not, and are as many of the requests
 * slow as its pods get? Then it is that node's pods, and only these: a dependency of all would slow down every quantile.
 */
export default defineSignal({
  id: "one-pod-stalls",
  question: "Does one node's disk hold up its pods, and only these?",
  needs: { nodes: nodesFact, episodes: episodesFact, metric: guiltyMetricFact, tails: guiltyTailsFact },
  uses: {},
  read({ nodes, episodes, metric, tails }): Reading {
    const evidence = ["nodes.hosts", "fastest-requests.spread", "alarm-history.metric"];
    const hosts = nodes.filter(({ pods }) => pods > 0);
    const known = hosts.flatMap(({ iowait, ...host }) => (iowait ? [{ ...host, ...iowait }] : []));
    if (known.length < hosts.length || hosts.length === 0)
      return unknown("needs how long each node's CPUs waited for their disks", ["nodes.hosts"]);
    if (episodes.episodes.length < LEAST_EPISODES) return unknown("one episode is too few to compare nodes", evidence);
    const of = plural(episodes.episodes.length, "episode");
    const waiting = known.filter(({ inEach }) => inEach.every((share) => share !== null && share >= WAITS));
    const [own, ...more] = waiting;
    if (!own) return no(`no node waits for its disks in each of ${of}`, evidence, 0);
    const least = lowest(own.inEach.flatMap((share) => share ?? [])) ?? 0;
    const others = highest(
      known.flatMap((host) => (host === own ? [own.outside ?? 0] : host.inEach.flatMap((share) => share ?? []))),
    );
    if (more.length > 0 || least < MORE * (others ?? 0))
      return unclear(
        `${plural(waiting.length, "node")} waited for their disks in each of ${of}, and others too`,
        evidence,
      );
    const pods = own.pods / sum(hosts.map((host) => host.pods));
    const figure = `${own.name}, with ${own.pods} of ${plural(sum(hosts.map((host) => host.pods)), "pod")}, waited for its disks at least ${percent(least)} of its CPU time in each of ${of}, the other nodes at most ${percent(others ?? 0)}`;
    if (pods > MOST_PODS) return unclear(`${figure}: most of the pods are on it`, evidence, pods);
    return sharesOf(metric, tails, episodes, pods, figure, evidence);
  },
});

/** Whether as many requests are slow as the pods of that node get. */
function sharesOf(
  metric: LatencyFact,
  tails: Tails,
  { episodes }: EpisodesFact,
  pods: number,
  figure: string,
  evidence: readonly string[],
): Reading {
  const bursts = episodes.map(({ burst }) => burst);
  const of = (name: string, below: number, series: Series) => {
    const [now, usual] = [median(valuesIn(series, bursts)), median(valuesOutside(series, bursts))];
    return now === null || usual === null || usual === 0 ? [] : [{ name, below, now, ratio: now / usual }];
  };
  const all = [
    ...of("p10", 0.1, tails.p10),
    ...of("p50", 0.5, metric.p50),
    ...of("p90", 0.9, tails.p90),
    ...of("p95", 0.95, metric.p95),
    ...of("p99", 0.99, metric.p99),
  ];
  const fast = all.filter(({ below }) => below <= 1 - (1 + LEEWAY) * pods).at(-1);
  const slow = all.find(({ below }) => below >= 1 - (1 - LEEWAY) * pods);
  if (!fast || !slow) return unclear(`${figure}; no quantile tells their requests from the others'`, evidence, pods);
  const told = `${figure}; ${fast.name} is ${seconds(fast.now)}, ${slow.name} ${seconds(slow.now)}`;
  const isTheirs = fast.ratio <= AS_EVER && slow.ratio >= SLOW;
  return isTheirs
    ? yes(`${told}: as many requests are slow as they get`, evidence, pods)
    : unclear(told, evidence, pods);
}
