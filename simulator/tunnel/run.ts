import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { TICK } from "../clock.ts";
import { Client } from "./client.ts";
import { startDependency } from "./dependency.ts";
import { machine } from "./machine.ts";
import type { MeasuredPod, Measurement } from "./measurement.ts";
import { neighbour } from "./neighbour.ts";
import { hostOf, Places } from "./places.ts";
import { TunnelPod } from "./pod.ts";
import { listening, Processes } from "./processes.ts";
import { type Backend, haproxyConfig, nginxConfig } from "./proxies.ts";
import { Rollouts } from "./rollouts.ts";
import { packRows, parseLog } from "./rows.ts";
import { CORE, PERIOD, TIME } from "./scale.ts";
import { firstPods, type TunnelScenario } from "./scenario.ts";
import { type Seen, Watch } from "./watch.ts";

/** Real milliseconds between the last start and the first request. */
const SETTLE = 1500;

/** Niceness of the proxies and the client while they run: they use little, and must not wait for others. */
const URGENT = -15;

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs a scenario with real processes and measures it; takes (lead + minutes) × 60 / TIME real seconds. Leaves nothing
 * behind, also where it throws. `slot`: see Places.
 */
export async function runScenario(scenario: TunnelScenario, slot = 20): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "lbdoctor-tunnel-"));
  const run = new Run(scenario, new Places(slot), folder);
  const stop = async () => {
    await run.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupted = () => void stop().finally(() => process.exit(130));
  for (const signal of SIGNALS) process.once(signal, interrupted);
  setPriority(URGENT);
  try {
    return await run.go();
  } finally {
    setPriority(0);
    for (const signal of SIGNALS) process.off(signal, interrupted);
    await stop();
  }
}

class Run {
  readonly #processes = new Processes();
  readonly #length: number;
  readonly #services: readonly TunnelScenario[];
  readonly #pods: TunnelPod[] = [];
  #stopping: (() => Promise<void> | void)[] = [];
  #begin = Number.POSITIVE_INFINITY;

  constructor(
    private readonly scenario: TunnelScenario,
    private readonly places: Places,
    private readonly folder: string,
  ) {
    this.#length = (scenario.lead + scenario.minutes) * 60;
    this.#services = [scenario, neighbour(scenario)];
  }

