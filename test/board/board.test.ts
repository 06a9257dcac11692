import { describe, expect, it } from "vitest";
import { pictures } from "../../playbooks/pictures.ts";
import { openBoard } from "../../src/board/open.tsx";
import { keptState, openedState } from "../../src/engine/reduce.ts";
import { SessionStore } from "../../src/engine/store.ts";
import type { Session } from "../../src/model/session.ts";
import { session } from "./sample.ts";
import { FakeTerminal, turns } from "./terminal.ts";

function open(terminal: FakeTerminal, given: Session = session, screenReader = false) {
  const store = new SessionStore(keptState(given));
  const board = openBoard(
    {
      session: store,
      look: { color: true, unicode: true },
      pictures,
      clock: () => 1_782_468_000_000,
      nameOf: ({ operation }) => operation,
      act: (act) => store.append({ type: "user", act }),
      about: async (id) => `# ${id}\n\n## How lbdoctor judges it\n\nBy its rule.`,
    },
    { stdin: terminal.stdin, stdout: terminal.stdout, screenReader },
  );
  return { store, board };
}

const ENTER = "\u001b[?1049h";
const LEAVE = "\u001b[?1049l";

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
