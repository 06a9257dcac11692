import {
  type AlarmFact,
  type Ask,
  type BlameFact,
  type EpisodesFact,
  median,
  plural,
  type Question,
  type Span,
  seconds,
  spike,
  type Told,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import type { FastestOfAll } from "./fact.ts";
import { readWhole } from "./read.ts";

/** So many target groups are compared, the heaviest first. */
const COMPARED = 20;

/** The fastest tenth of the requests of each target group that rose; null where it could not be read whole. */
export async function readFastest(
  { groups, alsoRose }: BlameFact,
  alarm: AlarmFact,
  { episodes }: EpisodesFact,
  window: Span,
  ask: Ask,
): Promise<{ fact: FastestOfAll; proof: Question[] } | null> {
  const risen = groups.filter(({ name }) => alsoRose.includes(name)).sort((a, b) => b.share - a.share);
  const compared = risen.slice(0, COMPARED);
  const wanted = compared.map(({ arn }, index) => ({
    id: `p${index}`,
    namespace: alarm.namespace,
    metric: "TargetResponseTime",
    dimensions: { LoadBalancer: alarm.dimensions.LoadBalancer ?? "", TargetGroup: arn.split(":").at(-1) ?? "" },
    statistic: "p10",
  }));
  const read = wanted.length === 0 ? null : await readWhole(wanted, window, alarm.period, ask);
  if (read === null || read === "part") return null;
  const bursts = episodes.map(({ burst }) => burst);
  const fact = {
    groups: compared.map(({ name, inside, outside }, index) => ({
      name,
      rose: inside === null || outside === null ? null : inside - outside,
      inside: median(valuesIn(read.of(`p${index}`), bursts)),
      outside: median(valuesOutside(read.of(`p${index}`), bursts)),
    })),
    more: risen.length - compared.length,
  };
  return { fact, proof: [...read.questions] };
}

/** What the fastest requests of the groups took. */
export function fastestWords({ groups }: FastestOfAll, episodes: EpisodesFact): Told {
  const known = groups.flatMap(({ name, inside, outside }) =>
    inside === null || outside === null ? [] : [{ name, inside, outside, more: inside - outside }],
  );
  const [least] = [...known].sort((a, b) => a.more - b.more);
  const told = least
    ? `took at least ${seconds(Math.max(0, least.more))} longer in the ${spike(episodes)}s (${least.name}: ${seconds(least.inside)}, and ${seconds(least.outside)} outside them)`
    : "is not known";
  return {
    statement: `the fastest tenth of the requests of each of ${plural(groups.length, "slow target group")} ${told}`,
    measures: {
      inside: known.map((one) => one.inside),
      outside: known.map((one) => one.outside),
    },
  };
}