  async go(): Promise<Measurement> {
    const dependency = await startDependency(this.places.dependency, this.scenario, () => this.#begin);
    this.#stopping.push(() => void dependency.close());
    this.#stopping.push(() => dependency.closeAllConnections());
    const first = this.#services.flatMap((service, index) =>
      Array.from({ length: firstPods(service.fleet) }, (_, pod) => this.#start(index, pod)),
    );
    await Promise.all(first.map((pod) => pod.ready()));
    const proxies = await this.#startProxies();
    await new Promise((resolve) => setTimeout(resolve, SETTLE));

    this.#begin = performance.now();
    const begun = (performance.timeOrigin + this.#begin) / 1000;
    const watch = new Watch(this.#begin, proxies);
    this.#stopping.push(() => watch.stop());
    for (const pod of first) watch.add(pod);
    const look = first[0]?.look() ?? { processes: [], threads: 0 };
    const rollouts = new Rollouts(this.scenario, this.#begin, watch, this.folder, (pod) => this.#start(0, pod));
    const clients = this.#services.map(
      ({ load, seed }, index) => new Client(this.places.balancer, hostOf(index), load, seed),
    );
    const [report] = await Promise.all([
      ...clients.map((client) => client.run(this.#begin, this.#length)),
      rollouts.run(first.slice(0, firstPods(this.scenario.fleet))),
    ]);
    watch.look();
    this.#processes.check();

    const pods = [...watch.pods].map(([pod, seen]) => this.#measured(pod, seen, rollouts));
    const log = await readFile(join(this.folder, "access.log"), "utf8");
    const logged = this.#services.map(({ balancer }, index) => ({ host: hostOf(index), keeps: balancer.kept > 0 }));
    const rows = parseLog(
      log,
      begun,
      logged,
      pods.map((pod) => pod.name),
    );
    return {
      version: 1,
      scenario: this.scenario,
      ran: new Date().toISOString(),
      machine: machine(),
      scale: { time: TIME, core: CORE, period: PERIOD },
      now: Math.ceil(Date.now() / 60_000) * 60,
      pods,
      processes: look.processes,
      threads: look.threads,
      requests: packRows(rows.filter((row) => row.end <= this.#length)),
      client: report as Measurement["client"],
      starved: perMinute(watch, this.#length),
    };
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopping.reverse()) await stop();
    await this.#processes.stop();
    for (const pod of this.#pods) await pod.remove();
  }

  #start(service: number, index: number): TunnelPod {
    const { fleet } = this.#services[service] as TunnelScenario;
    const around = {
      processes: this.#processes,
      folder: this.folder,
      group: `lbdoctor-tunnel-${process.pid}-${this.places.slot}`,
      dependency: this.places.dependency,
    };
    const place = this.places.pod(service, index);
    const pod = new TunnelPod(`s${service}-p${index}`, place, fleet.server, fleet.cpuLimit, around);
    this.#pods.push(pod);
    return pod;
  }

  async #startProxies(): Promise<(number | undefined)[]> {
    const later = (this.scenario.rollouts?.length ?? 0) * this.scenario.fleet.replicas;
    const backends: Backend[] = this.#services.map(({ fleet, balancer }, service) => ({
      host: hostOf(service),
      balancer,
      pods: Array.from({ length: fleet.replicas + (service === 0 ? later : 0) }, (_, pod) =>
        this.places.pod(service, pod),
      ),
      running: firstPods(fleet),
    }));
    const [nginx, haproxy] = [join(this.folder, "nginx.conf"), join(this.folder, "haproxy.cfg")];
    await writeFile(nginx, nginxConfig(this.folder, this.places, backends));
    await writeFile(haproxy, haproxyConfig(this.folder, this.places, backends));
    const log = join(this.folder, "proxies.log");
    const started = [
      this.#processes.start("nginx", ["nginx", "-c", nginx, "-p", this.folder], log),
      this.#processes.start("haproxy", ["haproxy", "-db", "-f", haproxy], log),
    ];
    await listening(this.places.balancer);
    await listening(this.places.node(0, 1));
    this.#processes.check();
    for (const { pid } of started) setPriority(pid ?? 0, URGENT);
    return started.map((child) => child.pid);
  }

  #measured(pod: TunnelPod, seen: Seen, rollouts: Rollouts): MeasuredPod {
    const life = rollouts.lifeOf(pod);
    const from = Math.ceil((life.created ?? 0) / TICK);
    const to = Math.floor(Math.min(life.ended ?? this.#length, this.#length) / TICK);
    const line = (values: readonly number[], unit: number) => {
      const at = (tick: number) => Math.round(interpolated(seen.at, values, tick * TICK) * unit);
      return Array.from({ length: Math.max(0, to - from) }, (_, index) => at(from + index + 1) - at(from + index));
    };
    return {
      name: pod.name,
      service: Number(pod.name[1]),
      ...life,
      from,
      cpu: line(seen.cpu, 10_000),
      periods: line(seen.periods, 1),
      throttled: line(seen.throttled, 1),
    };
  }
}

/** The value at `time` on the line through what was seen; its ends beyond them. */
function interpolated(at: readonly number[], values: readonly number[], time: number): number {
  const after = at.findIndex((one) => one >= time);
  if (after === -1) return values.at(-1) ?? 0;
  if (after === 0) return values[0] ?? 0;
  const [left, right] = [at[after - 1] ?? 0, at[after] ?? 0];
  const [low, high] = [values[after - 1] ?? 0, values[after] ?? 0];
  return low + ((high - low) * (time - left)) / (right - left);
}

function perMinute(watch: Watch, length: number): number[] {
  const at = watch.starved.map((one) => one.at);
  const seconds = watch.starved.map((one) => one.seconds);
  const waited = (time: number) => interpolated(at, seconds, time);
  return Array.from({ length: length / 60 }, (_, minute) => {
    const share = (waited((minute + 1) * 60) - waited(minute * 60)) / (60 / TIME);
    return Math.round(share * 1000) / 1000;
  });
}
