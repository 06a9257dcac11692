import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a group has used so far. */
export interface Usage {
  /** CPU seconds. */
  readonly cpu: number;
  /** CFS periods in which it ran, and those in which its quota throttled it. */
  readonly periods: number;
  readonly throttled: number;
}

/** A control group of the kernel with a CPU quota: what a container's limit is. */
export interface CpuGroup {
  /** Shell words that move the shell that runs them into the group. */
  readonly enter: string;
  /** Real cores; null: no limit. `period`: microseconds. */
  limit(cores: number | null, period: number): void;
  usage(): Usage;
  /** Ids of the processes in it. */
  processes(): number[];
  remove(): void;
}

const MOUNT = "/sys/fs/cgroup";
/** How much a group weighs against an ordinary process: its quota shall bound it, and not who else is on the machine. */
const WEIGHT = 30;

/** Makes a group, of version 1 or 2, whichever the mount point has. Throws where it cannot be written. */
export function makeGroup(name: string, mount: string = MOUNT): CpuGroup {
  try {
    return existsSync(join(mount, "cgroup.controllers")) ? second(name, mount) : first(name, mount);
  } catch (cause) {
    throw new Error(`The wind tunnel needs to write CPU control groups under ${mount} (run it as root).`, { cause });
  }
}

/** cgroup v1: quota and usage are in two hierarchies. */
function first(name: string, mount: string): CpuGroup {
  const cpu = join(mount, "cpu", name);
  const account = join(mount, "cpuacct", name);
  for (const folder of [cpu, account]) if (!existsSync(folder)) mkdirSync(folder);
  writeFileSync(join(cpu, "cpu.shares"), String(1024 * WEIGHT));
  return {
    enter: `echo $$ > ${cpu}/cgroup.procs && echo $$ > ${account}/cgroup.procs`,
    limit(cores, period) {
      writeFileSync(join(cpu, "cpu.cfs_period_us"), String(period));
      writeFileSync(join(cpu, "cpu.cfs_quota_us"), cores === null ? "-1" : String(Math.round(cores * period)));
    },
    usage: () => ({
      // Nanoseconds.
      cpu: Number(readFileSync(join(account, "cpuacct.usage"), "utf8")) / 1e9,
      ...throttling(readFileSync(join(cpu, "cpu.stat"), "utf8")),
    }),
    processes: () => ids(join(cpu, "cgroup.procs")),
    remove: () => removeAll([cpu, account]),
  };
}

/** cgroup v2; the parent has to hand the cpu controller down. */
function second(name: string, mount: string): CpuGroup {
  const control = join(mount, "cgroup.subtree_control");
  if (!readFileSync(control, "utf8").split(/\s+/).includes("cpu")) writeFileSync(control, "+cpu");
  const folder = join(mount, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "cpu.weight"), String(100 * WEIGHT));
  return {
    enter: `echo $$ > ${folder}/cgroup.procs`,
    limit(cores, period) {
      writeFileSync(join(folder, "cpu.max"), `${cores === null ? "max" : Math.round(cores * period)} ${period}`);
    },
    usage() {
      const stat = readFileSync(join(folder, "cpu.stat"), "utf8");
      return { cpu: (fields(stat).get("usage_usec") ?? 0) / 1e6, ...throttling(stat) };
    },
    processes: () => ids(join(folder, "cgroup.procs")),
    remove: () => removeAll([folder]),
  };
}

function throttling(stat: string): { periods: number; throttled: number } {
  const found = fields(stat);
  return { periods: found.get("nr_periods") ?? 0, throttled: found.get("nr_throttled") ?? 0 };
}

function fields(stat: string): Map<string, number> {
  return new Map(
    stat
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([key, value]) => [key ?? "", Number(value)]),
  );
}

function ids(path: string): number[] {
  return readFileSync(path, "utf8").split("\n").filter(Boolean).map(Number);
}

function removeAll(folders: readonly string[]): void {
  // Where both controllers share a hierarchy, both names lead to one folder.
  for (const folder of folders) if (existsSync(folder)) rmdirSync(folder);
}
