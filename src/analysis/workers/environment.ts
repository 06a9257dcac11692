import type { ContainerFact, EnvironmentEntry } from "../../model/facts.ts";
import { isMark } from "../../model/mark.ts";
import { type Traced, traced, type Unread, untold } from "./traced.ts";

/** The keys of a ConfigMap as text; null where it could not be read. */
export type ConfigMaps = ReadonlyMap<string, { readonly [key: string]: string } | null>;

/** What is known of a variable: its value, or that nothing that was read sets it, with what may set it all the same. */
export type Variable =
  | { readonly state: "set"; readonly value: Traced }
  | { readonly state: "unset"; readonly unread: readonly Unread[] };

export type Lookup = (name: string) => Variable;

/** Characters of a variable that is read. */
const LONGEST = 20_000;

/**
 * The environment of a container by the rules of the kubelet: `envFrom` first and in order, the later over the earlier,
 * then `env` in order over all of it; `$(NAME)` in a value stands for a variable that comes before (Kubernetes, Container
 * v1 core: env, envFrom). A Secret is never read, so what it sets is not known; nor is what the image brings.
 */
export function environmentOf(container: ContainerFact, configMaps: ConfigMaps): Lookup {
  const known = new Map<string, Traced>();
  const opaque: { readonly prefix: string; readonly unread: Unread }[] = [];
  const lookup: Lookup = (name) => {
    const value = known.get(name);
    if (value) return { state: "set", value };
    const may = opaque.filter(({ prefix }) => name.startsWith(prefix)).map(({ unread }) => unread);
    return { state: "unset", unread: [...may, imageVariable(name)] };
  };
  for (const source of container.variablesFrom ?? []) {
    const data = source.kind === "ConfigMap" ? configMaps.get(source.name) : undefined;
    if (data) {
      for (const [key, text] of Object.entries(data))
        known.set(source.prefix + key, plain(text, { in: "config map", name: source.name, key }, key));
      continue;
    }
    const unread = objectUnread(source.kind, source.name, " (envFrom)");
    opaque.push({ prefix: source.prefix, unread });
    // A later object wins: what an earlier one set is then not known any more.
    for (const [name, value] of known)
      if (name.startsWith(source.prefix))
        known.set(
          name,
          value.map((one) => ({ ...one, unread: [unread] })),
        );
  }
  for (const entry of container.variables ?? plainEntries(container))
    known.set(entry.name, variableOf(entry, lookup, configMaps));
  return lookup;
}

function plainEntries({ environment }: ContainerFact): EnvironmentEntry[] {
  return Object.entries(environment).map(([name, value]) => ({ name, value, from: null }));
}

function variableOf({ name, value, from }: EnvironmentEntry, lookup: Lookup, configMaps: ConfigMaps): Traced {
  if (from === null) return expandDollarParens(plain(value ?? "", { in: "variable", name }, name), lookup);
  if ("what" in from)
    return untold([{ what: `${name}, which the kubelet fills in from ${from.what}`, look: { in: "variable", name } }]);
  const data = from.kind === "ConfigMap" ? configMaps.get(from.name) : undefined;
  if (!data) return untold([objectUnread(from.kind, from.name, ` (${name})`)]);
  const text = data[from.key];
  if (text === undefined) return untold([{ what: `key ${from.key} of ConfigMap ${from.name}`, look: null }]);
  return plain(text, { in: "config map", name: from.name, key: from.key }, name);
}

function plain(text: string, origin: Parameters<typeof traced>[1], name: string): Traced {
  if (isMark(text)) return untold([{ what: `${name}, whose value is redacted`, look: null }]);
  if (text.length > LONGEST) return untold([{ what: `${name}, which is too long for a setting`, look: null }]);
  return traced(text, origin);
}

function objectUnread(kind: "ConfigMap" | "Secret", name: string, how: string): Unread {
  // No command that prints a Secret is ever proposed: the processes tell as well.
  return { what: `${kind} ${name}${how}`, look: kind === "ConfigMap" ? { in: "config map", name } : null };
}

function imageVariable(name: string): Unread {
  return { what: `${name} in the image's own environment`, look: { in: "variable", name }, weak: true };
}

/**
 * Kubernetes' own `$(NAME)` in a command, an argument or a value: the variable's value; "$$(NAME)" is the text itself, and
 * a variable that is not set leaves the text as it stands (Kubernetes, Define a Command and Arguments for a Container).
 */
export function expandDollarParens(text: Traced, lookup: Lookup): Traced {
  const out: Traced[number][] = [];
  const written = text.map(({ char }) => char ?? "\u0000").join("");
  for (let at = 0; at < text.length; ) {
    const rest = written.slice(at);
    const [reference, escaped, name] = /^(\$?)\$\(([A-Za-z_][\w.-]*)\)/.exec(rest) ?? [];
    if (reference === undefined || name === undefined) {
      out.push(...text.slice(at, at + 1));
      at += 1;
      continue;
    }
    const variable = escaped === "$" ? null : lookup(name);
    if (variable === null) out.push(...text.slice(at + 1, at + reference.length));
    else if (variable.state === "set") out.push(...variable.value);
    else if (variable.unread.some(({ weak }) => !weak) && /^[A-Z_][A-Z0-9_]*$/.test(name))
      out.push(...untold(variable.unread));
    else out.push(...text.slice(at, at + reference.length));
    at += reference.length;
  }
  return out;
}
