import { readFile } from "node:fs/promises";
import { identify } from "../../../playbooks/index.ts";
import { pictures } from "../../../playbooks/pictures.ts";
import { investigate, type Request } from "../../api.ts";
import { packageFile } from "../../app/package.ts";
import type { Terminal } from "../../app/terminal.ts";
import type { Left } from "../../board/board.tsx";
import { type OpenBoard, openBoard } from "../../board/open.tsx";
import { planOf } from "../../engine/investigate.ts";
import { keptState, openedState } from "../../engine/reduce.ts";
import { SessionStore } from "../../engine/store.ts";
import { type ConsentOptions, isAllowed } from "../../model/consent.ts";
import { questionKey } from "../../model/question.ts";
import type { Exchange, Opening, Session } from "../../model/session.ts";
import { oneLine } from "../../model/visible.ts";
import { CAUSES } from "../../model/vocabulary.ts";
import { inShort } from "../../output/in-short.ts";
import { ActsWriter, keptActs } from "../../sessions/acts.ts";
import { conclude } from "../../sessions/kept.ts";
import { hasCode } from "../../sessions/writable.ts";
import { SessionWriter } from "../../sessions/writer.ts";
import type { Source } from "../../sources/port.ts";
import { sourceWords } from "../../sources/words.ts";
import { copied } from "../clipboard.ts";
import { canShowUnicode } from "../interactive.ts";
import { hasJobs, stopped } from "../job.ts";
import { pageFile } from "../pages.ts";
import { styleOf } from "../style.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

interface Options extends ConsentOptions {
  readonly color?: boolean;
}

/** The session as the person left it, and how: by q, or by Ctrl-C or a signal. */
export interface LeftBoard {
  readonly session: Session;
  readonly how: Left;
}

