import { render } from "ink";
import type { Line } from "../drawing/lines.ts";
import { Board, type BoardProps, type Left } from "./board.tsx";
import { Screen } from "./screen.ts";

/** Where the board is shown, and how. */
export interface Place {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** One thing after the other instead of a screen of columns. */
  readonly screenReader: boolean;
  /** Stops the process, and calls back when it is continued; absent where the shell has no jobs. */
  readonly stop?: (continued: () => void) => void;
}

export interface OpenBoard {
  /** Resolves with how the person left; rejects with the error of a view. The terminal is whole by then. */
  readonly left: Promise<Left>;
  /** Closes it from outside, as Ctrl-C would. */
  readonly close: () => void;
  /** Gives the terminal back at once, for a process that is about to end. */
  readonly restore: () => void;
  /** Gives the terminal back and stops the process, until the shell continues it. */
  readonly suspend: () => void;
}

/** Opens the board on the alternate screen; a screen reader follows Ink's own, linear output. */
export function openBoard(
  props: Omit<BoardProps, "paint" | "redraw" | "mouse" | "suspend">,
  { stdin, stdout, screenReader, stop }: Place,
): OpenBoard {
  const screen = new Screen(stdout);
  const resized = () => screen.clear();
  let last: readonly Line[] = [];
  const paint = (lines: readonly Line[]) => {
    last = lines;
    screen.show(lines, props.look);
  };
  const suspend = (): void => {
    screen.leave();
    stdin.setRawMode(false);
    stop?.(() => {
      stdin.setRawMode(true);
      if (screenReader) return;
      screen.enter();
      screen.show(last, props.look);
    });
  };
  const board = (
    <Board
      {...props}
      {...(!screenReader && { paint, redraw: () => screen.clear(), mouse: () => screen.toggleMouse() })}
      {...(stop && { suspend })}
    />
  );
  if (!screenReader) {
    screen.enter();
    // Before the board's own listener, so that the frame of the new size is written in full.
    stdout.on("resize", resized);
  }
  const app = render(board, {
    stdin,
    stdout: screenReader ? stdout : screen.asStream(),
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: screenReader,
    // Without erasing and comparing what the screen has painted itself.
    debug: !screenReader,
  });
  const restore = () => {
    stdout.off("resize", resized);
    screen.leave();
  };
  const left = app.waitUntilExit().then(
    (how) => {
      restore();
      return how === "quit" ? "quit" : "interrupt";
    },
    (error: unknown) => {
      restore();
      throw error;
    },
  );
  return { left, close: () => app.unmount(), restore, suspend };
}
