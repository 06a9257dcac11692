import { Argument, Command, CommanderError, Option } from "commander";
import { version } from "../app/package.ts";
import type { Terminal } from "../app/terminal.ts";
import { NoSuchAlarm, Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import { LAYOUTS } from "../output/postmortem/layouts/index.ts";
import { DOCUMENTS, WRITERS } from "../output/writers/index.ts";
import { allEnded } from "../sources/under-way.ts";
import { completion, SHELLS, type Shell } from "./commands/completion.ts";
import type { DemoOptions } from "./commands/demo.ts";
import type { DoctorOptions } from "./commands/doctor.ts";
import type { DrillOptions } from "./commands/drill.ts";
import type { ExplainOptions } from "./commands/explain.ts";
import type { FixOptions } from "./commands/fix.ts";
import type { InvestigateOptions } from "./commands/investigate.ts";
import type { PlanOptions } from "./commands/plan.ts";
import type { PostmortemOptions } from "./commands/postmortem.ts";
import type { RecordOptions } from "./commands/record.ts";
import type { RedactOptions } from "./commands/redact.ts";
import type { ResumeOptions } from "./commands/resume.ts";
import type { SessionsOptions } from "./commands/sessions.ts";
import type { ShowOptions } from "./commands/show.ts";
import type { VerifyOptions } from "./commands/verify.ts";
import { consenting } from "./consent-options.ts";
import { EXIT } from "./exit.ts";
import { BOARD, ENVIRONMENT, EXIT_CODES, KEEPING, rowsText } from "./facts.ts";
import { withHelp } from "./help.ts";
import { formatOption, live, windowed } from "./shared-options.ts";

const terminal: Terminal = { environment: process.env, out: process.stdout, err: process.stderr };

const MANIFESTS = "your folder of Kubernetes manifests; prints the fixes as diffs of its files too";

const TEMPLATES = `order and headings: ${LAYOUTS.map(({ id, title }) => `${id} (${title})`).join(", ")}; or a file of your own with placeholders like {{summary}}`;

/** The command line. A command is loaded when it is called, so that --help costs next to nothing. */
function commandLine(ended: (code: number) => void): Command {
  const program = new Command("lbdoctor")
    .description("From a flapping AWS load balancer alarm to its cause, with the proof, and with what was ruled out.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpCommand(
      new Command("help")
        .argument("[command]")
        .description("print the help of a command")
        .helpOption(false)
        .helpGroup("Set up:"),
    )
    .addHelpText("after", rowsText(EXIT_CODES))
    .exitOverride();

  consenting(windowed(live(program.command("investigate"))))
    .description("find the cause of an alarm")
    .argument(
      "[alarm]",
      "its name, its ARN or a link to it; - reads standard input: notifications, an e-mail, links, names; without it, on a terminal, pick from those in ALARM",
    )
    .option("--fixture <dir>", "read a recording instead of AWS, the cluster and Prometheus")
    .option("--verbose", "report the cost: requests, CloudWatch metrics and their price")
    .addOption(new Option("--json", "print one JSON document; for several alarms, one per line").conflicts("plain"))
    .addOption(new Option("--plain", "print plain text (default when standard output is not a terminal)"))
    .addOption(formatOption(WRITERS).conflicts(["plain", "json"]))
    .option("--manifests <dir>", MANIFESTS)
    .option("--no-color", "print without colours")
    .action(async (alarm: string | undefined, options: InvestigateOptions) => {
      const { investigate } = await import("./commands/investigate.ts");
      ended(await investigate(alarm, options, terminal, interruption()));
    });

  consenting(windowed(live(program.command("record"))))
    .description("investigate live and write a redacted recording that --fixture replays anywhere")
    .argument("<alarm>", "its name, its ARN or a link to it")
    .requiredOption("--out <dir>", "a new folder for the recording")
    .option("--also <word...>", "additional words to mask")
    .option("--strict", "mask descriptions, tags, labels and paths too")
    .option("--no-color", "print without colours")
    .action(async (alarm: string, options: RecordOptions) => {
      const { record } = await import("./commands/record.ts");
      ended(await record(alarm, options, terminal, interruption()));
    });

  program
    .command("redact")
    .description("re-redact a recording with stricter rules, into a new folder")
    .argument("<dir>", "the recording")
    .requiredOption("--out <dir>", "a new folder for the result")
    .option("--also <word...>", "additional words to mask")
    .option("--strict", "mask descriptions, tags, labels and paths too")
    .action(async (folder: string, options: RedactOptions) => {
      const { redact } = await import("./commands/redact.ts");
      ended(await redact(folder, options, terminal, interruption()));
    });

  consenting(windowed(program.command("plan")))
    .description("print what would be read, as commands, with the permissions needed; reads nothing")
    .argument("<alarm>", "its name, its ARN or a link to it")
    .option("--metric <name>", "what the alarm watches, if only its name is given (default: TargetResponseTime)")
    .option("--json", "print JSON")
    .action(async (alarm: string, options: PlanOptions) => {
      const { plan } = await import("./commands/plan.ts");
      ended(await plan(alarm, options, terminal));
    });

  consenting(live(program.command("doctor")))
    .description("check AWS identity, region and permissions, the cluster, Prometheus and Node.js, all at once")
    .option("--json", "print JSON")
    .option("--no-color", "print without colours")
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import("./commands/doctor.ts");
      ended(await doctor(options, terminal, interruption()));
    });

  consenting(live(program.command("resume")))
    .description("open a past investigation on the board again")
    .argument("[session]", "session ID or prefix (default: latest)")
    .option("--fixture <dir>", "the recording that it was made from, so that steps can be re-run")
    .option("--plain", "print plain text (default when standard output is not a terminal)")
    .option("--no-color", "show without colours")
    .action(async (session: string | undefined, options: ResumeOptions) => {
      const { resume } = await import("./commands/resume.ts");
      ended(await resume(session, options, terminal, interruption()));
    });

  program
    .command("show")
    .description("print a past investigation again, or one finding of it with its figures and commands")
    .argument("[session]", "session ID or prefix (default: latest)")
    .argument("[finding]", "its number in the output, or its ID; without a session, from the latest one")
    .option("--json", "print JSON")
    .option("--plain", "print plain text (default when standard output is not a terminal)")
    .addOption(formatOption(WRITERS).conflicts(["plain", "json"]))
    .option("--manifests <dir>", MANIFESTS)
    .option("--no-color", "print without colours")
    .action(async (session: string | undefined, finding: string | undefined, options: ShowOptions) => {
      const { show } = await import("./commands/show.ts");
      ended(await show(session, finding, options, terminal));
    });

  program
    .command("fix")
    .description("print every change of the fix, with its commands, checks and rollback; applies nothing")
    .argument("[session]", "session ID or prefix (default: latest)")
    .option("--manifests <dir>", MANIFESTS)
    .option("--no-color", "print without colours")
    .action(async (session: string | undefined, options: FixOptions) => {
      const { fix } = await import("./commands/fix.ts");
      ended(await fix(session, options, terminal));
    });

  program
    .command("sessions")
    .description("list past investigations, newest first, or remove old ones")
    .option("--json", "print JSON")
    .option("--prune", "remove the sessions that the rule below does not keep")
    .option("--keep <number>", "with --prune: keep only this many, the newest")
    .option("--older-than <duration>", "with --prune: remove those not written for longer than this, like 30d")
    .option("--no-color", "print without colours")
    .addHelpText("after", rowsText(KEEPING))
    .action(async (options: SessionsOptions) => {
      const { sessions } = await import("./commands/sessions.ts");
      ended(await sessions(options, terminal));
    });

  program
    .command("postmortem")
    .description("write the postmortem of an investigation as markdown, with its charts in a folder beside it")
    .argument("[session]", "session ID or prefix (default: latest)")
    .option("--out <file>", "where to write it; - is standard output, without charts")
    .addOption(formatOption(DOCUMENTS))
    .option("--template <template>", TEMPLATES)
    .addOption(new Option("--manifests <dir>", MANIFESTS).conflicts("redact"))
    .option("--redact", "replace names, accounts and addresses with stable tokens, for sharing outside")
    .option("--force", "overwrite even if edited")
    .action(async (session: string | undefined, options: PostmortemOptions) => {
      const { postmortem } = await import("./commands/postmortem.ts");
      ended(await postmortem(session, options, terminal));
    });

  consenting(windowed(live(program.command("verify"))))
    .description("re-check after a fix, comparing equal load")
    .argument("<session>", "ID or prefix of the session from before the fix")
    .option("--fixture <dir>", "read a recording from after the fix instead of AWS, the cluster and Prometheus")
    .option("--json", "print one JSON document")
    .action(async (session: string, options: VerifyOptions) => {
      const { verify } = await import("./commands/verify.ts");
      ended(await verify(session, options, terminal, interruption()));
    });

  program
    .command("explain")
    .description("explain a cause, a factor or a term: what it is, how it shows, how it is judged, what to do")
    .argument("[name]", "for example worker-concurrency-ceiling, HPA or round-robin; without one, the list of all")
    .option("--no-color", "print without colours")
    .action(async (name: string | undefined, options: ExplainOptions) => {
      const { explain } = await import("./commands/explain.ts");
      ended(await explain(name, options, terminal));
    });

  program
    .command("demo")
    .description("show the board on a recorded incident; no account needed")
    .argument("[incident]", "worker-ceiling (the default), clumping or fleet-long-poll")
    .addOption(new Option("--json", "print one JSON document").conflicts("plain"))
    .option("--plain", "print plain text (default when standard output is not a terminal)")
    .option("--no-color", "show without colours")
    .action(async (incident: string | undefined, options: DemoOptions) => {
      const { demo } = await import("./commands/demo.ts");
      ended(await demo(incident, options, terminal, interruption()));
    });

  program
    .command("drill")
    .description("work a recorded incident yourself: it is served for aws, kubectl and PromQL, and asks you questions")
    .argument("[incident]", "worker-ceiling (the default), clumping or fleet-long-poll")
    .option("--section <letter>", "only the questions of one section, A to N")
    .option("--again", "start over: forget which questions were answered")
    .option("--answers", "print the answer key with its evidence, and exit")
    .option("--no-color", "show without colours")
    .action(async (incident: string | undefined, options: DrillOptions) => {
      const { drill } = await import("./commands/drill.ts");
      ended(await drill(incident, options, terminal, interruption()));
    });

  program
    .command("completion")
    .description("print the completion script of a shell")
    .addArgument(new Argument("<shell>").choices(SHELLS))
    .action((shell: Shell) => {
      ended(completion(shell, terminal));
    });

  // Asked by the completion scripts, and when the package is built.
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: string[]) => {
      const { complete } = await import("./commands/complete.ts");
      ended(await complete(program, words, terminal));
    });
  program.command("man", { hidden: true }).action(async () => {
    const { manualPage } = await import("./man.ts");
    terminal.out.write(manualPage(program, version(), [EXIT_CODES, BOARD, ENVIRONMENT, KEEPING]));
  });

  return withHelp(program);
}

/** Aborted by Ctrl-C, by who asks the process to end, or by the terminal's closing. A second Ctrl-C ends it at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);
  return controller.signal;
}

/** The exit code for what a command threw; tells it in one sentence. */
function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Unusable) {
    terminal.err.write(`lbdoctor: ${visible(error.message)}\n`);
    return error instanceof NoSuchAlarm ? 4 : 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  terminal.err.write(
    `lbdoctor: internal error: ${visible(message)}. This is a defect; please report it with what the same command prints under LBDOCTOR_DEBUG=1.\n`,
  );
  if (process.env.LBDOCTOR_DEBUG === "1" && error instanceof Error) terminal.err.write(`${error.stack}\n`);
  return 1;
}

/** Runs the command that the arguments name, and sets the exit code. */
export async function main(): Promise<void> {
  let code = 0;
  try {
    await commandLine((ended) => {
      code = ended;
    }).parseAsync();
  } catch (error) {
    code = failed(error);
  }
  process.exitCode = code;
  // Questions that are still open when the user interrupts must not hold the process; queries that cost money are stopped.
  if (code !== EXIT.interrupted) return;
  await allEnded();
  process.exit();
}
