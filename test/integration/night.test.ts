import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import type { Source } from "../../src/sources/port.ts";
import { sessionsIn } from "../cli/lbdoctor.ts";
import { alarmsOnly } from "../loopback/alarms.ts";
import { startDeaf } from "../loopback/deaf.ts";
import { type CommandLine, commandLine } from "../sources/command-line.ts";
import { Tmux } from "./tmux.ts";
import { remembering, WorldSource, worldOf } from "./worlds.ts";

/* What a person meets on a terminal at night when something is missing: no board, and nothing kept. */

function terminalOf(line: CommandLine, more: { readonly [name: string]: string } = {}): Tmux {
  const given = Object.entries({ ...line.environment, ...more, XDG_STATE_HOME: line.home });
  const environment = Object.fromEntries(given.map(([name, value]) => [name, value ?? ""]));
  mkdirSync(join(line.home, "bin"));
  const tmux = new Tmux(100, 30, environment, line.home);
  onTestFinished(() => tmux.close());
  return tmux;
}

const command = (words: string) => `${process.execPath} ${inject("bin")} ${words}`;

function keptBy({ home }: CommandLine): string[] {
  return existsSync(sessionsIn(home)) ? readdirSync(sessionsIn(home)).filter((name) => !name.startsWith(".")) : [];
}

test("a login that is over: three lines in the place of the board", async () => {
  const line = await commandLine({}, { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" });
  const tmux = terminalOf(line);
  tmux.run(command(`investigate ${line.alarm}`));
  const screen = await tmux.ended(5);
  expect(screen).toContain("lbdoctor: there are no AWS credentials here");
  expect(screen).not.toContain("asking AWS");
  expect(tmux.flags()).toEqual({ alternate: false, cursor: true });
  expect(keptBy(line)).toEqual([]);
});

test("a VPN that is off: three lines in the place of the board, within seconds", async () => {
  const line = await commandLine();
  const deaf = await startDeaf();
  onTestFinished(() => deaf.close());
  const cluster = { name: "c", cluster: { server: `https://127.0.0.1:${deaf.port}` } };
  const context = { name: "c", context: { cluster: "c", user: "u" } };
  const users = [{ name: "u", user: {} }];
  const config = { "current-context": "c", clusters: [cluster], contexts: [context], users };
  writeFileSync(join(line.home, ".kube", "config"), JSON.stringify(config));
  const tmux = terminalOf(line);
  tmux.run(command(`investigate ${line.alarm} ${line.when.join(" ")}`));
  const screen = await tmux.ended(3);
  expect(screen).toMatch(/lbdoctor: no cause without the cluster: .*cannot be reached/);
  expect(screen).toMatch(/^Connect: {2}the VPN/m);
  expect(screen).not.toContain("RULED OUT");
  expect(keptBy(line)).toEqual([]);
});

test("an alarm of a kind that nothing judges: what is judged in the place of the board, and nothing kept", async () => {
  const line = await commandLine({ source: alarmsOnly(["rule-evaluations"], "RuleEvaluations") });
  const tmux = terminalOf(line);
  tmux.run(command("investigate rule-evaluations"));
  const screen = await tmux.ended(3);
  expect(screen).toMatch(/rule-evaluations watches RuleEvaluations[\s\S]*lbdoctor\s+judges\s+latency/);
  expect(screen).not.toContain("? help");
  expect(keptBy(line)).toEqual([]);
});

/** The main incident while its alarm is in ALARM. */
function inAlarm(): Source {
  const world = remembering(new WorldSource(worldOf("worker-ceiling")));
  return {
    ask: async (question) => {
      const answer = await world.ask(question);
      if (question.operation !== "DescribeAlarms" || answer.status === "failed") return answer;
      return {
        ...answer,
        pages: JSON.parse(JSON.stringify(answer.pages).replace('"StateValue":"OK"', '"StateValue":"ALARM"')),
      };
    },
  };
}

test("without a name the alarms of today are offered, Enter takes the first, and the board opens on it", async () => {
  const line = await commandLine({ source: inAlarm() });
  const tmux = terminalOf(line);
  tmux.run(command(`investigate ${line.when.join(" ")}`));
  const screen = await tmux.sees(/Which one\? \[1, q quits\]/);
  expect(screen).toMatch(new RegExp(` 1 .*${line.alarm}`));
  tmux.run("");
  await tmux.sees("HYPOTHESES");
  expect(tmux.flags().alternate).toBe(true);
  await tmux.press("q");
  await tmux.sees(/\[\d+\]\$\s*$/);
});

test("q at the list ends it without a board", async () => {
  const line = await commandLine({ source: inAlarm() });
  const tmux = terminalOf(line);
  tmux.run(command("investigate"));
  await tmux.sees(/Which one\?/);
  tmux.run("q");
  await tmux.ended(4);
  expect(keptBy(line)).toEqual([]);
});

test.each([
  ["C-c", 130],
  ["C-d", 4],
] as const)("%s at the list ends it with %i, and is no defect", async (key, code) => {
  const line = await commandLine({ source: inAlarm() });
  const tmux = terminalOf(line);
  tmux.run(command("investigate"));
  await tmux.sees(/Which one\?/);
  await tmux.press(key);
  expect(await tmux.ended(code)).not.toContain("internal error");
});
