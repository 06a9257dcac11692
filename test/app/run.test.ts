import { expect, test } from "vitest";
import { runInvestigation } from "../../src/app/run.ts";
import type { Terminal } from "../../src/app/terminal.ts";
import type { Source } from "../../src/sources/port.ts";
import { emptyFolder } from "../cli/lbdoctor.ts";
import { keptIn } from "../sessions/kept-in.ts";

const opening = {
  id: "2026-03-04-slow-00000000",
  version: "0.0.0",
  alarmName: "slow",
  now: "2026-03-04T12:00:00Z",
  window: { start: 1, end: 2 },
  allowExec: false,
  source: { kind: "fixture", fixture: "slow", description: "never answers" },
} as const;

/** A terminal whose standard error is kept as text. */
function terminal(state: string, screen: object = {}): { terminal: Terminal; said: () => string } {
  let text = "";
  const write = (more: string) => {
    text += more;
    return true;
  };
  const err = { ...screen, write } as Terminal["err"];
  return { terminal: { environment: { XDG_STATE_HOME: state }, out: process.stdout, err }, said: () => text };
}

/** A source that answers when it is told to. */
function slowSource(): { source: Source; asked: Promise<void>; answer: () => void } {
  let wasAsked = () => {};
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    wasAsked = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const source: Source = {
    ask: async () => {
      wasAsked();
      await answered;
      return { status: "failed", failure: { kind: "timeout", message: "no answer in time" } };
    },
  };
  return { source, asked, answer: () => answer() };
}

test("an interrupted investigation ends at once and keeps what it has", async () => {
  const state = emptyFolder();
  const stop = new AbortController();
  const { source, asked } = slowSource();
  const running = runInvestigation({ source, opening }, terminal(state).terminal, stop.signal);
  await asked;
  stop.abort();
  const session = await running;
  expect(session.outcome).toBe("interrupted");
  expect(await keptIn(state)).toEqual([session]);
});

test("what was stopped before it began is interrupted, and not an investigation that could read nothing", async () => {
  const state = emptyFolder();
  const failure = { kind: "timeout", message: "interrupted before the answer came" } as const;
  const source: Source = { ask: async () => ({ status: "failed", failure }) };
  const session = await runInvestigation({ source, opening }, terminal(state).terminal, AbortSignal.abort());
  expect(session.outcome).toBe("interrupted");
  expect(await keptIn(state)).toMatchObject([{ outcome: "interrupted" }]);
});

test("answers that come after the interruption change nothing any more", async () => {
  const state = emptyFolder();
  const stop = new AbortController();
  const { source, asked, answer } = slowSource();
  const running = runInvestigation({ source, opening }, terminal(state).terminal, stop.signal);
  await asked;
  stop.abort();
  answer();
  const session = await running;
  await new Promise(setImmediate);
  expect(await keptIn(state)).toEqual([session]);
  expect(session.outcome).toBe("interrupted");
});

test("an investigation that has ended cannot be interrupted any more", async () => {
  const state = emptyFolder();
  const stop = new AbortController();
  const { source, asked, answer } = slowSource();
  const running = runInvestigation({ source, opening }, terminal(state).terminal, stop.signal);
  await asked;
  answer();
  const session = await running;
  stop.abort();
  expect(await keptIn(state)).toEqual([session]);
  expect(session.outcome).toBe("unread");
});

test("while it waits, a terminal shows for what, on one line that goes away", async () => {
  const { terminal: screen, said } = terminal(emptyFolder(), { isTTY: true, columns: 60 });
  const { source, asked, answer } = slowSource();
  const running = runInvestigation({ source, opening }, screen, new AbortController().signal);
  await asked;
  expect(said()).toBe("\ralarm: waiting for CloudWatch, DescribeAlarms · 1 of 1 answ\u001b[K");
  answer();
  await running;
  expect(said().endsWith("\r\u001b[K")).toBe(true);
  expect(said()).not.toContain("\n");
});
