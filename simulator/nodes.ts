import { wander } from "./arrivals.ts";
import { TICK } from "./clock.ts";
import type { NodeSpec } from "./node-spec.ts";
import type { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** The nodes: how much their other tenants use, and what is left for the pods of the focus service. */
export class Nodes {
  /** Busy CPU seconds, cumulated at each tick; one list a node. */
  readonly busy: number[][];
  readonly #tenants: Float64Array[];
  readonly #totals: number[];
  readonly #stolen: Float64Array[];
  readonly #specs: readonly NodeSpec[];
  readonly #request: number;
  /** Whether a node may run out of CPU in this tick: otherwise nobody needs to divide it. */
  readonly tight: boolean[];

  /** `resident[node][minute]`: cores that the other services' pods use. */
  constructor(scenario: Scenario, lead: number, length: number, resident: readonly Float64Array[]) {
    this.#specs = scenario.nodes;
    this.#request = scenario.focus.cpuRequest;
    this.#tenants = scenario.nodes.map((node, index) =>
      tenantUse(scenario, node, index, lead, length, resident[index]),
    );
    this.#stolen = scenario.nodes.map((_, index) => stolen(scenario, index, lead, length));
    this.busy = scenario.nodes.map(() => []);
    this.#totals = scenario.nodes.map(() => 0);
    this.tight = scenario.nodes.map(() => false);
  }

  /** At the start of a tick: sees which nodes could run out of CPU, with `most` cores a pod. */
  begin(tick: number, pods: readonly Pod[], most: number): void {
    for (const [index, node] of this.#specs.entries()) {
      let here = 0;
      for (const pod of pods) if (pod.node === index) here += 1;
      this.tight[index] = here > 0 && this.#tenant(index, tick) + here * most > node.cores - this.#steal(index, tick);
    }
  }

  /** Divides a tight node's CPU among its pods in proportion to what they want. */
  divide(index: number, tick: number, pods: readonly Pod[]): void {
    const node = this.#specs[index];
    if (!node) return;
    let wanted = 0;
    let count = 0;
    for (const pod of pods) {
      if (pod.node !== index) continue;
      wanted += pod.wanted;
      count += 1;
    }
    // The kernel's fair share follows the CPU requests; nobody falls below it because others want more.
    const request = count * this.#request;
    const others = (node.tenantRequest + node.daemonsetRequest) / 1000;
    const cores = node.cores - this.#steal(index, tick);
    const share = (cores * request) / (request + others + 0.1);
    const available = Math.max(cores * 0.985 - this.#tenant(index, tick), share);
    const factor = wanted > available ? available / wanted : Number.POSITIVE_INFINITY;
    for (const pod of pods)
      if (pod.node === index) pod.nodeCores = factor === Number.POSITIVE_INFINITY ? factor : pod.wanted * factor;
  }

  /** At the end of a tick: `podSeconds[node]` is what the pods have used in it. */
  record(tick: number, podSeconds: readonly number[]): void {
    for (const [index, node] of this.#specs.entries()) {
      const used = (podSeconds[index] ?? 0) + this.#tenant(index, tick) * TICK;
      const most = (node.cores - this.#steal(index, tick)) * TICK * 0.995;
      const total = (this.#totals[index] ?? 0) + Math.min(used, most);
      this.#totals[index] = total;
      this.busy[index]?.push(total);
    }
  }

  #steal(index: number, tick: number): number {
    return this.#stolen[index]?.[tick] ?? 0;
  }

  #tenant(index: number, tick: number): number {
    return this.#tenants[index]?.[tick] ?? 0;
  }
}

/** Cores that the hypervisor takes from a node, by tick. */
function stolen(scenario: Scenario, index: number, lead: number, length: number): Float64Array {
  const line = new Float64Array(Math.ceil(length / TICK) + 1);
  for (const one of scenario.faults?.nodeTimes ?? [])
    if (one.node === index && one.mode === "steal")
      for (let tick = Math.ceil((one.at + lead) / TICK); tick * TICK < one.at + lead + one.seconds; tick += 1)
        if (tick < line.length) line[tick] = one.cores;
  return line;
}

function tenantUse(
  scenario: Scenario,
  node: NodeSpec,
  index: number,
  lead: number,
  length: number,
  resident: Float64Array | undefined,
): Float64Array {
  const random = new Random(scenario.seed, `tenants ${index}`);
  const wobble = wander(random, Math.ceil(length / 60) + 1, node.tenantWobble);
  const use = new Float64Array(Math.ceil(length / TICK) + 1);
  for (let tick = 0; tick < use.length; tick += 1) {
    const at = tick * TICK;
    const minute = Math.floor(at / 60);
    let cores = node.tenantUse * (wobble[minute] ?? 1) * random.between(0.9, 1.1) + (resident?.[minute] ?? 0);
    for (const busy of node.tenantBusy)
      if (at - lead >= busy.at && at - lead < busy.at + busy.seconds) cores += busy.cores * random.between(0.92, 1.08);
    use[tick] = Math.min(cores, node.cores);
  }
  return use;
}
