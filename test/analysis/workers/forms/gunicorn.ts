import { type Form, sh } from "../container.ts";
import { fromMap, fromSecret, type Row, WEB, words } from "./row.ts";

const optional = false;

export const GUNICORN: Row[] = [
  ["-w", { command: words("gunicorn -w 4 app:app") }, 4],
  ["--workers=", { command: words("/usr/local/bin/gunicorn app:app --workers=2") }, 2],
  ["-w4", { command: words("gunicorn -w4 app:app") }, 4],
  ["the last of two", { command: words("gunicorn -w 2 app:app --workers 3") }, 3],
  ["a shell", { command: sh("exec gunicorn app:app --workers 4 # four of them") }, 4],
  ["a comment alone", { command: sh("gunicorn app:app # --workers 9") }, null, "gunicorn.conf.py"],
  ["after another command", { command: sh("python manage.py migrate && gunicorn -w 3 app:app 2>&1 | tee /log") }, 3],
  ["a fallback", { command: sh(`exec gunicorn --workers \${GUNICORN_WORKERS:-4} app:app`) }, 4],
  ["a fallback that is set", { command: sh(`gunicorn -w \${N:-4} app:app`), env: { N: "7" } }, 7],
  [
    "a fallback that a Secret may set",
    { command: sh(`gunicorn -w \${N:-4} app:app`), from: fromSecret },
    null,
    "Secret app-secrets",
  ],
  ["a variable", { command: sh('gunicorn -w "$N" app:app'), env: { N: "5" } }, 5],
  ["a variable that nothing sets", { command: sh("gunicorn -w $N app:app") }, null, "N in the image"],
  ["Kubernetes' own reference", { command: ["gunicorn"], args: ["--workers=$(N)", "app:app"], env: { N: "6" } }, 6],
  ["$(nproc)", { command: sh("exec gunicorn app.wsgi --workers $(nproc)") }, null, "$(nproc)"],
  ["backticks", { command: sh("gunicorn app.wsgi --workers `nproc`") }, null, "$(nproc)"],
  ["2 * nproc + 1", { command: sh("gunicorn -w $((2 * $(nproc) + 1)) app:app") }, null, "nproc"],
  ["an export", { command: sh("export WEB_CONCURRENCY=5; exec gunicorn app:app") }, 5],
  ["an assignment before it", { command: sh("WEB_CONCURRENCY=3 gunicorn app:app") }, 3],
  ["options in a variable", { command: sh("gunicorn $OPTS app:app"), env: { OPTS: "-w 8 -k gevent" } }, 8],
  ["options in a variable of the image", { command: sh("gunicorn $OPTS app:app"), env: { [WEB]: "2" } }, null, "OPTS"],
  [WEB, { command: words("gunicorn app:app"), env: { [WEB]: "6" } }, 6],
  ["the command line over the variable", { command: words("gunicorn -w 4 app:app"), env: { [WEB]: "6" } }, 4],
  [
    "GUNICORN_CMD_ARGS",
    { command: words("gunicorn app:app"), env: { GUNICORN_CMD_ARGS: "--workers=3 --timeout 9" } },
    3,
  ],
  [
    "GUNICORN_WORKERS, which it does not read",
    { command: words("gunicorn app:app"), env: { GUNICORN_WORKERS: "9" } },
    null,
    WEB,
  ],
  ["envFrom", { command: words("gunicorn app:app"), from: fromMap, configMaps: { "app-env": { [WEB]: "4" } } }, 4],
  [
    "envFrom that was not read",
    { command: words("gunicorn app:app"), from: fromMap, configMaps: { "app-env": null } },
    null,
    "ConfigMap app-env",
  ],
  [
    "a prefix",
    {
      command: sh("gunicorn -w $APP_N app:app"),
      from: [{ ...fromMap[0], prefix: "APP_" }],
      configMaps: { "app-env": { N: "4" } },
    },
    4,
  ],
  [
    "env over envFrom",
    {
      command: words("gunicorn app:app"),
      from: fromMap,
      configMaps: { "app-env": { [WEB]: "4" } },
      env: { [WEB]: "2" },
    },
    2,
  ],
  [
    "a key of a ConfigMap",
    {
      command: words("gunicorn app:app"),
      variables: [{ name: WEB, value: null, from: { kind: "ConfigMap", name: "c", key: "n", optional } }],
      configMaps: { c: { n: "3" } },
    },
    3,
  ],
  [
    "a key of a Secret",
    {
      command: words("gunicorn app:app"),
      variables: [{ name: WEB, value: null, from: { kind: "Secret", name: "s", key: "n", optional } }],
    },
    null,
    "Secret s",
  ],
  [
    "the CPU limit",
    {
      command: words("gunicorn app:app"),
      variables: [{ name: WEB, value: null, from: { kind: "resource", what: "limits.cpu" } }],
    },
    null,
    "limits.cpu",
  ],
  [
    "a masked value",
    { command: words("gunicorn app:app"), env: { [WEB]: "‹text:8:0a1b2›" } },
    null,
    `${WEB}, whose value is redacted`,
  ],
  [
    "masked arguments",
    { command: words("gunicorn app:app"), env: { GUNICORN_CMD_ARGS: "‹option:64:0a1b2›" } },
    null,
    "GUNICORN_CMD_ARGS, whose value is redacted",
  ],
  ["a redacted value", { command: words("gunicorn app:app"), env: { [WEB]: "(redacted)" } }, null, "redacted"],
  [
    "a file in the image",
    { command: words("gunicorn -c /app/gunicorn.conf.py app:app") },
    null,
    "/app/gunicorn.conf.py in the image",
  ],
  [
    "a file in the image with a variable",
    { command: words("gunicorn -c /app/g.py app:app"), env: { [WEB]: "4" } },
    null,
    "/app/g.py",
  ],
  ["nothing", { command: words("gunicorn app:app") }, null, "WEB_CONCURRENCY in the image's own environment"],
  ["an init and a wrapper", { command: words("dumb-init -- ddtrace-run gunicorn -w 4 app:app") }, 4],
  [
    "tini, gosu, newrelic",
    { command: words("/sbin/tini -g -- gosu app newrelic-admin run-program gunicorn -w 4 app:app") },
    4,
  ],
  ["poetry, env, python -m", { command: words("poetry run env N=1 python -m gunicorn -w 3 app:app") }, 3],
  ["an entrypoint in the image", { command: ["/entrypoint.sh"], args: words("gunicorn -w 2 app:app") }, 2],
  ["env -- injected", { command: words("doppler run -- gunicorn app:app"), env: { [WEB]: "2" } }, null, "doppler"],
];

