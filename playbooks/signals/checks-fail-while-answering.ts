import {
  bucketIn,
  defineSignal,
  episodesRead,
  listed,
  logGroup,
  namedRows,
  no,
  percent,
  plural,
  type ReadLog,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { checkLogFact, requestLogFact } from "../evidence/access-logs/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** In this share of the episodes in which checks failed: as often as the metrics must show it. */
export const MOST = 0.6;
/** Fewer failed checks of a target in an episode are a single check that each node of the load balancer makes. */
export const ENOUGH_CHECKS = 2;
/** Fewer requests of a target, in an episode or in quiet stretches, say nothing of how it serves. */
export const ENOUGH = 20;
/** A target serves as ever where its p95 is at most so many half octaves (a factor of 1.4) above that of quiet stretches. */
export const STEPS_AS_EVER = 1;
/** From so many half octaves on (2.8 times) it has become slow. */
export const STEPS_SLOWER = 3;
/** At most this share of its requests fails: the usual few. */
export const USUAL = 0.01;
/** Above this share it does not serve. */
export const FAILING = 0.1;

/** Reasons of a check that a target took, and answered late or otherwise than it should (Health check logs, reason codes). */
const TAKEN: readonly string[] = ["RequestTimedOut", "ResponseCodeMismatch", "ResponseStringMismatch"];

type Served = "as ever" | "badly" | "not clear";

/**
 * Do the targets whose checks fail, by the health-check log, answer requests as ever in the same episodes, by the access
 * log? Only of a target that served before can that be said, and only where it took the connection of the check: one that
 * starts, restarts or leaves refuses it.
 */
export default defineSignal({
  id: "checks-fail-while-answering",
  question: "Do targets answer requests in time while their checks fail?",
  needs: { checks: checkLogFact, log: requestLogFact, suspect: suspectFact },
  uses: {},
  read({ checks, log, suspect: { group } }) {
    const evidence = ["access-logs.checks", "access-logs.targets"];
    if (!group) return unknown("no target group stands out", evidence);
    const read = episodesRead(log).filter((episode) => episodesRead(checks).includes(episode));
    const failing = read.flatMap((episode) => {
      const failed = failedChecks(checks, episode, group.name);
      return failed.size === 0 ? [] : [{ episode, failed }];
    });
    if (failing.length === 0)
      return unknown("the health-check log has no target whose checks fail in an episode that was read", evidence);
    const served = failing.map(({ episode, failed }) => {
      const each = [...failed].map(([target, reasons]) =>
        reasons.every((reason) => TAKEN.includes(reason))
          ? howServed(log, logGroup(group.arn), episode, target)
          : "not clear",
      );
      // One that serves as ever shows that its check is wrong; what another does badly is another matter, and not clear.
      return each.every((one) => one === each[0]) ? (each[0] ?? "not clear") : "not clear";
    });
    const share = (what: Served) => served.filter((one) => one === what).length / served.length;
    const reasons = [...new Set(failing.flatMap(({ failed }) => [...failed.values()].flat()))];
    const figure = `checks fail (${listed(reasons)}) in ${plural(failing.length, "episode")} of the health-check log, in ${percent(share("as ever"))} of them while the same targets answer their requests as fast as ever`;
    if (share("as ever") >= MOST) return yes(figure, evidence, share("as ever"));
    return share("badly") >= MOST
      ? no(`${figure}, and in ${percent(share("badly"))} while these are slow or fail`, evidence, share("as ever"))
      : unclear(figure, evidence, share("as ever"));
  },
});

/** The targets of which enough checks failed in an episode, with the reasons. */
function failedChecks(checks: ReadLog, episode: number, group: string): Map<string, readonly string[]> {
  const rows = namedRows(checks, "failure", episode, group);
  const targets = [...new Set(rows.map(({ key }) => key[0] ?? ""))];
  return new Map(
    targets.flatMap((target) => {
      const own = rows.filter(({ key }) => key[0] === target);
      const failed = own.reduce((all, { count }) => all + count, 0);
      return failed >= ENOUGH_CHECKS ? [[target, [...new Set(own.map(({ key }) => key[2] ?? ""))]] as const] : [];
    }),
  );
}

function howServed(log: ReadLog, group: string, episode: number, target: string): Served {
  const of = (where: "quiet" | number) => namedRows(log, "target", where, group).find(({ key }) => key[0] === target);
  const [now, before] = [of(episode), of("quiet")];
  if (!now || !before || now.count < ENOUGH || before.count < ENOUGH) return "not clear";
  const [slow, usual] = [bucketIn(now.times, 0.95), bucketIn(before.times, 0.95)];
  if (slow === null || usual === null) return "not clear";
  const failed = (now.failed + now.made) / now.count;
  if (slow - usual <= STEPS_AS_EVER && failed <= USUAL) return "as ever";
  return slow - usual >= STEPS_SLOWER || failed > FAILING ? "badly" : "not clear";
}
