/** What runs the application's code. */
export type Runtime = "python" | "ruby" | "node" | "php" | "java" | ".NET" | "go" | "rust";

/** Application servers by the name of their program, with their runtime. */
export const SERVERS: ReadonlyMap<string, { readonly server: string; readonly runtime: Runtime }> = byName({
  gunicorn: { server: "gunicorn", runtime: "python" },
  uvicorn: { server: "uvicorn", runtime: "python" },
  hypercorn: { server: "hypercorn", runtime: "python" },
  granian: { server: "granian", runtime: "python" },
  uwsgi: { server: "uwsgi", runtime: "python" },
  "waitress-serve": { server: "waitress", runtime: "python" },
  waitress: { server: "waitress", runtime: "python" },
  daphne: { server: "daphne", runtime: "python" },
  puma: { server: "puma", runtime: "ruby" },
  unicorn: { server: "unicorn", runtime: "ruby" },
  unicorn_rails: { server: "unicorn", runtime: "ruby" },
  "php-fpm": { server: "php-fpm", runtime: "php" },
  "pm2-runtime": { server: "pm2", runtime: "node" },
  pm2: { server: "pm2", runtime: "node" },
});

/** Programs that run an application of which nothing more is known from the command line. */
export const INTERPRETERS: ReadonlyMap<string, Runtime> = byName({
  python: "python",
  ruby: "ruby",
  node: "node",
  php: "php",
  java: "java",
  dotnet: ".NET",
  flask: "python",
  npm: "node",
  yarn: "node",
  pnpm: "node",
  npx: "node",
  next: "node",
  nest: "node",
  "ts-node": "node",
  tsx: "node",
  bun: "node",
});

/** They pass requests on, and run no application of their own. */
export const PROXIES =
  /^(?:nginx|openresty|envoy|haproxy|traefik|caddy|istio-proxy|linkerd2?-proxy|oauth2-proxy|kube-rbac-proxy)$/;

/** What such servers are called as images and containers besides. As a program, Apache may run PHP by itself. */
const PROXIES_BY_IMAGE = /^(?:nginx-unprivileged|proxyv2|proxy|httpd|apache2?)$/;

/**
 * Whether a container may stand in front of the application in its own pod: by its name, the last part of its image's, or
 * the program that is started.
 */
export function isProxy({
  name,
  image,
  command,
}: {
  readonly name: string;
  readonly image: string | null;
  readonly command: readonly string[];
}): boolean {
  const repository = image?.split("@")[0]?.split("/").at(-1)?.split(":")[0] ?? "";
  const program = command[0]?.split("/").at(-1) ?? "";
  return [name, repository, program].some((one) => PROXIES.test(one) || PROXIES_BY_IMAGE.test(one));
}

/** Consumers of queues: their "workers" answer no request. */
export const QUEUES = /^(?:celery|sidekiq|rq|dramatiq|huey|resque|delayed_job|arq)$/;

/** First processes that stay beside the server, to pass signals on and to bury the dead. */
export const INITS =
  /^(?:dumb-init|tini|tini-static|docker-init|catatonit|pid1|my_init|s6-svscan|s6-supervise|init|docker-php-entrypoint)$/;

export const SHELLS = /^(?:sh|bash|ash|dash|zsh|ksh)$/;

/** Programs that start another one in their place: what follows their own options is the command. */
interface Wrapper {
  /** Words of its own after the program: "run-program". */
  readonly own: number;
  /** Options that take the next word. */
  readonly valued: readonly string[];
  /** Whether it stays, as a process more. */
  readonly stays: boolean;
  /** It puts variables into the environment that stand nowhere in the manifests. */
  readonly injects?: boolean;
}

const plain = (own = 0, valued: readonly string[] = []): Wrapper => ({ own, valued, stays: false });
const staying = (own = 0, valued: readonly string[] = []): Wrapper => ({ own, valued, stays: true });
const injecting = (own: number, valued: readonly string[] = []): Wrapper => ({
  own,
  valued,
  stays: true,
  injects: true,
});

/** Each as its own documentation says. */
export const WRAPPERS: ReadonlyMap<string, Wrapper> = byName({
  exec: plain(0, ["-a"]),
  command: plain(),
  nohup: plain(),
  setsid: plain(),
  time: staying(),
  nice: plain(0, ["-n"]),
  ionice: plain(0, ["-c", "-n"]),
  stdbuf: plain(),
  taskset: plain(1),
  numactl: plain(),
  setpriv: plain(),
  "su-exec": plain(1),
  gosu: plain(1),
  chpst: plain(0, ["-u", "-U", "-e", "-n"]),
  runuser: plain(0, ["-u"]),
  sudo: staying(0, ["-u", "-g"]),
  timeout: staying(1, ["-s", "-k"]),
  "dumb-init": staying(0, ["-r", "--rewrite"]),
  tini: staying(0, ["-e", "-p"]),
  "tini-static": staying(0, ["-e", "-p"]),
  "docker-init": staying(0, ["-e", "-p"]),
  catatonit: staying(),
  "newrelic-admin": plain(1),
  "ddtrace-run": plain(),
  "opentelemetry-instrument": plain(0, [
    "--traces_exporter",
    "--metrics_exporter",
    "--logs_exporter",
    "--service_name",
    "--exporter_otlp_endpoint",
  ]),
  "splunk-py-trace": plain(),
  poetry: plain(1),
  pipenv: plain(1),
  pdm: plain(1),
  hatch: plain(1),
  rye: staying(1),
  uv: staying(1, [
    "--with",
    "--extra",
    "--group",
    "--project",
    "--directory",
    "-p",
    "--python",
    "--env-file",
    "--package",
  ]),
  conda: staying(1, ["-n", "--name", "-p", "--prefix"]),
  micromamba: staying(1, ["-n", "--name", "-p"]),
  bundle: plain(1),
  xvfb: staying(),
  doppler: injecting(1, ["-t", "--token", "-p", "--project", "-c", "--config"]),
  infisical: injecting(1),
  chamber: injecting(2),
  "aws-vault": injecting(2),
  summon: injecting(0, ["-f", "-p"]),
  envconsul: injecting(0, ["-config"]),
});

/** A program may be called "constructor": a plain object would know it. */
function byName<T>(table: { readonly [name: string]: T }): ReadonlyMap<string, T> {
  return new Map(Object.entries(table));
}
