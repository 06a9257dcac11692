import { rulingOn } from "../model/user.ts";
import type { Cause } from "../model/vocabulary.ts";
import type { Meaning } from "./handle-key.ts";
import type { KeyName } from "./keys.ts";
import { allFindings, type Item } from "./rows.ts";
import type { Scene } from "./scene.ts";

/** What a letter does with the chosen row. Where it cannot, it says what it would need. */
export function handleAction(key: KeyName, scene: Scene): Meaning {
  const item = scene.chosen?.item;
  if (!item) return [];
  switch (key) {
    case "c":
      return commands(item, scene);
    case "y":
      return copy(item, scene);
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
      return scene.abilities.postmortem ? [{ type: "postmortem" }] : say("the postmortem is not in this version yet");
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

/** A fix's commands, or those of the deciding finding alone: that is what one wants to type. */
function commandOf(item: Item, scene: Scene): string | undefined {
  if (item.kind === "fix") {
    const fix = scene.session.fixes.find(({ id }) => id === item.fix);
    return fix?.changes.map(({ command }) => command).join("\n");
  }
  const [decisive] = findingsOf(item, scene);
  return allFindings(scene.session)
    .find(({ id }) => id === decisive)
    ?.reproduce.join("\n");
}

function copy(item: Item, scene: Scene): Meaning {
  const command = commandOf(item, scene);
  if (!command) return say("no commands for this row");
  if (!scene.abilities.copy) return say("copying is not possible here; c shows the command");
  return [{ type: "copy", text: command }];
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
  if (!cause || !rulingOn(session.user ?? [], cause)) return say("there is no judgement of yours to undo here");
  return [
    { type: "act", act: { type: "ruled", cause, ruling: "withdrawn", reason: "" } },
    { type: "say", message: "undone; only lbdoctor's verdict is left" },
  ];
}

function again(item: Item, { session, abilities }: Scene): Meaning {
  if (session.outcome === null) return say("the investigation is still running");
  if (!abilities.again) return say("its source is not known here: lbdoctor resume with the same --fixture or options");
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
