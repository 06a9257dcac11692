import type { ContainerFact } from "../model/facts.ts";

/** Whether a server wants a PROXY protocol header before each connection, and where that stands. */
export interface Expected {
  readonly expects: boolean;
  /** "listen 8080 proxy_protocol in nginx.conf" */
  readonly detail: string;
  /** What is not set is only its default, which is no reading. */
  readonly isDefault: boolean;
}

/** A server's line that opens a port, and the word in it that asks for the header; comments do not count. */
const LISTENING = [
  // nginx, ngx_http_core_module and ngx_stream_core_module, "listen".
  { line: /^[^#\n]*?\blisten\s+([^;#\n]+);/gm, asks: /\bproxy_protocol\b/, called: "listen" },
  // HAProxy, Configuration Manual, "bind" and "accept-proxy".
  { line: /^\s*bind\s+([^#\n]+)/gm, asks: /\baccept-proxy\b/, called: "bind" },
] as const;

/** The setting of ingress-nginx's ConfigMap, off by default (Ingress-Nginx Controller, ConfigMaps). */
const INGRESS_NGINX = "use-proxy-protocol";

/** The name of the ConfigMap that ingress-nginx reads, from its arguments; null: it names none. */
export function controllerConfigMap({ command }: Pick<ContainerFact, "command">): string | null {
  const given = command.find((one) => one.startsWith("--configmap="));
  return given === undefined ? null : (/\/([a-z0-9][a-z0-9.-]*)$/.exec(given)?.[1] ?? null);
}

/** What ingress-nginx's ConfigMap says. */
export function expectedByController(data: { readonly [key: string]: string }): Expected {
  const value = Object.hasOwn(data, INGRESS_NGINX) ? data[INGRESS_NGINX] : undefined;
  return value === undefined
    ? { expects: false, detail: `${INGRESS_NGINX} is not set, and off by default`, isDefault: true }
    : { expects: value === "true", detail: `${INGRESS_NGINX}: ${value}`, isDefault: false };
}

/**
 * What configuration files of nginx or HAProxy say of a port; null where none opens it, or they say both. A port of null
 * stands for all of them.
 */
export function expectedByFiles(
  files: readonly (readonly [name: string, text: string])[],
  port: number | null,
): Expected | null {
  const found = files.flatMap(([name, text]) =>
    LISTENING.flatMap(({ line, asks, called }) =>
      [...text.matchAll(line)].flatMap(([, words = ""]): Expected[] => {
        if (port !== null && !opens(words, port)) return [];
        return [{ expects: asks.test(words), detail: `${called} ${words.trim()} in ${name}`, isDefault: false }];
      }),
    ),
  );
  const [first] = found;
  return first && found.every(({ expects }) => expects === first.expects) ? first : null;
}

/** Whether "8080 ssl", "*:8080", "[::]:8080 default_server" opens this port. */
function opens(words: string, port: number): boolean {
  return new RegExp(`(^|[:\\s])${port}(\\s|$)`).test(words.trim());
}
