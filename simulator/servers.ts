/** An application server: what it can do at once, and how it shows itself in a container. */
export interface ServerSpec {
  readonly flavour: Flavour;
  /** Worker processes. One for servers of a single process. */
  readonly processes: number;
  /** Threads of a process that take requests. */
  readonly threads: number;
  /** Seconds after which it closes an idle connection, where its arguments say so; for gunicorn and uvicorn. */
  readonly keepAlive?: number;
  /** The command line of a program of its own, for java, go and what an image starts. */
  readonly program?: readonly string[];
  /** Cores at which something in the program stops a runtime of many threads. */
  readonly mostCores?: number;
}

export type Flavour =
  | "gunicorn-config"
  | "gunicorn-args"
  | "gunicorn-env"
  | "gunicorn-image"
  | "gunicorn-sync"
  | "gunicorn-gthread"
  | "uvicorn"
  | "node"
  | "puma"
  | "java"
  | "go";

export interface Server {
  readonly kind: "event loop" | "threads" | "processes";
  /** Requests that can be at work at once in one pod. */
  readonly slots: number;
  /** Cores that all of them together can keep busy: an interpreter lock allows one a process. */
  readonly cores: number;
  /** Whether a request that waits for a dependency keeps its slot. */
  readonly holdsWhileWaiting: boolean;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  /** File of a mounted ConfigMap. */
  readonly configFile: { readonly name: string; readonly text: string } | null;
  /** Lines of `ps -eo pid,ppid,args`, the header left out. */
  readonly processList: readonly string[];
  readonly threadCount: number;
}

type Shape = Omit<Server, "processList" | "threadCount" | "configFile" | "env" | "args"> &
  Partial<Pick<Server, "configFile" | "env" | "args">> & {
    /** What `ps` shows of the master (pid 1) and of each worker beneath it. */
    readonly master: string;
    readonly worker: string | null;
    readonly threadsPerProcess: number;
  };

/** How a server of this kind looks; see each server's own documentation on its settings. */
export function serverOf(spec: ServerSpec, port: number): Server {
  const { master, worker, threadsPerProcess, ...shape } = SHAPES[spec.flavour](spec, port);
  const workers = worker === null ? [] : Array.from({ length: spec.processes }, (_, index) => [7 + index, worker]);
  return {
    configFile: null,
    env: [],
    args: [],
    ...shape,
    processList: [
      `      1       0 ${master}`,
      ...workers.map(([pid, line]) => `${String(pid).padStart(7)}       1 ${line}`),
    ],
    threadCount: 1 + Math.max(1, workers.length) * threadsPerProcess,
  };
}

const LOOP = (spec: ServerSpec) =>
  ({ kind: "event loop", slots: spec.processes, cores: spec.processes, holdsWhileWaiting: false }) as const;
const THREADS = (spec: ServerSpec) =>
  ({ kind: "threads", slots: spec.processes * spec.threads, cores: spec.processes, holdsWhileWaiting: true }) as const;

const JAVA = ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app/app.jar"];
const PYTHON = "/usr/local/bin/python3.11 /usr/local/bin";

function keepAlive(spec: ServerSpec, option: string): string[] {
  return spec.keepAlive === undefined ? [] : [option, String(spec.keepAlive)];
}

function gunicorn(options: string): Pick<Shape, "master" | "worker"> {
  const line = `${PYTHON}/gunicorn ${options}`;
  return { master: line, worker: line };
}

