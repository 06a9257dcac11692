import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Answer, Question } from "../../src/model/question.ts";
import { epoch, iso } from "../../src/model/time.ts";
import type { Source } from "../../src/sources/port.ts";
import { type Recorded, writeRecording } from "../../src/sources/recording/recording.ts";
import { emptyFolder, lbdoctor } from "../cli/lbdoctor.ts";
import { investigated, remembering, WorldSource, worldOf } from "../integration/worlds.ts";
import { FORMS, TOKEN_FORMS } from "../redaction/secret-forms.ts";
import { commandLine } from "./command-line.ts";

/* The commands as a person runs them, on a cluster in which every form of a secret stands in every place. */

/** One that sets the workers is a setting of its own. */
const SECRETS = FORMS.filter(({ name }) => name !== "secret between known words").map(({ invent }, index) =>
  invent(index + 1),
);
const TEXTS = SECRETS.map(({ text }) => text);
const MARKS = [...SECRETS, ...TOKEN_FORMS.map(({ invent }, index) => invent(index + 1))].flatMap(({ marks }) => marks);

type Members = { [name: string]: unknown };
const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const members = (texts: readonly string[]) =>
  Object.fromEntries(texts.map((text, index) => [`corp.io/x${index}`, text]));

/** The object with the secrets where such things stand in reality. */
function sown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sown);
  if (!isMembers(value)) return value;
  const all: Members = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sown(inner)]));
  if (isMembers(all.metadata))
    all.metadata.annotations = { ...(all.metadata.annotations as object), ...members(TEXTS) };
  if ("image" in all && ("command" in all || "args" in all || "resources" in all)) {
    all.args = [...((all.args as string[] | undefined) ?? []), ...TEXTS.flatMap((text) => ["--any-flag", text])];
    all.env = [
      ...((all.env as object[] | undefined) ?? []),
      ...TEXTS.map((value, index) => ({ name: `V${index}`, value })),
    ];
    all.lifecycle = { preStop: { exec: { command: ["sh", "-c", ...TEXTS] } } };
    all.readinessProbe = { httpGet: { path: "/", httpHeaders: TEXTS.map((value) => ({ name: "X", value })) } };
  }
  if ("containerStatuses" in all && Array.isArray(all.containerStatuses))
    for (const one of all.containerStatuses as Members[])
      one.lastState = { terminated: { reason: "Error", exitCode: 1, message: TEXTS.join("\n") } };
  if (all.kind === "ConfigMap" && isMembers(all.data) && "gunicorn.conf.py" in all.data) {
    const comments = TEXTS.flatMap((text) => text.split("\n")).map((text) => `# ${text}`);
    all.data["gunicorn.conf.py"] = [all.data["gunicorn.conf.py"], ...comments].join("\n");
    Object.assign(all.data, Object.fromEntries(TEXTS.map((text, index) => [`other${index}.txt`, text])));
  }
  if (typeof all.stdout === "string" && all.stdout.includes("PID"))
    all.stdout = all.stdout.replace(
      /^ +1 .*$/m,
      (line) => `${line} ${TEXTS.map((text) => text.split("\n")[1] ?? text).join(" ")}`,
    );
  if (Array.isArray(all.Tags))
    all.Tags = [...all.Tags, ...TEXTS.map((Value, index) => ({ Key: `corp.io/t${index}`, Value }))];
  if ("AlarmDescription" in all)
    all.AlarmDescription = `see ${TOKEN_FORMS.map(({ invent }, index) => invent(index + 1).text).join(" ")}`;
  return all;
}

function sowing(source: Source): Source {
  return remembering({
    ask: async (question: Question): Promise<Answer> => {
      const answer = await source.ask(question);
      if (answer.status === "failed" || question.source === "prometheus") return answer;
      return { ...answer, pages: answer.pages.map((page) => sown(structuredClone(page))) };
    },
  });
}

/** Every file under a folder, as one text. */
function contents(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

const found = (text: string) => MARKS.filter((mark) => text.includes(mark));

test("none of the planted secrets is in the recording, session, page, JSON or postmortem, and the verdict stands", async () => {
  const line = await commandLine({ source: sowing(new WorldSource(worldOf("worker-ceiling"))) });
  const out = join(line.home, "recording");
  const recorded = await line.run("record", line.alarm, ...line.when, "--out", out, "--allow-exec");
  expect([recorded.code, recorded.stdout.includes("worker-concurrency-ceiling")]).toEqual([0, true]);
  expect(found(contents(out))).toEqual([]);
  const json = await line.run("investigate", line.alarm, ...line.when, "--allow-exec", "--json");
  expect(JSON.parse(json.stdout).verdict).toMatchObject({
    rootCause: "worker-concurrency-ceiling",
    confidence: "confirmed",
  });
  expect(found(json.stdout + recorded.stdout + recorded.stderr)).toEqual([]);
  const document = join(line.home, "postmortem.html");
  const postmortem = await line.run("postmortem", "--format", "html", "--out", document);
  const written = readFileSync(document, "utf8");
  expect([postmortem.code, written.includes("worker-concurrency-ceiling"), found(written)]).toEqual([0, true, []]);
  expect(found(contents(join(line.home, "lbdoctor")))).toEqual([]);
  // The same with the change that the page offers: a mark is never written back into the cluster.
  for (const { changes } of JSON.parse(json.stdout).fixes as { changes: { command: string }[] }[])
    for (const { command } of changes) expect(command).not.toMatch(/‹|›/);
});

test("an old recording that holds them is redacted to one that does not, with the same verdict", async () => {
  const world = worldOf("worker-ceiling");
  const source = sowing(new WorldSource(world));
  const exchanges: Recorded[] = [];
  const raw = await investigated(world, {
    ask: async (question) => {
      const answer = await source.ask(question);
      exchanges.push({ question, answer });
      return answer;
    },
  });
  const { alarm, now, window } = world.scenario;
  const [old, out] = [join(emptyFolder(), "old"), join(emptyFolder(), "new")];
  const at = { now: iso(epoch(now)), window: { start: iso(epoch(now - window)), end: iso(epoch(now)) } };
  const about = { id: "old", title: "t", description: "d", provenance: "p", alarm: alarm.name, ...at, allowExec: true };
  await writeRecording(old, about, [...new Map(exchanges.map((one) => [JSON.stringify(one.question), one])).values()]);
  expect(found(contents(old)).length).toBeGreaterThan(0);
  const ran = await lbdoctor(["redact", old, "--out", out]);
  expect(ran.code).toBe(0);
  expect(found(contents(out) + ran.stdout + ran.stderr)).toEqual([]);
  const { alarm: name } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  const replayed = await lbdoctor(["investigate", name, "--fixture", out, "--json"]);
  const { verdict, hypotheses } = JSON.parse(replayed.stdout);
  expect([verdict.rootCause, verdict.confidence]).toEqual([raw.verdict?.rootCause, raw.verdict?.confidence]);
  const statuses = (list: readonly { cause: string; status: string }[]) =>
    list.map(({ cause, status }) => [cause, status]);
  expect(statuses(hypotheses)).toEqual(statuses(raw.hypotheses));
});
