import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { visible } from "../../src/model/visible.ts";
import type { Manifest } from "../../src/sources/recording/recording.ts";
import { emptyFolder, lbdoctor, ROOT } from "./lbdoctor.ts";

const FIXTURES = join(ROOT, "fixtures");
const MAIN = join(FIXTURES, "worker-ceiling");
const ajv = new Ajv2020();
formats.default(ajv);
const schema = JSON.parse(readFileSync(join(ROOT, "schema/investigation.schema.json"), "utf8"));
const valid = ajv.compile(schema);

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
}

/** A copy of the main incident with one of its files changed. */
function copyOfMain(name: string, change: (text: string) => string): string {
  const folder = emptyFolder();
  cpSync(MAIN, folder, { recursive: true });
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
  return folder;
}

/** The simulated ones; measured ones lie a folder deeper. */
const RECORDED = readdirSync(FIXTURES).filter((name) => existsSync(join(FIXTURES, name, "manifest.json")));

describe.each(RECORDED)("the recorded incident %s", (name) => {
  const folder = join(FIXTURES, name);
  const { alarm, expected } = manifestOf(folder);

  test("ends with the exit code of its verdict, and a document that keeps to the schema", async () => {
    const { code, stdout } = await lbdoctor(["investigate", alarm, "--fixture", folder, "--json"]);
    const document = JSON.parse(stdout);
    expect(valid(document), JSON.stringify(valid.errors)).toBe(true);
    expect(document.verdict.rootCause).toBe(expected?.rootCause);
    expect(code).toBe(expected?.rootCause ? 0 : 3);
  });

  test("names findings that exist wherever it names any", async () => {
    const { stdout } = await lbdoctor(["investigate", alarm, "--fixture", folder, "--json"]);
    const { findings, hypotheses, factors } = JSON.parse(stdout);
    const ids = findings.map(({ id }: { id: string }) => id);
    const named = [...hypotheses, ...factors].flatMap(({ evidence }: { evidence: string[] }) => evidence);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

test("every finding can be shown by its number and by its id, with a command behind it", async () => {
  const state = emptyFolder();
  const { stdout } = await lbdoctor(["investigate", manifestOf(MAIN).alarm, "--fixture", MAIN, "--json"], { state });
  const { session, findings } = JSON.parse(stdout);
  for (const [index, { id, reproduce }] of findings.entries()) {
    if (index % 6 !== 0) continue;
    const page = await lbdoctor(["show", String(index + 1)], { state });
    expect(page.stdout).toContain(`[${index + 1}] ${id}`);
    expect(page.stdout).toContain(`To reproduce it:\n\n${reproduce[0]}\n`);
    expect(await lbdoctor(["show", id], { state })).toEqual(page);
    expect(await lbdoctor(["show", session, id], { state })).toEqual(page);
  }
  const { stdout: json } = await lbdoctor(["show", "1", "--json"], { state });
  expect(JSON.parse(json)).toEqual(findings[0]);
});

test("a finding that is not there is told in one sentence", async () => {
  const state = emptyFolder();
  await lbdoctor(["investigate", manifestOf(MAIN).alarm, "--fixture", MAIN], { state });
  const { code, stderr } = await lbdoctor(["show", "999"], { state });
  expect(stderr).toMatch(/^lbdoctor: session \S+ has no finding 999; it has the findings 1 to \d+\n$/);
  expect(code).toBe(2);
});

test("the state folder does not show in what is printed", async () => {
  const words = ["investigate", manifestOf(MAIN).alarm, "--fixture", MAIN];
  expect((await lbdoctor(words)).stdout).toBe((await lbdoctor(words)).stdout);
});

test("a million datapoints more than the window needs change nothing", async () => {
  const { alarm, window } = manifestOf(MAIN);
  const before = Date.parse(window.start) / 1000 - 86_400 * 30;
  const many = Array.from({ length: 1_000_000 }, (_, index) => before + index);
  const folder = copyOfMain("cloudwatch.json", (text) => {
    const file = JSON.parse(text);
    const [page] = file.answers.find(({ operation }: { operation: string }) => operation === "GetMetricData").pages;
    const [first] = page.MetricDataResults;
    first.Timestamps = [...many.map((at) => new Date(at * 1000).toISOString()), ...first.Timestamps];
    first.Values = [...many.map(() => 99), ...first.Values];
    return JSON.stringify(file);
  });
  const verdictIn = async (place: string) =>
    JSON.parse((await lbdoctor(["investigate", alarm, "--fixture", place, "--json"])).stdout).verdict;
  expect(await verdictIn(folder)).toEqual(await verdictIn(MAIN));
});

describe("escape sequences in the names of a recording never reach the terminal", () => {
  const evil = "\\u001b[31m\\u009b2J\\u202e\\u0007";
  const names = ["data-service", "gunicorn", "k8s-default"];
  const folders = ["kubernetes.json", "elbv2.json", "cloudwatch.json", "prometheus.json"].map((name) =>
    copyOfMain(name, (text) => names.reduce((all, one) => all.replaceAll(one, one + evil), text)),
  );
  const state = emptyFolder();

  test.each(folders)("%s", async (folder) => {
    const { alarm } = manifestOf(folder);
    const forms = [["--plain"], ["--json"]];
    const ran = [
      ...(await Promise.all(
        forms.map((form) => lbdoctor(["investigate", alarm, "--fixture", folder, ...form], { state })),
      )),
      await lbdoctor(["show", "6"], { state }),
      await lbdoctor(["sessions"], { state }),
    ];
    for (const { stdout, stderr } of ran) {
      expect(stdout).toBe(visible(stdout));
      expect(stderr).toBe(visible(stderr));
    }
  });

  test("they are shown instead", async () => {
    const [folder = ""] = folders;
    const { stdout } = await lbdoctor(["investigate", manifestOf(folder).alarm, "--fixture", folder, "--json"]);
    expect(stdout).toContain("\\\\u{1b}[31m\\\\u{9b}2J\\\\u{202e}\\\\u{7}");
  });
});
