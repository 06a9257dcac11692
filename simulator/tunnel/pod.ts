import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type CpuGroup, makeGroup } from "./cgroup.ts";
import { listening, type Processes } from "./processes.ts";
import { CORE, PERIOD, TIME } from "./scale.ts";
import type { TunnelServer } from "./scenario.ts";

/** A pod of a run: real processes in a real control group. Times are milliseconds of the real clock. */
export class TunnelPod {
  readonly group: CpuGroup;
  readonly child: ChildProcess;

  constructor(
    readonly name: string,
    readonly place: string,
    readonly server: TunnelServer,
    private readonly limit: number | null,
    around: { processes: Processes; folder: string; group: string; dependency: string },
  ) {
    this.group = makeGroup(`${around.group}-${name}`);
    const env = {
      TUNNEL_POD: name,
      TUNNEL_BIND: place,
      TUNNEL_TIME: String(TIME),
      TUNNEL_CORE: String(CORE),
      TUNNEL_DEPENDENCY: around.dependency,
      TUNNEL_KEEP_ALIVE: String(server.keepAlive ?? 0),
      PYTHONDONTWRITEBYTECODE: "1",
    };
    const log = `${around.folder}/${name}.log`;
    this.child = around.processes.start(name, commandLine(server, place), log, env, this.group.enter);
  }

  /** Waits until it listens, and sets its limit: under it, starting would take for ever. */
  async ready(): Promise<void> {
    await listening(this.place);
    this.group.limit(this.limit === null ? null : this.limit * CORE, PERIOD);
  }

  /** Ends what is left of it, by the ids that its group holds, and removes the group. */
  async remove(): Promise<void> {
    for (const id of this.group.processes()) process.kill(id, "SIGKILL");
    for (let again = 0; this.group.processes().length > 0 && again < 50; again += 1) await wait(20);
    this.group.remove();
  }

  /** Command lines of its processes, as they would read in a container, and how many threads they have. */
  look(): { readonly processes: string[]; readonly threads: number } {
    const ids = this.group.processes().sort((a, b) => a - b);
    const line = (id: number) => readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").filter(Boolean).join(" ");
    const processes = ids.map((id) => line(id).replace(`--chdir ${SERVERS} `, "").replace(`${SERVERS}/`, ""));
    const threads = ids.map((id) => Number(/^Threads:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]));
    return { processes, threads: threads.reduce((all, one) => all + one, 0) };
  }
}

const SERVERS = fileURLToPath(new URL("servers", import.meta.url));

function commandLine(server: TunnelServer, place: string): string[] {
  if (server.kind === "node") return ["node", `${SERVERS}/app.mjs`];
  return ["gunicorn", "--chdir", SERVERS, ...gunicornOptions(server, place, TIME)];
}

/** Options of gunicorn: of the real process, whose whole seconds pass `time` times as fast, or of what it stands for. */
export function gunicornOptions(server: TunnelServer & { kind: "gunicorn" }, place: string, time = 1): string[] {
  const keepAlive = server.keepAlive === undefined ? [] : [`--keep-alive=${Math.ceil(server.keepAlive / time)}`];
  const threads = server.threads > 1 ? [`--threads=${server.threads}`] : [];
  return [`--workers=${server.workers}`, ...threads, ...keepAlive, "--timeout=120", `--bind=${place}`, "app:app"];
}
