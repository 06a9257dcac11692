import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ClientReport } from "./client.ts";
import type { TunnelScenario } from "./scenario.ts";

/** What one run of a scenario gave: everything that a recording is made from, without the tunnel. */
export interface Measurement {
  readonly version: 1;
  readonly scenario: TunnelScenario;
  /** When it ran, and on what. */
  readonly ran: string;
  readonly machine: Readonly<Record<string, string>>;
  readonly scale: { readonly time: number; readonly core: number; readonly period: number };
  /** The moment of the investigation, epoch seconds, a whole minute: the run's end. */
  readonly now: number;
  readonly pods: readonly MeasuredPod[];
  /** Command lines of the processes of a pod of the service in question, the first one first, and all their threads. */
  readonly processes: readonly string[];
  readonly threads: number;
  /** The access log: see rows.ts. */
  readonly requests: string;
  readonly client: ClientReport;
  /** Share of each model minute in which the machine kept the proxies waiting for a CPU. */
  readonly starved: readonly number[];
  /** What the scenario's fix made of the same load; `busy`: others had the machine meanwhile (see starvation.ts). */
  readonly after?: Outcome & { readonly says: string; readonly busy: boolean };
}

/** A pod's life in model seconds, and its counters' growth in each model tick (see simulator/clock.ts) since `from`. */
export interface MeasuredPod {
  readonly name: string;
  readonly service: number;
  /** Null: it was there when the run began. */
  readonly created: number | null;
  readonly ready: number;
  readonly ended: number | null;
  readonly from: number;
  /** Tenths of a real millisecond of CPU; CFS periods. */
  readonly cpu: readonly number[];
  readonly periods: readonly number[];
  readonly throttled: readonly number[];
}

/** What users and the alarm got, over the window. */
export interface Outcome {
  readonly requests: number;
  /** Seconds until the target answered: all requests; those of the bursts; the slowest minute's average. */
  readonly mean: number | null;
  readonly burstMean: number | null;
  readonly worstMinute: number | null;
  /** Answers that the load balancer made itself, 5xx. */
  readonly balancerErrors: number;
  /** Times that the alarm went off, and minutes that it stayed. */
  readonly episodes: number;
  readonly alarmMinutes: number;
}

export function folderOf(id: string): string {
  return fileURLToPath(new URL(`../../fixtures/measured/${id}`, import.meta.url));
}

export async function writeMeasurement(folder: string, measurement: Measurement): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = Object.entries(measurement).map(([key, value]) => `  ${JSON.stringify(key)}: ${inLines(key, value)}`);
  await writeFile(`${folder}/measurement.json`, `{\n${lines.join(",\n")}\n}\n`);
}

/** One line a pod, so that a run's file can be looked at. */
function inLines(key: string, value: unknown): string {
  if (key !== "pods") return JSON.stringify(value);
  const pods = value as readonly MeasuredPod[];
  return `[\n${pods.map((pod) => `    ${JSON.stringify(pod)}`).join(",\n")}\n  ]`;
}

/** Null where a scenario has not been measured. Only what the tunnel has written itself is read: no schema. */
export async function readMeasurement(folder: string): Promise<Measurement | null> {
  try {
    return JSON.parse(await readFile(`${folder}/measurement.json`, "utf8")) as Measurement;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
