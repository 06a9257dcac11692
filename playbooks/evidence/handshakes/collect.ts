import { defineStep } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { handshakesFact } from "../certificates/fact.ts";
import { handshakeWords, ofGroup, readHandshakes } from "../certificates/handshakes.ts";
import { targetGroupsFact } from "../target-groups/fact.ts";

/** Alarms on what a handshake with a target that fails becomes: a 502 of the load balancer (Troubleshoot your ALB, HTTP 502). */
const COUNTED = /^HTTPCode_ELB_(5XX|502)_Count$/;

/** How the load balancer's TLS handshakes with the targets end, where it speaks TLS with them; none are counted elsewhere. */
export default defineStep({
  id: "handshakes",
  title: "handshakes with targets",
  needs: { alarm: alarmFact, groups: targetGroupsFact },
  uses: [episodesFact],
  gives: [handshakesFact],
  async run({ facts: { alarm, groups }, window, ask, use, give, find }) {
    if (!COUNTED.test(alarm.metric)) return;
    const { TargetGroup: own, ...whole } = alarm.dimensions;
    const secure = groups.filter(
      ({ protocol, arn }) => protocol === "HTTPS" && (own === undefined || arn.endsWith(`:${own}`)),
    );
    if (secure.length === 0) {
      give(handshakesFact, []);
      return;
    }
    const counted = secure.map((group) => ofGroup(group, whole));
    const read = await readHandshakes(alarm, counted, window, ask);
    if (!read) return;
    give(handshakesFact, read.handshakes);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    find({ id: "failed", ...handshakeWords(read.handshakes, alarm, episodes), proof: read.questions });
  },
});
