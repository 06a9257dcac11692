import {
  bucketIn,
  countFrom,
  defineSignal,
  episodesRead,
  listed,
  logGroup,
  namedRows,
  no,
  percent,
  plural,
  type ReadLog,
  secondsOf,
  type Tallied,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { checkLogFact, requestLogFact } from "../evidence/access-logs/fact.ts";
import { suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";

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
/** At most this share of its requests fails, and so much more of them than usual is given up or late: the usual few. */
export const USUAL = 0.01;
/** Above this share it does not serve. */
export const FAILING = 0.1;

/** Reasons of a check that a target took, and answered late or otherwise than it should (Health check logs, reason codes). */
const TAKEN: readonly string[] = ["RequestTimedOut", "ResponseCodeMismatch", "ResponseStringMismatch"];

type Served = "as ever" | "badly" | "not clear";

/**
 * Do the targets whose checks fail, by the health-check log, answer requests as ever in the same episodes, by the access
 * log? Only of a target that served before can that be said, and only where it took the connection of the check: one that
 * starts, restarts or leaves refuses it. One that hangs answers nothing: its requests end when their clients give up, or
 * with the load balancer's idle timeout, and are written then. So it does not serve where requests are given up, or take as
 * long as a check may, and an episode shorter than the idle timeout shows nothing of it.
 */
export default defineSignal({
  id: "checks-fail-while-answering",
  question: "Do targets answer requests in time while their checks fail?",
  needs: {
    checks: checkLogFact,
    log: requestLogFact,
    suspect: suspectFact,
    targetGroups: targetGroupsFact,
    topology: topologyFact,
  },
  uses: {},
  read({ checks, log, suspect: { group }, targetGroups, topology }) {
    const evidence = ["access-logs.checks", "access-logs.targets"];
    if (!group) return unknown("no target group stands out", evidence);
    const read = episodesRead(log).filter((episode) => episodesRead(checks).includes(episode));
    const failing = read.flatMap((episode) => {
      const failed = failedChecks(checks, episode, group.name);
      return failed.size === 0 ? [] : [{ episode, failed }];
    });
    if (failing.length === 0)
      return unknown("the health-check log has no target whose checks fail in an episode that was read", evidence);
    const timeout = targetGroups.find(({ arn }) => arn === group.arn)?.healthCheck.timeout ?? null;
    const { idleTimeout } = topology;
    const served = failing.map(({ episode, failed }): Served => {
      if (idleTimeout === null || timeout === null || secondsOf(log, episode) < idleTimeout) return "not clear";
      const each = [...failed].map(([target, reasons]) =>
        reasons.every((reason) => TAKEN.includes(reason))
          ? howServed(targetRows(log, logGroup(group.arn), episode, target), timeout)
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

/** What the target answered in the episode, and in quiet stretches. */
function targetRows(log: ReadLog, group: string, episode: number, target: string) {
  const of = (where: "quiet" | number) => namedRows(log, "target", where, group).find(({ key }) => key[0] === target);
  return { now: of(episode), before: of("quiet") };
}

function howServed({ now, before }: ReturnType<typeof targetRows>, timeout: number): Served {
  if (!now || !before || now.count < ENOUGH || before.count < ENOUGH) return "not clear";
  const [slow, usual] = [bucketIn(now.times, 0.95), bucketIn(before.times, 0.95)];
  if (slow === null || usual === null) return "not clear";
  const failed = (now.failed + now.made) / now.count;
  const more = hanging(now, timeout) - hanging(before, timeout);
  if (slow - usual <= STEPS_AS_EVER && failed <= USUAL && more <= USUAL) return "as ever";
  return slow - usual >= STEPS_SLOWER || failed > FAILING || more > FAILING ? "badly" : "not clear";
}

/** The share that clients gave up, or that took about as long as a check may, or longer. */
function hanging({ count, gaveUp, times }: Tallied, timeout: number): number {
  return Math.max(gaveUp, countFrom(times, timeout / Math.SQRT2)) / count;
}
