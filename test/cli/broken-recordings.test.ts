import { mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { complaint, emptyFolder, lbdoctor } from "./lbdoctor.ts";
import { ALARM, edit, smallRecording } from "./small-recording.ts";

type Breaking = (folder: string) => Promise<unknown>;
const manifest = (from: string | RegExp, to: string) => (folder: string) =>
  edit(folder, "manifest.json", (text) => text.replace(from, to));
const answers = (from: string | RegExp, to: string | (() => string)) => (folder: string) =>
  edit(folder, "cloudwatch.json", (text) => text.replace(from, to as string));

const cases: [what: string, breaking: Breaking, sentence: string][] = [
  ["no folder", (folder) => rm(folder, { recursive: true }), "manifest.json: there is no such file"],
  ["a missing manifest", (folder) => rm(join(folder, "manifest.json")), "manifest.json: there is no such file"],
  ["a missing file", (folder) => rm(join(folder, "cloudwatch.json")), "cloudwatch.json: there is no such file"],
  ["an empty file", answers(/^[\s\S]*$/, ""), "cloudwatch.json:1:1: is not JSON: the file ends too early"],
  ["cut JSON", answers(/"cloudwatch"[\s\S]*$/, '"clou'), "cloudwatch.json:3:13: is not JSON: the file ends too early"],
  ["a comma too many", answers('"version": 1,', '"version": 1,,'), "cloudwatch.json:2:16: is not JSON: "],
  ["no JSON at all", manifest("{", "hello {"), "manifest.json:1:1: is not JSON: invalid symbol"],
  [
    "bytes that are no text",
    (folder) => writeFile(join(folder, "cloudwatch.json"), Buffer.from([0xff, 0xfe])),
    "cloudwatch.json: is not UTF-8 text",
  ],
  ["a list instead of an object", answers(/^[\s\S]*$/, "[]"), "cloudwatch.json: expected object, received array"],
  [
    "a wrong type",
    answers('"input": {', '"input": 5, "was": {'),
    "cloudwatch.json: answers[0].input: expected object, received number",
  ],
  ["a misspelt field", answers('"pages"', '"page"'), "cloudwatch.json: answers[0]: "],
  [
    "an unknown operation",
    answers('"DescribeAlarms"', '"DeleteAlarms"'),
    'cloudwatch.json: answers[0].operation: "DeleteAlarms" is none of DescribeAlarms',
  ],
  ["an unknown source", answers('"cloudwatch"', '"datadog"'), "cloudwatch.json: source: "],
  [
    "an unknown version",
    manifest('"version": 1', '"version": 2'),
    "manifest.json: version: version 2 is unknown; this lbdoctor reads version 1",
  ],
  [
    "an unknown version of a file",
    answers('"version": 1', '"version": "9"'),
    'cloudwatch.json: version: version "9" is unknown',
  ],
  [
    "a time that is none",
    manifest(/"now": "[^"]*"/, '"now": "yesterday"'),
    "manifest.json: now: expected a time like 2026-06-26T08:00:00Z",
  ],
  [
    "a window that starts at no time",
    manifest(/"start": "[^"]+"/, '"start": "yesterday"'),
    "manifest.json: window.start: expected a time like 2026-06-26T08:00:00Z",
  ],
  [
    "a window that ends before it starts",
    manifest("T07:00", "T13:00"),
    "manifest.json: window: expected a start before the end",
  ],
  [
    "a path that leads out",
    manifest("cloudwatch.json", "../../nowhere"),
    "nowhere: leads out of the recording's folder",
  ],
  [
    "an absolute path",
    manifest("cloudwatch.json", "/etc/passwd"),
    "manifest.json: files[0]: expected the name of a file in this folder",
  ],
  [
    "control characters in a path",
    manifest("cloudwatch.json", "a\\u0000b"),
    "manifest.json: files[0]: expected the name of a file in this folder",
  ],
  ["a link that leads out", linkedOut, "cloudwatch.json: leads out of the recording's folder"],
  ["a folder in place of a file", folderInPlace, "cloudwatch.json: is a folder, not a file"],
  [
    "a file that is too large",
    (folder) => truncate(join(folder, "cloudwatch.json"), 300 * 2 ** 20),
    "cloudwatch.json: is larger than 64 MB",
  ],
  [
    "JSON that nests without end",
    answers('"pages": [', `"pages": [${"[".repeat(5000)}${"]".repeat(5000)},`),
    "cloudwatch.json: nests deeper than 200 levels",
  ],
  [
    "JSON that nests without end, and breaks",
    (folder) => writeFile(join(folder, "cloudwatch.json"), "[".repeat(300_000)),
    "cloudwatch.json: nests deeper than 200 levels",
  ],
  [
    "a text of 200 MB",
    (folder) => writeFile(join(folder, "cloudwatch.json"), `{"a": "${"x".repeat(200 * 2 ** 20)}"}`),
    "cloudwatch.json: is larger than 64 MB",
  ],
  [
    "a text of 20 MB",
    answers('"the checkout is slow"', () => `"${"x".repeat(20 * 2 ** 20)}"`),
    "cloudwatch.json: contains a text of more than 2 MB",
  ],
  [
    "a list of 20 million",
    answers('"pages": [', () => `"pages": [[${"[],".repeat(2e7)}0],`),
    "cloudwatch.json: contains more than 4 million values",
  ],
  [
    "files that are too large together",
    async (folder) => {
      const names = Array.from({ length: 5 }, (_, index) => `more-${index}.json`);
      for (const name of names)
        await writeFile(
          join(folder, name),
          `${" ".repeat(20 * 2 ** 20)}{"version": 1, "source": "elbv2", "answers": []}`,
        );
      await writeManifest(folder, (manifest) => ({ ...manifest, files: names }));
    },
    "more-3.json: is larger than 3 MB",
  ],
  [
    "one file 5,000 times",
    (folder) => writeManifest(folder, (manifest) => ({ ...manifest, files: Array(5_000).fill("cloudwatch.json") })),
    "manifest.json: files: expected at most 32 files",
  ],
  [
    "one file twice",
    (folder) => writeManifest(folder, (manifest) => ({ ...manifest, files: ["cloudwatch.json", "cloudwatch.json"] })),
    "manifest.json: files: expected each file once",
  ],
  [
    "a window of a hundred years",
    manifest('"start": "2026', '"start": "1926'),
    "manifest.json: window: expected at most 15 days",
  ],
  [
    "a window that begins at no time",
    manifest(/"start": "[^"]*"/, '"start": "yesterday"'),
    "manifest.json: window.start: expected a time like 2026-06-26T08:00:00Z",
  ],
  [
    "a moment beyond the years that are written",
    manifest(/"now": "[^"]*"/, '"now": "+275760-09-13T00:00:00Z"'),
    "manifest.json: now: expected a time like 2026-06-26T08:00:00Z",
  ],
  [
    "a question that is answered twice",
    answers(/("answers": \[)([\s\S]*)(\n {2}\]\n\})/, "$1$2,$2$3"),
    "cloudwatch.json: answers[1]: this question is answered twice",
  ],
];

