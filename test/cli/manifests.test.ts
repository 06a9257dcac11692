import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import type { Fix } from "../../src/model/judgement.ts";
import { MAIN_FOLDER } from "../manifests/main-folder.ts";
import { complaint, emptyFolder, lbdoctor } from "./lbdoctor.ts";

/** The user's manifests, and what must not be read or followed among them. */
function folderOf(files: { readonly [path: string]: string }): string {
  const folder = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function git(folder: string, words: readonly string[], input: string): void {
  // Outside of any repository, as --check is asked by somebody who only has the files.
  execFileSync("git", ["apply", ...words], {
    cwd: folder,
    input,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: "/" },
  });
}

const ALARM = "k8s-api-prod-core-7db0ccf2c3-target-response-time";
const state = emptyFolder();
beforeAll(async () => {
  const words = ["investigate", ALARM, "--fixture", "fixtures/worker-ceiling", "--json"];
  expect((await lbdoctor(words, { state })).code).toBe(0);
});

const changesIn = async (folder: string) => {
  const { stdout } = await lbdoctor(["show", "--json", "--manifests", folder], { state });
  const fixes: readonly Fix[] = JSON.parse(stdout).fixes;
  return fixes.flatMap(({ id, changes }) => changes.map((change) => ({ id, ...change })));
};

