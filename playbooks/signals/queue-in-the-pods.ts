import { defineSignal, median, no, percent, type Reading, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { demandFact, workersFact } from "../evidence/worker-quota/fact.ts";
import workersBusy from "./workers-busy.ts";

/** From this share of the time in which a request waits for a worker on, the queue is what makes it slow. */
export const QUEUE = 0.5;
/** Up to this share the queue explains next to nothing of the latency. */
export const NO_QUEUE = 0.25;

/**
 * Do requests queue for a worker? Of L requests in flight all but the workers' own wait: 1 − workers / L of the time
 * (Little's law). A worker that holds several at a time only makes that less; but threads of one interpreter run one at a
 * time, and while that core is busy all but one of them wait for it. An event loop holds many that wait elsewhere: it queues
 * only while it is busy.
 */
export default defineSignal({
  id: "queue-in-the-pods",
  question: "Do requests queue for a free worker?",
  needs: { demand: demandFact, workers: workersFact },
  uses: { podCpu: podCpuFact },
  read({ demand, workers, podCpu }): Reading {
    const { ceiling, byEpisode, pods, workers: ofPod, part } = demand;
    const evidence = ["worker-quota.demand"];
    if (ceiling === null) return unknown("needs the number of workers of a pod", evidence);
    const busy = podCpu ? workersBusy.read({ podCpu, workers }) : unknown("needs the pods' CPU");
    const oneAtATime = workers.kind === "threads" && busy.answer === "yes" && ofPod !== null;
    const runs = oneAtATime ? pods * ofPod : ceiling;
    const waiting = median(byEpisode.map(({ outstanding }) => (outstanding > runs ? 1 - runs / outstanding : 0)));
    if (waiting === null) return unknown("needs the requests and the latency of the episodes", evidence);
    const figure = `a request waits for a worker in ${percent(waiting)} of its time at most (rate × latency against ${runs} workers)`;
    // Beside a part of the requests those of others may stand in the same line.
    if (waiting <= NO_QUEUE && part) return unclear(`${figure}, without those of other callers`, evidence, waiting);
    if (waiting <= NO_QUEUE) return no(figure, evidence, waiting);
    if (workers.kind === "processes" && waiting >= QUEUE) return yes(figure, evidence, waiting);
    if (workers.kind !== "event loop") return unclear(figure, evidence, waiting);
    const said = [...evidence, ...busy.evidence];
    if (busy.answer === "no") return no(busy.statement, busy.evidence, waiting);
    return busy.answer === "yes" && waiting >= QUEUE ? yes(figure, said, waiting) : unclear(figure, said, waiting);
  },
});
