import {
  type ChangeFact,
  type ClusterEvent,
  type Epoch,
  plural,
  type RolloutFact,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import type { Scene } from "./reach.ts";
import { ROLLED } from "./scalings.ts";

type Unnumbered = Omit<ChangeFact, "id">;

/** Seconds between what the autoscaler says and what the Deployment does, and between an event and a minute's count. */
const SAME = 120;
/** Events of one reason that follow each other within so many seconds are one line. */
const ONE = 600;
/** More lines of one reason than these become one. */
const MOST = 12;

/** What is told of pods: that they could not be placed, failed their probes, were killed, or moved (kubelet, kube-scheduler). */
const OF_PODS: ReadonlySet<string> = new Set([
  "Unhealthy",
  "Killing",
  "BackOff",
  "FailedScheduling",
  "Evicted",
  "Preempted",
  "NotTriggerScaleUp",
]);

/**
 * What the cluster's events tell of the workload: its scalings beside those that are known by their counts already, nodes
 * that were asked for, and what its pods went through, by reason. A rollout's own pods come and go as part of it.
 */
export function ofEvents(
  events: readonly ClusterEvent[],
  workload: WorkloadFact,
  rollouts: readonly RolloutFact[],
  scalings: readonly Unnumbered[],
  { window }: Scene,
): Unnumbered[] {
  const within = events.filter(({ at, until }) => until >= window.start && at <= window.end);
  const isRolling = (at: Epoch) => rollouts.some((one) => at >= one.at - 60 && at <= one.at + ROLLED);
  const own = new RegExp(`^(?:${workload.podPattern})$`);
  const pods = within.filter(({ kind, name }) => kind === "Pod" && own.test(name));
  const rescaled = within.filter(
    ({ kind, reason }) => kind === "HorizontalPodAutoscaler" && reason === "SuccessfulRescale",
  );
  const sized = within.flatMap((event) => {
    const size = sizeIn(event, workload);
    if (size === null) return [];
    const by = rescaled.find((one) => Math.abs(one.at - event.at) <= SAME && newSize(one) === size.to);
    // More pods of one version and fewer of the other are the rollout, unless the autoscaler says that it was it.
    return isRolling(event.at) && !by ? [] : [{ event, size, by: by?.name ?? null }];
  });
  const isKnown = (at: Epoch) => scalings.some((one) => at >= one.at - SAME && at <= one.until + SAME);
  return [
    ...scalings.map((one) => {
      const by = sized.find(({ event, by: name }) => name !== null && near(event.at, one))?.by ?? null;
      return by === null ? one : { ...one, by: hand(by) };
    }),
    ...sized
      .filter(({ event }) => !isKnown(event.at))
      .map(({ event, size, by }) => ({
        ...told(event, workload, "scaling", `${workload.name} scaled`),
        by: by === null ? null : hand(by),
        settings: [{ name: "pods", ...(size.from !== null && { before: String(size.from) }), after: String(size.to) }],
      })),
    ...lines(
      pods.filter(({ reason }) => reason === "TriggeredScaleUp"),
      (count) => `nodes asked for by ${plural(count, "pod")} of ${workload.name}`,
      workload,
      "scaling",
    ),
    ...[...OF_PODS].flatMap((reason) =>
      lines(
        // Who is told to stop by a rollout, or has not started in it yet, is no trouble.
        pods.filter((one) => one.reason === reason && !(isRolling(one.at) && isRolling(one.until))),
        (count) => `${reason}: ${plural(count, "pod")} of ${workload.name}`,
        workload,
        "event",
      ),
    ),
  ];
}

function near(at: Epoch, { at: from, until }: Unnumbered): boolean {
  return at >= from - SAME && at <= until + SAME;
}

function hand(autoscaler: string): ChangeFact["by"] {
  return { kind: "other", name: `autoscaler ${autoscaler}`, session: null };
}

/** "Scaled up replica set shop-7d4 from 3 to 5"; before Kubernetes 1.31 "to 5 from 3", or without what it was. */
const SCALED = /^Scaled (?:up|down) replica set \S+ (?:from (\d+) )?to (\d+)(?: from (\d+))?/;

function sizeIn({ kind, name, reason, message }: ClusterEvent, workload: WorkloadFact) {
  if (kind !== workload.kind || name !== workload.name || reason !== "ScalingReplicaSet") return null;
  const [, before, to, from = before] = SCALED.exec(message) ?? [];
  return to === undefined ? null : { from: from === undefined ? null : Number(from), to: Number(to) };
}

/** "New size: 5; reason: cpu resource utilization (percentage of request) above target" */
function newSize({ message }: ClusterEvent): number | null {
  const size = /^New size: (\d+)/.exec(message)?.[1];
  return size === undefined ? null : Number(size);
}

function told(
  { at, until, count }: Pick<ClusterEvent, "at" | "until" | "count">,
  workload: WorkloadFact,
  kind: "scaling" | "event",
  what: string,
): Unnumbered {
  return {
    at,
    until,
    count,
    kind,
    from: "kubernetes",
    call: null,
    by: null,
    what,
    settings: [],
    touches: [{ kind: "workload", id: workload.name }],
    reaches: "yes",
    because:
      kind === "event"
        ? "it is of the pods behind what fails; what they went through is judged by itself, not as a change"
        : "it is how many pods are behind what fails; that follows from their load and is not judged as a change",
  };
}

/** Events of one reason as one line for each stretch of them. */
function lines(
  events: readonly ClusterEvent[],
  what: (pods: number) => string,
  workload: WorkloadFact,
  kind: "scaling" | "event",
): Unnumbered[] {
  const stretches: ClusterEvent[][] = [];
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    const last = stretches.at(-1);
    if (last && event.at - Math.max(...last.map(({ until }) => until)) <= ONE) last.push(event);
    else stretches.push([event]);
  }
  const groups = stretches.length > MOST ? [stretches.flat()] : stretches;
  return groups.map((group) => {
    const at = Math.min(...group.map((one) => one.at));
    const until = Math.max(...group.map((one) => one.until));
    const count = group.reduce((sum, one) => sum + one.count, 0);
    return told({ at, until, count }, workload, kind, what(new Set(group.map(({ name }) => name)).size));
  });
}
