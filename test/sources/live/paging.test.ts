import { expect, test } from "vitest";
import type { Answer, Question } from "../../../src/model/question.ts";
import { failureOf } from "../../../src/sources/failure.ts";
import { LIMITS } from "../../../src/sources/limits.ts";
import { type Page, readPages } from "../../../src/sources/paging.ts";
import type { Fault } from "../../loopback/faults.ts";
import { canned, QUICK, rig } from "./rig.ts";

const HISTORY: Question = { source: "cloudwatch", operation: "DescribeAlarmHistory", input: { AlarmName: "a" } };
const RULES: Question = { source: "elbv2", operation: "DescribeRules", input: { ListenerArn: "arn" } };
const PODS: Question = {
  source: "kubernetes",
  operation: "list",
  input: { apiVersion: "v1", resource: "pods", namespace: "default" },
};

const isPods = ({ input }: Question) => input.resource === "pods";
const entries = (page: number) => ({ AlarmHistoryItems: [{ AlarmName: "a", HistorySummary: `page ${page}` }] });

test("CloudWatch's pages come in their order", async () => {
  const { live } = await rig({ source: canned([entries(1), entries(2), entries(3)]) });
  const answer = await live.ask(HISTORY);
  expect(
    answer.status === "answered" && answer.pages.map((page) => (page as ReturnType<typeof entries>).AlarmHistoryItems),
  ).toEqual([1, 2, 3].map((page) => entries(page).AlarmHistoryItems));
  expect(answer).not.toHaveProperty("cut");
});

test("a failure in the middle keeps the pages that came, and says what cut them", async () => {
  const { live } = await rig({
    source: canned([entries(1), entries(2), entries(3)]),
    fault: ({ operation }, attempt) => (operation === "DescribeAlarmHistory" && attempt > 2 ? "forbidden" : null),
  });
  const answer = await live.ask(HISTORY);
  expect(answer).toMatchObject({ status: "answered", cut: { kind: "forbidden" } });
  expect(answer.status === "answered" && answer.pages).toHaveLength(2);
});

test("Elastic Load Balancing's pages are read by its markers", async () => {
  const { live } = await rig({ source: canned([{ Rules: [{ Priority: "1" }] }, { Rules: [{ Priority: "2" }] }]) });
  const answer = await live.ask(RULES);
  expect(answer.status === "answered" && answer.pages).toMatchObject([
    { Rules: [{ Priority: "1" }] },
    { Rules: [{ Priority: "2" }] },
  ]);
});

test("objects of the cluster come 500 a page, and are trimmed", async () => {
  const items = Array.from({ length: 1_201 }, (_, index) => ({
    metadata: { name: `pod-${index}`, managedFields: [{ manager: "kubelet" }] },
    status: { phase: "Running", images: ["x"] },
  }));
  const { live } = await rig({ source: canned([{ items }]) });
  const answer = await live.ask(PODS);
  const pages = (answer.status === "answered" ? answer.pages : []) as { items: unknown[] }[];
  expect(pages.map((page) => page.items.length)).toEqual([500, 500, 201]);
  expect(pages[0]?.items[0]).toEqual({ metadata: { name: "pod-0" }, status: { phase: "Running" } });
});

const MANY = Array.from({ length: 1_201 }, (_, index) => ({ metadata: { name: `pod-${index}` } }));
const podsIn = (answer: Answer) =>
  answer.status === "answered" ? answer.pages.flatMap((page) => (page as { items: unknown[] }).items) : [];

test("a list that the cluster forgets on the way is read from the beginning, and is whole", async () => {
  const { live, loopback } = await rig({
    source: canned([{ items: MANY }]),
    fault: (question, attempt) => (isPods(question) && attempt === 3 ? "gone" : null),
  });
  const answer = await live.ask(PODS);
  expect(podsIn(answer)).toEqual(MANY);
  expect(answer).not.toHaveProperty("cut");
  // Two pages, the refusal, three pages. No version is asked for: the first page is of now, the others are of the same.
  const paths = loopback.urls.filter((url) => url.includes("/pods"));
  expect(paths.map((url) => new URL(url, loopback.kubeUrl).searchParams.get("continue"))).toEqual([
    null,
    "500",
    "1000",
    null,
    "500",
    "1000",
  ]);
  expect(paths.join()).not.toMatch(/resourceVersion/);
});

