import { rulingOn } from "../model/user.ts";
import { visible } from "../model/visible.ts";
import type { Cause } from "../model/vocabulary.ts";
import { verdictText } from "../output/in-short.ts";
import { type Markup, summaryOf } from "../output/summary.ts";
import type { Meaning } from "./handle-key.ts";
import type { KeyName } from "./keys.ts";
import { allFindings, type Item } from "./rows.ts";
import type { Scene } from "./scene.ts";
import type { Copied } from "./state.ts";

/** What a letter does with the chosen row. Where it cannot, it says what it would need. */
export function handleAction(key: KeyName, scene: Scene): Meaning {
  const item = scene.chosen?.item;
  if (!item) return [];
  switch (key) {
    case "c":
      return commands(item, scene);
    case "y":
      return copy(atHand(item, scene), scene);
    case "Y":
      return copy(summary(scene, "slack"), scene);
    case "e":
      return about(item);
    case "n":
      return note(item, scene);
    case "+":
      return [{ type: "type", purpose: { kind: "finding" } }];
    case "x":
      return rule(item, "rejected");
    case "a":
      return rule(item, "accepted");
    case "u":
      return withdraw(item, scene);
    case "r":
      return again(item, scene);
    case "E":
      return exec(scene);
    case "f":
      return fix(scene);
    case "p":
      return scene.abilities.postmortem ? [{ type: "postmortem" }] : say("the postmortem cannot be written from here");
    default:
      return [];
  }
}

function say(message: string): Meaning {
  return [{ type: "say", message }];
}

/** The findings behind an item: its evidence, or those of its step. */
function findingsOf(item: Item, { session }: Scene): readonly string[] {
  switch (item.kind) {
    case "finding":
      return [item.finding];
    case "hypothesis":
      return session.hypotheses.find(({ cause }) => cause === item.cause)?.evidence ?? [];
    case "factor":
      return session.factors.find(({ factor }) => factor === item.factor)?.evidence ?? [];
    case "verdict":
      return session.hypotheses.find(({ cause }) => cause === session.verdict?.rootCause)?.evidence ?? [];
    default: {
      const step = stepOf(item, session);
      return session.findings.filter((one) => one.step === step).map(({ id }) => id);
    }
  }
}

/** The step to which an item belongs; null where it belongs to none. */
function stepOf(item: Item, session: Scene["session"]): string | null {
  switch (item.kind) {
    case "step":
      return item.step;
    case "picture":
      return item.picture;
    case "gap":
      return session.gaps.find(({ id }) => id === item.gap)?.step ?? null;
    case "finding":
      return session.findings.find(({ id }) => id === item.finding)?.step ?? null;
    case "hypothesis": {
      const [decisive] = session.hypotheses.find(({ cause }) => cause === item.cause)?.evidence ?? [];
      return session.findings.find(({ id }) => id === decisive)?.step ?? null;
    }
    default:
      return null;
  }
}

function commands(item: Item, scene: Scene): Meaning {
  const findings = findingsOf(item, scene);
  if (findings.length === 0) return say("no commands for this row");
  return [{ type: "page", page: { kind: "commands", findings } }];
}

/** The thing at hand: the verdict in words, a fix's commands, how to fill a gap, or what shows the deciding finding again. */
function atHand(item: Item, scene: Scene): Copied | null {
  const { session } = scene;
  const { id } = session.opening;
  switch (item.kind) {
    case "verdict":
      return { text: verdictText(session), what: "the verdict", shownBy: `lbdoctor show ${id}` };
    case "fix": {
      const commands = session.fixes.find((one) => one.id === item.fix)?.changes.map(({ command }) => command) ?? [];
      return commandsCopied(commands, " of the fix", `lbdoctor fix ${id}`);
    }
    case "gap": {
      const remedy = session.gaps.find((one) => one.id === item.gap)?.remedy ?? "";
      return remedy === "" ? null : { text: remedy, what: "what fills this gap", shownBy: `lbdoctor show ${id}` };
    }
    default: {
      const [decisive] = findingsOf(item, scene);
      const place = allFindings(session).findIndex((one) => one.id === decisive);
      const finding = allFindings(session)[place];
      if (!finding) return null;
      const shownBy = `lbdoctor show ${id} ${place + 1}`;
      // What a person added has no command: its sentence is all of it.
      if (finding.reproduce.length === 0) return { text: finding.statement, what: "your finding", shownBy };
      return commandsCopied(finding.reproduce, ` behind [${place + 1}]`, shownBy);
    }
  }
}

