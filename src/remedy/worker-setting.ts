import type { ContainerFact, WorkersFact, WorkloadFact } from "../model/facts.ts";
import type { ObjectName } from "./patches.ts";

/** How to set the number of workers, where it is set today. */
export interface WorkerSetting {
  /** What to change of the serving container: its command, arguments or environment. */
  readonly container: {
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value: string }[];
  };
  /** Other objects that hold the setting, with the change and the way back. */
  readonly objects: readonly { readonly object: ObjectName; readonly patch: unknown; readonly undo: unknown }[];
}

/** Servers that take their default number of workers from WEB_CONCURRENCY (their documentation, settings). */
const BY_VARIABLE = ["gunicorn", "uvicorn", "puma"];
const FLAG = /^(--workers|--processes|-w)(=?)(\d*)$/;

/**
 * Sets the workers in the place that decides today: the first configured source wins (arguments, then environment, then
 * file), so changing another one would change nothing. Null where the number is not a setting: a server of one process
 * grows by pods.
 */
export function workerSetting(workload: WorkloadFact, workers: WorkersFact, count: number): WorkerSetting | null {
  const { serving } = workload;
  const told = workers.sources.find(({ from }) => from !== "process list" && from !== "process count");
  if (!told) return null;
  switch (told.from) {
    case "default":
      return BY_VARIABLE.includes(workers.server ?? "") ? variable("WEB_CONCURRENCY", String(count)) : null;
    case "arguments":
      return inArguments(serving, count);
    case "environment":
      return inEnvironment(serving, told.detail, count);
    case "configuration":
      return inFile(workload, workers, count);
    default:
      return null;
  }
}

function variable(name: string, value: string): WorkerSetting {
  return { container: { env: [{ name, value }] }, objects: [] };
}

function inArguments({ command, args = [] }: ContainerFact, count: number): WorkerSetting | null {
  const own = command.slice(0, command.length - args.length);
  const inArgs = replaced(args, count);
  if (inArgs) return { container: { args: inArgs }, objects: [] };
  const inCommand = replaced(own, count);
  return inCommand ? { container: { command: inCommand }, objects: [] } : null;
}

/** "--workers=1", "--workers 1" and "-w 1"; null where none of them is among the words. */
function replaced(words: readonly string[], count: number): string[] | null {
  let found = false;
  const changed = words.map((word, index) => {
    const match = FLAG.exec(word);
    if (match && match[3] !== "") {
      found = true;
      return `${match[1]}${match[2]}${count}`;
    }
    const before = FLAG.exec(words[index - 1] ?? "");
    if (before && before[2] === "" && before[3] === "" && /^\d+$/.test(word)) {
      found = true;
      return String(count);
    }
    return word;
  });
  return found ? changed : null;
}

function inEnvironment({ environment }: ContainerFact, detail: string, count: number): WorkerSetting | null {
  const name = /^(\w+)=\d+$/.exec(detail)?.[1];
  if (name) return variable(name, String(count));
  const line = environment.GUNICORN_CMD_ARGS;
  const changed = line === undefined ? null : replaced(line.split(/\s+/), count);
  return changed ? variable("GUNICORN_CMD_ARGS", changed.join(" ")) : null;
}

function inFile({ namespace }: WorkloadFact, { configuration }: WorkersFact, count: number): WorkerSetting | null {
  if (!configuration) return null;
  const { configMap: name, key, text } = configuration;
  const changed = text.replace(/^(\s*(?:workers|processes)\s*[=:]?\s*)\d+(\s*)$/m, `$1${count}$2`);
  if (changed === text) return null;
  const object = { kind: "ConfigMap", resource: "configmap", namespace, name };
  return {
    container: {},
    objects: [{ object, patch: { data: { [key]: changed } }, undo: { data: { [key]: text } } }],
  };
}
