import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PERMITTED_COMMANDS } from "../../../src/sources/kubernetes/live-exec.ts";
import { execIn } from "../../../src/sources/kubernetes/questions.ts";
import { everyKindOfQuestion } from "../../../src/sources/permissions.ts";
import { findingQuestions } from "../../../src/sources/prometheus/live-find.ts";
import { rig, sampleSource } from "./rig.ts";

test("every question of every kind leaves as a request that only reads", async () => {
  const { live, loopback } = await rig({ source: sampleSource });
  const commands = PERMITTED_COMMANDS.map((command) => execIn("ns", "pod", "container", command).question);
  const times = {
    time: "2026-06-26T08:00:00Z",
    start: "2026-06-26T08:00:00Z",
    end: "2026-06-26T09:00:00Z",
    step: 60,
    query: "up",
  };
  const questions = [
    ...everyKindOfQuestion().map((one) => (one.source === "prometheus" ? { ...one, input: times } : one)),
    { source: "prometheus" as const, operation: "query_range" as const, input: times },
    ...findingQuestions(),
    ...commands,
  ];
  for (const question of questions) await live.ask(question);
  expect(loopback.requests.length).toBeGreaterThanOrEqual(questions.length - 1);
  for (const request of loopback.requests)
    expect(request).toMatch(/^(GET \/|POST (Describe|GetMetricData$|LookupEvents$))/);
  const execs = loopback.requests.filter((request) => request.includes("/exec"));
  // The list above holds an exec without a command, which must not leave at all.
  expect(execs).toHaveLength(commands.length);
});

/** Files of the live adapters, with what they import. */
function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : path.endsWith(".ts") ? [path] : [];
  });
}

/** Queries are begun and ended; what they say is a SELECT or a filter, held by the tests of access logs. */
const QUERIES = /^(Start|Stop)Query(Execution)?Command$/;

test("no source imports an AWS command that does more than read, or forms another method than GET and CONNECT", () => {
  for (const path of sourceFiles("src/sources")) {
    const text = readFileSync(path, "utf8");
    for (const [command] of text.matchAll(/\b[A-Z]\w+Command\b/g))
      if (!QUERIES.test(command))
        expect([path, command]).toEqual([path, expect.stringMatching(/^(Describe|Get|List|Lookup)/)]);
    for (const [, method] of text.matchAll(/method: "(\w+)"/g))
      expect([path, method]).toEqual([path, expect.stringMatching(/^(GET|CONNECT)$/)]);
    expect([path, /preferPost|\.post\(|makeApiClient/.test(text)]).toEqual([path, false]);
  }
});
