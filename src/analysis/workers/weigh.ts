import type { ContainerFact, UnreadSetting, WorkerSource, WorkersFact } from "../../model/facts.ts";
import { type ConfigMaps, environmentOf } from "./environment.ts";
import { filesOf } from "./files.ts";
import { type Invocation, invocationOf } from "./invocation.ts";
import { type Counted, workersFromCount, workersFromProcesses } from "./processes.ts";
import type { Runtime } from "./programs.ts";
import { PROXIES, QUEUES } from "./programs.ts";
import { READERS } from "./servers/index.ts";
import { type ServerReading, variableLayer } from "./settings.ts";
import type { Unread } from "./traced.ts";

/** What was read of the serving container, apart from its manifest. */
export interface WorkerEvidence {
  readonly configMaps: ConfigMaps;
  /** `ps -eo pid,ppid,args` of one pod; null where it was not asked or not answered. */
  readonly list: string | null;
  /** The median of the pods' `container_processes`. */
  readonly processes: number | null;
  /** Where a person would look: one running pod; null where there is none. */
  readonly pod: { readonly namespace: string; readonly pod: string } | null;
}

type Count = Pick<
  WorkersFact,
  "workers" | "sources" | "unread" | "unknown" | "kind" | "kindUnread" | "server" | "threads" | "singleCore"
>;

/** Runtimes whose threads share no lock: one process may keep every core busy. */
const PARALLEL: readonly Runtime[] = ["java", ".NET", "go", "rust"];
/** Variables that only programs of one runtime read. */
const RUNTIME_VARIABLES: readonly (readonly [RegExp, Runtime])[] = [
  [/^(?:GOMAXPROCS|GOGC|GOMEMLIMIT|GODEBUG)$/, "go"],
  [/^(?:JAVA_OPTS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|SPRING_PROFILES_ACTIVE|SERVER_TOMCAT_THREADS_MAX)$/, "java"],
  [/^(?:DOTNET_\w+|ASPNETCORE_\w+|COMPlus_\w+)$/, ".NET"],
  [/^(?:RUST_LOG|RUST_BACKTRACE|TOKIO_WORKER_THREADS)$/, "rust"],
];

/**
 * How many workers a container runs. The running processes win over what is configured: they are what serves. A number
 * that is written counts unless something that is named in the manifests could override it and was not read; a default
 * counts only where everything that could override it was read. Where a count contradicts a setting, neither is believed.
 */
export function workersOf(container: ContainerFact, evidence: WorkerEvidence): Count {
  const lookup = environmentOf(container, evidence.configMaps);
  const invocation = invocationOf(container, lookup);
  const list = evidence.list === null ? null : workersFromProcesses(evidence.list, invocation.server);
  const server = invocation.server ?? list?.server ?? (invocation.runtime === "node" ? "node" : null);
  const runtime = invocation.runtime ?? list?.runtime ?? runtimeOf(container);
  const reading =
    server === null ? null : (READERS.get(server)?.(invocation, filesOf(container, evidence.configMaps)) ?? null);
  const setting = settled(invocation, reading);
  const counted =
    evidence.processes === null
      ? null
      : workersFromCount(evidence.processes, reading?.masters ?? null, invocation.beside);
  const singleCore = runtime === null || hasOwnThreads(container) ? null : !PARALLEL.includes(runtime);
  const chosen = choose(setting, reading?.dynamic ? null : list, reading?.dynamic ? null : counted);
  const told = {
    server,
    kind: reading?.kind ?? null,
    kindUnread: (reading?.kindUnread ?? []).map(({ what }) => what),
    threads: reading?.threads ?? null,
    singleCore,
    sources: [list?.source, setting.source, counted?.source].flatMap((one) => one ?? []),
    unread: setting.unread.map((one) => readable(one, container, evidence.pod)),
  };
  const not = notCounted(invocation, runtime);
  if (not !== null) return { ...told, workers: null, unknown: not };
  return { ...told, ...chosen };
}

interface Setting {
  readonly source: WorkerSource | null;
  /** Whether it can be believed as it stands. */
  readonly isSure: boolean;
  /** What the manifests point to stands first. */
  readonly unread: readonly Unread[];
  /** It is set to something that cannot be known from here. */
  readonly isUnknown: boolean;
}

