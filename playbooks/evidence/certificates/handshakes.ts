import {
  type AlarmFact,
  type Ask,
  type EpisodesFact,
  listed,
  plain,
  plural,
  type Question,
  type Span,
  spike,
  sum,
  type TargetGroupFact,
  valuesIn,
} from "../../../src/playbook.ts";
import { readWhole } from "../target-groups/read.ts";
import type { TargetHandshakes } from "./fact.ts";

export const NETWORK = "AWS/NetworkELB";

/** Whose handshakes are counted apart. */
interface Counted {
  readonly arn: string;
  readonly name: string;
  readonly dimensions: AlarmFact["dimensions"];
}

export function ofGroup(
  { arn, name }: Pick<TargetGroupFact, "arn" | "name">,
  dimensions: AlarmFact["dimensions"],
): Counted {
  return { arn, name, dimensions: { ...dimensions, TargetGroup: arn.split(":").at(-1) ?? "" } };
}

/**
 * The handshakes that failed, and what counts those that came about: requests that were answered, but on a Network Load
 * Balancer sessions. Null where not all of it could be read.
 */
export async function readHandshakes(
  { namespace, period }: AlarmFact,
  counted: readonly Counted[],
  window: Span,
  ask: Ask,
): Promise<{ readonly handshakes: readonly TargetHandshakes[]; readonly questions: readonly Question[] } | null> {
  const answered =
    namespace === NETWORK
      ? { metric: "NewFlowCount_TLS", statistic: "Sum" }
      : { metric: "TargetResponseTime", statistic: "SampleCount" };
  const failed = { metric: "TargetTLSNegotiationErrorCount", statistic: "Sum" };
  const wanted = counted.flatMap(({ dimensions }, index) => [
    { id: `failed${index}`, namespace, dimensions, ...failed },
    { id: `answered${index}`, namespace, dimensions, ...answered },
  ]);
  const read = await readWhole(wanted, window, period, ask);
  if (read === null || read === "part") return null;
  const handshakes = counted.map(({ arn, name }, index) => ({
    arn,
    name,
    failed: read.of(`failed${index}`),
    answered: read.of(`answered${index}`),
  }));
  return { handshakes, questions: read.questions };
}

/** What failed in the episodes, for a finding. */
export function handshakeWords(
  handshakes: readonly TargetHandshakes[],
  { namespace }: AlarmFact,
  episodes: EpisodesFact,
) {
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const failing = handshakes.flatMap(({ name, failed, answered }) => {
    const count = sum(valuesIn(failed, bursts));
    return count > 0 ? [{ name, count, answered: sum(valuesIn(answered, bursts)) }] : [];
  });
  const told = failing.map(
    ({ name, count, answered }) =>
      `${plain(count)} with targets of ${name}, beside ${plural(answered, namespace === NETWORK ? "session" : "request")}`,
  );
  return {
    statement: `failed TLS handshakes in the ${spike(episodes)}s: ${told.length === 0 ? "none" : listed(told)}`,
    measures: { failed: failing.map(({ count }) => count), answered: failing.map(({ answered }) => answered) },
  };
}
