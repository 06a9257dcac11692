import { type Asked, type ConfigMaps, type ContainerFact, plural, type WorkersFact } from "../../../src/playbook.ts";

/** ConfigMaps that the container mounts or takes variables from: their names, each once. Secrets are never read. */
export function configMapsOf({ configMaps, variables = [], variablesFrom = [] }: ContainerFact): string[] {
  const whole = variablesFrom.flatMap(({ kind, name }) => (kind === "ConfigMap" ? [name] : []));
  const keys = variables.flatMap(({ from }) => (from?.kind === "ConfigMap" ? [from.name] : []));
  return [...new Set([...configMaps, ...whole, ...keys])];
}

/** What a ConfigMap holds; nothing where it is not there and need not be; null where it could not be read. */
export function contentOf(
  asked: Asked<{ readonly [key: string]: string }> | undefined,
  { variables = [], variablesFrom = [] }: ContainerFact,
  name: string,
): { readonly [key: string]: string } | null {
  if (asked?.ok) return asked.value;
  const mayMiss = [
    ...variablesFrom,
    ...variables.flatMap(({ from }) => (from && "optional" in from ? [from] : [])),
  ].some((one) => one.kind === "ConfigMap" && one.name === name && one.optional);
  return asked?.failure.kind === "missing" && mayMiss ? {} : null;
}

/** The ConfigMap's key that sets the workers, as a mounted file or as a variable, with its text. */
export function settingFile(sources: WorkersFact["sources"], configMaps: ConfigMaps): WorkersFact["configuration"] {
  const place = sources.find(({ place: at }) => at?.in === "config map")?.place;
  if (place?.in !== "config map") return null;
  const text = configMaps.get(place.name)?.[place.key];
  return text === undefined ? null : { configMap: place.name, key: place.key, text };
}

export function workerWords({ workers, kind, server, sources, unread = [], unknown }: WorkersFact) {
  const measures = {
    workers,
    kind,
    server,
    sources: sources.map((source) => `${source.from}: ${source.workers}`).join(", "),
    ...(workers === null && unread.length > 0 ? { unread: unread.map(({ what }) => what).join(", ") } : {}),
  };
  if (workers === null) {
    const [first] = unread;
    const why = unknown ? `: ${unknown}` : "";
    const how = first && unknown?.includes(first.what) ? `; \`${first.command}\` shows it` : "";
    const nothing = "nothing that could be read says how many workers a pod runs";
    return { statement: why ? `how many workers a pod runs is not known${why}${how}` : nothing, measures };
  }
  const by = sources.map(({ from, detail }) => `${from}: ${detail}`).join("; ");
  const disagree = new Set(sources.map((source) => source.workers)).size > 1 ? " (these disagree)" : "";
  const what = kind === "event loop" ? "event-loop worker" : kind === "threads" ? "threaded worker" : "worker";
  return { statement: `${plural(workers, `${server ? `${server} ` : ""}${what}`)} a pod (${by})${disagree}`, measures };
}