/** Runs an investigation on the board. */
export async function investigateOnBoard(
  source: Source,
  opening: Opening,
  options: Options,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<LeftBoard> {
  const opened = openedState({ type: "opened", opening, plan: planOf(identify, null) });
  // The same evidence is the same session: what a person did in it before is not lost by asking anew.
  const user = await keptActs(terminal.environment, opening.id);
  const store = new SessionStore(user.length > 0 ? { ...opened, session: { ...opened.session, user } } : opened);
  return onBoard(store, source, { opening, source }, options, terminal, stop);
}

/** Opens a kept session on the board again; without a source one can only look and write. */
export async function reopenOnBoard(
  session: Session,
  source: Source | null,
  options: Options,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<LeftBoard> {
  return onBoard(new SessionStore(keptState(session)), source, null, options, terminal, stop);
}

/** A run of the playbook: from what it starts, and who answers. */
interface Start {
  readonly opening: Opening;
  readonly source: Source;
}

async function onBoard(
  store: SessionStore,
  source: Source | null,
  first: Start | null,
  options: Options,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<LeftBoard> {
  const session = () => store.current().session;
  const acts = new ActsWriter(terminal.environment, session().opening.id);
  /** Of the run that is under way, or was the last. */
  let writer: SessionWriter | null = null;
  const running = (): SessionWriter | null => writer;
  let left = false;
  // While it is asked anew the finished session is what is kept: whoever leaves in between loses nothing.
  let finished: Session | null = null;
  const kept = (): Session => {
    const { user, outcome } = session();
    return finished && outcome === null ? { ...finished, ...(user && { user }) } : session();
  };
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  let told: string | null = null;
  const listen = (to: Source): void =>
    to.onWait?.((sentence) => {
      told = oneLine(sentence);
    });
  if (source) listen(source);
  const run = (start: Start): void => {
    const keeping = SessionWriter.begin(terminal.environment, start.opening);
    writer = keeping;
    const watch: Request["watch"] = (event, judged) => {
      // The person may have left by now; what still comes is abandoned.
      if (left) return;
      // Kept before it is shown.
      if (event.type === "ended") keeping.ended(conclude(judged));
      // What was waited for may have come; where it has not, that is told again.
      if (event.type === "answered") told = null;
      store.append(event);
    };
    investigate({ opening: start.opening, source: keeping.keeping(start.source), watch }).catch(fail);
  };
  const again = (step: string | null, allowExec: boolean): void => {
    if (!source) return;
    finished = session();
    const { exchanges, opening } = finished;
    // A step is re-run once what was missing is there: a login, a VPN. What failed without it is not remembered.
    const asked = step === null ? source : (source.anew?.() ?? source);
    listen(asked);
    run({ opening: { ...opening, allowExec }, source: knowing(exchanges, step, asked) });
  };
  const board = openBoard(
    {
      session: store,
      look: { color: styleOf(terminal, options).color, unicode: canShowUnicode(terminal.environment) },
      pictures,
      clock: Date.now,
      nameOf: (question) => `${sourceWords.title(question.source)}: ${sourceWords.describe(question)}`,
      told: () => told,
      act: (act) => {
        acts.keep(act);
        store.append({ type: "user", act });
      },
      about: readPage,
      copy: (text) => copied(text, terminal),
      postmortem: async () => {
        await running()?.close();
        return writePostmortem(session().opening.id, terminal);
      },
      ...(source && {
        again: (step: string) => again(step, session().opening.allowExec || isAllowed("exec", options)),
        exec: () => again(null, true),
      }),
    },
    {
      stdin: process.stdin,
      stdout: terminal.out,
      screenReader: terminal.environment.INK_SCREEN_READER === "true",
      ...(hasJobs && { stop: stopped }),
    },
  );
  const unguard = guarded(board, stop);
  if (first) run(first);
  let how: Left;
  let isKept = false;
  try {
    how = await Promise.race([board.left, failed]);
    left = true;
    if (kept().outcome === null) store.append({ type: "ended", outcome: "interrupted" });
    // Where the run has ended it says nothing any more, and a session that came to its end stays as it is.
    running()?.ended({ ...conclude(session()), outcome: "interrupted" });
  } finally {
    left = true;
    board.close();
    board.restore();
    unguard();
    const trouble = (await running()?.close()) ?? acts.trouble;
    isKept = trouble === null;
    if (trouble !== null) terminal.err.write(`lbdoctor: this session could not be kept: ${trouble}\n`);
  }
  // The board is gone with its screen: what it came to stays on the terminal.
  terminal.out.write(inShort(kept(), isKept, styleOf(terminal, options)));
  return { session: kept(), how };
}

/** Gives the terminal back however the process ends. Answers how to stop that. */
function guarded({ close, restore, suspend }: OpenBoard, stop: AbortSignal): () => void {
  stop.addEventListener("abort", close);
  if (hasJobs) process.on("SIGTSTP", suspend);
  // Ink ends the process at once where nobody else listens; the terminal would stay as it is.
  for (const signal of SIGNALS) process.on(signal, close);
  process.once("exit", restore);
  return () => {
    for (const signal of SIGNALS) process.off(signal, close);
    process.off("SIGTSTP", suspend);
    process.off("exit", restore);
  };
}

/** Answers what the session knows, except to one step, and asks the source for the rest: also for what failed before. */
function knowing(exchanges: readonly Exchange[], step: string | null, source: Source): Source {
  const known = new Map(
    exchanges.flatMap((one) =>
      one.step !== step && one.answer?.status === "answered" ? [[one.key, one.answer] as const] : [],
    ),
  );
  return {
    async ask(question) {
      return known.get(questionKey(question)) ?? source.ask(question);
    },
  };
}

/** The page about a cause or a factor; null where this version has none. */
async function readPage(id: string): Promise<string | null> {
  const kind = (CAUSES as readonly string[]).includes(id) ? "cause" : "factor";
  try {
    return await readFile(pageFile(kind, id, packageFile("playbooks/")), "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Writes the postmortem of a kept session where the person stands; answers where it is. */
async function writePostmortem(id: string, terminal: Terminal): Promise<string> {
  const { postmortem } = await import("./postmortem.ts");
  let told = "";
  const write = (text: string) => {
    told += text;
    return true;
  };
  // Neither its result nor its warnings may be written over the board.
  const aside = { write } as NodeJS.WriteStream;
  await postmortem(id, {}, { environment: terminal.environment, out: aside, err: aside });
  return told.trim();
}
