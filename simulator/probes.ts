import type { Pod } from "./pod.ts";
import type { FocusService } from "./scenario.ts";

/** What answering a probe costs, CPU seconds. */
export const PROBE_CPU = 0.001;
/** Requests below this are probes: indices of real ones are not negative, and -1 is the request that is held. */
const FIRST = -2;

interface Sent {
  readonly pod: Pod;
  readonly at: number;
}

/**
 * The kubelet's readiness probes. A probe is a request that stands in the pod's line like any other, and is given up after
 * its timeout; the pod works on it all the same. Source: Kubernetes, "Configure Liveness, Readiness and Startup Probes".
 */
export class Probes {
  readonly #spec: NonNullable<FocusService["readinessProbe"]>;
  readonly #sent = new Map<number, Sent>();
  readonly #failures = new Map<Pod, number>();
  readonly #last = new Map<Pod, number>();
  #next = FIRST;

  constructor(spec: NonNullable<FocusService["readinessProbe"]>) {
    this.#spec = spec;
  }

  static is(request: number): boolean {
    return request <= FIRST;
  }

  /** Gives up what is late, and sends what is due; answers the pods that have a new request in their line. */
  tick(now: number, pods: readonly Pod[]): Pod[] {
    for (const [request, { pod, at }] of this.#sent)
      if (now - at >= this.#spec.timeout) {
        this.#sent.delete(request);
        this.#fail(pod);
      }
    const due = pods.filter((pod) => pod.ready <= now && now - (this.#last.get(pod) ?? -Infinity) >= this.#spec.period);
    for (const pod of due) {
      this.#last.set(pod, now);
      this.#sent.set(this.#next, { pod, at: now });
      pod.enqueue(this.#next);
      this.#next -= 1;
    }
    return due;
  }

  answered(request: number, now: number): void {
    const sent = this.#sent.get(request);
    if (!sent) return;
    this.#sent.delete(request);
    if (now - sent.at > this.#spec.timeout) {
      this.#fail(sent.pod);
      return;
    }
    this.#failures.set(sent.pod, 0);
    sent.pod.unready = false;
  }

  #fail(pod: Pod): void {
    const failures = (this.#failures.get(pod) ?? 0) + 1;
    this.#failures.set(pod, failures);
    if (failures >= this.#spec.failureThreshold) pod.unready = true;
  }
}