function commandsCopied(commands: readonly string[], of: string, shownBy: string): Copied | null {
  if (commands.length === 0) return null;
  const count = commands.length === 1 ? "the command" : `${commands.length} commands`;
  return { text: commands.join("\n"), what: `${count}${of}`, shownBy };
}

/** The whole investigation in a few lines, in the markup of the place where it is pasted. */
export function summary({ session }: Scene, markup: Markup): Copied | null {
  if (session.outcome === null) return null;
  const what = markup === "slack" ? "the summary for Slack" : "the summary as markdown";
  const format = markup === "slack" ? "slack" : "summary";
  return {
    text: summaryOf(session, markup),
    what,
    shownBy: `lbdoctor show ${session.opening.id} --format ${format}`,
  };
}

export function copy(copied: Copied | null, { session, abilities }: Scene): Meaning {
  if (!copied)
    return say(session.outcome === null ? "the investigation is still running" : "nothing to copy in this row");
  // Names come from outside, and what is pasted into a shell obeys no less than what is printed.
  const whole = { ...copied, text: visible(copied.text) };
  if (!abilities.copy) return [{ type: "page", page: { kind: "copied", ...whole } }];
  return [
    { type: "copy", ...whole },
    { type: "copied", text: whole.text },
  ];
}

function about(item: Item): Meaning {
  const id = item.kind === "hypothesis" ? item.cause : item.kind === "factor" ? item.factor : null;
  if (!id) return say("choose a hypothesis or a factor; e explains it");
  return [
    { type: "about", id },
    { type: "page", page: { kind: "about", id } },
  ];
}

function note(item: Item, scene: Scene): Meaning {
  const [finding] = item.kind === "finding" || item.kind === "hypothesis" ? findingsOf(item, scene) : [];
  if (!finding) return say("choose a finding; n adds a note to it");
  return [{ type: "type", purpose: { kind: "note", finding } }];
}

function rule(item: Item, ruling: "accepted" | "rejected"): Meaning {
  if (item.kind !== "hypothesis") return say("choose a hypothesis to rule it out (x) or to accept it (a)");
  return [{ type: "type", purpose: { kind: "rule", cause: item.cause, ruling } }];
}

function withdraw(item: Item, { session }: Scene): Meaning {
  const cause: Cause | null = item.kind === "hypothesis" ? item.cause : null;
  if (!cause || !rulingOn(session.user ?? [], cause))
    return say("nothing to undo: you have neither ruled this out nor accepted it");
  return [
    { type: "act", act: { type: "ruled", cause, ruling: "withdrawn", reason: "" } },
    { type: "say", message: "undone; only lbdoctor's own verdict is left" },
  ];
}

function again(item: Item, { session, abilities }: Scene): Meaning {
  if (session.outcome === null) return say("the investigation is still running");
  if (!abilities.again) return say("cannot re-run here: reopen it with lbdoctor resume --fixture DIR, or its options");
  const step = stepOf(item, session);
  if (!step) return say("choose a step, a finding or a gap; r re-runs its step");
  return [{ type: "ask", wish: { kind: "again", step } }];
}

function exec({ session, abilities }: Scene): Meaning {
  if (session.opening.allowExec) return say("pod exec is already allowed");
  if (session.outcome === null) return say("the investigation is still running");
  if (!abilities.exec) return say("not possible here; start it with --allow-exec");
  return [{ type: "ask", wish: { kind: "exec" } }];
}

function fix({ session, geometry, rows }: Scene): Meaning {
  const first = rows.find(({ item }) => item.kind === "fix");
  if (!first) return say(session.outcome === null ? "no verdict yet, so no fix" : "no fix is known for this verdict");
  const opened: Meaning = geometry.detail === 0 ? [{ type: "depth", depth: "open" }] : [];
  return [{ type: "choose", row: first.id, anchor: 2 }, ...opened];
}
