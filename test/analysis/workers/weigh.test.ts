import { describe, expect, it } from "vitest";
import { read } from "./container.ts";

const words = (line: string) => line.split(" ");
const OPEN = { command: words("gunicorn app:app") };
const TWO = "1 0 gunicorn: master [a]\n8 1 gunicorn: worker\n9 1 gunicorn: worker\n";

describe("what is believed", () => {
  it("the running processes, whatever is configured", () => {
    const fact = read({ command: words("gunicorn -w 4 app:app") }, { list: TWO, processes: 3 });
    expect(fact).toMatchObject({ workers: 2, unknown: null, server: "gunicorn", singleCore: true });
    expect(fact.sources.map(({ from, workers }) => [from, workers])).toEqual([
      ["process list", 2],
      ["arguments", 4],
      ["process count", 2],
    ]);
  });

  it("neither the setting nor the count, where they disagree and no list decides; both are named", () => {
    const fact = read({ command: words("gunicorn -w 4 app:app") }, { processes: 2 });
    expect(fact.workers).toBeNull();
    expect(fact.unknown).toBe("-w 4 (arguments) and 2 processes, one of them the master disagree");
  });

  it("a count, where the setting was not read", () => {
    expect(read(OPEN, { processes: 5 }).workers).toBe(4);
    expect(read({ command: words("gunicorn -c /app/g.py a:b") }, { processes: 5 }).workers).toBe(4);
  });

  it("no count that fits two numbers, unless a setting says which", () => {
    const entrypoint = { command: ["/entrypoint.sh"], args: words("gunicorn app:app") };
    expect(read(entrypoint, { processes: 4 }).workers).toBeNull();
    const told = { ...entrypoint, env: { WEB_CONCURRENCY: "3" } };
    expect(read(told, { processes: 4 }).workers).toBe(3);
  });

  it("WEB_CONCURRENCY beside a file in the image, where the count agrees", () => {
    const form = { command: words("bundle exec puma -C config/puma.rb"), env: { WEB_CONCURRENCY: "2" } };
    expect(read(form).workers).toBeNull();
    expect(read(form, { processes: 3 }).workers).toBe(2);
  });

  it("no number of php-fpm's children of one moment, unless they are static", () => {
    const pool = (pm: string) => ({
      command: ["php-fpm"],
      files: { "/usr/local/etc/php-fpm.d/www.conf": `[www]\npm = ${pm}\npm.max_children = 10\n` },
    });
    const three = "1 0 php-fpm: master process\n7 1 php-fpm: pool www\n8 1 php-fpm: pool www\n9 1 php-fpm: pool www\n";
    expect(read(pool("dynamic"), { list: three }).workers).toBe(10);
    expect(read(pool("static"), { list: three }).workers).toBe(3);
    expect(read({ command: ["php-fpm"] }, { list: three }).workers).toBeNull();
  });
});

describe("whether one worker keeps one core busy", () => {
  it.each([
    ["java, by its command", { command: words("java -jar a.jar") }, {}],
    ["java, by its process", { command: [] }, { list: "1 0 java -jar a.jar\n", processes: 1 }],
    [".NET", { command: words("dotnet App.dll") }, { processes: 1 }],
    ["go, by a variable that only it reads", { command: ["/server"], env: { GOMAXPROCS: "4" } }, { processes: 1 }],
    ["rust, likewise", { command: ["/server"], env: { RUST_LOG: "info" } }, { processes: 1 }],
  ])("not with %s, and no number of workers is given", (_, form, evidence) => {
    const fact = read(form, evidence);
    expect(fact).toMatchObject({ workers: null, singleCore: false });
    expect(fact.unknown).toContain("many threads in one process");
  });

  it.each([
    ["python", { command: words("python app.py") }, true],
    ["node", { command: words("node app.js") }, true],
    ["node with a pool of threads", { command: words("node app.js"), env: { UV_THREADPOOL_SIZE: "16" } }, null],
    ["a program that nothing is known of", { command: ["/server"] }, null],
  ])("%s", (_, form, singleCore) => {
    expect(read(form, { processes: 1 })).toMatchObject({ workers: 1, singleCore });
  });
});

it.each([
  ["gunicorn --threads 8 -w 2 a:b", "threads", 8],
  ["gunicorn -w 2 a:b", "processes", 1],
  ["gunicorn -w 2 -k uvicorn.workers.UvicornWorker a:b", "event loop", 1],
  ["puma -w 2 -t 1:16", "threads", 16],
  ["waitress-serve --threads=6 a:b", "threads", 6],
])("%s takes requests by %s", (line, kind, threads) => {
  expect(read({ command: words(line) })).toMatchObject({ kind, threads });
});

it.each([
  ["nginx -g daemon", "passes requests on"],
  ["celery -A app worker -c 8", "takes its work from a queue"],
])("%s has no workers that answer requests", (line, why) => {
  expect(read({ command: words(line) }, { processes: 3 })).toMatchObject({ workers: null, sources: [] });
  expect(read({ command: words(line) }).unknown).toContain(why);
});
