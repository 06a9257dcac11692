import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, inject, it } from "vitest";
import { keptIn } from "../sessions/kept-in.ts";
import { Tmux } from "./tmux.ts";

const ALARM = "k8s-api-prod-core-7db0ccf2c3-target-response-time";
const FIXTURE = resolve("fixtures/worker-ceiling");
const NODE = process.execPath;
const bin = inject("bin");
const open: Tmux[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A terminal whose sessions lie in a folder of their own. */
function terminal(columns = 80, rows = 24, state = mkdtempSync(join(tmpdir(), "lbdoctor-board-"))) {
  const tmux = new Tmux(columns, rows, { XDG_STATE_HOME: state, HOME: state }, state);
  open.push(tmux);
  const folder = join(state, "lbdoctor", "sessions");
  const kept = async () => {
    const [session] = await keptIn(state);
    if (!session) throw new Error("no session is kept");
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    return { session, modes: new Set(modes) };
  };
  return { tmux, state, kept };
}

const investigate = `${NODE} ${bin} investigate ${ALARM} --fixture ${FIXTURE}`;

/** Chooses a row by searching for it. */
async function find(tmux: Tmux, words: string): Promise<void> {
  await tmux.press("/");
  tmux.paste(words);
  await tmux.sees(`> ${words}`);
  await tmux.press("Enter");
}

/** Shows all rows again. */
async function everything(tmux: Tmux): Promise<void> {
  await tmux.press("Escape");
  await tmux.sees(/^(?![\s\S]*all rows)[\s\S]*\? help/);
}

describe("the board, driven as a person would", () => {
  it("goes from the alarm to the verdict, takes the person's part, and has it all again after resume", async () => {
    const { tmux, kept } = terminal();
    tmux.run(investigate);
    const verdict = await tmux.sees("confirmed · worker-concurrency-ceiling · explains 9 of 9 episodes");
    expect(verdict).toContain("CAUSE  data-service can process 4 requests at a time");
    expect(verdict).toMatch(/9 × ALARM/);
    expect(verdict).toMatch(/✗ round robin overloads some pods +all 4 pods were equally busy/);

    await find(tmux, "round robin overloads");
    await tmux.press("Enter", "Enter");
    const rejected = await tmux.sees("ruled out: all 4 pods were equally busy");
    expect(rejected).toContain("rejected");
    expect(rejected).toMatch(/…\w+ +[▁-█ ]+/);
    await tmux.press("c");
    await tmux.sees("container_cpu_usage_seconds_total");
    await tmux.press("Escape", "Escape", "Escape");
    await everything(tmux);

    await find(tmux, "slow-dependency");
    await tmux.press("x");
    await tmux.sees(/Why do you rule out/);
    tmux.paste("the disk idled");
    await tmux.press("Enter");
    await tmux.sees("◆ ruled out by you: the disk idled");
    await everything(tmux);

    await tmux.press("+");
    await tmux.sees("Your own finding");
    tmux.paste("the marketing mail went out at 05:05");
    await tmux.press("Enter");
    await tmux.sees("the marketing mail went out at 05:05");

    await tmux.press("q");
    await tmux.ended(0);
    expect(tmux.flags()).toEqual({ alternate: false, cursor: true });
    expect((await kept()).modes).toEqual(new Set([0o600]));

    tmux.run(`clear; ${NODE} ${bin} resume`);
    await tmux.sees("confirmed · worker-concurrency-ceiling");
    await find(tmux, "slow-dependency");
    await tmux.sees("◆ ruled out by you: the disk idled");
    await tmux.press("Enter", "Enter");
    // lbdoctor's own judgement stays visible beside the person's.
    await tmux.sees("You ruled it out");
    await tmux.sees(/A SLOW DOWNSTREAM DEPENDENCY +rejected/);
    await tmux.press("Escape", "Escape");
    await everything(tmux);
    await find(tmux, "marketing mail");
    await tmux.sees("◆ the marketing mail went out at 05:05");
    await tmux.press("q");
    await tmux.ended(0);
  });

  it("shows the fix and its patches, and writes the postmortem", async () => {
    const { tmux, state } = terminal();
    tmux.run(investigate);
    await tmux.sees("worker-concurrency-ceiling");
    await tmux.press("f", "Enter");
    await tmux.sees("a proposal: lbdoctor changes nothing");
    await tmux.press("NPage", "NPage", "NPage");
    await tmux.sees(/CHANGE|ROLL BACK|VERIFY/);
    await tmux.press("p");
    await tmux.sees("the postmortem is in postmortem-");
    await tmux.press("q");
    await tmux.ended(0);
    const [written = ""] = readdirSync(state).filter((name) => name.endsWith(".md"));
    expect(readFileSync(join(state, written), "utf8")).toContain("data-service can process 4 requests at a time");
  });

  it("keeps what a person did when the same evidence is investigated again", async () => {
    const { tmux } = terminal();
    tmux.run(investigate);
    await tmux.sees("worker-concurrency-ceiling");
    await tmux.press("+");
    tmux.paste("seen on Tuesday too");
    await tmux.press("Enter");
    await tmux.sees("seen on Tuesday too");
    await tmux.press("q");
    await tmux.ended(0);
    tmux.run(`clear; ${investigate}`);
    await tmux.sees("worker-concurrency-ceiling");
    await find(tmux, "Tuesday");
    await tmux.sees("◆ seen on Tuesday too");
  });

  it("asks a step again and comes to the same verdict", async () => {
    const { tmux, kept } = terminal();
    tmux.run(investigate);
    await tmux.sees("explains 9 of 9");
    await tmux.press("q");
    await tmux.ended(0);
    const before = (await kept()).session;
    tmux.run(`clear; ${NODE} ${bin} resume --fixture ${FIXTURE}`);
    await tmux.sees("explains 9 of 9");
    await find(tmux, "step:pod-cpu");
    await tmux.press("r");
    await tmux.sees("Re-run “pod CPU” and judge again");
    await tmux.press("y");
    await everything(tmux);
    await tmux.sees("explains 9 of 9");
    await tmux.press("q");
    await tmux.ended(0);
    const { user, ...after } = (await kept()).session;
    expect(after).toEqual(before);
    expect(user).toMatchObject([{ type: "asked-again", step: "pod-cpu" }]);
  });

  it("takes keys that come at once, all of them", async () => {
    const { tmux, kept } = terminal();
    tmux.run(investigate);
    await tmux.sees("worker-concurrency-ceiling");
    tmux.paste("+one\r+two\r+three\r");
    await tmux.sees("three");
    await tmux.press("q");
    await tmux.ended(0);
    expect((await kept()).session.user).toMatchObject([
      { statement: "one" },
      { statement: "two" },
      { statement: "three" },
    ]);
  });

  it("follows the terminal's size, and leaves no debris", async () => {
    const { tmux } = terminal();
    tmux.run(investigate);
    await tmux.sees("HYPOTHESES");
    tmux.resize(200, 50);
    const wide = await tmux.sees("THE PATH OF A REQUEST");
    expect(wide.match(/HYPOTHESES/g)).toHaveLength(1);
    tmux.resize(80, 24);
    const narrow = await tmux.sees(/Enter open[^\n]*q quit\s*$/);
    expect(narrow).not.toContain("THE PATH OF A REQUEST");
    expect(narrow.split("\n").filter((line) => line.includes("CAUSE"))).toHaveLength(1);
  });
});

describe("what stays", () => {
  it("is the verdict, the fix, and commands with the session's id that work", async () => {
    const { tmux } = terminal();
    tmux.run(investigate);
    await tmux.sees("explains 9 of 9");
    await tmux.press("q");
    const screen = await tmux.ended(0);
    expect(screen).toMatch(/CAUSE {5}data-service can process 4 requests at a time/);
    expect(screen).toMatch(/FIX {7}2 workers/);
    const [, resume = ""] = /(lbdoctor resume \S+)$/m.exec(screen) ?? [];
    tmux.run(`clear; ${resume.replace("lbdoctor", `${NODE} ${bin}`)}`);
    await tmux.sees("HYPOTHESES");
    await tmux.press("C-c");
    expect(await tmux.ended(130)).toContain("CAUSE     data-service can process");
  });
});

describe("the mouse", () => {
  it("is reported while the board is open, not while it is stopped by Ctrl-Z, and not after it", async () => {
    const { tmux } = terminal();
    tmux.run(investigate);
    await tmux.sees("explains 9 of 9");
    expect(tmux.mouse()).toBe(true);
    await tmux.press("C-z");
    await tmux.sees(/Stopped[\s\S]*\[148\]\$\s*$/);
    expect(tmux.mouse()).toBe(false);
    expect(tmux.flags()).toEqual({ alternate: false, cursor: true });
    tmux.run("echo it-echoes");
    await tmux.sees("\nit-echoes");
    tmux.run("fg");
    await tmux.sees("? help");
    expect(tmux.mouse()).toBe(true);
    await tmux.press("j");
    await tmux.sees(/› ✗/);
    await tmux.press("C-c");
    await tmux.ended(130);
    expect(tmux.mouse()).toBe(false);
  });

  it("chooses and opens with a click", async () => {
    const { tmux } = terminal();
    tmux.run(investigate);
    const screen = await tmux.sees("explains 9 of 9");
    const line = screen.split("\n").findIndex((text) => text.includes("overloaded targets")) + 1;
    for (const wanted of ["› ✗ overloaded targets", "OVERLOADED TARGETS"]) {
      tmux.paste(`\u001b[<0;10;${line}M\u001b[<0;10;${line}m`);
      await tmux.sees(wanted);
    }
    await tmux.press("q");
    await tmux.ended(0);
  });
});

describe("the terminal", () => {
  it("is whole after Ctrl-C, and the exit code is 130", async () => {
    const { tmux } = terminal();
    tmux.run("echo before");
    tmux.run(investigate);
    await tmux.sees("HYPOTHESES");
    expect(tmux.flags()).toEqual({ alternate: true, cursor: false });
    await tmux.press("C-c");
    const after = await tmux.ended(130);
    expect(after).toContain("before");
    expect(tmux.flags()).toEqual({ alternate: false, cursor: true });
    tmux.run("echo it-echoes");
    await tmux.sees("\nit-echoes");
  });

  it("is whole after an error in a view", async () => {
    const { tmux } = terminal();
    tmux.run(`cd ${process.cwd()}; ${NODE} --import tsx test/integration/slow-board.ts ${FIXTURE} 1 topology`);
    await tmux.sees("explains 9 of 9");
    await tmux.press("3");
    await tmux.ended(1);
    expect(tmux.flags()).toEqual({ alternate: false, cursor: true });
    expect(tmux.mouse()).toBe(false);
  });

  it("is whole when the process is asked to end", async () => {
    const { tmux } = terminal();
    tmux.run(investigate);
    await tmux.sees("HYPOTHESES");
    const child = tmux.child();
    if (child === null) throw new Error("nothing runs in the terminal");
    process.kill(child, "SIGTERM");
    await tmux.ended(130);
    expect(tmux.flags()).toEqual({ alternate: false, cursor: true });
    expect(tmux.mouse()).toBe(false);
  });
});

describe("a killed process", () => {
  it("loses nothing that was on the screen: kill -9 in the middle of a run, then resume", async () => {
    const { tmux, kept } = terminal();
    tmux.run(`cd ${process.cwd()}; ${NODE} --import tsx test/integration/slow-board.ts ${FIXTURE} 900`);
    await tmux.sees("9 × ALARM");
    await tmux.sees(/the alarm watches nothing +what the alarm/);
    await tmux.press("+");
    tmux.paste("I was here");
    await tmux.press("Enter");
    await tmux.sees("◆ I was here");
    expect(tmux.screen()).toMatch(/waiting for|reading the answers/);
    const child = tmux.child();
    if (child === null) throw new Error("nothing runs in the terminal");
    process.kill(child, "SIGKILL");
    await tmux.sees("[137]$");
    expect((await kept()).session.outcome).toBe("interrupted");

    tmux.run(`printf '\\033[?1049l\\033[?25h'; stty sane; clear; ${NODE} ${bin} resume`);
    const again = await tmux.sees("interrupted before there was a verdict");
    expect(again).toMatch(/the alarm watches nothing +what the alarm/);
    expect(again).toMatch(/9 × ALARM/);
    await find(tmux, "I was here");
    await tmux.sees("◆ I was here");
    await tmux.press("q");
    await tmux.ended(0);
  });
});

describe("elsewhere", () => {
  it("is plain where standard output is no terminal", async () => {
    const { tmux } = terminal(100, 50);
    tmux.run(`${investigate} 2>/dev/null | head -3; ${NODE} ${bin} resume | head -3`);
    const screen = await tmux.ended(0);
    expect(screen).not.toContain("? help");
    await tmux.sees(/CAUSE[\s\S]*CAUSE/);
  });

  it("needs no colour and no Unicode", async () => {
    const { tmux } = terminal();
    tmux.run(`LANG=C NO_COLOR=1 ${investigate}`);
    const screen = await tmux.sees("? help");
    expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
    await tmux.press("4");
    await tmux.sees("THE PODS' CPU");
  });
});
