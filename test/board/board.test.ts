import { describe, expect, it } from "vitest";
import { pictures } from "../../playbooks/pictures.ts";
import { openBoard } from "../../src/board/open.tsx";
import { keptState, openedState } from "../../src/engine/reduce.ts";
import { SessionStore } from "../../src/engine/store.ts";
import type { Session } from "../../src/model/session.ts";
import { session } from "./sample.ts";
import { FakeTerminal, turns } from "./terminal.ts";

function open(
  terminal: FakeTerminal,
  given: Session = session,
  screenReader = false,
  stop?: (continued: () => void) => void,
  copy?: (text: string) => string | null,
) {
  const store = new SessionStore(keptState(given));
  const board = openBoard(
    {
      session: store,
      look: { color: true, unicode: true },
      pictures,
      clock: () => 1_782_468_000_000,
      nameOf: ({ operation }) => operation,
      act: (act) => store.append({ type: "user", act }),
      ...(copy && { copy }),
      about: async (id) => `# ${id}\n\n## How lbdoctor judges it\n\nBy its rule.`,
    },
    { stdin: terminal.stdin, stdout: terminal.stdout, screenReader, ...(stop && { stop }) },
  );
  return { store, board };
}

const ENTER = "\u001b[?1049h";
const LEAVE = "\u001b[?1049l";

/** The modes of the terminal that are on after all that was written, of those that the board sets. */
function modesOn(written: string): string[] {
  const on = new Set<string>();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: private modes are what is looked for
  for (const [, mode = "", way] of written.matchAll(/\u001b\[\?(\d+)([hl])/g)) {
    if (way === "h") on.add(mode);
    else on.delete(mode);
  }
  return [...on].filter((mode) => mode !== "25");
}

describe("the mouse", () => {
  const MODES = ["1049", "1000", "1006"];

  it.each([
    ["q", (terminal: FakeTerminal) => terminal.type("q")],
    ["Ctrl-C", (terminal: FakeTerminal) => terminal.type("\u0003")],
    [":q", (terminal: FakeTerminal) => terminal.type(":q\r")],
  ])("is reported while the board is open, and no more after %s", async (_, leave) => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal);
    await turns();
    expect(modesOn(terminal.written)).toEqual(MODES);
    leave(terminal);
    await board.left;
    expect(modesOn(terminal.written)).toEqual([]);
  });

  it("is given back when a view throws, when the board is closed from outside, and when the process ends", async () => {
    const broken = { ...session, facts: { ...session.facts, topology: { path: 5 } } } as unknown as Session;
    const thrown = new FakeTerminal();
    const { board } = open(thrown, broken);
    await turns();
    thrown.type("3");
    await expect(board.left).rejects.toThrow(TypeError);
    expect(modesOn(thrown.written)).toEqual([]);
    for (const end of ["close", "restore"] as const) {
      const terminal = new FakeTerminal();
      const { board } = open(terminal);
      await turns();
      board[end]();
      if (end === "close") await board.left;
      expect(modesOn(terminal.written), end).toEqual([]);
      board.close();
    }
  });

  it("is given back while the process is stopped by Ctrl-Z, and comes again with the whole screen", async () => {
    const terminal = new FakeTerminal();
    let go: () => void = () => {};
    const { board } = open(terminal, session, false, (continued) => {
      go = continued;
    });
    await turns();
    terminal.type("\u001a");
    await turns();
    expect(modesOn(terminal.written)).toEqual([]);
    const before = terminal.written;
    terminal.take();
    go();
    await turns();
    expect(modesOn(before + terminal.written)).toEqual(MODES);
    expect(terminal.take()).toContain("HYPOTHESES");
    terminal.type("q");
    await board.left;
  });

  it("is left to the terminal by :mouse, and reported again by another", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal);
    await turns();
    terminal.type(":mouse\r");
    await turns();
    expect(modesOn(terminal.written)).toEqual(["1049"]);
    terminal.type(":mouse\r");
    await turns();
    expect(modesOn(terminal.written)).toEqual(MODES);
    terminal.type("q");
    await board.left;
  });

  it("chooses and scrolls through the reports of a terminal", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal);
    await turns();
    terminal.type("\u001b[<65;5;9M\u001b[<65;5;9M\u001b[<0;5;9M\u001b[<0;5;9m");
    await turns();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the look is set aside
    expect(terminal.take().replace(/\u001b\[[\d;]*m/g, "")).toContain("› ✓ too few workers");
    terminal.type("q");
    await board.left;
  });

  it("is never reported to a screen reader", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal, session, true);
    await turns();
    terminal.type(":mouse\r");
    await turns();
    expect(terminal.written).not.toMatch(/\?100[06]h/);
    expect(terminal.written).toContain("there is no mouse here");
    terminal.type("q");
    await board.left;
  });
});

