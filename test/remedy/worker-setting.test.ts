import { describe, expect, it } from "vitest";
import { serverSettings } from "../../src/analysis/workers.ts";
import type { ContainerFact, WorkersFact } from "../../src/model/facts.ts";
import { workerSetting } from "../../src/remedy/worker-setting.ts";
import { mainFacts } from "../fixes/main-facts.ts";

/** The setting for two workers of a container, with its sources read as the step reads them. */
function twoWorkers(change: Partial<ContainerFact>, file?: { key: string; text: string }) {
  const { workload } = mainFacts();
  const serving: ContainerFact = { ...workload.serving, args: [], environment: {}, configMaps: [], ...change };
  const files = file ? [{ name: file.key, text: file.text }] : [];
  const settings = serverSettings(serving, files);
  const configuration = file ? { configMap: "conf", ...file } : null;
  const workers: WorkersFact = { ...mainFacts().workers, ...settings, sources: settings.sources, configuration };
  return workerSetting({ ...workload, serving }, workers, 2);
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
    expect(twoWorkers({ command: ["gunicorn", ...args], args })).toEqual({
      container: { args: wanted },
      objects: [],
      edits: [],
    });
  });

  it("in the command, where the arguments do not hold it", () => {
    const args = ["app:app"];
    const command = ["gunicorn", "-w", "1", ...args];
    expect(twoWorkers({ command, args })?.container).toEqual({ command: ["gunicorn", "-w", "2"] });
  });

  it("in a variable", () => {
    const environment = { WEB_CONCURRENCY: "1" };
    expect(twoWorkers({ command: ["gunicorn", "app:app"], environment })?.container).toEqual({
      env: [{ name: "WEB_CONCURRENCY", value: "2" }],
    });
  });

  it("in gunicorn's own variable of arguments, the rest of it kept", () => {
    const environment = { GUNICORN_CMD_ARGS: "--bind=:8000 --workers=1 --timeout 120" };
    expect(twoWorkers({ command: ["gunicorn", "app:app"], environment })?.container).toEqual({
      env: [{ name: "GUNICORN_CMD_ARGS", value: "--bind=:8000 --workers=2 --timeout 120" }],
    });
  });

  it("in the mounted file, with the way back", () => {
    const text = 'bind = ":8000"\nworkers = 1\ntimeout = 11\n';
    const setting = twoWorkers({ command: ["gunicorn", "-c", "conf.py"] }, { key: "conf.py", text });
    expect(setting?.objects).toEqual([
      {
        object: { kind: "ConfigMap", resource: "configmap", namespace: "default", name: "conf" },
        patch: { data: { "conf.py": 'bind = ":8000"\nworkers = 2\ntimeout = 11\n' } },
        undo: { data: { "conf.py": text } },
      },
    ]);
  });

  it("by the variable that the server looks at, where nothing sets it", () => {
    expect(twoWorkers({ command: ["gunicorn", "app:app"] })?.container).toEqual({
      env: [{ name: "WEB_CONCURRENCY", value: "2" }],
    });
  });

  it("by a person, where lbdoctor has not seen the whole value: a mark is never written back", () => {
    const mark = "‹text:16:1f3a9›";
    const args = ["-w", "1", mark];
    const inArguments = twoWorkers({ command: ["gunicorn", ...args], args });
    expect(inArguments).toMatchObject({ container: {}, objects: [], edits: [{ object: { kind: "Deployment" } }] });
    expect(inArguments?.edits[0]).toMatchObject({
      words: expect.stringContaining(": -w 1 becomes -w 2,"),
      undo: expect.stringContaining(": -w 2 becomes -w 1,"),
    });
    const environment = { GUNICORN_CMD_ARGS: `--workers=1 ${mark}` };
    expect(twoWorkers({ command: ["gunicorn", mark], environment })?.edits[0]?.words).toMatch(
      /GUNICORN_CMD_ARGS .*: --workers=1 becomes --workers=2,/,
    );
    const file = { key: "conf.py", text: `workers = 1\n${mark} = 3\n` };
    const inFile = twoWorkers({ command: ["gunicorn", "-c", "conf.py"] }, file);
    expect(inFile).toMatchObject({ objects: [], edits: [{ object: { kind: "ConfigMap", name: "conf" } }] });
    expect(inFile?.edits[0]?.words).toMatch(/in conf\.py: workers = 1 becomes workers = 2,/);
  });

  it("nowhere, for a server of one process", () => {
    expect(twoWorkers({ command: ["node", "dist/server.js"] })).toBeNull();
  });
});
