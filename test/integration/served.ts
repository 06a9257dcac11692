import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { iso } from "../../src/model/time.ts";

/** The main incident, served by a process of its own, and lbdoctor's built command line in another, with nothing of the machine's. */
export class Served {
  readonly alarm: string;
  readonly #server: ChildProcess;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #when: readonly string[];

  private constructor(server: ChildProcess, served: Announced) {
    this.#server = server;
    this.#folder = mkdtempSync(join(tmpdir(), "lbdoctor-served-"));
    this.alarm = served.alarm;
    const kubeconfig = join(this.#folder, "kubeconfig");
    writeFileSync(kubeconfig, served.kubeconfig);
    // Runs before lbdoctor and tells its largest memory at the end; kilobytes on Linux (getrusage, ru_maxrss).
    const preload =
      "process.on('exit',()=>require('node:fs').writeFileSync(process.env.MEMORY_FILE,String(process.resourceUsage().maxRSS)))";
    writeFileSync(join(this.#folder, "memory.cjs"), preload);
    this.#environment = {
      PATH: process.env.PATH,
      HOME: this.#folder,
      XDG_STATE_HOME: this.#folder,
      KUBECONFIG: kubeconfig,
      AWS_ENDPOINT_URL: served.awsUrl,
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: "eu-west-2",
      AWS_DEFAULT_REGION: "eu-west-2",
      PROMETHEUS_URL_OF_LOOPBACK: served.prometheusUrl,
      MEMORY_FILE: join(this.#folder, "memory"),
    };
    this.#when = ["--since", iso(served.now - served.window), "--window", `${served.window / 60}m`];
  }

  /** `delay` milliseconds of every answer; `throttled` seconds in which CloudWatch limits the rate, from its first question on. */
  static async start(size: "small" | "large" | "worst", delay = 0, throttled = 0): Promise<Served> {
    const server = fork("test/integration/serve.ts", [size, String(delay), String(throttled)], {
      execArgv: ["--import", "tsx"],
    });
    const [announced] = (await once(server, "message")) as [Announced];
    return new Served(server, announced);
  }

  /** Starts `lbdoctor investigate` of the alarm; more arguments follow. */
  spawn(bin: string, ...more: string[]): ChildProcess {
    const words = [
      "--require",
      join(this.#folder, "memory.cjs"),
      bin,
      "investigate",
      this.alarm,
      ...this.#when,
      ...more,
    ];
    return spawn(process.execPath, words, { env: this.#environment, stdio: ["ignore", "pipe", "pipe"] });
  }

  async run(bin: string, ...more: string[]) {
    const started = performance.now();
    const child = this.spawn(bin, ...more);
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout?.on("data", (data: Buffer) => out.push(data));
    child.stderr?.on("data", (data: Buffer) => err.push(data));
    const [code] = (await once(child, "close")) as [number | null];
    return {
      code,
      milliseconds: performance.now() - started,
      stdout: Buffer.concat(out).toString(),
      stderr: Buffer.concat(err).toString(),
      memory: Number(readFileSync(join(this.#folder, "memory"), "utf8")) * 1024,
    };
  }

  /** Words of the command line that name the alarm and its window. */
  get question(): string {
    return [this.alarm, ...this.#when].join(" ");
  }

  get environment(): NodeJS.ProcessEnv {
    return this.#environment;
  }

  get folder(): string {
    return this.#folder;
  }

  close(): void {
    this.#server.kill();
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch {
      // What was started in it may still be writing its last file: then the temporary folder is left behind.
    }
  }
}

interface Announced {
  readonly awsUrl: string;
  readonly kubeconfig: string;
  readonly prometheusUrl: string;
  readonly alarm: string;
  readonly now: number;
  readonly window: number;
}
