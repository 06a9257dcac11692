import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, inject, test } from "vitest";
import { SOURCES } from "../../src/sources/descriptors.ts";
import { field } from "../../src/sources/parse.ts";
import { ROOT } from "../cli/lbdoctor.ts";

/* What is published, and nothing else: who installs it gets these files, and runs nothing by installing it. */

const DIST = dirname(inject("bin"));
const packageJson = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What may be in the package outside of dist/. */
const PUBLISHED = new RegExp(
  `^(package\\.json|README\\.md|LICENSE|CHANGELOG\\.md|man/lbdoctor\\.1|docs/[\\w-]+\\.(?:md|svg)|schema/[\\w.-]+\\.(?:json|d\\.ts)|playbooks/[\\w/-]+\\.md|fixtures/[\\w-]+/(manifest|${SOURCES.map(({ id }) => id).join("|")})\\.json)$`,
);

test("the package holds what is run, its schema, pages and fixtures, and nothing else", () => {
  const words = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const packed: unknown = JSON.parse(execFileSync("npm", words, { cwd: ROOT, encoding: "utf8" }));
  const files = field(Array.isArray(packed) ? packed[0] : null, "files");
  const paths = (Array.isArray(files) ? files : []).map((file) => String(field(file, "path")));
  const outside = paths.filter((path) => !path.startsWith("dist/"));
  expect(outside.filter((path) => !PUBLISHED.test(path))).toEqual([]);
  for (const wanted of ["README.md", "LICENSE", "CHANGELOG.md", "schema/investigation.schema.json", "man/lbdoctor.1"])
    expect(outside).toContain(wanted);
  expect(outside.filter((path) => path.startsWith("fixtures/")).length).toBeGreaterThan(10);
});

test("what is built are two entries, their chunks, the help, the licences and the bill of materials", () => {
  const names = readdirSync(DIST);
  const rest = ["lbdoctor.js", "api.js", "help.txt", "THIRD-PARTY-LICENSES.txt", "sbom.cdx.json"];
  expect(names).toEqual(expect.arrayContaining(rest));
  expect(names.filter((name) => !rest.includes(name) && !/^[\w.-]+-[A-Z0-9]{8}\.js$/.test(name))).toEqual([]);
});

test("installing the package runs nothing and installs nothing else", () => {
  expect(Object.keys(packageJson.scripts)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
  );
  expect(packageJson).not.toHaveProperty("dependencies");
  expect(packageJson).not.toHaveProperty("optionalDependencies");
});

test("every dependency is pinned exactly", () => {
  const versions: string[] = Object.values(packageJson.devDependencies);
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-r\.\d+)?$/.test(version))).toEqual([]);
});

test("what each dependency is for is told, and of nothing that is none", () => {
  const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const [, table = ""] = /## Dependencies\n([\s\S]*?)\n## /.exec(text) ?? [];
  const told = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
  const covers = (pattern: string, name: string) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  const names = Object.keys(packageJson.devDependencies);
  expect(names.filter((name) => !told.some((pattern) => covers(pattern, name)))).toEqual([]);
  expect(told.filter((pattern) => !names.some((name) => covers(pattern, name)))).toEqual([]);
});

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly content: string }[];
}

test("the bill of materials names every bundled package with its hash, and each has its licence's text", () => {
  const bill = JSON.parse(readFileSync(join(DIST, "sbom.cdx.json"), "utf8"));
  expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
  const components: Component[] = bill.components;
  expect(components.length).toBeGreaterThan(100);
  const names = components.map(({ name }) => name);
  for (const wanted of ["commander", "react", "@aws-sdk/client-cloudwatch", "prometheus-query"])
    expect(names).toContain(wanted);
  // In their place is our own transport; see scripts/build.mjs.
  for (const replaced of ["axios", "form-data", "follow-redirects", "mime-db"]) expect(names).not.toContain(replaced);
  for (const { name, hashes } of components) expect([name, hashes?.[0]?.content.length]).toEqual([name, 128]);
  const parts = readFileSync(join(DIST, "THIRD-PARTY-LICENSES.txt"), "utf8").split(`\n${"-".repeat(80)}\n\n`);
  expect(parts).toHaveLength(components.length);
  for (const part of parts) {
    const [head = "", ...text] = part.split("\n");
    expect([head, text.join("\n").trim().length > 300]).toEqual([head, true]);
  }
});