test("a list that the cluster forgets again and again keeps what came, and says so", async () => {
  const { live } = await rig({
    source: canned([{ items: MANY }]),
    fault: (question, attempt) => (isPods(question) && [3, 5].includes(attempt) ? "gone" : null),
  });
  const answer = await live.ask(PODS);
  expect(podsIn(answer)).toEqual(MANY.slice(0, 1_000));
  expect(answer).toMatchObject({
    cut: { kind: "timeout", message: expect.stringMatching(/no longer knows the list.*410/) },
  });
});

test("the copy of an object in its annotation is left out, and that it is set stays to be seen, as of every annotation", async () => {
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": '{"env":"secret"}', other: "kept" };
  const { live } = await rig({ source: canned([{ items: [{ metadata: { name: "a", annotations } }] }]) });
  const answer = await live.ask(PODS);
  expect(JSON.stringify(answer)).not.toContain("secret");
  expect(JSON.stringify(answer)).toMatch(
    /"kubectl.kubernetes.io\/last-applied-configuration":"‹text:\d+:[0-9a-f]{5}›","other":"‹text:8:[0-9a-f]{5}›"/,
  );
});

const asked = { source: "cloudwatch", name: "CloudWatch" } as const;
const explain = (error: unknown) => failureOf(error, asked);

test("a token that comes back ends the paging", async () => {
  const read = async (): Promise<Page> => ({ page: {}, next: "again" });
  const answer = await readPages({ limits: LIMITS, asked, read, explain });
  expect(answer).toMatchObject({ status: "answered", cut: { kind: "malformed" } });
  expect(answer.status === "answered" && answer.pages).toHaveLength(2);
});

test("more pages than anyone has end the paging", async () => {
  let token = 0;
  const read = async (): Promise<Page> => ({ page: {}, next: String(token++) });
  const answer = await readPages({ limits: { ...LIMITS, pages: 7 }, asked, read, explain });
  expect(answer).toMatchObject({ status: "answered", cut: { message: "CloudWatch has more than 7 pages" } });
  expect(answer.status === "answered" && answer.pages).toHaveLength(7);
});

test("the deadline holds over all pages, and keeps those that came", async () => {
  const read = async (token: string | undefined): Promise<Page> =>
    token === undefined ? { page: 1, next: "2" } : new Promise(() => {});
  const answer = await readPages({ limits: { ...QUICK, question: 100 }, asked, read, explain });
  expect(answer).toEqual({
    status: "answered",
    pages: [1],
    cut: { kind: "timeout", message: "CloudWatch gave no complete answer within 100 ms" },
  });
});

test("pages that trickle without an end are cut where all of them have had their time", async () => {
  const page = async (token = "0"): Promise<Page> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { page: 1, next: String(Number(token) + 1) };
  };
  const limits = { ...LIMITS, question: 1_000, whole: 2_000, pages: 500 };
  expect(await readPages({ limits, asked, read: page, explain })).toMatchObject({
    status: "answered",
    cut: { kind: "timeout", message: "CloudWatch gave no complete answer within 2 s" },
  });
});

test("what stops the investigation stops the question", async () => {
  const stop = new AbortController();
  const read = (): Promise<Page> => new Promise(() => {});
  const answer = readPages({ limits: LIMITS, stop: stop.signal, asked, read, explain });
  stop.abort();
  expect(await answer).toMatchObject({ status: "failed", failure: { message: "interrupted before the answer came" } });
});

test.each([
  ["CloudWatch", HISTORY, { AlarmHistoryItems: [{ AlarmName: "a" }] }],
  ["the cluster", PODS, { items: MANY }],
])(
  "a first page of %s that was throttled once does not make a second one that hangs throttled",
  async (_, question, page) => {
    const faults: (Fault | null)[] = ["throttled", null];
    const { live } = await rig(
      {
        source: canned([page, page]),
        fault: ({ operation, input }, attempt) =>
          operation === question.operation && input.resource === question.input.resource
            ? attempt > 2
              ? "silent"
              : (faults[attempt - 1] ?? null)
            : null,
      },
      { limits: { ...QUICK, request: 5_000 } },
    );
    expect(await live.ask(question)).toMatchObject({ status: "answered", cut: { kind: "timeout" } });
  },
);
