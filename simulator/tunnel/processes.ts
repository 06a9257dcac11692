import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** Processes of one run. All of them end with it, by their own ids. */
export class Processes {
  readonly #started: { name: string; child: ChildProcess; log: string }[] = [];

  /** Starts a command; what it prints goes to `log`. `shell` words are run before it, by the same process. */
  start(name: string, command: readonly string[], log: string, env: NodeJS.ProcessEnv = {}, shell = ":"): ChildProcess {
    const out = openSync(log, "a");
    const child = spawn("sh", ["-c", `${shell} && exec "$0" "$@"`, ...command], {
      stdio: ["ignore", out, out],
      env: { PATH: process.env.PATH, ...env },
    });
    this.#started.push({ name, child, log });
    return child;
  }

  /** Throws, with what it printed last, if a process that should run has ended. */
  check(): void {
    for (const { name, child, log } of this.#started)
      if (child.exitCode !== null && !child.killed && child.exitCode !== 0)
        throw new Error(`${name} has ended with ${child.exitCode}: ${readFileSync(log, "utf8").slice(-600)}`);
  }

  async stop(): Promise<void> {
    for (const { child } of this.#started) await end(child, 200);
  }
}

/** SIGTERM, and SIGKILL after `grace` milliseconds; returns when it is gone. */
export async function end(child: ChildProcess, grace: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await Promise.race([gone, wait(grace)]);
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await gone;
}

/** Waits until somebody listens at "host:port". */
export async function listening(place: string, milliseconds = 20_000): Promise<void> {
  const [host = "", port] = place.split(":");
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), host);
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await wait(50);
  }
  throw new Error(`nobody listens at ${place} after ${milliseconds / 1000} s`);
}
