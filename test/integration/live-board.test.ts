import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import type { Question } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import type { Fault } from "../loopback/faults.ts";
import { ended, runs } from "../loopback/processes.ts";
import { startLoopback } from "../loopback/server.ts";
import { keptIn } from "../sessions/kept-in.ts";
import { Tmux } from "./tmux.ts";
import { remembering, WorldSource, worldOf } from "./worlds.ts";

/* The board in front of live sources: interrupted at any moment, asked again, allowed to exec. */

const NODE = process.execPath;
const bin = inject("bin");
const world = worldOf("worker-ceiling");
const source = remembering(new WorldSource(world));
/** How long the terminal may stay away after Ctrl-C, milliseconds. */
const AT_ONCE = 500;

interface Desk {
  readonly tmux: Tmux;
  readonly home: string;
  readonly loopback: Awaited<ReturnType<typeof startLoopback>>;
  readonly investigate: string;
  /** Of all kept sessions, the newest last. */
  sessions(): Promise<Session[]>;
}

async function desk(fault: (question: Question) => Fault | null = () => null, login?: string): Promise<Desk> {
  const loopback = await startLoopback({ source, fault });
  const home = mkdtempSync(join(tmpdir(), "lbdoctor-live-board-"));
  mkdirSync(join(home, ".kube"));
  const config = JSON.parse(loopback.kubeconfig);
  if (login !== undefined) {
    const command = join(home, "login");
    writeFileSync(command, `#!/bin/sh\n${login}\n`);
    chmodSync(command, 0o755);
    config.users[0].user = { exec: { apiVersion: "client.authentication.k8s.io/v1", command } };
  }
  writeFileSync(join(home, ".kube", "config"), JSON.stringify(config));
  const environment = {
    HOME: home,
    XDG_STATE_HOME: home,
    // The shell would write it into its home when it is ended, while that is being removed.
    HISTFILE: "",
    AWS_ENDPOINT_URL: loopback.awsUrl,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION: "eu-west-2",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const tmux = new Tmux(100, 30, environment, home);
  onTestFinished(async () => {
    tmux.close();
    await loopback.close();
    rmSync(home, { recursive: true, force: true });
  });
  const { alarm, now, window } = world.scenario;
  return {
    tmux,
    home,
    loopback,
    investigate: `${NODE} ${bin} investigate ${alarm.name} --since ${iso(now - window)} --window ${window / 60}m`,
    sessions: async () => (await keptIn(home)).reverse(),
  };
}

/** Writes its number, asks its person, and waits for ever, with something that it has started itself. */
const HANGING_LOGIN = 'echo "visit https://login" >&2; sleep 300 & echo $! > "$HOME/pid"; wait';

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await what()) return;
    await sleep(50);
  }
  throw new Error(`it never came: ${what}`);
}

/** Presses Ctrl-C; answers after how many milliseconds lbdoctor had ended. */
async function interrupted(tmux: Tmux): Promise<number> {
  const child = tmux.child();
  if (child === null) throw new Error("nothing runs in the terminal");
  const began = performance.now();
  tmux.paste("\u0003");
  while (runs(child) && performance.now() - began < 10_000) await sleep(10);
  return performance.now() - began;
}

/** The terminal's settings, as the shell has them. */
async function settings({ tmux, home }: Desk, name: string): Promise<string> {
  tmux.run(`stty -a > ${name}; touch ${name}.done`);
  await until(() => existsSync(join(home, `${name}.done`)));
  return readFileSync(join(home, name), "utf8");
}

const only =
  (wanted: (question: Question) => boolean, fault: Fault) =>
  (question: Question): Fault | null =>
    wanted(question) ? fault : null;

describe("Ctrl-C on the board", () => {
  test.each<[string, (question: Question) => Fault | null, string | undefined, (own: Desk) => Promise<unknown>]>([
    ["at the first moment", () => null, undefined, ({ tmux }) => tmux.sees("? help")],
    [
      "while a login command hangs",
      () => null,
      HANGING_LOGIN,
      ({ home }) => until(() => existsSync(join(home, "pid"))),
    ],
    [
      "while AWS does not answer",
      only(({ operation }) => operation === "DescribeAlarmHistory", "silent"),
      undefined,
      ({ loopback }) => until(() => loopback.requests.includes("POST DescribeAlarmHistory")),
    ],
    [
      "while the cluster's answer trickles",
      only(({ input }) => input.resource === "nodes", "trickle"),
      undefined,
      ({ loopback }) => until(() => loopback.requests.includes("GET /api/v1/nodes")),
    ],
    [
      "while a command runs in a pod",
      only(({ operation }) => operation === "exec", "silent"),
      undefined,
      ({ loopback }) => until(() => loopback.requests.some((one) => one.endsWith("/exec"))),
    ],
    ["after the verdict", () => null, undefined, ({ tmux }) => tmux.sees("explains 9 of 9")],
  ])("%s gives the terminal back at once, with 130 and the session kept", async (_, fault, login, moment) => {
    const own = await desk(fault, login);
    const { tmux, home, sessions } = own;
    const before = await settings(own, "before");
    tmux.run(`clear; echo mine; ${own.investigate} --allow-exec`);
    await moment(own);
    await tmux.sees("? help");
    expect(await interrupted(tmux)).toBeLessThan(AT_ONCE);
    expect(await tmux.ended(130)).toContain("mine");
    expect(tmux.flags()).toEqual({ alternate: false, cursor: true });
    expect(await settings(own, "after")).toBe(before);
    if (login !== undefined) expect(await ended(join(home, "pid"))).toBe(true);
    expect(await sessions()).toHaveLength(1);
    tmux.run(`clear; ${NODE} ${bin} show | head -3`);
    await tmux.sees(world.scenario.alarm.name);
  });
});

