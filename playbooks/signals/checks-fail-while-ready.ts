import {
  cells,
  defineSignal,
  no,
  plural,
  unclear,
  unknown,
  valueAt,
  valuesIn,
  within,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { readinessFact } from "../evidence/readiness/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import podsIdle from "./pods-idle.ts";

/** In this share of the episodes. */
export const MOST = 0.6;

/**
 * Do targets fail the load balancer's check while their pods pass the cluster's own, and idle? A Network Load Balancer has
 * no latency that would show that they serve, so pods that work hard leave it open: they may be too slow for the check.
 */
export default defineSignal({
  id: "checks-fail-while-ready",
  question: "Do targets fail their checks while their pods are ready and idle?",
  needs: { health: targetHealthFact, episodes: episodesFact },
  uses: { readiness: readinessFact, podCpu: podCpuFact },
  read({ health: { unhealthy }, episodes: { episodes }, readiness, podCpu }) {
    const evidence = ["target-health.course", "readiness.pods", "pod-cpu.plateau"];
    if (episodes.length === 0) return unknown("there is no episode", evidence);
    const bursts = episodes.map(({ burst }) => burst);
    // Without a datapoint nothing says that none failed.
    if (valuesIn(unhealthy, bursts).length === 0)
      return unknown("needs how many targets were unhealthy", evidence.slice(0, 1));
    const out = bursts.filter((burst) => valuesIn(unhealthy, [burst]).some((count) => count > 0));
    const failing = `targets fail their checks in ${out.length} of ${plural(bursts.length, "episode")}`;
    // Where none is registered, none fails, whatever the pods do.
    if (out.length === 0) return no(failing, evidence.slice(0, 1), 0);
    if (!readiness) return unknown("needs when the pods were ready", evidence.slice(0, 1));
    const ready = out.filter((burst) =>
      cells(unhealthy)
        .filter(({ at }) => within([burst], at))
        .every(
          ({ at }) =>
            readiness.some(({ ready: line }) => valueAt(line, at) === 1) &&
            readiness.every(
              ({ ready: line, firstReady }) => firstReady === null || at <= firstReady || valueAt(line, at) !== 0,
            ),
        ),
    );
    const figure = `${failing}, in ${ready.length} of them while all pods are ready`;
    const share = ready.length / bursts.length;
    if (ready.length === 0) return no(figure, evidence, 0);
    const idle = podCpu ? podsIdle.read({ podCpu }) : null;
    if (share < MOST || idle?.answer !== "yes")
      return unclear(`${figure}; ${idle?.statement ?? "how busy they are is not known"}`, evidence, share);
    return yes(`${figure}; ${idle.statement}`, evidence, share);
  },
});
