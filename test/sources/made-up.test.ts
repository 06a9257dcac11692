import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { PlanSource } from "../../src/app/plan-source.ts";
import { type DoctorOptions, doctor } from "../../src/cli/commands/doctor.ts";
import { questionKey } from "../../src/model/question.ts";
import { commandFor } from "../../src/sources/command.ts";
import { SOURCES } from "../../src/sources/descriptors.ts";
import { LIMITS } from "../../src/sources/limits.ts";
import { LiveSource } from "../../src/sources/live.ts";
import { clusterRoles, iamPolicy, permissionsOf } from "../../src/sources/permissions.ts";
import { readRecording, writeRecording } from "../../src/sources/recording/recording.ts";
import { Tally } from "../../src/sources/tally.ts";
import { sourceWords } from "../../src/sources/words.ts";
import { READ } from "./weather/descriptor.ts";

/*
 * A source more is a descriptor more, and one line in the list. This one is made up; all that walks the list must know it
 * by nothing else.
 */

vi.mock("../../src/sources/descriptors.ts", async (original) => {
  const { SOURCES: known } = await original<typeof import("../../src/sources/descriptors.ts")>();
  const { WEATHER } = await import("./weather/descriptor.ts");
  return { SOURCES: [...known, WEATHER] };
});

test("the commands, the permissions and the policies know it", () => {
  expect(commandFor(READ)).toBe("weather read-rain here");
  expect(permissionsOf(READ)).toHaveLength(2);
  expect(JSON.stringify(iamPolicy())).toContain("weather:ReadRain");
  expect(clusterRoles()).toMatch(
    /name: lbdoctor-weather\nrules:\n {2}- apiGroups: \["sky"\]\n {4}resources: \["clouds"\]/,
  );
});

test("gaps are told in its words", () => {
  expect(sourceWords.title("weather")).toBe("the weather service");
  expect(sourceWords.describe(READ)).toBe("rain here");
  expect(sourceWords.remedy("timeout", "weather")).toBe("look out of the window");
  expect(sourceWords.remedy("unauthenticated", "weather")).toBe("show your face");
  expect(sourceWords.remedy("throttled", "weather")).toMatch(/^the weather service limits the rate/);
  expect(sourceWords.vital("weather")).toBe(false);
});

test("the plan answers for it", async () => {
  const answer = await new PlanSource("an-alarm", { start: 0, end: 3600 }).ask(READ);
  expect(answer).toEqual({ status: "answered", pages: [{ rain: "<rain>" }] });
});

test("its answers are masked by its own rule as they arrive", async () => {
  const live = new LiveSource({ allowExec: false, environment: {}, kubeconfig: "/nowhere", limits: LIMITS });
  const answer = await live.ask(READ);
  expect(answer).toMatchObject({ pages: [{ rain: expect.stringMatching(/^3 workers ‹text:8:[0-9a-f]{5}›$/) }] });
});

test("it is opened live, and its requests are counted", async () => {
  const live = new LiveSource({ allowExec: false, environment: {}, kubeconfig: "/nowhere", limits: LIMITS });
  expect(await live.ask(READ)).toMatchObject({ status: "answered" });
  expect(live.tally.inWords(SOURCES)).toMatch(
    /^1 requests: .*, 1 to the sky; 0 CloudWatch metrics, .*; 2 looks at the sky, at most 0\.10000 USD$/,
  );
  expect(new Tally().inWords(SOURCES)).toMatch(/ 0 to the sky;/);
});

test("a recording holds it and gives it back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-weather-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const at = { now: "2026-06-26T08:00:00Z", window: { start: "2026-06-26T07:00:00Z", end: "2026-06-26T08:00:00Z" } };
  const about = { id: "w", title: "t", description: "d", provenance: "p", alarm: "a", ...at, allowExec: false };
  const answer = { status: "answered", pages: [{ rain: 3 }] } as const;
  await writeRecording(folder, about, [{ question: READ, answer }]);
  const { answers } = await readRecording(folder);
  expect(answers.get(questionKey(READ))).toEqual(answer);
});

test("doctor checks it", async () => {
  const written: string[] = [];
  const out = { write: (text: string) => written.push(text) > 0 };
  const terminal = { environment: {}, out, err: out } as unknown as Parameters<typeof doctor>[1];
  const options: DoctorOptions = { region: "eu-west-1", kubeconfig: "/nowhere", prometheusUrl: "http://127.0.0.1:9" };
  await doctor(options, terminal, new AbortController().signal);
  expect(written.join("")).toMatch(/ok {6}may read rain +yes/);
});
