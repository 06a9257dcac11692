import { pictures } from "../../playbooks/pictures.ts";
import { frame } from "../../src/board/frame.ts";
import { handleKey } from "../../src/board/handle-key.ts";
import type { KeyName } from "../../src/board/keys.ts";
import { type Scene, sceneOf } from "../../src/board/scene.ts";
import { type Action, type BoardState, type Effect, INITIAL, reduce } from "../../src/board/state.ts";
import { textOf } from "../../src/drawing/lines.ts";
import { reduce as fold, keptState } from "../../src/engine/reduce.ts";
import type { Session } from "../../src/model/session.ts";
import type { UserAct } from "../../src/model/user.ts";
import { session as sample } from "./sample.ts";

const EFFECTS: readonly string[] = [
  "act",
  "copy",
  "again",
  "exec",
  "about",
  "postmortem",
  "redraw",
  "mouse",
  "suspend",
  "quit",
];

/** A board without a terminal: keys go in, and one looks at the state, the frame and what was to be done. */
export class Walk {
  state: BoardState = INITIAL;
  session: Session;
  readonly effects: Effect[] = [];
  /** What a source waits for. */
  told: string | null = null;
  readonly #size: { columns: number; rows: number };
  readonly #abilities: Scene["abilities"];

  constructor(
    session: Session = sample,
    size = { columns: 80, rows: 24 },
    abilities: Scene["abilities"] = { copy: true, again: true, exec: true, postmortem: true },
  ) {
    this.session = session;
    this.#size = size;
    this.#abilities = abilities;
  }

  get scene(): Scene {
    return sceneOf(this.session, this.state, this.#size, new Map(), null, pictures, this.#abilities);
  }

  press(...keys: readonly KeyName[]): this {
    for (const key of keys) {
      for (const one of handleKey(key, this.state, this.scene)) {
        if (EFFECTS.includes(one.type)) this.#do(one as Effect);
        else this.state = reduce(this.state, one as Action);
      }
    }
    return this;
  }

  type(text: string): this {
    return this.press(...text);
  }

  /** Chooses a row by its id with the keys that a person has. */
  go(id: string): this {
    this.press("home");
    for (let left = this.scene.rows.length; left > 0 && this.scene.chosen?.id !== id; left -= 1) this.press("down");
    if (this.scene.chosen?.id !== id) throw new Error(`there is no row ${id}`);
    return this;
  }

  get frame(): ReturnType<typeof frame> {
    return frame(this.state, this.scene, {
      now: 0,
      since: new Map(),
      name: ({ input }) => `Prometheus: PromQL ${String(input.query)}`,
      told: this.told,
    });
  }

  get lines(): string[] {
    return this.frame.map(textOf);
  }

  get text(): string {
    return this.lines.map((line) => line.trimEnd()).join("\n");
  }

  #do(effect: Effect): void {
    this.effects.push(effect);
    if (effect.type !== "act") return;
    const act = { ...effect.act, at: "2026-06-26T11:00:00.000Z" } as UserAct;
    this.session = fold(keptState(this.session), { type: "user", act }).session;
  }
}
