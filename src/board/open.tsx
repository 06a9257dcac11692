import { render } from "ink";
import { Board, type BoardProps, type Left } from "./board.tsx";
import { Screen } from "./screen.ts";

/** Where the board is shown, and how. */
export interface Place {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** One thing after the other instead of a screen of columns. */
  readonly screenReader: boolean;
}

export interface OpenBoard {
  /** Resolves with how the person left; rejects with the error of a view. The terminal is whole by then. */
  readonly left: Promise<Left>;
  /** Closes it from outside, as Ctrl-C would. */
  readonly close: () => void;
  /** Gives the terminal back at once, for a process that is about to end. */
  readonly restore: () => void;
}

/** Opens the board on the alternate screen; a screen reader follows Ink's own, linear output. */
export function openBoard(
  props: Omit<BoardProps, "paint" | "redraw">,
  { stdin, stdout, screenReader }: Place,
): OpenBoard {
  const screen = new Screen(stdout);
  const resized = () => screen.clear();
  const board = (
    <Board
      {...props}
      {...(!screenReader && { paint: (lines) => screen.show(lines, props.look), redraw: () => screen.clear() })}
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
  return { left, close: () => app.unmount(), restore };
}
