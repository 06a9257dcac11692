import type { ContainerFact, WorkerPlace, WorkerSource, WorkersFact, WorkloadFact } from "../model/facts.ts";
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
  /** Other objects that hold the setting, with the change and its rollback. */
  readonly objects: readonly { readonly object: ObjectName; readonly patch: unknown; readonly undo: unknown }[];
  /** What a person has to change, where it cannot be shown because it was not read; null where the change is complete. */
  readonly byHand: string | null;
  /**
   * What a person has to change in an editor, and back: text of which lbdoctor has seen only a part (the rest was masked
   * when it arrived) cannot be written whole.
   */
  readonly edits: readonly { readonly object: ObjectName; readonly words: string; readonly undo: string }[];
}

/** Servers whose command line wins over every other place (their documentation, settings), with the option. */
const BY_OPTION = new Map([
  ["gunicorn", "--workers"],
  ["uvicorn", "--workers"],
  ["hypercorn", "--workers"],
  ["granian", "--workers"],
  ["puma", "--workers"],
]);
/** Servers of one process, which grow by pods. */
const SINGLE = ["node", "daphne", "waitress"];

/**
 * Sets the workers in the place that decides today: changing another one would change nothing. Where nothing sets them,
 * the command line does, which no other place overrides. Null where the number is not a setting: a server of one process
 * grows by pods.
 */
export function workerSetting(workload: WorkloadFact, workers: WorkersFact, count: number): WorkerSetting | null {
  const { server } = workers;
  if (server === null || SINGLE.includes(server)) return null;
  const told = workers.sources.find(({ from }) => from !== "process list" && from !== "process count");
  const shownPlace = told?.place ? atPlace(workload, workers, told.place, count) : null;
  if (told && shownPlace && isMasked(shownPlace)) return inAnEditor(workload, told, shownPlace, count);
  if (shownPlace) return shownPlace;
  const isSet = told !== undefined && told.from !== "default";
  return (isSet ? null : byOption(workload.serving, server, count)) ?? byHand(workers, told, count);
}

/** Whether the change would write back a text that was masked when it arrived. */
function isMasked({ container, objects }: WorkerSetting): boolean {
  return hasMark(JSON.stringify([container, objects.map(({ patch }) => patch)]));
}

/** "in the arguments of container app: --workers=1 becomes --workers=2" */
function inAnEditor(workload: WorkloadFact, { detail }: WorkerSource, { objects }: WorkerSetting, count: number) {
  const object = objects[0]?.object ?? workloadName(workload);
  const where = objects[0] ? `${object.kind} ${object.name}` : `container ${workload.serving.name}`;
  // "workers = 1 in conf2.py" → "workers = 2 in conf2.py": the same setting with another number.
  const other = detail.replace(/\d+(?= in |$)/, String(count));
  const words = (one: string, to: string) => `in ${where}: ${one} becomes ${to}, and nothing else changes`;
  return {
    container: {},
    objects: [],
    byHand: null,
    edits: [{ object, words: words(detail, other), undo: words(other, detail) }],
  };
}

function atPlace(
  workload: WorkloadFact,
  workers: WorkersFact,
  place: WorkerPlace,
  count: number,
): WorkerSetting | null {
  const { serving } = workload;
  switch (place.in) {
    case "command":
      return inCommand(serving, place.word, (word) => replaced(word, place, count));
    case "variable": {
      const value = serving.environment[place.name];
      return value === undefined ? null : variable(place.name, replaced(value, place, count));
    }
    case "fallback":
      return variable(place.name, String(count));
    case "config map":
      return inConfigMap(workload, workers, place, count);
  }
}

function replaced(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  count: number,
): string {
  return `${text.slice(0, start)}${count}${text.slice(end)}`;
}

function variable(name: string, value: string): WorkerSetting {
  return { container: { env: [{ name, value }] }, objects: [], byHand: null, edits: [] };
}

/** A patch replaces command and arguments apart, and each of them whole. */
function inCommand(
  { command, args = [] }: ContainerFact,
  index: number,
  change: (word: string) => string | readonly string[],
): WorkerSetting {
  const own = command.slice(0, command.length - args.length);
  const changed = (words: readonly string[], at: number) =>
    words.flatMap((word, position) => (position === at ? change(word) : word));
  const container = index < own.length ? { command: changed(own, index) } : { args: changed(args, index - own.length) };
  return { container, objects: [], byHand: null, edits: [] };
}

/** "gunicorn app:app" → "gunicorn --workers 2 app:app", also in a script; null where a word may set it already. */
function byOption(serving: ContainerFact, server: string, count: number): WorkerSetting | null {
  const option = BY_OPTION.get(server);
  const { command } = serving;
  if (option === undefined || command.some((word) => /(?:^|\s)(?:-w|--workers)|\$/.test(word))) return null;
  const pattern = new RegExp(`(?<=^|[\\s/])${server}(?=\\s|$)`, "g");
  const found = command.flatMap((word, index) => [...word.matchAll(pattern)].map(() => index));
  const [index] = found;
  if (index === undefined || found.length > 1) return null;
  const isScript = /\s/.test(command[index] ?? "");
  return inCommand(serving, index, (word) =>
    isScript ? word.replace(pattern, `${server} ${option} ${count}`) : [word, option, String(count)],
  );
}

function inConfigMap(
  { namespace }: WorkloadFact,
  { configuration }: WorkersFact,
  place: WorkerPlace & { readonly in: "config map" },
  count: number,
): WorkerSetting | null {
  if (!configuration || configuration.configMap !== place.name || configuration.key !== place.key) return null;
  const { key, text } = configuration;
  const object = { kind: "ConfigMap", resource: "configmap", namespace, name: place.name };
  const patch = { data: { [key]: replaced(text, place, count) } };
  return { container: {}, objects: [{ object, patch, undo: { data: { [key]: text } } }], byHand: null, edits: [] };
}

function byHand({ server, unread = [] }: WorkersFact, told: WorkerSource | undefined, count: number): WorkerSetting {
  const where = told && told.from !== "default" ? told.detail : unread.find(({ what }) => what)?.what;
  const which = where === undefined ? "" : ` (perhaps ${where})`;
  const text = `set ${server} to ${count} workers in the place that sets them today, which could not be read${which}: without that, the rest of this change adds no workers`;
  return { container: {}, objects: [], byHand: text, edits: [] };
}