describe("the clipboard", () => {
  it("gets what is at hand, and the footer says so, and what may stand in the way", async () => {
    for (const [obstacle, said] of [
      [null, "copied the command of the fix; if your clipboard is empty, copy again to see it"],
      [
        "tmux: set -g set-clipboard on",
        "copied the command of the fix (again: shows it) · tmux: set -g set-clipboard on",
      ],
    ] as const) {
      const terminal = new FakeTerminal();
      const handed: string[] = [];
      const { board } = open(terminal, session, false, undefined, (text) => {
        handed.push(text);
        return obstacle;
      });
      await turns();
      terminal.type("fy");
      await turns();
      expect(handed).toEqual(["kubectl patch"]);
      expect(terminal.take()).toContain(said);
      terminal.type("q");
      await board.left;
    }
  });
});

describe("the board on a terminal", () => {
  it("enters the alternate screen, and gives the terminal back on q", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal);
    await turns();
    expect(terminal.take()).toMatch(new RegExp(`^${ENTER.replace("[", "\\[").replace("?", "\\?")}`));
    terminal.type("q");
    expect(await board.left).toBe("quit");
    expect(terminal.take().endsWith(`\u001b[?25h${LEAVE}`)).toBe(true);
  });

  it("tells Ctrl-C from q", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal);
    await turns();
    terminal.type("\u0003");
    expect(await board.left).toBe("interrupt");
    expect(terminal.take()).toContain(LEAVE);
  });

  it("takes everything that comes in one chunk, one key after the other", async () => {
    const terminal = new FakeTerminal();
    const { store, board } = open(terminal);
    await turns();
    terminal.type("jjjxthe database was idle\r+the mail went out\r");
    await turns();
    expect(store.current().session.user).toMatchObject([
      { type: "ruled", cause: "slow-dependency", reason: "the database was idle" },
      { type: "added", id: "own.1", statement: "the mail went out" },
    ]);
    terminal.type("q");
    await board.left;
  });

  it("writes only the lines that change", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal);
    await turns();
    terminal.take();
    terminal.type("j");
    await turns();
    const written = terminal.take();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: cursor movements are what is looked for
    const lines = [...written.matchAll(/\u001b\[(\d+);1H/g)].map(([, line]) => Number(line));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.length).toBeLessThan(5);
    expect(written).not.toContain("\u001b[2J");
    terminal.type("q");
    await board.left;
  });

  it("paints anew after a resize", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal);
    await turns();
    terminal.take();
    terminal.resize(200, 50);
    await turns();
    const written = terminal.take();
    expect(written).toContain("\u001b[2J");
    expect(written).toContain("\u001b[50;1H");
    expect(written).toContain("THE PATH OF A REQUEST");
    terminal.type("q");
    await board.left;
  });

  it("gives the terminal back when a view throws, and tells of the error", async () => {
    const terminal = new FakeTerminal();
    const broken = { ...session, facts: { ...session.facts, topology: { path: 5 } } } as unknown as Session;
    const { board } = open(terminal, broken);
    await turns();
    terminal.type("3");
    await expect(board.left).rejects.toThrow(TypeError);
    expect(terminal.take()).toContain(LEAVE);
  });

  it("follows the session", async () => {
    const terminal = new FakeTerminal();
    const opening = { type: "opened", opening: session.opening, plan: keptState(session).plan } as const;
    const store = new SessionStore(openedState(opening));
    const look = { color: false, unicode: true };
    const board = openBoard(
      { session: store, look, pictures, clock: () => 0, nameOf: () => "", act: () => {}, about: async () => null },
      { stdin: terminal.stdin, stdout: terminal.stdout, screenReader: false },
    );
    await turns();
    expect(terminal.take()).toContain("not judged yet");
    for (const finding of session.findings) store.append({ type: "found", finding });
    for (const hypothesis of session.hypotheses) store.append({ type: "judged", hypothesis });
    await new Promise((resolve) => setTimeout(resolve, 120));
    const written = terminal.take();
    expect(written).toContain("all 4 pods ran alike");
    expect(written).toContain("just found: the busiest pods");
    terminal.type("q");
    await board.left;
  });

  it("shows the rule from the page of an opened hypothesis", async () => {
    const terminal = new FakeTerminal(120, 40);
    const { board } = open(terminal);
    await turns();
    terminal.type("j\r");
    await turns(12);
    expect(terminal.take()).toContain("By its rule.");
    terminal.type("q");
    await board.left;
  });

  it("speaks in words, one thing after the other, to a screen reader", async () => {
    const terminal = new FakeTerminal();
    const { board } = open(terminal, session, true);
    await turns();
    terminal.type("jj");
    await turns();
    const written = terminal.take();
    expect(written).not.toContain(ENTER);
    expect(written).toContain("hypotheses, round robin clumps requests, ruled out, all 4 pods ran alike");
    expect(written).not.toMatch(/[─│█▁]/);
    terminal.type("q");
    await board.left;
  });
});
