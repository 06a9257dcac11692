import {
  belongs,
  defineStep,
  duration,
  listed,
  lostWhenBusy,
  missingWords,
  type PodCpuFact,
  plain,
  plural,
  requestLatency,
  spike,
  sum,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { clusterFact } from "../cluster/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { guiltyMetricFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { checked, isLive, tooShort } from "./check.ts";
import { containersOf, working } from "./containers.ts";
import { cpuCheckFact, podCpuFact } from "./fact.ts";
import { figuresOf, shareOf } from "./figures.ts";
import { type ContainerLine, countedTimes, isTwice, ownLines, toLines } from "./lines.ts";
import { answers, questionsOf, readCpu } from "./read.ts";
import { containersWords, evennessWords, plateauWords, snapshotWords, startsWords, throttlingWords } from "./words.ts";

/** Each pod's CPU in the bursts and outside them: who was hot, whether it moves, where it tops out, whether it was throttled. */
export default defineStep({
  id: "pod-cpu",
  title: "pod CPU",
  needs: { workload: workloadFact, service: serviceFact },
  uses: [episodesFact, clusterFact, guiltyMetricFact],
  gives: [podCpuFact, cpuCheckFact],
  async run({ facts, window, now, ask, use, give, find, lack }) {
    const { workload, service } = facts;
    const read = await readCpu(workload, service, window, ask);
    const { plain: summed, own, whole, throttled, periods, restarts, snapshot } = read;
    const shot = snapshot.ok ? snapshot.value : [];
    const known = await use(episodesFact);
    if (shot.length > 0) find({ id: "snapshot", ...snapshotWords(shot, known), proof: [read.snapshotAsked.question] });
    if (!read.answered || !known || known.episodes.length === 0) return;
    const { episodes } = known;
    const missing = (what: string, remedy: string) => lack({ source: "prometheus", kind: "missing", what, remedy });
    const name = `${workload.namespace}/${workload.name}`;
    const plainLines = toLines(answers(summed), workload.serving.name);
    const given = toLines(answers(own), null);
    const all = given.length > 0 ? given : plainLines.length > 0 ? plainLines : wholePods(answers(whole), workload);
    if (all === null) {
      const containers = listed(workload.containers.map((one) => one.name));
      missing(
        `its CPU series of the pods of ${name} have no label container, so ${containers} cannot be told apart`,
        "keep cAdvisor's label container: drop the relabelling that removes it, or the runtime that does not report it",
      );
      return;
    }
    if (all.length === 0) {
      missing(
        `it has no CPU series of the pods of ${name}${whole?.answer.ok ? "" : `, none with the label container="${workload.serving.name}"`}`,
        "check that this Prometheus scrapes this cluster's kubelets (cAdvisor), at least once a minute",
      );
      return;
    }
    const live = isLive(window, now);
    const { lines, clusters, foreign, ambiguous } = ownLines(
      all,
      workload,
      (await use(clusterFact))?.clusterTag ?? null,
      live,
    );
    if (ambiguous) {
      missing(
        foreign.length > 0
          ? `it holds pods of another cluster under the names of ${name} (${foreign.length} run now that this cluster does not list), and which of the past ones are this cluster's cannot be determined`
          : `it holds series of ${plural(clusters.length, "cluster")} (${listed(clusters.map((one) => one || "one without a name"))}) for the pods of ${name}, and which are this cluster's cannot be determined`,
        "use a Prometheus that holds only this cluster, or a view of it that does (--prometheus-url)",
      );
      return;
    }
    const bursts = episodes.map(({ burst }) => burst);
    const held = tooShort(bursts);
    if (held !== null) {
      missing(
        `the episodes in the window last only ${duration(held)} in total: too short to compare the pods`,
        "run it again after the next episode, or use a longer --window that covers earlier ones",
      );
      return;
    }
    const pods = new Set(lines.map(({ pod }) => pod));
    const ofContainer = (container: string) => {
      const here = (rates: typeof read.eachThrottled) =>
        answers(rates).filter(({ labels }) => labels.container === container);
      return shareOf(here(read.eachThrottled), here(read.eachPeriods), pods);
    };
    const ofServing = shareOf(answers(throttled), answers(periods), pods);
    const ownShare = (container: string) =>
      container === workload.serving.name && answers(periods).length > 0 ? ofServing : ofContainer(container);
    const containers = containersOf(lines, workload, bursts, (container) => ownShare(container)(bursts, true));
    const works = working(containers, workload.serving.name);
    const main = lines.filter(({ container }) => container === works);
    const fact: PodCpuFact = {
      ...(works === workload.serving.name ? {} : { container: works }),
      containers,
      ...figuresOf(main, episodes, bursts),
      throttledShare: ownShare(works)(bursts, true),
      throttledOutside: ownShare(works)(bursts, false),
      restarts: restarts.answer.ok ? Math.round(sum(restarts.answer.value.map(({ value }) => value))) : null,
      snapshot: shot,
    };
    const metric = (await use(guiltyMetricFact)) ?? null;
    const check = checked(fact, main, workload, metric, bursts, window, live);
    give(cpuCheckFact, check);
    const cpuProof = questionsOf(given.length > 0 ? own : whole && plainLines.length === 0 ? whole : summed);
    const belonging = belongs(check, requestLatency(metric, bursts), spike(known));
    const { requests, impossible } = check;
    find({
      id: "check",
      statement: `${impossible.length > 0 ? `the CPU figures are impossible: ${listed(impossible)}` : belonging.words}; ${missingWords(check, spike(known))}`,
      measures: { ...check.missing, ...requests, impossible: impossible.length },
      proof: cpuProof,
    });
    // What cannot be, or is of another time, is given to nobody.
    if (impossible.length > 0) {
      missing(
        `the CPU figures are impossible: ${listed(impossible)}`,
        "use a Prometheus that holds each series once (one replica, one scrape job, one cluster): --prometheus-url",
      );
      return;
    }
    if (lostWhenBusy(check)) {
      missing(
        `${missingWords(check, spike(known))}: samples lost while the pods are busy do not mean that the pods were idle`,
        "look at scrape_duration_seconds and up of the kubelets' job; kubectl top in the next episode shows the pods' CPU",
      );
      return;
    }
    if (fact.plateau === null) {
      missing(
        `no pod of ${name} has a CPU figure in the episodes`,
        "check whether they are older than Prometheus's retention, or than the pods that can still be identified",
      );
      return;
    }
    if (belonging.answer === "no") {
      missing(belonging.words, "compare the clocks of Prometheus, its nodes and AWS (date -u, timedatectl)");
      return;
    }
    give(podCpuFact, fact);
    const times = given.length > 0 && plainLines.length > 0 ? countedTimes(serving(given, workload), plainLines) : null;
    const twice = isTwice(times);
    // The plain sum is what a person types; where it holds more than these pods once, it shows something else.
    const shown = twice || foreign.length > 0 || clusters.length > 0 || fact.container || plainLines.length === 0;
    const proof = shown ? cpuProof : questionsOf(summed);
    find({ id: "evenness", ...evennessWords(fact, known), proof });
    find({ id: "starts", ...startsWords(fact, known), proof });
    find({ id: "plateau", ...plateauWords(fact, known), proof });
    if (fact.throttledShare !== null)
      find({
        id: "throttling",
        ...throttlingWords(fact, known),
        proof: questionsOf(throttled, periods),
        short: read.throttledShare,
      });
    if (containers.length > 1) find({ id: "containers", ...containersWords(containers, works), proof: cpuProof });
    if (twice || foreign.length > 0 || clusters.length > 0) {
      const parts = [
        ...(twice
          ? [`each pod's series exist ${plain(times)} times (two scrape jobs, or two Prometheus replicas)`]
          : []),
        ...(clusters.length > 0 ? [`the store holds ${plural(clusters.length, "cluster")}: ${listed(clusters)}`] : []),
        ...(foreign.length > 0 ? [`${plural(foreign.length, "pod")} that this cluster does not list left out`] : []),
      ];
      find({
        id: "sources",
        statement: `${listed(parts)}; each pod of this cluster is taken once`,
        measures: { times, clusters: clusters.length, foreign: foreign.length },
        proof: [...cpuProof, ...questionsOf(summed)],
      });
    }
    if (fact.restarts !== null) {
      const statement =
        fact.restarts === 0
          ? "no pod restarted in the window"
          : `${plural(fact.restarts, "restart")} of pods in the window`;
      find({
        id: "restarts",
        statement,
        measures: { restarts: fact.restarts },
        proof: [restarts.asked.question],
      });
    }
  },
});

/** What whole pods used: of their one container; null where they have several, which it cannot tell apart. */
function wholePods(
  answer: Parameters<typeof toLines>[0],
  { containers, serving }: WorkloadFact,
): ContainerLine[] | null {
  const lines = toLines(answer, serving.name);
  return lines.length > 0 && containers.length > 1 ? null : lines;
}

function serving(lines: readonly ContainerLine[], workload: WorkloadFact): ContainerLine[] {
  return lines.filter(({ container }) => container === workload.serving.name);
}
