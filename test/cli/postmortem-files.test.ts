import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { complaint, emptyFolder, lbdoctor } from "./lbdoctor.ts";
import { ALARM, smallRecording } from "./small-recording.ts";

/* Where a postmortem goes: nothing half made stays, nothing is written through a link, and why not is told in our words. */

const state = emptyFolder();
beforeAll(async () => {
  await lbdoctor(["investigate", ALARM, "--fixture", await smallRecording(), "--plain"], { state });
});

test.each([
  ["a folder stands", "is a folder, not a file", (folder: string) => mkdirSync(join(folder, "out.md"))],
  [
    "a file stands in the way",
    "is a file, or is inside one, not a folder",
    (folder: string) => {
      writeFileSync(join(folder, "file"), "");
      return join(folder, "file", "out.md");
    },
  ],
])("where %s it is one sentence, and nothing stays behind", async (_, words, prepare) => {
  const folder = emptyFolder();
  const out = prepare(folder) ?? join(folder, "out.md");
  const before = readdirSync(folder);
  const ran = await lbdoctor(["postmortem", "--out", out], { state });
  expect(ran.code).toBe(2);
  expect(complaint(ran)).toContain(out);
  expect(complaint(ran)).toContain(words);
  expect(readdirSync(folder)).toEqual(before);
});

test("a link in the document's place is replaced, and what it leads to stays as it was", async () => {
  const folder = emptyFolder();
  const [out, elsewhere] = [join(folder, "out.md"), join(folder, "elsewhere")];
  writeFileSync(elsewhere, "");
  symlinkSync(elsewhere, out);
  expect((await lbdoctor(["postmortem", "--out", out, "--force"], { state })).code).toBe(0);
  expect(readFileSync(elsewhere, "utf8")).toBe("");
  expect(readFileSync(out, "utf8")).toContain(ALARM);
});

test("a template that cannot be read is told without the runtime's words", async () => {
  const ran = await lbdoctor(["postmortem", "--template", emptyFolder()], { state });
  expect(ran.code).toBe(2);
  expect(complaint(ran)).toMatch(/^lbdoctor: --template \S+: is a folder, not a file$/);
});