const file = (text: string): Form => ({
  command: words("gunicorn -c /etc/g/conf.py app:app"),
  files: { "/etc/g/conf.py": text },
});
export const GUNICORN_FILE: Row[] = [
  ["a literal", file("# workers = 9\nworkers = 4  # four\n"), 4],
  ["os.environ.get", file('import os\nworkers = int(os.environ.get("GUNICORN_WORKERS", "4"))\n'), 4],
  ["os.getenv that is set", { ...file('workers = int(os.getenv("N", 4))\n'), env: { N: "2" } }, 2],
  ["or", file('workers = int(os.environ.get("N") or 3)\n'), 3],
  ["counted up afterwards", file("workers = 4\nworkers += 2\n"), null, "workers += 2"],
  ["counted up, and then set", file("workers = 4\nworkers *= 2\nworkers = 3\n"), 3],
  ["set together with another name", file("threads, workers = 2, 4\n"), null, "threads, workers = 2, 4"],
  [
    "another module's names",
    { ...file("from shared.settings import *\n"), env: { [WEB]: "2" } },
    null,
    "from shared.settings import *",
  ],
  ["another module's name", file("from shared import workers\n"), null, "from shared import workers"],
  ["another module's names, and its own", file("from shared import *\nworkers = 3\n"), 3],
  [
    "a comment on it, and a longer name",
    file("# from shared import *\nmax_workers = 4\nworkers_per_core, x = 3, 2\n"),
    null,
    "in the image's own",
  ],
  ["another name", file("count = 5\nworkers = count\n"), 5],
  ["cpu_count", file("workers = multiprocessing.cpu_count() * 2 + 1\n"), null, "cpu_count"],
  ["a condition", file('workers = 2\nif os.getenv("BIG"):\n    workers = 8\n'), null, "condition"],
  ["a file that does not set it", { ...file("bind = ':8000'\n"), env: { [WEB]: "3" } }, 3],
  [
    "a file of something else",
    { command: words("gunicorn app:app"), files: { "/etc/app.yaml": "celery:\n  workers: 8\n" } },
    null,
    "gunicorn.conf.py",
  ],
  [
    "its own file, where it starts",
    {
      command: words("gunicorn app:app"),
      workingDirectory: "/app",
      files: { "/app/gunicorn.conf.py": "workers = 3\n" },
    },
    3,
  ],
  [
    "a Secret that may set the name",
    { ...file('workers = int(os.getenv("N", 4))\n'), from: fromSecret },
    null,
    "Secret app-secrets",
  ],
];
