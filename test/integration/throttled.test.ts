import { setTimeout as sleep } from "node:timers/promises";
import { inject, test } from "vitest";
import { Served } from "./served.ts";
import { Tmux } from "./tmux.ts";

/* A whole minute in which CloudWatch answers nothing but that it limits the rate: the built command line waits for it. */

/** Seconds; three times what a question has otherwise. */
const THROTTLED = 60;
const TOLD = "CloudWatch limits the rate: waiting, 0 of 1 question done";
const LIMIT = { timeout: 180_000 };

test.concurrent("on a pipe it tells once what it waits for, and finds the cause after it", LIMIT, async (context) => {
  const { expect } = context;
  const served = await Served.start("small", 0, THROTTLED);
  context.onTestFinished(() => served.close());
  const { code, stdout, stderr, milliseconds } = await served.run(inject("bin"), "--json", "--allow-exec");
  expect(code).toBe(0);
  const { verdict, gaps } = JSON.parse(stdout) as { verdict: { rootCause: string }; gaps: { what: string }[] };
  expect(verdict.rootCause).toBe("worker-concurrency-ceiling");
  expect(gaps.map(({ what }) => what)).toEqual([expect.stringContaining("the access log is off")]);
  expect(milliseconds).toBeGreaterThan(THROTTLED * 1000);
  const lines = stderr.split("\n").filter((line) => line.includes("limits the rate"));
  expect(lines[0]).toBe(TOLD);
  expect(lines).toEqual([...new Set(lines)]);
});

test.concurrent("on a terminal it stands there until the board opens", LIMIT, async (context) => {
  const { expect } = context;
  const served = await Served.start("small", 0, THROTTLED);
  const tmux = new Tmux(100, 30, served.environment as { readonly [name: string]: string }, served.folder);
  context.onTestFinished(() => {
    tmux.close();
    served.close();
  });
  tmux.run(`${process.execPath} ${inject("bin")} investigate ${served.question} --allow-exec`);
  const began = performance.now();
  await tmux.sees(TOLD);
  await sleep(THROTTLED * 500);
  expect(tmux.screen()).toContain(TOLD);
  await sleep(THROTTLED * 1000 - (performance.now() - began));
  const screen = await tmux.sees("CAUSE ");
  expect(screen).not.toContain("limits the rate");
  await tmux.press("q");
  await tmux.ended(0);
});
