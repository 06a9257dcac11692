import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPages } from "../../src/cli/pages.ts";
import { keyed } from "../../src/drill/key.ts";
import { A_TO_G } from "../../src/drill/questions/a-to-g.ts";
import { H_TO_N } from "../../src/drill/questions/h-to-n.ts";
import { type Served, serve } from "../../src/drill/server.ts";
import { field } from "../../src/sources/parse.ts";
import { readRecording } from "../../src/sources/recording/recording.ts";
import { EVIDENCE } from "../questions/evidence.ts";
import { EXPLANATIONS } from "../questions/explanations.ts";
import { PEOPLE } from "../questions/people.ts";
import { recorded, SECTIONS } from "../questions/places.ts";
import { emptyFolder, lbdoctor, start } from "./lbdoctor.ts";

const pages = await readPages(new URL("../../playbooks/", import.meta.url));
const pageOf = (id: string) => pages.find((page) => page.id === id)?.markdown;
const main = keyed(await recorded("worker-ceiling"), pageOf);

/** The parts of the answer to a question, each on one line, and its commands. */
const answerTo = (id: string) =>
  (main.find((one) => one.id === id)?.key ?? [])
    .flatMap(({ text, commands }) => [text, ...commands])
    .map((text) => text.replace(/\s+/g, " "));

const expectSaid = (id: string, says: readonly RegExp[]) => {
  const answer = answerTo(id);
  for (const pattern of says) expect([pattern, answer.filter((text) => pattern.test(text))]).not.toEqual([pattern, []]);
};

