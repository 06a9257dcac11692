import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Document, parseAllDocuments } from "yaml";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { withDiffs } from "../../src/manifests/diffs.ts";
import { manifestsOf } from "../../src/manifests/documents.ts";
import type { Fix } from "../../src/model/judgement.ts";
import { MAIN_FOLDER } from "../manifests/main-folder.ts";

/** What git makes of a manifest with the diff is what kubectl makes of the same object with the patch. */
const folder = mkdtempSync(join(tmpdir(), "lbdoctor-manifests-"));
afterAll(() => rmSync(folder, { recursive: true }));

const VERSION_1 = `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata:
  name: data-service
spec:
  # kubectl patches an object in the version in which the fix names it
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: data-service}
  minReplicas: 4
  maxReplicas: 7
  targetCPUUtilizationPercentage: 80
`;
const FILES = { ...MAIN_FOLDER, "data-service/hpa.yaml": VERSION_1 };

function documentsOf(text: string): { readonly [key: string]: unknown }[] {
  const parsed = parseAllDocuments(text);
  return "empty" in parsed ? [] : parsed.map((one: Document) => one.toJS());
}

function kubectl(object: unknown, { command, patch }: Fix["changes"][number]): unknown {
  const file = join(folder, "object.json");
  writeFileSync(file, JSON.stringify(object));
  const type = /--type=(\S+)/.exec(command)?.[1] ?? "none";
  const words = ["patch", "--local", "--dry-run=client", "-f", file, `--type=${type}`, "-p", patch, "-o", "json"];
  return JSON.parse(execFileSync("kubectl", words, { encoding: "utf8" }));
}

/** Both as kubectl writes an object: with its namespace, and figures of CPU as it spells them. */
function asKubectl(object: unknown): unknown {
  return kubectl(object, { target: "", command: "--type=merge", patch: "{}" });
}

describe("the main incident's diffs", () => {
  let fixes: readonly Fix[];
  beforeAll(async () => {
    const solved = await solveWorld(buildWorld(INCIDENTS["worker-ceiling"]()));
    fixes = withDiffs(solved.fixes, manifestsOf(Object.entries(FILES).map(([path, text]) => ({ path, text }))));
  });

  it("give the manifests that kubectl gives with the patches", () => {
    const changes = fixes.flatMap((fix) => fix.changes.filter(({ diff }) => diff !== undefined));
    expect(changes.length).toBeGreaterThanOrEqual(4);
    for (const [index, change] of changes.entries()) {
      const place = join(folder, String(index));
      mkdirSync(join(place, "data-service"), { recursive: true });
      for (const [path, text] of Object.entries(FILES))
        if (path.startsWith("data-service/")) writeFileSync(join(place, path), text);
      const env = { ...process.env, GIT_CEILING_DIRECTORIES: "/" };
      execFileSync("git", ["apply"], { cwd: place, input: change.diff, env });
      const path = /^\+\+\+ b\/(.*)$/m.exec(change.diff ?? "")?.[1] as keyof typeof FILES;
      const [kind] = change.target.split(" ");
      const of = (text: string) => documentsOf(text).find((one) => one.kind === kind);
      const after = asKubectl(of(readFileSync(join(place, path), "utf8")));
      expect(after, change.target).toEqual(kubectl(of(FILES[path]), change));
    }
  });
});
