import type { Files } from "../files.ts";
import { iniSetting } from "../ini-file.ts";
import type { Invocation } from "../invocation.ts";
import { type Layer, layerOf, type ServerReading, unreadLayer } from "../settings.ts";
import { shown } from "../traced.ts";

/** Where pools are configured in the official and in Debian's images. */
const POOLS = /(?:php-fpm\.d|pool\.d|php-fpm)\/[^/]+\.conf$|(?:^|\/)(?:www|zz-[\w-]+)\.conf$/;
const IN_IMAGE = { what: "the pool's pm.max_children in the image's php-fpm.d", look: null } as const;

/**
 * `pm.max_children` bounds the requests at once, in the pool's file, which the image brings and a ConfigMap may replace
 * (PHP, FPM configuration). Files are read by name, the later over the earlier. How many children run at a moment is not
 * the bound unless `pm = static`.
 */
export function phpFpm({ lookup }: Invocation, files: Files): ServerReading {
  const pools = [...files.like(POOLS)].sort((a, b) => (a.path < b.path ? -1 : 1));
  const found = pools.flatMap((file) => {
    const value = iniSetting(file.text(), ["pm.max_children"], lookup);
    return value ? [{ value, name: file.path.replace(/^.*\//, "") }] : [];
  });
  const last = found.at(-1);
  const mode = pools.map((file) => iniSetting(file.text(), ["pm"], lookup)).findLast((one) => one !== null);
  const layers: Layer[] = last
    ? [layerOf("configuration", `pm.max_children = ${shown(last.value)} in ${last.name}`, last.value)]
    : unreadLayer([IN_IMAGE]);
  return {
    layers,
    byDefault: null,
    kind: "processes",
    threads: 1,
    masters: (workers) => [workers + 1],
    dynamic: !mode || shown(mode) !== "static",
  };
}
