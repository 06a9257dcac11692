import {
  defineSignal,
  type EpisodesFact,
  highest,
  no,
  percent,
  type Reading,
  sum,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { handshakesFact, type TargetHandshakes } from "../evidence/certificates/fact.ts";

/**
 * Of the connections to a target group's targets at least this share fails in the episodes: one target of ten with which no
 * session comes about. Fewer may be connections that a busy target closed in the middle.
 */
export const FAILING = 0.1;
/** Up to this share a handshake fails now and then, as it may outside the episodes: a connection that was closed in its middle. */
export const RARE = 0.01;

/**
 * Do the load balancer's TLS handshakes with the targets fail? It answers such a request with a 502 (Troubleshoot your ALB,
 * HTTP 502), and counts the handshake as TargetTLSNegotiationErrorCount.
 */
export default defineSignal({
  id: "target-handshakes-fail",
  question: "Do TLS handshakes with the targets fail?",
  needs: { handshakes: handshakesFact, episodes: episodesFact },
  uses: {},
  read({ handshakes, episodes }) {
    if (handshakes.length === 0)
      return no("the load balancer does not speak TLS with its targets", ["responses.layout"]);
    return ofTargets(handshakes, episodes) ?? no("no TLS handshake with a target failed", ["handshakes.failed"], 0);
  },
});

/** How many handshakes with the targets of the group fail of which most do; null where none did in the episodes. */
export function ofTargets(
  handshakes: readonly TargetHandshakes[],
  { episodes }: EpisodesFact,
  evidence: readonly string[] = ["handshakes.failed"],
): Reading | null {
  const bursts = episodes.map(({ burst }) => burst);
  if (bursts.length === 0) return unknown("there is no episode", evidence);
  const groups = handshakes.flatMap(({ name, failed, answered }) => {
    const [count, all] = [sum(valuesIn(failed, bursts)), sum(valuesIn(answered, bursts))];
    const [stray, rest] = [sum(valuesOutside(failed, bursts)), sum(valuesOutside(answered, bursts))];
    return count === 0 ? [] : [{ name, share: count / (count + all), usual: stray / Math.max(1, stray + rest) }];
  });
  const share = highest(groups.map((one) => one.share));
  const worst = groups.find((one) => one.share === share);
  if (share === null || !worst) return null;
  const figure = `${percent(share)} of what was sent to targets of ${worst.name} ended in the TLS handshake`;
  if (share >= FAILING && worst.usual <= RARE) return yes(figure, evidence, share);
  return share <= RARE ? no(figure, evidence, share) : unclear(figure, evidence, share);
}
