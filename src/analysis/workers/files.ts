import type { ContainerFact, MountFact } from "../../model/facts.ts";
import type { ConfigMaps } from "./environment.ts";
import { type Traced, traced, type Unread } from "./traced.ts";

/** A file of a mounted ConfigMap. */
export interface File {
  readonly path: string;
  /** Traced only where it is asked for: a ConfigMap may hold a megabyte. */
  readonly text: () => Traced;
}

export interface Files {
  /** The file at a path as the server would open it, or why it was not read. */
  at(path: string): File | Unread;
  /** Mounted files whose path matches. */
  like(pattern: RegExp): readonly File[];
}

/** Characters of a file that are read: what is longer is no settings file. */
const LONGEST = 100_000;

/** What a container's ConfigMap volumes hold, by path (Kubernetes, Volumes: configMap, subPath, projected). */
export function filesOf(container: ContainerFact, configMaps: ConfigMaps): Files {
  const files = mountsOf(container).flatMap((mount) => filesIn(mount, configMaps));
  return {
    at(path) {
      const full = path.startsWith("/") ? path : join(container.workingDirectory ?? "", path);
      const found = files.find((file) => file.path === full);
      // Where the image says in which folder it starts, a relative path is known by its end.
      const tail = path.replace(/^\.\//, "");
      const near =
        container.workingDirectory == null && !path.startsWith("/")
          ? files.filter((file) => file.path.endsWith(`/${tail}`))
          : [];
      return found ?? (near.length === 1 ? near[0] : undefined) ?? unreadAt(full, mountsOf(container), configMaps);
    },
    like: (pattern) => files.filter(({ path }) => pattern.test(path)),
  };
}

/** Facts without mounts name the ConfigMaps alone. */
function mountsOf({ mounts, configMaps }: ContainerFact): readonly MountFact[] {
  return (
    mounts ??
    configMaps.map((name) => ({ path: "/", subPath: null, parts: [{ kind: "ConfigMap", name, items: null }] }))
  );
}

function filesIn({ path, subPath, parts }: MountFact, configMaps: ConfigMaps): File[] {
  return parts.flatMap(({ kind, name, items }) => {
    const data = kind === "ConfigMap" ? configMaps.get(name) : undefined;
    if (!data) return [];
    const entries = items ?? Object.keys(data).map((key) => ({ key, path: key }));
    return entries.flatMap((item) => {
      const text = data[item.key];
      if (text === undefined || (subPath !== null && item.path !== subPath)) return [];
      const full = subPath === null ? join(path, item.path) : path;
      return [{ path: full, text: () => traced(text.slice(0, LONGEST), { in: "config map", name, key: item.key }) }];
    });
  });
}

function unreadAt(path: string, mounts: readonly MountFact[], configMaps: ConfigMaps): Unread {
  const over = mounts
    .filter((mount) => mount.path !== "/" && (path === mount.path || path.startsWith(join(mount.path, ""))))
    .sort((a, b) => b.path.length - a.path.length)[0];
  const look = path.startsWith("/") ? ({ in: "file", name: path } as const) : null;
  const lost = over?.parts.find(({ kind, name }) => kind !== "ConfigMap" || !configMaps.get(name));
  if (lost?.kind === "ConfigMap")
    return { what: `ConfigMap ${lost.name} (${path})`, look: { in: "config map", name: lost.name } };
  // The content of a Secret is not printed.
  if (lost?.kind === "Secret") return { what: `${path} of Secret ${lost.name}`, look: null };
  if (lost) return { what: `${path} on the volume ${lost.name}`, look };
  return { what: `${path} in the image`, look };
}

function join(folder: string, path: string): string {
  const tail = path.replace(/^\.\//, "");
  return folder === "" ? tail : `${folder.replace(/\/+$/, "")}/${tail}`;
}
