import { nextOwnId } from "../model/user.ts";
import type { Meaning } from "./handle-key.ts";
import type { Scene } from "./scene.ts";
import type { Purpose } from "./state.ts";

type Saved = Extract<Purpose, { kind: "note" | "finding" | "rule" }>;

/** Whether what is typed becomes part of the session. */
export function isSaved(purpose: Purpose): purpose is Saved {
  return purpose.kind === "note" || purpose.kind === "finding" || purpose.kind === "rule";
}

/** What is saved of a line of text: a note, a finding, or a judgement with its reason. */
export function saved(purpose: Saved, text: string, { session }: Scene): Meaning {
  switch (purpose.kind) {
    case "note":
      return [
        { type: "act", act: { type: "noted", finding: purpose.finding, text } },
        { type: "say", message: "noted" },
      ];
    case "finding": {
      const id = nextOwnId(session.user ?? []);
      return [
        { type: "act", act: { type: "added", id, statement: text } },
        { type: "choose", row: `finding:${id}`, anchor: 4 },
        { type: "say", message: "added to the findings as yours" },
      ];
    }
    case "rule":
      return [
        { type: "act", act: { type: "ruled", cause: purpose.cause, ruling: purpose.ruling, reason: text } },
        { type: "say", message: "saved next to lbdoctor's verdict (u = undo)" },
      ];
  }
}
