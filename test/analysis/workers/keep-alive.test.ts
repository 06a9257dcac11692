import { describe, expect, it } from "vitest";
import { keepAliveOf } from "../../../src/analysis/workers/index.ts";
import { containerOf, type Form, sh } from "./container.ts";
import { fromMap, fromSecret, words } from "./forms/row.ts";

type Row = readonly [title: string, form: Form, seconds: number | null, from?: "arguments" | "environment" | "default"];

const gthread = (more: string) => ({ command: words(`gunicorn -k gthread ${more} app:api`) });

const GUNICORN: Row[] = [
  ["its option", gthread("--keep-alive 75"), 75, "arguments"],
  ["its option with an equals sign", gthread("--keep-alive=75"), 75, "arguments"],
  ["the last of two", gthread("--keep-alive 5 --keep-alive 75"), 75, "arguments"],
  ["GUNICORN_CMD_ARGS", { ...gthread(""), env: { GUNICORN_CMD_ARGS: "--keep-alive 30" } }, 30, "environment"],
  [
    "arguments over GUNICORN_CMD_ARGS",
    { ...gthread("--keep-alive 75"), env: { GUNICORN_CMD_ARGS: "--keep-alive 30" } },
    75,
    "arguments",
  ],
  ["its default", gthread(""), 2, "default"],
  [
    "the sync class, which closes after every answer",
    { command: words("gunicorn -k sync --keep-alive 5 app:api") },
    null,
  ],
  ["no class, which is sync", { command: words("gunicorn --keep-alive 5 app:api") }, null],
  ["no class and several threads", { command: words("gunicorn --threads 4 --keep-alive 5 app:api") }, 5, "arguments"],
  ["no class and one thread", { command: words("gunicorn --threads 1 --keep-alive 5 app:api") }, null],
  [
    "Uvicorn's workers, which take it from gunicorn",
    { command: words("gunicorn -k uvicorn.workers.UvicornWorker --keep-alive 5 app:api") },
    5,
    "arguments",
  ],
  ["Tornado's, which do not", { command: words("gunicorn -k tornado --keep-alive 5 app:api") }, null],
  ["a class of one's own", { command: words("gunicorn -k app.workers.Own --keep-alive 5 app:api") }, null],
  [
    "a class that only the environment tells",
    { command: words("gunicorn --keep-alive 5 app:api"), env: { GUNICORN_CMD_ARGS: "-k gthread" } },
    5,
    "arguments",
  ],
  ["0, which keeps none", gthread("--keep-alive 0"), null],
  ["a settings file that is named", gthread("-c /etc/gunicorn/conf.py"), null],
  [
    "a settings file that the environment names",
    { ...gthread(""), env: { GUNICORN_CMD_ARGS: "-c /etc/gunicorn/conf.py" } },
    null,
  ],
  [
    "its own settings file from a ConfigMap",
    { ...gthread(""), files: { "/app/gunicorn.conf.py": "keepalive = 75" } },
    null,
  ],
  ["another file from a ConfigMap", { ...gthread(""), files: { "/app/logging.ini": "" } }, 2, "default"],
  ["arguments over a settings file", gthread("-c /etc/gunicorn/conf.py --keep-alive 75"), 75, "arguments"],
  ["a ConfigMap as environment", { ...gthread(""), from: fromMap }, null],
  ["a Secret as environment", { ...gthread(""), from: fromSecret }, null],
  ["arguments over a ConfigMap as environment", { ...gthread("--keep-alive 75"), from: fromMap }, 75, "arguments"],
  ["a variable of the image's own script", { ...gthread(""), env: { KEEP_ALIVE: "75" } }, null],
];

const OTHERS: Row[] = [
  ["Uvicorn's option", { command: words("uvicorn app:api --timeout-keep-alive 75") }, 75, "arguments"],
  [
    "Uvicorn's variable",
    { command: words("uvicorn app:api"), env: { UVICORN_TIMEOUT_KEEP_ALIVE: "75" } },
    75,
    "environment",
  ],
  [
    "Uvicorn's variable that is no number",
    { command: words("uvicorn app:api"), env: { UVICORN_TIMEOUT_KEEP_ALIVE: "long" } },
    null,
  ],
  [
    "Uvicorn's variable from a key of a ConfigMap",
    {
      command: words("uvicorn app:api"),
      variables: [
        {
          name: "UVICORN_TIMEOUT_KEEP_ALIVE",
          value: null,
          from: { kind: "ConfigMap", name: "app", key: "keep", optional: false },
        },
      ],
    },
    null,
  ],
  ["Uvicorn's default", { command: words("uvicorn app:api") }, 5, "default"],
  ["Uvicorn with a ConfigMap as environment", { command: words("uvicorn app:api"), from: fromMap }, null],
  [
    "options that are not known, behind it",
    { command: sh("exec uvicorn app:api --timeout-keep-alive 5 $OPTIONS") },
    null,
  ],
  ["options that are not known alone", { command: sh("exec uvicorn app:api $OPTIONS") }, null],
  [
    "options that are known",
    { command: sh("exec uvicorn app:api $OPTIONS"), env: { OPTIONS: "--timeout-keep-alive 75" } },
    75,
    "arguments",
  ],
  ["variables that a wrapper sets", { command: words("doppler run -- uvicorn app:api") }, null],
  ["arguments for a program that the image names", { command: [], args: words("uvicorn app:api") }, null],
  ["fastapi run", { command: words("fastapi run app.py") }, 5, "default"],
  ["Hypercorn's option", { command: words("hypercorn --keep-alive 75 app:api") }, 75, "arguments"],
  ["Hypercorn's default", { command: words("hypercorn app:api") }, 5, "default"],
  ["Hypercorn's settings file", { command: words("hypercorn -c hypercorn.toml app:api") }, null],
  ["Node", { command: words("node server.js") }, 5, "default"],
  [
    "Node with a variable that its code may read",
    { command: words("node server.js"), env: { KEEP_ALIVE_TIMEOUT: "65000" } },
    null,
  ],
  ["Next.js's option", { command: words("next start --keepAliveTimeout 65000") }, null],
  ["Bun, which is no Node", { command: words("bun server.js") }, null],
  ["PM2", { command: words("pm2-runtime server.js") }, null],
  ["Puma, whose default hangs on its version", { command: words("puma -C config/puma.rb") }, null],
  ["Rails' server", { command: words("rails server") }, null],
  ["a program by the name of an object's method", { command: words("constructor") }, null],
  ["no command", { command: [] }, null],
];

describe.each<[string, Row[]]>([
  ["gunicorn", GUNICORN],
  ["other servers", OTHERS],
])("the keep-alive of %s", (_, rows) => {
  for (const [title, form, seconds, from] of rows)
    it(`${title}: ${seconds ?? "not known"}`, () => {
      const found = keepAliveOf(containerOf(form));
      expect(found === null ? null : [found.seconds, found.from]).toEqual(seconds === null ? null : [seconds, from]);
    });
});

it("says where it stands", () => {
  const detail = (form: Form) => keepAliveOf(containerOf(form))?.detail;
  expect(detail(gthread("--keep-alive=75"))).toBe("--keep-alive=75");
  expect(detail({ ...gthread(""), env: { GUNICORN_CMD_ARGS: "--keep-alive 30" } })).toBe(
    "--keep-alive 30 in GUNICORN_CMD_ARGS",
  );
  expect(detail({ command: words("node server.js") })).toBe("Node.js's default before version 26");
});
