import { describe, expect, it } from "vitest";
import { workerSetting } from "../../src/remedy/worker-setting.ts";
import { containerOf, type Form, read } from "../analysis/workers/container.ts";
import { mainFacts } from "../fixes/main-facts.ts";

/** The setting for two workers of a container, with its sources read as the step reads them. */
function twoWorkers(form: Form, evidence: Parameters<typeof read>[1] = {}) {
  const { workload, workers } = mainFacts();
  const serving = { ...containerOf(form), name: workload.serving.name };
  const counted = read(form, evidence);
  const place = counted.sources.find(({ place: at }) => at?.in === "config map")?.place;
  const [name, key] = place?.in === "config map" ? [place.name, place.key] : ["", ""];
  const text = { ...form.configMaps, files: byName(form.files ?? {}) }[name]?.[key];
  const configuration = text === undefined ? null : { configMap: name, key, text };
  return workerSetting({ ...workload, serving }, { ...workers, ...counted, configuration }, 2);
}

function byName(files: { readonly [path: string]: string }): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/^.*\//, ""), text]));
}

describe("the number of workers is set where it is set today", () => {
  it.each([
    [
      ["--workers=1", "app:app"],
      ["--workers=2", "app:app"],
    ],
    [
      ["--workers", "1", "app:app"],
      ["--workers", "2", "app:app"],
    ],
    [
      ["-w", "1", "-b", ":8000", "app:app"],
      ["-w", "2", "-b", ":8000", "app:app"],
    ],
  ])("in the arguments %j", (args, wanted) => {
    const setting = twoWorkers({ command: ["gunicorn"], args });
    expect(setting).toEqual({ container: { args: wanted }, objects: [], byHand: null, edits: [] });
  });

  it("in the command, where the arguments do not hold it", () => {
    const setting = twoWorkers({ command: ["gunicorn", "-w", "1"], args: ["app:app"] });
    expect(setting?.container).toEqual({ command: ["gunicorn", "-w", "2"] });
  });

  it("in a script, the rest of it kept", () => {
    const setting = twoWorkers({ command: ["sh", "-c", "migrate 1 && exec gunicorn --workers 1 app:app"] });
    expect(setting?.container).toEqual({ command: ["sh", "-c", "migrate 1 && exec gunicorn --workers 2 app:app"] });
  });

  it("by the variable that a script falls back from, and not by one that the command line ignores", () => {
    const setting = twoWorkers({ command: ["sh", "-c", `exec gunicorn --workers \${GUNICORN_WORKERS:-1} app:app`] });
    expect(setting?.container).toEqual({ env: [{ name: "GUNICORN_WORKERS", value: "2" }] });
  });

  it("in a variable, also one that an argument refers to", () => {
    const wanted = (name: string) => ({ env: [{ name, value: "2" }] });
    const direct = twoWorkers({ command: ["gunicorn", "app:app"], env: { WEB_CONCURRENCY: "1" } });
    expect(direct?.container).toEqual(wanted("WEB_CONCURRENCY"));
    const referred = twoWorkers({ command: ["gunicorn", "--workers=$(N)", "app:app"], env: { N: "1" } });
    expect(referred?.container).toEqual(wanted("N"));
  });

  it("in gunicorn's own variable of arguments, the rest of it kept", () => {
    const env = { GUNICORN_CMD_ARGS: "--bind=:8000 --workers=1 --timeout 120" };
    expect(twoWorkers({ command: ["gunicorn", "app:app"], env })?.container).toEqual({
      env: [{ name: "GUNICORN_CMD_ARGS", value: "--bind=:8000 --workers=2 --timeout 120" }],
    });
  });

  it("in the mounted file, with the way back", () => {
    const text = 'bind = ":8000"\nworkers = 1\ntimeout = 11\n';
    const setting = twoWorkers({ command: ["gunicorn", "-c", "/etc/conf.py"], files: { "/etc/conf.py": text } });
    expect(setting?.objects).toEqual([
      {
        object: { kind: "ConfigMap", resource: "configmap", namespace: "default", name: "files" },
        patch: { data: { "conf.py": 'bind = ":8000"\nworkers = 2\ntimeout = 11\n' } },
        undo: { data: { "conf.py": text } },
      },
    ]);
  });

  it("in the ConfigMap that the environment comes from", () => {
    const from = [{ kind: "ConfigMap", name: "app-env", prefix: "", optional: false }] as const;
    const configMaps = { "app-env": { WEB_CONCURRENCY: "1" } };
    const setting = twoWorkers({ command: ["gunicorn", "app:app"], from, configMaps });
    expect(setting?.objects[0]).toMatchObject({
      object: { name: "app-env" },
      patch: { data: { WEB_CONCURRENCY: "2" } },
      undo: { data: { WEB_CONCURRENCY: "1" } },
    });
  });

  it("on the command line, which no other place overrides, where nothing seen here sets it", () => {
    expect(twoWorkers({ command: ["gunicorn"], args: ["app:app"] }, { processes: 2 })?.container).toEqual({
      command: ["gunicorn", "--workers", "2"],
    });
    expect(twoWorkers({ command: ["sh", "-c", "exec gunicorn app:app"] }, { processes: 2 })?.container).toEqual({
      command: ["sh", "-c", "exec gunicorn --workers 2 app:app"],
    });
  });

  it("by hand, where it cannot be shown", () => {
    const setting = twoWorkers({ command: ["sh", "-c", "exec gunicorn -w $(nproc) app:app"] }, { processes: 2 });
    expect(setting?.container).toEqual({});
    expect(setting?.byHand).toContain("$(nproc)");
  });

  it.each([
    [
      { command: ["gunicorn", "--workers=1", "--statsd-prefix", "‹text:16:0a1b2›"] },
      "in container data-service: --workers=1 becomes --workers=2, and nothing else changes",
    ],
    [
      {
        command: ["gunicorn", "-c", "/etc/v1/conf-3.py"],
        files: { "/etc/v1/conf-3.py": "secret_headers = ‹text:16:0a1b2›\nworkers = 1\n" },
      },
      "in ConfigMap files: workers = 1 in conf-3.py becomes workers = 2 in conf-3.py, and nothing else changes",
    ],
  ])("in an editor, where a part of what would be written is masked: %#", (form, words) => {
    const setting = twoWorkers(form);
    expect(setting).toMatchObject({ container: {}, objects: [], byHand: null });
    expect(setting?.edits.map((one) => one.words)).toEqual([words]);
  });

  it("nowhere, for a server of one process", () => {
    expect(twoWorkers({ command: ["node", "dist/server.js"] }, { processes: 1 })).toBeNull();
  });
});
