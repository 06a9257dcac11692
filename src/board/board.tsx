import { useApp, useInput, useIsScreenReaderEnabled, useStdout } from "ink";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import type { Line } from "../drawing/lines.ts";
import type { Picture } from "../drawing/picture.ts";
import type { Look } from "../drawing/theme.ts";
import type { Question } from "../model/question.ts";
import type { UserAct } from "../model/user.ts";
import type { Pages } from "./details/index.ts";
import { frame } from "./frame.ts";
import { handleKey } from "./handle-key.ts";
import { type Followed, useFollowed, useNewest, useSize, useWaiting } from "./hooks.ts";
import { type KeyName, keysOf } from "./keys.ts";
import { Lines } from "./lines.tsx";
import { type Abilities, type Scene, sceneOf } from "./scene.ts";
import { spoken } from "./spoken.ts";
import { type Action, type BoardState, type Effect, INITIAL, reduce } from "./state.ts";

/** What the board looks at, and what it can have done. It reaches nothing else. */
export interface BoardProps {
  readonly session: Followed;
  readonly look: Look;
  /** Milliseconds; for waiting times and the times of what the person does. */
  readonly clock: () => number;
  /** The pictures of the evidence. */
  readonly pictures: readonly Picture[];
  /** A question in a few words, for what is being waited for. */
  readonly nameOf: (question: Question) => string;
  /** What a source waits for beyond an answer's usual time, in one sentence; null or absent where none does. */
  readonly told?: () => string | null;
  /** Appends what the person did to the session. */
  readonly act: (act: UserAct) => void;
  /** The page about a cause or a factor; null where there is none. */
  readonly about: (id: string) => Promise<string | null>;
  /** Hands a text to the terminal's clipboard; answers why it may not arrive, where something is known to stand in the way. */
  readonly copy?: (text: string) => string | null;
  /** Asks the questions of a step again. */
  readonly again?: (step: string) => void;
  /** Runs it again with exec allowed. */
  readonly exec?: () => void;
  /** Writes the postmortem; answers where it is. */
  readonly postmortem?: () => Promise<string>;
  /** Puts the frame on the screen; without it Ink does. */
  readonly paint?: (lines: readonly Line[]) => void;
  /** Forgets what is on the screen, so that the next frame is painted in full. */
  readonly redraw?: () => void;
  /** Has the mouse reported, or leaves it to the terminal again; answers which. */
  readonly mouse?: () => boolean;
  /** Gives the terminal back and stops, until the shell continues it. */
  readonly suspend?: () => void;
}

export type Left = "quit" | "interrupt";

/** The whole board: the session, and how the person stands before it, painted as one frame. */
export function Board(props: BoardProps) {
  const { session: followed, look, clock } = props;
  const { exit } = useApp();
  const { stdout } = useStdout();
  const size = useSize(stdout);
  const state = useFollowed(followed);
  const waiting = { ...useWaiting(state, clock), name: props.nameOf, told: props.told?.() ?? null };
  const newest = useNewest(state);
  const speaking = useIsScreenReaderEnabled();
  const [pages, setPages] = useState<Pages>(new Map());
  const [board, dispatch] = useBoardState();
  const see = useScene(abilitiesOf(props));

  const say = (message: string | null) => dispatch({ type: "say", message });
  const effect = (one: Effect): void => {
    switch (one.type) {
      case "act":
        props.act({ ...one.act, at: new Date(clock()).toISOString() } as UserAct);
        break;
      case "copy":
        say(copiedWords(one, props.copy?.(one.text) ?? null, board.current.copied));
        break;
      case "again":
        props.again?.(one.step);
        break;
      case "exec":
        props.exec?.();
        break;
      case "about":
        load(one.id);
        break;
      case "postmortem":
        say("writing the postmortem");
        props.postmortem?.().then(
          (where) => say(`the postmortem is in ${where}`),
          (error: unknown) => say(`the postmortem could not be written: ${messageOf(error)}`),
        );
        break;
      case "redraw":
        props.redraw?.();
        say(null);
        break;
      case "mouse": {
        const on = props.mouse?.();
        if (on === undefined) say("there is no mouse here");
        else say(on ? "mouse on; with Shift held the terminal selects text" : "mouse off: the terminal selects text");
        break;
      }
      case "suspend":
        props.suspend?.();
        break;
      case "quit":
        exit(one.how);
    }
  };
  const load = (id: string): void => {
    if (pages.has(id)) return;
    props.about(id).then(
      (page) => setPages((known) => new Map(known).set(id, page ?? "There is no page about this yet.")),
      (error: unknown) => exit(asError(error)),
    );
  };
  const pressed = (key: KeyName): void => {
    const scene = see(followed.current().session, board.current, size, pages, newest, props.pictures);
    for (const one of handleKey(key, board.current, scene)) {
      if (isEffect(one)) effect(one);
      else dispatch(one);
    }
  };
  useInput((input, key) => {
    try {
      for (const one of keysOf(input, key)) pressed(one);
    } catch (error) {
      // Ink would leave the terminal as it is; this way it is given back, and the command tells of the defect.
      exit(asError(error));
    }
  });

  const scene = see(state.session, board.current, size, pages, newest, props.pictures);
  const item = scene.chosen?.item;
  const about = item?.kind === "hypothesis" ? item.cause : item?.kind === "factor" ? item.factor : null;
  if (about && scene.geometry.detail > 0) load(about);
  const lines = speaking ? spoken(board.current, scene, waiting) : frame(board.current, scene, waiting);
  useLayoutEffect(() => props.paint?.(lines));
  return props.paint ? null : <Lines lines={lines} look={look} />;
}

/** What was copied; whether it arrived no terminal tells. */
function copiedWords({ text, what }: Extract<Effect, { type: "copy" }>, obstacle: string | null, last: string | null) {
  if (text === last) return `copied ${what}`;
  if (obstacle !== null) return `copied ${what} (again: shows it) · ${obstacle}`;
  return `copied ${what}; if your clipboard is empty, copy again to see it`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function messageOf(error: unknown): string {
  return asError(error).message;
}

type Seen = Parameters<typeof sceneOf> extends [...infer Seen, Abilities] ? Seen : never;

/** The scene, made once for the same things seen: the one that is painted is the one that the next key is judged by. */
function useScene(abilities: Abilities): (...seen: Seen) => Scene {
  const last = useRef<{ readonly seen: Seen; readonly scene: Scene } | null>(null);
  return (...seen) => {
    const known = last.current;
    if (known && seen.every((one, index) => one === known.seen[index])) return known.scene;
    const scene = sceneOf(...seen, abilities);
    last.current = { seen, scene };
    return scene;
  };
}

/** The board's own state. Keys that come at once are folded one after the other, so it is read where it stands. */
function useBoardState(): readonly [{ readonly current: BoardState }, (action: Action) => void] {
  const board = useRef(INITIAL);
  const [, redraw] = useState(INITIAL);
  const dispatch = useCallback((action: Action) => {
    board.current = reduce(board.current, action);
    redraw(board.current);
  }, []);
  return [board, dispatch];
}

const EFFECTS: ReadonlySet<string> = new Set<Effect["type"]>([
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
]);

function isEffect(one: Action | Effect): one is Effect {
  return EFFECTS.has(one.type);
}

function abilitiesOf({ copy, again, exec, postmortem }: BoardProps): Abilities {
  return {
    copy: copy !== undefined,
    again: again !== undefined,
    exec: exec !== undefined,
    postmortem: postmortem !== undefined,
  };
}
