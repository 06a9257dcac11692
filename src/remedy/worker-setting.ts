import type { WorkerSource, WorkersFact, WorkloadFact } from "../model/facts.ts";
import { hasMark } from "../model/mark.ts";
import { type ObjectName, workloadName } from "./patches.ts";

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
  /**
   * What a person has to change in an editor, and back: text of which lbdoctor has seen only a part (the rest was masked
   * when it arrived) cannot be written whole.
   */
  readonly edits: readonly { readonly object: ObjectName; readonly words: string; readonly undo: string }[];
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
  const told = workers.sources.find(({ from }) => from !== "process list" && from !== "process count");
  if (!told) return null;
  switch (told.from) {
    case "default":
      return BY_VARIABLE.includes(workers.server ?? "") ? variable("WEB_CONCURRENCY", String(count)) : null;
    case "arguments":
      return inArguments(workload, told, count);
    case "environment":
      return inEnvironment(workload, told, count);
    case "configuration":
      return inFile(workload, workers, count);
    default:
      return null;
  }
}

function variable(name: string, value: string): WorkerSetting {
  return { container: { env: [{ name, value }] }, objects: [], edits: [] };
}

/** "in the arguments of container app: --workers=1 becomes --workers=2" */
function edit(object: ObjectName, where: string, from: string, to: string): WorkerSetting {
  const words = (one: string, other: string) => `in ${where}: ${one} becomes ${other}, and nothing else changes`;
  return { container: {}, objects: [], edits: [{ object, words: words(from, to), undo: words(to, from) }] };
}

/** "-w 1" → "-w 2": the same setting with another number. */
function withNumber(detail: string, count: number): string {
  return detail.replace(/\d+(?=\D*$)/, String(count));
}

function inArguments(workload: WorkloadFact, { detail }: WorkerSource, count: number): WorkerSetting | null {
  const { name, command, args = [] } = workload.serving;
  const own = command.slice(0, command.length - args.length);
  const inArgs = replaced(args, count);
  const inCommand = inArgs ? null : replaced(own, count);
  const changed = inArgs ?? inCommand;
  if (!changed) return null;
  if (changed.some(hasMark))
    return edit(
      workloadName(workload),
      `the ${inArgs ? "args" : "command"} of container ${name}`,
      detail,
      withNumber(detail, count),
    );
  return { container: inArgs ? { args: changed } : { command: changed }, objects: [], edits: [] };
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

function inEnvironment(workload: WorkloadFact, { detail }: WorkerSource, count: number): WorkerSetting | null {
  const { name: container, environment } = workload.serving;
  const name = /^(\w+)=\d+$/.exec(detail)?.[1];
  if (name) return variable(name, String(count));
  const line = environment.GUNICORN_CMD_ARGS;
  const changed = line === undefined ? null : replaced(line.split(/\s+/), count);
  if (changed?.some(hasMark))
    return edit(
      workloadName(workload),
      `GUNICORN_CMD_ARGS of container ${container}`,
      detail,
      withNumber(detail, count),
    );
  return changed ? variable("GUNICORN_CMD_ARGS", changed.join(" ")) : null;
}

function inFile({ namespace }: WorkloadFact, { configuration }: WorkersFact, count: number): WorkerSetting | null {
  if (!configuration) return null;
  const { configMap: name, key, text } = configuration;
  const line = /^(\s*(?:workers|processes)\s*[=:]?\s*)\d+(\s*)$/m;
  const changed = text.replace(line, `$1${count}$2`);
  if (changed === text) return null;
  const object = { kind: "ConfigMap", resource: "configmap", namespace, name };
  if (hasMark(key) || hasMark(text)) {
    const from = line.exec(text)?.[0].trim() ?? "";
    return edit(object, `${hasMark(key) ? "its file" : key}`, from, withNumber(from, count));
  }
  return {
    container: {},
    edits: [],
    objects: [{ object, patch: { data: { [key]: changed } }, undo: { data: { [key]: text } } }],
  };
}