describe("the main incident with a folder of manifests", () => {
  it("gives each change as a diff that git applies, alone and after the others", async () => {
    const folder = folderOf(MAIN_FOLDER);
    const changes = await changesIn(folder);
    const objects = changes.filter(({ target }) => !target.startsWith("alarm"));
    expect(objects.length).toBeGreaterThanOrEqual(4);
    for (const { target, diff = "" } of objects) {
      expect(diff, target).toMatch(/^--- a\/data-service\//);
      git(folder, ["--check"], diff);
    }
    git(folder, [], objects.map(({ diff }) => diff).join(""));
    const text = readFileSync(join(folder, "data-service/deployment.yaml"), "utf8");
    const before = MAIN_FOLDER["data-service/deployment.yaml"].split("\n");
    const gone = before.filter((line) => !text.split("\n").includes(line)).map((line) => line.trim());
    // Nothing but the figures themselves: comments, quotes, blank lines and the placeholder stay.
    expect(gone).toEqual([
      "workers = 1",
      "cpu: 1200m      # measured in May",
      'memory: "3Gi"',
      "cpu: 1.5",
      "memory: 6Gi",
    ]);
    expect(text).toContain("# measured in May");
    expect(text).toContain(":$TAG");
    const again = await changesIn(folder);
    expect(again.filter(({ diff }) => diff !== undefined)).toEqual([]);
    expect(again.filter(({ manifest }) => manifest?.endsWith("has it already"))).toHaveLength(objects.length);
  });

  it("gives diffs that apply in a folder of a repository as well, and with investigate at once", async () => {
    const folder = folderOf(
      Object.fromEntries(Object.entries(MAIN_FOLDER).map(([path, text]) => [`k8s/${path}`, text])),
    );
    execFileSync("git", ["init", "-q"], { cwd: folder });
    const inner = join(folder, "k8s");
    const words = ["investigate", ALARM, "--fixture", "fixtures/worker-ceiling", "--plain", "--manifests", inner];
    const { stdout } = await lbdoctor(words);
    git(inner, [], stdout);
    expect(readFileSync(join(inner, "data-service/hpa.yaml"), "utf8")).toContain("averageUtilization: 50 # percent");
  });

  it("changes the autoscaler in the version in which it is written", async () => {
    const folder = folderOf(MAIN_FOLDER);
    const change = (await changesIn(folder)).find(({ target }) => target.startsWith("Horizontal"));
    git(folder, [], change?.diff ?? "");
    const [document] = parseAllDocuments(readFileSync(join(folder, "data-service/hpa.yaml"), "utf8"));
    const target = { type: "Utilization", averageUtilization: 50 };
    expect(document?.toJS().spec).toMatchObject({
      minReplicas: 4,
      maxReplicas: 10,
      metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
    });
  });

  it("shows them on a page that git reads as it is, and in the postmortem", async () => {
    const folder = folderOf(MAIN_FOLDER);
    const { stdout, stderr } = await lbdoctor(["show", "--plain", "--manifests", folder], { state });
    expect(stdout).toContain("DIFF      For git apply");
    git(folder, ["--check"], stdout);
    expect(stderr).toContain("skipped broken.yaml: is not YAML: ");
    expect(stderr).toContain("skipped chart/templates/ingress.yaml: is a template");
    const postmortem = await lbdoctor(["postmortem", "--out", "-", "--manifests", folder], { state });
    expect(postmortem.stdout).toContain("```diff\n--- a/data-service/deployment.yaml");
  });

  it("says why there is no diff: several documents, a template, nowhere", async () => {
    const deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: data-service\n";
    const folder = folderOf({
      "base.yaml": deployment,
      "overlay.yaml": deployment,
      "hpa.yaml": "kind: HorizontalPodAutoscaler\nmetadata:\n  name: data-service\nspec:\n  maxReplicas: {{ .max }}\n",
    });
    const told = new Map((await changesIn(folder)).map(({ target, manifest }) => [target, manifest]));
    expect(told.get("Deployment default/data-service")).toMatch(/^it is in 2 documents \(base.yaml, overlay.yaml\)/);
    expect(told.get("HorizontalPodAutoscaler default/data-service")).toMatch(/^it seems to be generated by a template/);
    expect(told.get("ConfigMap default/data-service-gunicorn")).toMatch(/^none of .* has it \(2 were read\)/);
  });
});

describe("a folder that is not what it should be", () => {
  it("is refused in one sentence where there is none, or too much in it", async () => {
    const missing = await lbdoctor(["show", "--manifests", "/nowhere/at-all"], { state });
    expect([missing.code, complaint(missing)]).toEqual([
      2,
      "lbdoctor: --manifests /nowhere/at-all: there is no such folder",
    ]);
    const many = folderOf(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index}.yaml`, ""])));
    const refused = await lbdoctor(["show", "--manifests", many], { state });
    expect([refused.code, complaint(refused)]).toEqual([2, expect.stringContaining("holds more than 1000 YAML files")]);
    rmSync(many, { recursive: true });
  });

  it("cannot lead out by links, nor command the terminal, nor break the parser", async () => {
    const deployment = MAIN_FOLDER["data-service/deployment.yaml"];
    const outside = folderOf({ "deployment.yaml": deployment });
    const folder = folderOf({
      "deep.yaml": "[".repeat(50_000),
      "laughs.yaml": `a: &a [1,1,1,1,1,1,1,1,1]\n${[..."bcdefgh"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[index]}`)}]`).join("\n")}\n`,
      "large.yaml": `# ${"x".repeat(600_000)}\n`,
      "new\nline.yaml": deployment,
      "\u001b[31mred.yaml": "a: [",
    });
    symlinkSync(outside, join(folder, "linked"));
    symlinkSync(join(outside, "deployment.yaml"), join(folder, "linked.yaml"));
    writeFileSync(join(folder, "binary.yaml"), Buffer.from([0xff, 0xfe, 0x00]));
    const { code, stdout, stderr } = await lbdoctor(["show", "--plain", "--manifests", folder], { state });
    expect(code).toBe(0);
    expect(stdout).toContain("Deployment default/data-service: none of the folder's manifests has it (0 were read)");
    for (const name of ["deep", "laughs", "large", "linked", "binary"])
      expect(stderr).toMatch(new RegExp(`skipped ${name}(\\.yaml)?: `));
    expect(stderr).not.toContain("\u001b");
    expect(stderr.trimEnd().split("\n")).toHaveLength(8);
  });
});
