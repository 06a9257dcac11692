import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, ROOT } from "../cli/lbdoctor.ts";

const forbidden: [room: string, path: string][] = [
  ["src/model", "node:fs"],
  ["src/model", "zod"],
  ["src/model", "../engine/investigate.ts"],
  ["src/analysis", "node:crypto"],
  ["src/analysis", "../sources/parse.ts"],
  ["playbooks/evidence/nodes", "../../../src/model/facts.ts"],
  ["playbooks/evidence/nodes", "node:fs"],
  ["playbooks", "../src/engine/investigate.ts"],
  ["playbooks/causes/cpu-throttling", "../../../src/engine/investigate.ts"],
  ["src/remedy", "../sources/port.ts"],
  ["src/remedy", "../output/plain.ts"],
  ["src/redaction", "../output/plain.ts"],
  ["src/sources/cloudwatch", "../../engine/investigate.ts"],
  ["src/sources", "../../playbooks/index.ts"],
  ["src/sources", "../cli/commands/show.ts"],
  ["src/app", "../cli/commands/show.ts"],
  ["src/app", "../cli/style.ts"],
  ["src/sessions", "../app/run.ts"],
  ["src/sessions", "../cli/commands/show.ts"],
  ["src/sessions", "../output/plain.ts"],
  ["src/engine", "../sources/recording/recording.ts"],
  ["src/engine", "../../playbooks/index.ts"],
  ["src/engine", "../cli/commands/show.ts"],
  ["src/engine", "node:fs"],
  ["src/output", "../sources/recording/recording.ts"],
  ["src/output", "../engine/investigate.ts"],
  ["src/output", "node:fs"],
  ["playbooks/evidence/nodes", "../../../src/drawing/lines.ts"],
  ["playbooks/evidence/nodes", "../../../src/figure.ts"],
  ["src/output", "../../playbooks/evidence/nodes/figure.ts"],
  ["src/drawing", "../analysis/series.ts"],
  ["src/drawing", "../output/json.ts"],
  ["src/drawing", "node:fs"],
  ["playbooks/evidence/hosts/picture.ts", "../../../src/figure.ts"],
  ["playbooks/evidence/racks/picture.ts", "../zones/collect.ts"],
  ["playbooks/evidence/racks/brief.ts", "../zones/collect.ts"],
  ["playbooks/evidence/racks/figure.ts", "../../../src/output/json.ts"],
  ["src/board", "../sources/recording/recording.ts"],
  ["src/board", "../../playbooks/pictures.ts"],
  ["src/board", "../engine/investigate.ts"],
  ["src/board", "node:fs"],
];
const allowed: [room: string, path: string][] = [
  ["src/model", "./facts.ts"],
  ["src/analysis", "../model/facts.ts"],
  ["playbooks/evidence/nodes", "../../../src/playbook.ts"],
  ["playbooks", "./steps/alarm-history.ts"],
  ["src/sources/cloudwatch", "../../model/facts.ts"],
  ["src/sources", "node:fs/promises"],
  ["src/engine", "../sources/port.ts"],
  ["src/output", "../model/session.ts"],
  ["playbooks/evidence/zones/picture.ts", "../../../src/picture.ts"],
  ["playbooks/evidence/zones/brief.ts", "../../../src/picture.ts"],
  ["playbooks/evidence/pods/picture.ts", "../../../src/playbook.ts"],
  ["playbooks/evidence/disks/picture.ts", "../zones/fact.ts"],
  ["playbooks/evidence/zones/figure.ts", "../../../src/figure.ts"],
  ["src/board", "../engine/store.ts"],
  ["src/board", "../drawing/lines.ts"],
  ["src/output", "../drawing/svg.ts"],
  ["src/drawing", "../model/session.ts"],
  ["src/app", "../sessions/writer.ts"],
  ["src/sessions", "../api.ts"],
  ["src/cli", "../../playbooks/index.ts"],
];
const timeless = [
  "src/model",
  "src/analysis",
  "src/engine",
  "src/drawing",
  "src/output",
  "playbooks/evidence/nodes",
].flatMap((room) =>
  ["Date.now()", "new Date()", "Math.random()", "performance.now()", "process.hrtime()"].map(
    (call): [string, string] => [room, call],
  ),
);
const importing = (path: string) => `import { x } from "${path}";\nexport const y = x;\n`;
const calling = (call: string) => `export const y = ${call};\n`;

/** Lays the files into an empty house with the project's own rules; answers which rules each of them breaks. */
function broken(files: readonly (readonly [room: string, contents: string])[]): string[][] {
  const house = emptyFolder();
  cpSync(join(ROOT, "biome.json"), join(house, "biome.json"));
  cpSync(join(ROOT, "scripts/lint"), join(house, "scripts/lint"), { recursive: true });
  const names = files.map(([room], index) => (room.endsWith(".ts") ? room : `${room}/file-${index}.ts`));
  for (const [index, name] of names.entries()) {
    mkdirSync(dirname(join(house, name)), { recursive: true });
    writeFileSync(join(house, name), files[index]?.[1] ?? "");
  }
  const words = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(join(ROOT, "node_modules/.bin/biome"), words, { cwd: house, encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  return names.map((name) =>
    diagnostics
      .filter(({ location }: { location: { path: string } }) => location.path.endsWith(name))
      .map(({ category }: { category: string }) => category),
  );
}

const results = broken([
  ...forbidden.map(([room, path]) => [room, importing(path)] as const),
  ...allowed.map(([room, path]) => [room, importing(path)] as const),
  ...timeless.map(([room, call]) => [room, calling(call)] as const),
  ["src/model", calling("new Date(0).toISOString()")],
  ["src/cli", calling("Date.now()")],
]);

test.each(forbidden.map((wall, index) => [...wall, index] as const))("%s may not import %s", (_room, _path, index) => {
  expect(results[index]).toContain("lint/style/noRestrictedImports");
});

test.each(allowed.map((door, index) => [...door, index] as const))("%s may import %s", (_room, _path, index) => {
  expect(results[forbidden.length + index]).toEqual([]);
});

test.each(timeless.map((wall, index) => [...wall, index] as const))("%s may not call %s", (_room, _call, index) => {
  const [rule] = results[forbidden.length + allowed.length + index] ?? [];
  expect(rule).toMatch(/^(plugin|lint\/style\/noRestrictedGlobals)$/);
});

test("a time that is given is none of the clock's, and the edges may look at the clock", () => {
  expect(results.slice(-2)).toEqual([[], []]);
});