describe("the questions", () => {
  test("are the review's 98, each once, in its order", () => {
    const all = Object.entries(SECTIONS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}${index + 1}`),
    );
    expect([...A_TO_G, ...H_TO_N].map(({ id }) => id)).toEqual(all);
  });

  test("the main incident answers all of them", () => {
    expect(main.map(({ id }) => id)).toEqual([...A_TO_G, ...H_TO_N].map(({ id }) => id));
  });

  test("do not give their own answers away", () => {
    for (const { asks } of main) expect(asks).not.toMatch(/\d|gunicorn|data-service/);
  });

  test.each(["clumping", "fleet-long-poll"])("of %s are those that it has an answer to", async (fixture) => {
    const other = keyed(await recorded(fixture), pageOf);
    expect(other.length).toBeGreaterThan(50);
    for (const { id, key } of other) expect([id, key.every(({ text }) => text.length > 10)]).toEqual([id, true]);
  });
});

describe("the answer key has what the review's key has", () => {
  const rows = EVIDENCE.filter(([, place]) => !place.startsWith("commands") && !place.startsWith("verdict"));
  test.each(rows.map(([id, place, ...says]) => ({ id, place, says })))("$id: $place", ({ id, says }) => {
    expectSaid(id, says);
  });

  test.each(EXPLANATIONS.map(([id, page, ...says]) => ({ id, page, says })))("$id: page $page", ({ id, says }) => {
    expectSaid(id, says);
  });

  test("what only the team knows is left to the team", () => {
    for (const [id] of PEOPLE) expectSaid(id, [/^Your team knows this/]);
  });
});

/** What stands at this place in JSON; undefined where there is nothing. */
const dig = (value: unknown, ...path: readonly string[]) => path.reduce<unknown>((one, key) => field(one, key), value);

describe("the incident on loopback", () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve((await readRecording("fixtures/worker-ceiling")).recorded, "default", "<p>home</p>");
  });
  afterAll(() => served.close());

  const read = async (response: Response) => ({ status: response.status, body: (await response.json()) as unknown });
  const aws = async (operation: string, input: object) => {
    const headers = { "x-amz-target": `GraniteServiceVersion20100801.${operation}` };
    return read(await fetch(served.url, { method: "POST", headers, body: JSON.stringify(input) }));
  };
  const prometheus = async (path: string) => (await read(await fetch(`${served.prometheusUrl}/api/v1/${path}`))).body;
  const cluster = async (path: string) => read(await fetch(`${served.url}${path}`));
  const alarms = async (input: object) => dig((await aws("DescribeAlarms", input)).body, "MetricAlarms");

  test("lists alarms without a name, and only those of a state", async () => {
    expect(await alarms({})).toHaveLength(1);
    expect(await alarms({ StateValue: "ALARM" })).toEqual([]);
  });

  test("gives a metric in another window, and nothing for one that was not recorded", async () => {
    const Dimensions = dig(await alarms({}), "0", "Dimensions");
    const values = async (MetricName: string) => {
      const Metric = { Namespace: "AWS/ApplicationELB", MetricName, Dimensions };
      const query = { Id: "m", MetricStat: { Metric, Period: 60, Stat: "Average" } };
      const asked = { StartTime: 1782467400, EndTime: 1782467700, MetricDataQueries: [query] };
      return dig((await aws("GetMetricData", asked)).body, "MetricDataResults", "0", "Values");
    };
    expect(await values("TargetResponseTime")).toHaveLength(5);
    expect(await values("Nothing")).toEqual([]);
  });

  test("an operation that was not recorded is refused, not invented", async () => {
    const { status, body } = await aws("PutMetricAlarm", {});
    expect([status, dig(body, "message")]).toEqual([400, "the recording holds no answer to PutMetricAlarm"]);
  });

  test("pods by label, by field and by name; another namespace has none", async () => {
    const items = async (query: string) => dig((await cluster(`/api/v1/namespaces/${query}`)).body, "items");
    expect(await items("default/pods")).toHaveLength(4);
    expect(await items("default/pods?labelSelector=app%3Ddata-service")).toHaveLength(4);
    const selected = async (selector: string) =>
      (await items(`default/pods?labelSelector=${encodeURIComponent(selector)}`)) as unknown[];
    for (const all of ["app", "!other", "app==data-service", "app in (x, data-service)", "other notin (x),app"])
      expect([all, (await selected(all)).length]).toEqual([all, 4]);
    const none = [
      "!app",
      "other",
      "app!=data-service",
      "app notin (x,data-service)",
      "app in (data-service),app=x",
      "a b",
    ];
    for (const one of none) expect([one, (await selected(one)).length]).toEqual([one, 0]);
    const name = String(dig(await items("default/pods"), "0", "metadata", "name"));
    expect(await items(`default/pods?fieldSelector=metadata.name%3D${name}`)).toHaveLength(1);
    expect(await items("other/pods")).toEqual([]);
    const one = await cluster(`/api/v1/namespaces/default/pods/${name}`);
    expect(dig(one.body, "metadata", "name")).toBe(name);
    expect((await cluster("/api/v1/namespaces/default/pods/none")).status).toBe(404);
  });

  test("an expression of a recorded form is answered with a warning of what was recorded", async () => {
    const query = encodeURIComponent('sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="default"}[5m]))');
    const answer = await prometheus(`query_range?query=${query}&start=1782467400&end=1782467700&step=60`);
    const times = JSON.stringify(answer).match(/(?<=\[)17824\d+/g) ?? [];
    expect(times.length).toBeGreaterThan(15);
    expect(times.filter((at) => Number(at) < 1782467400 || Number(at) > 1782467700)).toEqual([]);
    expect(dig(answer, "warnings", "0")).toMatch(
      /^recorded as: sum by \(pod\) \(rate\(container_cpu_usage_seconds_total\{.*\}\[1m\]\)\)$/,
    );
    // A moment after the recording is its last.
    expect(dig(await prometheus(`query?query=${query}`), "data", "result")).toHaveLength(4);
  });

  test("an expression of another form is refused with those that were recorded", async () => {
    const answer = await prometheus("query?query=up");
    expect(dig(answer, "error")).toMatch(
      /^nothing of this form was recorded; there are: .*container_cpu_usage_seconds_total\{…\}/,
    );
  });

  test("nothing listens beyond loopback", () => {
    expect(new URL(served.url).hostname).toBe("127.0.0.1");
  });
});

describe("the command", () => {
  /** Runs a drill with these lines typed, and answers what it printed. */
  async function typed(lines: readonly string[], words: readonly string[], state: string) {
    const child = start(["drill", ...words], { state });
    child.stdin.end(lines.map((line) => `${line}\n`).join(""));
    let stdout = "";
    child.stdout.on("data", (text) => {
      stdout += String(text);
    });
    const [code] = await once(child, "close");
    return { code, stdout };
  }

  test("asks, hints, tells the key with its evidence, and goes on where the last run ended", async () => {
    const state = emptyFolder();
    const first = await typed(["h", "above 0.8 s, twice", "", "s", "q"], ["--section", "A", "worker-ceiling"], state);
    expect(first.stdout).toContain("A1  What does TargetResponseTime measure");
    expect(first.stdout).toContain("read: lbdoctor explain target-response-time");
    expect(first.code).toBe(0);
    const kept = JSON.parse(readFileSync(join(state, "lbdoctor", "drills", "worker-ceiling.json"), "utf8"));
    expect(kept.known).toEqual({ A1: true, A2: false });
    expect(first.stdout).toMatch(/^1 of 8 known · A 1\/8$/m);
    const second = await typed(["q"], ["--section", "a"], state);
    expect(second.stdout).not.toContain("A1  ");
    expect(second.stdout).toContain("A2  ");
    expect((await typed(["q"], ["--section", "A", "--again"], state)).stdout).toContain("A1  ");
  });

  test("--answers prints the whole key, and asks nothing", async () => {
    const { code, stdout } = await lbdoctor(["drill", "--answers"]);
    for (const { id } of main) expect(stdout).toMatch(new RegExp(`^${id}  `, "m"));
    expect(stdout).toMatch(/^\$ aws cloudwatch describe-alarms/m);
    expect(code).toBe(0);
  });

  test.each([
    [["nothing"], /there is no recorded incident nothing; there are worker-ceiling, clumping, fleet-long-poll$/],
    [["--section", "Z"], /there is no section Z; there are A The alarm itself/],
  ])("%j is told in one sentence", async (words, sentence) => {
    const { code, stderr } = await lbdoctor(["drill", ...words]);
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(code).toBe(2);
  });
});

describe("demo", () => {
  test("shows the main incident without anything named, elsewhere than in the clone", async () => {
    const { code, stdout } = await lbdoctor(["demo", "--plain"], { cwd: emptyFolder() });
    expect(stdout).toMatch(/worker-concurrency-ceiling/);
    expect(code).toBe(0);
  });

  test("an incident that is not there is told with those that are", async () => {
    const { code, stderr } = await lbdoctor(["demo", "x"]);
    expect(stderr).toMatch(/there are worker-ceiling, clumping, fleet-long-poll$/m);
    expect(code).toBe(2);
  });
});
