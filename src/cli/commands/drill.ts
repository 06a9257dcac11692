import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { investigate } from "../../api.ts";
import { type Incident, incidentCalled } from "../../app/incidents.ts";
import { packageFile, version } from "../../app/package.ts";
import type { Terminal } from "../../app/terminal.ts";
import { homePage } from "../../drill/home.ts";
import { type Keyed, keyed } from "../../drill/key.ts";
import { SECTIONS } from "../../drill/questions/question.ts";
import { keepScore, readScore, type Score, scoreLine } from "../../drill/score.ts";
import { type Served, serve } from "../../drill/server.ts";
import { hintOf, keyLines, type Lines, tellsFigure } from "../../drill/told.ts";
import type { Session } from "../../model/session.ts";
import { epoch } from "../../model/time.ts";
import { Unusable } from "../../model/unusable.ts";
import { oneLine, visible } from "../../model/visible.ts";
import { type Recorded, readRecording } from "../../sources/recording/recording.ts";
import { Replayer } from "../../sources/recording/replay.ts";
import { EXIT } from "../exit.ts";
import { pageText } from "../page-text.ts";
import { readPages } from "../pages.ts";
import { Person } from "../person.ts";
import { styleOf } from "../style.ts";
import { brokenLines, paintOf } from "../text.ts";

export interface DrillOptions {
  readonly section?: string;
  readonly again?: boolean;
  readonly answers?: boolean;
  readonly color?: boolean;
}

/**
 * Serves a recorded incident on loopback and asks the questions of a post-incident review about it. What is answered is
 * kept, so that the next run goes on with what was not known. Answers the exit code.
 */
export async function drill(
  wanted: string | undefined,
  options: DrillOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const incident = await incidentCalled(wanted);
  const { recorded, session } = await replayed(incident);
  const questions = await questionsOf(session, options);
  const { out, environment } = terminal;
  const style = styleOf(terminal, options);
  const lines: Lines = {
    page: (markdown) => pageText(visible(markdown), style).trimEnd().split("\n"),
    wrapped: (text) => brokenLines(text, Math.min(88, style.width)),
  };
  if (options.answers) {
    out.write(visible(questions.map((one) => `${head(one)}\n\n${keyLines(one, lines).join("\n")}\n`).join("\n")));
    return 0;
  }
  const forms = questions.map(({ id, asks }) => ({ id, asks }));
  const namespace = session.verdict?.service?.namespace ?? "default";
  const served = await serve(recorded, namespace, homePage(incident.alarm, forms, recorded));
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-drill-"));
  try {
    const kubeconfig = join(folder, "kubeconfig");
    writeFileSync(kubeconfig, served.kubeconfig, { mode: 0o600 });
    out.write(introduction(incident, session, served, kubeconfig));
    const known = options.again ? {} : readScore(environment, incident.id);
    return await asking(incident, questions, known, lines, terminal, stop);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await served.close();
  }
}

async function replayed({ id, folder }: Incident): Promise<{ recorded: readonly Recorded[]; session: Session }> {
  const { manifest, recorded, answers } = await readRecording(folder);
  const session = await investigate({
    source: new Replayer({ answers }),
    opening: {
      id: `drill-${id}`,
      version: version(),
      alarmName: manifest.alarm,
      now: manifest.now,
      window: { start: epoch(manifest.window.start), end: epoch(manifest.window.end) },
      allowExec: manifest.allowExec,
      source: { kind: "fixture", fixture: id, description: manifest.title },
    },
  });
  return { recorded, session };
}

async function questionsOf(session: Session, { section }: DrillOptions): Promise<Keyed[]> {
  const pages = await readPages(packageFile("playbooks/"));
  const all = keyed(session, (id) => pages.find((page) => page.id === id)?.markdown);
  if (section === undefined) return all;
  const letter = section.toUpperCase();
  if (!Object.hasOwn(SECTIONS, letter)) {
    const known = Object.entries(SECTIONS).map(([one, title]) => `${one} ${title}`);
    throw new Unusable(`there is no section ${oneLine(section)}; there are ${known.join(", ")}`);
  }
  return all.filter(({ id }) => id.startsWith(letter));
}

function head({ id, asks }: Pick<Keyed, "id" | "asks">): string {
  return `${id}  ${asks}`;
}

function introduction({ alarm }: Incident, session: Session, served: Served, kubeconfig: string): string {
  const region = session.facts.alarm?.arn.split(":")[3] ?? "us-east-1";
  return `${[
    `The alarm: ${alarm}. It is ${session.opening.now}.`,
    "",
    "In another terminal (nothing leaves this machine):",
    `  export AWS_ENDPOINT_URL=${served.url} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    "  export AWS_ACCESS_KEY_ID=drill AWS_SECRET_ACCESS_KEY=drill AWS_PAGER=",
    `  export KUBECONFIG=${kubeconfig}`,
    `  aws cloudwatch describe-alarms     kubectl get pods     promtool query instant ${served.prometheusUrl} …`,
    `In a browser: ${served.url}  (what is served, the recorded PromQL, the questions)`,
    "",
    "Type an answer, or: h hint, s show the answer, k skip, q quit.",
    "",
  ].join("\n")}\n`;
}

async function asking(
  { id: incident }: Incident,
  questions: readonly Keyed[],
  before: Score,
  lines: Lines,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const { out, environment } = terminal;
  const paint = paintOf({ color: out.isTTY === true && !environment.NO_COLOR });
  const ids = questions.map(({ id }) => id);
  const open = questions.filter(({ id }) => before[id] !== true);
  if (open.length === 0) out.write("You know all of them. lbdoctor drill --again starts over.\n");
  let known = before;
  const person = new Person(stop, out);
  try {
    for (const [index, question] of open.entries()) {
      const section = SECTIONS[question.id.slice(0, 1)] ?? "";
      out.write(`${paint.dim(`${section} · ${index + 1} of ${open.length}`)}\n${paint.bold(head(question))}\n`);
      const result = await answered(question, person, lines, terminal);
      if (result === "quit") break;
      if (result === "skipped") continue;
      known = { ...known, [question.id]: result === "known" };
      keepScore(environment, incident, known);
      out.write("\n");
    }
  } finally {
    person.close();
  }
  out.write(`\n${scoreLine(ids, known)}\n`);
  if (open.length > 0) out.write("lbdoctor drill continues with those that you did not know; --again starts over.\n");
  return stop.aborted ? EXIT.interrupted : 0;
}

async function answered(
  question: Keyed,
  person: Person,
  lines: Lines,
  { out }: Terminal,
): Promise<"known" | "unknown" | "skipped" | "quit"> {
  for (;;) {
    const said = (await person.says("> "))?.trim();
    if (said === undefined || said === "q") return "quit";
    if (said === "k" || said === "") return "skipped";
    if (said === "h" || said === "?") {
      out.write(`${oneLine(hintOf(question))}\n`);
      continue;
    }
    out.write(`\n${visible(keyLines(question, lines).join("\n"))}\n\n`);
    if (said === "s") return "unknown";
    const likely = tellsFigure(said, question.key) !== false;
    const had = (await person.says(likely ? "Did you have it? [Y/n] " : "Did you have it? [y/N] "))
      ?.trim()
      .toLowerCase();
    if (had === undefined) return "quit";
    return (had === "" ? likely : had.startsWith("y")) ? "known" : "unknown";
  }
}
