/*
 * The board as a picture for the README: the frame that a terminal of this size shows when the recorded main incident has
 * been investigated, as SVG. Nothing in it is written by hand.
 */
import { investigate } from "../src/api.ts";
import { epoch } from "../src/model/time.ts";
import { readRecording } from "../src/sources/recording/recording.ts";
import { Replayer } from "../src/sources/recording/replay.ts";
import { Walk } from "../test/board/walk.ts";

const FIXTURE = "worker-ceiling";
const SIZE = { columns: 112, rows: 34 };

/** Pixels of one character, of the edge, and where letters stand in their line. */
const [WIDTH, HEIGHT, EDGE, BASE] = [8.4, 18, 14, 13.5];

type Frame = Walk["frame"];
type Tone = Frame[number][number]["tone"];

/** A dark terminal with the usual colours; what is chosen is inverse. */
const [BACK, TEXT] = ["#0d1117", "#e6edf3"];
const LOOK: { readonly [tone in Tone]: { readonly fill: string; readonly bold?: boolean; readonly back?: string } } = {
  plain: { fill: TEXT },
  strong: { fill: TEXT, bold: true },
  dim: { fill: "#8b949e" },
  good: { fill: "#3fb950", bold: true },
  bad: { fill: "#ff7b72" },
  warn: { fill: "#d2a8ff" },
  accent: { fill: "#79c0ff" },
  hit: { fill: TEXT, bold: true },
  chosen: { fill: BACK, back: TEXT },
  chosenStrong: { fill: BACK, back: TEXT, bold: true },
  chosenHit: { fill: BACK, back: TEXT, bold: true },
};

/** The picture, as the text of an SVG file. */
export async function boardPicture(): Promise<string> {
  const { manifest, answers } = await readRecording(`fixtures/${FIXTURE}`);
  const session = await investigate({
    source: new Replayer({ answers }),
    opening: {
      id: FIXTURE,
      version: "",
      alarmName: manifest.alarm,
      now: manifest.now,
      window: { start: epoch(manifest.window.start), end: epoch(manifest.window.end) },
      allowExec: manifest.allowExec,
      source: { kind: "fixture", fixture: FIXTURE, description: manifest.title },
    },
  });
  // What everybody suspects first, with the evidence that clears it.
  return svgOf(new Walk(session, SIZE).go("hypothesis:uneven-pod-load").press("enter").frame, manifest.alarm);
}

function svgOf(frame: Frame, alarm: string): string {
  const [width, height] = [px(SIZE.columns * WIDTH + 2 * EDGE), SIZE.rows * HEIGHT + 2 * EDGE];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="lbdoctor's board on ${alarm}: the cause, what was ruled out, the evidence and the fix">
<rect width="${width}" height="${height}" rx="8" fill="${BACK}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
${frame.flatMap(lineElements).join("\n")}
</g>
</svg>
`;
}

function lineElements(line: Frame[number], row: number): string[] {
  const y = EDGE + row * HEIGHT;
  let column = 0;
  return line.flatMap(({ text, tone }) => {
    const { fill, bold, back } = LOOK[tone];
    const begin = column;
    column += [...text].length;
    const at = (index: number) => px(EDGE + (begin + index) * WIDTH);
    const weight = bold ? ' font-weight="bold"' : "";
    const filled = `<rect x="${at(0)}" y="${y}" width="${px((column - begin) * WIDTH)}" height="${HEIGHT}" fill="${back}"/>`;
    // Blanks between words that stand in columns are no text; the length holds the columns, whatever font the reader has.
    const words = [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: word, index }) => {
      const wide = px([...word].length * WIDTH);
      return `<text x="${at(index)}" y="${y + BASE}" fill="${fill}"${weight} textLength="${wide}" lengthAdjust="spacingAndGlyphs">${escaped(word)}</text>`;
    });
    return [...(back === undefined ? [] : [filled]), ...words];
  });
}

function px(value: number): string {
  return String(Number(value.toFixed(1)));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
