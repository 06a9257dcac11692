import { describe, expect, it } from "vitest";
import { changedLines } from "../../src/remedy/changed-lines.ts";

const pod = (container: object) => ({ spec: { template: { spec: { containers: [{ name: "app", ...container }] } } } });
const cpu = (limit: string | null) => ({ resources: { limits: { cpu: limit } } });

describe("what a patch changes", () => {
  it.each<[string, unknown, unknown, string[]]>([
    ["a value", pod(cpu("1500m")), pod(cpu("2000m")), ["- limits.cpu: 1500m", "+ limits.cpu: 2000m"]],
    ["a value that was not known", {}, pod(cpu("2000m")), ["+ limits.cpu: 2000m"]],
    ["a value that goes", pod(cpu("1500m")), pod(cpu(null)), ["- limits.cpu: 1500m"]],
    ["nothing, where it is so already", pod(cpu("2000m")), pod(cpu("2000m")), []],
    [
      "only what differs of several",
      { spec: { minReplicas: 4, maxReplicas: 7 } },
      { spec: { minReplicas: 4, maxReplicas: 10 } },
      ["- maxReplicas: 7", "+ maxReplicas: 10"],
    ],
    [
      "the lines of a file, not the file",
      { data: { "gunicorn.conf.py": "bind = 1\nworkers = 1\n" } },
      { data: { "gunicorn.conf.py": "bind = 1\nworkers = 2\n" } },
      ["- workers = 1", "+ workers = 2"],
    ],
    [
      "a variable by its name",
      pod({ env: [{ name: "OTHER", value: "x" }] }),
      pod({ env: [{ name: "WEB_CONCURRENCY", value: "2" }] }),
      ["+ WEB_CONCURRENCY: 2"],
    ],
    [
      "a list of words",
      pod({ args: ["-w", "1"] }),
      pod({ args: ["-w", "2"] }),
      ['- args: ["-w","1"]', '+ args: ["-w","2"]'],
    ],
    [
      "another container's value is not this one's",
      { spec: { template: { spec: { containers: [{ name: "sidecar", ...cpu("100m") }] } } } },
      pod(cpu("2000m")),
      ["+ limits.cpu: 2000m"],
    ],
  ])("%s", (_, now, patch, lines) => {
    expect(changedLines(now, patch)).toEqual(lines);
  });
});
