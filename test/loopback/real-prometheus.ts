import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RawSeries } from "../../simulator/prometheus/scrape.ts";
import { openMetrics } from "./openmetrics.ts";
import { mustHave } from "./tools.ts";

export interface RealPrometheus {
  readonly url: string;
  close(): Promise<void>;
}

/** A Prometheus of its own with these series, on a free port, without a system service. */
export async function startPrometheus(series: readonly RawSeries[]): Promise<RealPrometheus> {
  mustHave("prometheus", "apt-get install -y prometheus");
  mustHave("promtool", "apt-get install -y prometheus");
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-prometheus-"));
  writeFileSync(join(folder, "in.om"), openMetrics(series));
  const blocks = ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=24h", "in.om", "data"];
  execFileSync("promtool", blocks, { cwd: folder, stdio: "ignore" });
  writeFileSync(join(folder, "prom.yml"), "global: {scrape_interval: 1h}\nscrape_configs: []\n");
  const port = await freePort();
  const child = spawn(
    "prometheus",
    [
      "--config.file=prom.yml",
      "--storage.tsdb.path=data",
      "--storage.tsdb.retention.time=3650d",
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { cwd: folder, stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  return {
    url,
    close: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`prometheus ended with code ${child.exitCode}`);
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error("prometheus was not ready within 10 s");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