test("Ctrl-C before the board, while AWS says nothing of the alarm, ends it with 130 and the session kept", async () => {
  const own = await desk(only(({ operation }) => operation === "DescribeAlarms", "silent"));
  own.tmux.run(`clear; ${own.investigate}`);
  await own.tmux.sees("asking AWS and the cluster about");
  expect(await interrupted(own.tmux)).toBeLessThan(AT_ONCE);
  await own.tmux.ended(130);
  expect(await own.sessions()).toMatchObject([{ outcome: "interrupted" }]);
});

describe("a login command that hangs holds nobody", () => {
  test("the page comes without the cluster, says why, and the process ends", async () => {
    const { tmux, home, investigate } = await desk(undefined, HANGING_LOGIN);
    tmux.run(`clear; ${investigate} --plain 2>/dev/null | grep -c 'login did not end within'; echo done`);
    await until(() => existsSync(join(home, "pid")));
    await tmux.sees(/[1-9]\d*\ndone/);
    expect(await ended(join(home, "pid"))).toBe(true);
  });

  test("Ctrl-C in a pipe ends it at once with 130, and the login with it", async () => {
    const { tmux, home, investigate, sessions } = await desk(undefined, HANGING_LOGIN);
    tmux.run(`set -o pipefail; clear; ${investigate} --json | cat`);
    await until(() => existsSync(join(home, "pid")));
    await sleep(300);
    const began = performance.now();
    await tmux.press("C-c");
    await tmux.ended(130);
    // The screen is looked at every 50 ms, after a pause of 60 ms.
    expect(performance.now() - began).toBeLessThan(AT_ONCE + 150);
    expect(await ended(join(home, "pid"))).toBe(true);
    expect(await sessions()).toMatchObject([{ outcome: "interrupted" }]);
  });

  test("leaving by q while it hangs ends it too", async () => {
    const { tmux, home, investigate } = await desk(undefined, HANGING_LOGIN);
    tmux.run(`clear; ${investigate}`);
    await until(() => existsSync(join(home, "pid")));
    await tmux.sees("? help");
    await tmux.press("q");
    await tmux.sees(/\[\d+\]\$\s*$/);
    expect(await ended(join(home, "pid"))).toBe(true);
  });
});

/** Chooses a row by searching for it. */
async function find(tmux: Tmux, words: string): Promise<void> {
  await tmux.press("/");
  tmux.paste(words);
  await tmux.sees(`> ${words}`);
  await tmux.press("Enter");
}

describe("a live session, opened again", () => {
  test("asks a step anew of the live sources, and only that one", async () => {
    const { tmux, loopback, investigate, sessions } = await desk();
    tmux.run(investigate);
    await tmux.sees("explains 9 of 9");
    await tmux.press("q");
    await tmux.ended(0);
    loopback.forget();
    tmux.run(`clear; ${NODE} ${bin} resume`);
    await tmux.sees("explains 9 of 9");
    expect(loopback.asked).toEqual([]);
    await find(tmux, "step:pod-cpu");
    await tmux.press("r");
    await tmux.sees("Re-run “pod CPU” and judge again");
    await tmux.press("y");
    await until(() => loopback.asked.some((key) => key.includes("container_cpu_usage_seconds_total")));
    await until(async () =>
      (await sessions()).every(({ outcome, user }) => outcome === "established" && user?.length === 1),
    );
    // AWS has been asked nothing: what is known of it stays.
    expect(loopback.asked.filter((key) => /^(cloudwatch|elbv2) /.test(key))).toEqual([]);
    await tmux.press("Escape");
    await tmux.sees("explains 9 of 9");
    await tmux.press("q");
    await tmux.ended(0);
  });

  test("execs in a pod after the answer yes, and not after any other", async () => {
    const { tmux, loopback, investigate, sessions } = await desk();
    const execs = () => loopback.requests.filter((request) => request.endsWith("/exec"));
    tmux.run(investigate);
    await tmux.sees("explains 9 of 9");
    await tmux.press("E");
    await tmux.sees("by kubectl exec? It changes nothing.");
    await tmux.press("n");
    await tmux.sees("not done");
    await sleep(500);
    expect(execs()).toEqual([]);
    await tmux.press("E");
    await tmux.sees("by kubectl exec? It changes nothing.");
    await tmux.press("y");
    await until(() => execs().length === 2);
    await until(async () =>
      (await sessions()).every(({ outcome, opening }) => outcome === "established" && opening.allowExec),
    );
    await tmux.sees("explains 9 of 9");
    await tmux.press("q");
    await tmux.ended(0);
    expect((await sessions())[0]?.user).toMatchObject([{ type: "allowed-exec" }]);
  });
});