const SHAPES: Record<Flavour, (spec: ServerSpec, port: number) => Shape> = {
  // Settings in a Python file that a ConfigMap mounts: nothing of it in the arguments.
  "gunicorn-config": (spec, port) => ({
    ...LOOP(spec),
    command: ["gunicorn"],
    args: ["-c", "/etc/gunicorn/gunicorn.conf.py", "app.main:app"],
    configFile: {
      name: "gunicorn.conf.py",
      text: [
        `bind = "0.0.0.0:${port}"`,
        `workers = ${spec.processes}`,
        'worker_class = "uvicorn.workers.UvicornWorker"',
        "timeout = 120",
        "keepalive = 75",
        "graceful_timeout = 30",
        'accesslog = "-"',
        "",
      ].join("\n"),
    },
    ...gunicorn("-c /etc/gunicorn/gunicorn.conf.py app.main:app"),
    threadsPerProcess: 5,
  }),
  "gunicorn-args": (spec, port) => {
    const args = [
      "-w",
      String(spec.processes),
      "-k",
      "uvicorn.workers.UvicornWorker",
      "-b",
      `0.0.0.0:${port}`,
      ...keepAlive(spec, "--keep-alive"),
      "app:api",
    ];
    return { ...LOOP(spec), command: ["gunicorn"], args, ...gunicorn(args.join(" ")), threadsPerProcess: 4 };
  },
  // gunicorn takes its default number of workers from WEB_CONCURRENCY (gunicorn settings, workers).
  "gunicorn-env": (spec, port) => {
    const args = ["--worker-class=uvicorn.workers.UvicornWorker", `--bind=0.0.0.0:${port}`, "service.asgi:application"];
    const env = [{ name: "WEB_CONCURRENCY", value: String(spec.processes) }];
    return { ...LOOP(spec), command: ["gunicorn"], args, env, ...gunicorn(args.join(" ")), threadsPerProcess: 4 };
  },
  // Its settings are in the image: a gunicorn.conf.py in the working directory, ENV, or an entrypoint's own arguments.
  "gunicorn-image": (spec) => {
    const command = spec.program ?? ["gunicorn", "app.main:app"];
    const shown = command[0] === "gunicorn" ? command.slice(1).join(" ") : "app.main:app";
    return { ...LOOP(spec), command, ...gunicorn(shown), threadsPerProcess: 4 };
  },
  "gunicorn-sync": (spec, port) => {
    const args = [`--workers=${spec.processes}`, "--worker-class=sync", "--timeout=120", "-b", `:${port}`, "wsgi:app"];
    return {
      kind: "processes",
      slots: spec.processes,
      cores: spec.processes,
      holdsWhileWaiting: true,
      command: ["gunicorn"],
      args,
      ...gunicorn(args.join(" ")),
      threadsPerProcess: 1,
    };
  },
  "gunicorn-gthread": (spec, port) => {
    const args = [
      "--workers",
      String(spec.processes),
      "--threads",
      String(spec.threads),
      "-b",
      `0.0.0.0:${port}`,
      ...keepAlive(spec, "--keep-alive"),
      "wsgi:app",
    ];
    return {
      ...THREADS(spec),
      command: ["gunicorn"],
      args,
      ...gunicorn(args.join(" ")),
      threadsPerProcess: spec.threads + 1,
    };
  },
  // uvicorn with several workers keeps a supervisor; with one it serves in the first process.
  uvicorn: (spec, port) => {
    const args = [
      "app.main:app",
      "--host",
      "0.0.0.0",
      "--port",
      String(port),
      "--workers",
      String(spec.processes),
      ...keepAlive(spec, "--timeout-keep-alive"),
    ];
    return {
      ...LOOP(spec),
      command: ["uvicorn"],
      args,
      master: `${PYTHON}/uvicorn ${args.join(" ")}`,
      worker: spec.processes > 1 ? "/usr/local/bin/python3.11 -c from multiprocessing.spawn import spawn_main" : null,
      threadsPerProcess: 3,
    };
  },
  // Node runs JavaScript on one thread; libuv's four and V8's helpers make up the rest.
  node: () => ({
    kind: "event loop",
    slots: 1,
    cores: 1,
    holdsWhileWaiting: false,
    command: ["node", "dist/server.js"],
    master: "node dist/server.js",
    worker: null,
    threadsPerProcess: 10,
  }),
  puma: (spec, port) => ({
    ...THREADS(spec),
    command: ["bundle", "exec", "puma"],
    args: ["-C", "config/puma.rb"],
    env: [
      { name: "WEB_CONCURRENCY", value: String(spec.processes) },
      { name: "RAILS_MAX_THREADS", value: String(spec.threads) },
      { name: "PORT", value: String(port) },
    ],
    master: `puma 6.4.2 (tcp://0.0.0.0:${port}) [app]`,
    worker: "puma: cluster worker: 1 [app]",
    threadsPerProcess: spec.threads + 3,
  }),
  java: (spec) => ({
    kind: "threads",
    slots: spec.threads,
    cores: spec.mostCores ?? Number.POSITIVE_INFINITY,
    holdsWhileWaiting: true,
    command: spec.program ?? JAVA,
    env: [{ name: "SERVER_TOMCAT_THREADS_MAX", value: String(spec.threads) }],
    master: (spec.program ?? JAVA).join(" "),
    worker: null,
    threadsPerProcess: 48,
  }),
  // Goroutines: no bound of its own on requests at work.
  go: (spec) => ({
    kind: "threads",
    slots: 10_000,
    cores: Number.POSITIVE_INFINITY,
    holdsWhileWaiting: false,
    command: spec.program ?? ["/bin/server"],
    master: (spec.program ?? ["/bin/server"]).join(" "),
    worker: null,
    threadsPerProcess: 12,
  }),
};
