import { type ChildProcess, spawn } from "node:child_process";
import { inSeconds, saying, Told } from "./failure.ts";

/** A program that a configuration names to get credentials: kubeconfig's exec plugins, AWS's credential_process. */
export interface LoginProgram {
  /** For sentences: "the kubeconfig's login command aws". */
  readonly name: string;
  /** The program; a whole line for the shell where `words` are left out. */
  readonly program: string;
  readonly words?: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** The deadline of the question that waits for it, milliseconds. */
  readonly deadline: number;
  /** Ends it at once. */
  readonly stop?: AbortSignal | undefined;
}

/** So much of a question's deadline a login may take: it must be told before the question only says that time is up. */
const LOGIN_SHARE = 0.9;

/** Credentials are some kB. */
const LARGEST_OUTPUT = 2 ** 20;

/**
 * Runs it and answers its standard output. It gets no terminal and nothing to read: the board draws on the terminal, and
 * a question that nobody sees would wait for ever. It never outlives its deadline, the investigation or this process.
 * Throws a Told, which repeats what it wrote to standard error, never its output: that holds the credentials.
 */
export async function runLogin(login: LoginProgram): Promise<string> {
  const { name, program, words, environment, deadline, stop } = login;
  const patience = LOGIN_SHARE * deadline;
  // A session of its own: no terminal to ask at, and what it starts itself can be ended with it.
  const child = started(name, () =>
    spawn(program, [...(words ?? [])], {
      env: environment,
      shell: words === undefined,
      detached: true,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
  const end = () => endGroup(child);
  process.once("exit", end);
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-LARGEST_OUTPUT);
  });
  let late: NodeJS.Timeout | undefined;
  let stopped: (() => void) | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      const asks = "if it prompts for something, run it yourself first";
      late = setTimeout(() => {
        reject(new Told("timeout", `${name} did not end within ${inSeconds(patience)}${saying(stderr)}; ${asks}`));
      }, patience);
      stopped = () => reject(new Told("timeout", "interrupted before the answer came"));
      stop?.addEventListener("abort", stopped, { once: true });
      if (stop?.aborted) stopped();
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        if (stdout.length > LARGEST_OUTPUT) reject(new Told("unauthenticated", `${name} printed more than 1 MB`));
      });
      child.on("error", (error) => reject(notStarted(name, error)));
      child.on("close", (code) => {
        if (code === 0) resolve(stdout);
        else reject(new Told("unauthenticated", `${name} failed${saying(stderr)}`));
      });
    });
  } finally {
    clearTimeout(late);
    if (stopped) stop?.removeEventListener("abort", stopped);
    process.off("exit", end);
    end();
    // What it may have left running holds the pipes, and so this process.
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** Some of what stands in the way is thrown at once, such as a name that is too long. */
function started<T>(name: string, start: () => T): T {
  try {
    return start();
  } catch (error) {
    throw notStarted(name, error as NodeJS.ErrnoException);
  }
}

function notStarted(name: string, error: NodeJS.ErrnoException): Told {
  if (error.code === "ENOENT") return new Told("unauthenticated", `${name} is not installed`);
  return new Told("unauthenticated", `${name} cannot be started${saying(error.message)}`);
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already, or this system knows no groups.
    child.kill("SIGKILL");
  }
}