function settled(invocation: Invocation, reading: ServerReading | null): Setting {
  const strong = (unread: readonly Unread[]) => unread.some(({ weak }) => !weak);
  let unread = [...invocation.unread];
  // Without a known server, WEB_CONCURRENCY is only what such variables are mostly called.
  const layers = reading?.layers ?? (invocation.program === null ? [variableLayer("WEB_CONCURRENCY", invocation)] : []);
  for (const layer of layers) {
    if (layer.kind === "number") {
      const isSure = reading !== null && !strong(unread);
      return { source: layer.source, isSure, unread: distinct([...unread, ...layer.unread]), isUnknown: false };
    }
    unread = [...unread, ...layer.unread];
    if (layer.kind === "unknown")
      return { source: null, isSure: false, unread: distinct([...layer.unread, ...unread]), isUnknown: true };
  }
  const byDefault = reading?.byDefault ?? null;
  const isSure = byDefault !== null && unread.length === 0;
  return { source: isSure ? byDefault : null, isSure, unread: distinct(unread), isUnknown: false };
}

function choose(
  setting: Setting,
  list: Counted | null,
  counted: Counted | null,
): Pick<WorkersFact, "workers" | "unknown"> {
  const { source, isSure } = setting;
  const known = (workers: number) => ({ workers, unknown: null });
  const only = (one: Counted | null) => (one?.candidates.length === 1 ? (one.candidates[0] ?? null) : null);
  const running = only(list);
  if (running !== null) return known(running);
  const told = source?.workers ?? null;
  if (told !== null && list?.candidates.includes(told)) return known(told);
  if (told !== null && counted?.candidates.includes(told)) return known(told);
  if (source !== null && isSure)
    return counted
      ? { workers: null, unknown: `${source.detail} (${source.from}) and ${counted.source.detail} disagree` }
      : known(source.workers);
  const count = only(counted);
  if (count !== null) return known(count);
  const [first] = setting.unread;
  if (!first) return { workers: null, unknown: null };
  const why = setting.isUnknown ? "decides it, and is not known from here" : "could set it, and was not read";
  return { workers: null, unknown: `${first.what} ${why}` };
}

/** Why no number of workers bounds the requests at work; null where one may. */
function notCounted({ program }: Invocation, runtime: Runtime | null): string | null {
  if (runtime !== null && PARALLEL.includes(runtime))
    return `${runtime} runs many threads in one process, and no number of processes bounds them`;
  if (program !== null && PROXIES.test(program)) return `${program} passes requests on and runs no application`;
  if (program !== null && QUEUES.test(program)) return `${program} takes its work from a queue and answers no request`;
  return null;
}

function runtimeOf({ environment, variables = [] }: ContainerFact): Runtime | null {
  const names = [...Object.keys(environment), ...variables.map(({ name }) => name)];
  return RUNTIME_VARIABLES.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? null;
}

/** Node's thread pool sized by hand: work beside the event loop, on more than one core. */
function hasOwnThreads({ environment }: ContainerFact): boolean {
  return "UV_THREADPOOL_SIZE" in environment;
}

/** The command that a person would type to know it; none prints a Secret. */
function readable({ what, look }: Unread, { name }: ContainerFact, pod: WorkerEvidence["pod"]): UnreadSetting {
  const namespace = pod?.namespace ?? "NAMESPACE";
  if (look?.in === "config map") return { what, command: `kubectl -n ${namespace} get configmap ${look.name} -o yaml` };
  const inside = `kubectl -n ${namespace} exec ${pod?.pod ?? "POD"} -c ${name} --`;
  if (look?.in === "file") return { what, command: `${inside} cat ${look.name}` };
  return { what, command: look?.in === "variable" ? `${inside} printenv ${look.name}` : `${inside} ps ax` };
}

/** Each once; what the manifests point to first. */
function distinct(unread: readonly Unread[]): Unread[] {
  const each = unread.filter((one, index) => unread.findIndex(({ what }) => what === one.what) === index);
  return [...each.filter(({ weak }) => !weak), ...each.filter(({ weak }) => weak)];
}