describe("a broken recording ends with exit code 2 and one sentence with file and place", () => {
  test.each(cases)("%s", async (_what, breaking, sentence) => {
    const folder = await smallRecording();
    await breaking(folder);
    const ran = await lbdoctor(["investigate", ALARM, "--fixture", folder]);
    expect(complaint(ran)).toContain(sentence);
    expect(ran.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(ran.stderr).toContain(`lbdoctor: ${sentence.startsWith("nowhere") ? "" : folder}`);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
  });
});

async function writeManifest(folder: string, change: (manifest: object) => object): Promise<void> {
  await edit(folder, "manifest.json", (text) => JSON.stringify(change(JSON.parse(text) as object)));
}

/** How many MB of memory and how many milliseconds the command line takes for a recording that it refuses. */
async function cost(folder: string): Promise<{ readonly megabytes: number; readonly milliseconds: number }> {
  const peak = "process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS / 1024))";
  const options = `--import=data:text/javascript,${encodeURIComponent(peak)}`;
  const started = performance.now();
  const ran = await lbdoctor(["investigate", ALARM, "--fixture", folder], { environment: { NODE_OPTIONS: options } });
  expect(ran.code).toBe(2);
  return { megabytes: Number(ran.stderr.trimEnd().split("\n").at(-1)), milliseconds: performance.now() - started };
}

test.each(["text", "values", "depth"] as const)(
  "a recording with too much of a %s neither fills the memory nor hangs",
  async (what) => {
    const folder = await smallRecording();
    const huge = { text: `"${"x".repeat(60 * 2 ** 20)}"`, values: `[${"[],".repeat(2e7)}0]`, depth: "[".repeat(6e7) }[
      what
    ];
    await writeFile(join(folder, "cloudwatch.json"), huge);
    const { megabytes, milliseconds } = await cost(folder);
    expect(megabytes).toBeLessThan(300);
    // One second on an idle machine; what hangs takes far longer.
    expect(milliseconds).toBeLessThan(10_000);
  },
);

async function linkedOut(folder: string): Promise<void> {
  const elsewhere = join(emptyFolder(), "secret.json");
  await writeFile(elsewhere, "{}");
  await rm(join(folder, "cloudwatch.json"));
  await symlink(elsewhere, join(folder, "cloudwatch.json"));
}

async function folderInPlace(folder: string): Promise<void> {
  await rm(join(folder, "cloudwatch.json"));
  await mkdir(join(folder, "cloudwatch.json"));
}

test("a link inside of the folder is fine", async () => {
  const folder = await smallRecording();
  await symlink("cloudwatch.json", join(folder, "other.json"));
  await edit(folder, "manifest.json", (text) => text.replace("cloudwatch.json", "other.json"));
  const { code, stderr } = await lbdoctor(["investigate", ALARM, "--fixture", folder]);
  expect(stderr).not.toContain("leads out");
  expect(code).toBe(3);
});

test("a recording may lie behind a link itself", async () => {
  const folder = await smallRecording();
  const link = join(emptyFolder(), basename(folder));
  await symlink(folder, link);
  expect((await lbdoctor(["investigate", ALARM, "--fixture", link])).code).toBe(3);
});
