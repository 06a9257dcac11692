import type { ContainerFact } from "../../model/facts.ts";
import { expandDollarParens, type Lookup } from "./environment.ts";
import { INITS, INTERPRETERS, PROXIES, QUEUES, type Runtime, SERVERS, SHELLS, WRAPPERS } from "./programs.ts";
import { shellCommands } from "./shell.ts";
import { shown, type Traced, textOf, traced, type Unread } from "./traced.ts";

/** The program that answers requests in a container, as its command line starts it. */
export interface Invocation {
  /** "gunicorn"; null where it is none that is known. */
  readonly server: string | null;
  readonly runtime: Runtime | null;
  /** What is started where it is no known server, in a person's words; null where nothing says. */
  readonly program: string | null;
  /** The words after the program. */
  readonly words: readonly Traced[];
  /** The environment that it gets. */
  readonly lookup: Lookup;
  /** Other processes of the container: those that certainly stay beside the server, and those that may. */
  readonly beside: { readonly sure: number; readonly maybe: number };
  /** What stands before the server and was not read, such as a script of the image. */
  readonly unread: readonly Unread[];
}

const IMAGE_COMMAND: Unread = { what: "the command, which the image sets", look: null };
/** Wrappers in wrappers: more than this is no command line that anybody wrote. */
const DEEPEST = 12;

export function invocationOf(container: ContainerFact, lookup: Lookup): Invocation {
  const { command, args = [] } = container;
  const words = command.map((word, index) => expandDollarParens(traced(word, { in: "command", word: index }), lookup));
  // Without a command of its own, what the image starts stands before the arguments: an init, a script, the server.
  const imageStarts = command.length === args.length;
  const start: Invocation = {
    server: null,
    runtime: null,
    program: null,
    words,
    lookup,
    beside: { sure: 0, maybe: imageStarts ? 1 : 0 },
    unread: imageStarts ? [IMAGE_COMMAND] : [],
  };
  const isFpm = words.length === 0 && /php/.test(container.image ?? "") && /fpm/.test(container.image ?? "");
  if (isFpm) return { ...start, server: "php-fpm", runtime: "php", unread: [] };
  if (words.length === 0) return start;
  const found = unwrapped(start, 0);
  // Options alone, for the program that the image names: nothing says which it is.
  return imageStarts && shown(words[0] ?? []).startsWith("-") ? start : found;
}

/** What a command line of the process list starts. */
export function commandWords(words: readonly string[]): Pick<Invocation, "server" | "runtime"> {
  const lookup: Lookup = () => ({ state: "unset", unread: [] });
  const beside = { sure: 0, maybe: 0 };
  const start = { server: null, runtime: null, program: null, lookup, beside, unread: [] };
  return unwrapped({ ...start, words: words.map((word) => traced(word, null)) }, 0);
}

function unwrapped(at: Invocation, depth: number): Invocation {
  const [first, ...rest] = at.words;
  const name = programName(first);
  if (name === null || depth > DEEPEST) return at;
  const known = SERVERS.get(name);
  if (known) return { ...at, ...known, program: name, words: rest };
  if (SHELLS.test(name)) return inShell(at, rest, depth);
  if (name === "env") return inEnv(at, rest, depth);
  const wrapper = WRAPPERS.get(name);
  // "bundle install" and "poetry install" start nothing.
  if (wrapper) {
    const after = afterOptions(rest, wrapper.valued, wrapper.own);
    const stays = wrapper.stays ? 1 : 0;
    const injected: Unread[] = wrapper.injects ? [{ what: `variables that ${name} sets`, look: null }] : [];
    const inner = {
      ...at,
      words: after,
      beside: { ...at.beside, sure: at.beside.sure + stays },
      unread: [...at.unread, ...injected],
    };
    return unwrapped(inner, depth + 1);
  }
  if (PROXIES.test(name) || QUEUES.test(name)) return { ...at, program: name };
  return inInterpreter(at, name, rest, depth) ?? behindScript(at, first ?? [], rest);
}

/** "python -m gunicorn", "python /usr/local/bin/uvicorn", "ruby bin/puma", "rails server", "java -jar app.jar". */
function inInterpreter(at: Invocation, name: string, rest: readonly Traced[], depth: number): Invocation | null {
  if (name === "rails" && /^(?:s|server)$/.test(shown(rest[0] ?? [])))
    return { ...at, server: "puma", runtime: "ruby", program: "rails server", words: rest.slice(1) };
  if (name === "fastapi" && shown(rest[0] ?? []) === "run")
    return { ...at, server: "uvicorn", runtime: "python", program: "fastapi run", words: rest.slice(1) };
  const runtime = INTERPRETERS.get(name);
  if (!runtime) return null;
  const module = rest.findIndex((word) => shown(word) === "-m");
  const behind = afterOptions(rest, ["-W", "-X", "-r", "-I", "--require", "--import"], 0);
  const program = runtime === "python" && module !== -1 ? rest.slice(module + 1) : behind;
  const inner = programName(program[0]);
  if (inner !== null && (SERVERS.get(inner) || QUEUES.test(inner) || inner === "rails" || inner === "fastapi"))
    return unwrapped({ ...at, words: program }, depth + 1);
  return { ...at, runtime, program: [name, inner].filter(Boolean).join(" "), words: rest };
}

/** A script of the image ("/entrypoint.sh gunicorn app:app") mostly starts what follows it; that it does is not read. */
function behindScript(at: Invocation, script: Traced, rest: readonly Traced[]): Invocation {
  const index = rest.findIndex((word) => SERVERS.get(programName(word) ?? ""));
  const found = SERVERS.get(programName(rest[index]) ?? "");
  const path = shown(script);
  const unread: Unread = {
    what: `${path} in the image`,
    look: path.startsWith("/") ? { in: "file", name: path } : null,
    weak: true,
  };
  if (!found) return { ...at, program: path };
  const beside = { ...at.beside, maybe: at.beside.maybe + 1 };
  return {
    ...at,
    ...found,
    program: found.server,
    words: rest.slice(index + 1),
    beside,
    unread: [...at.unread, unread],
  };
}

function inShell(at: Invocation, rest: readonly Traced[], depth: number): Invocation {
  const flag = rest.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(shown(word)));
  if (flag === -1) {
    const [file, ...words] = afterOptions(rest, ["-o"], 0);
    return file ? behindScript({ ...at, words }, file, words) : at;
  }
  const script = rest[flag + 1] ?? [];
  const unknown = textOf(script) === null && script.length === 1 ? script.flatMap(({ unread }) => unread) : [];
  if (unknown.length > 0) return { ...at, words: [], unread: [...at.unread, ...unknown] };
  // A shell may stay as the parent of its last command, or become it.
  const beside = { ...at.beside, maybe: at.beside.maybe + 1 };
  const inner = shellCommands(script, at.lookup).map(({ words, lookup }) =>
    unwrapped({ ...at, words, lookup, beside: shown(words[0] ?? []) === "exec" ? at.beside : beside }, depth + 1),
  );
  const servers = inner.filter(({ server }) => server !== null);
  const [only] = servers;
  if (only && servers.length === 1) return only;
  if (servers.length > 1) {
    const what = `which of ${servers.map(({ server }) => server).join(" and ")} answers the requests`;
    return { ...at, words: [], unread: [...at.unread, { what, look: null }] };
  }
  const runtime = inner.findLast((one) => one.runtime !== null && one.program !== null);
  return runtime ?? inner.at(-1) ?? at;
}

function inEnv(at: Invocation, rest: readonly Traced[], depth: number): Invocation {
  const set = new Map<string, Traced>();
  let words = afterOptions(rest, ["-u", "--unset", "-C", "--chdir"], 0);
  for (let [word] = words; word && /^[A-Za-z_]\w*=/.test(shown(word)); [word] = words) {
    const equals = word.findIndex(({ char }) => char === "=");
    set.set(shown(word.slice(0, equals)), word.slice(equals + 1));
    words = words.slice(1);
  }
  const lookup: Lookup = (name) => {
    const value = set.get(name);
    return value ? { state: "set", value } : at.lookup(name);
  };
  return unwrapped({ ...at, words, lookup }, depth + 1);
}

/** The words behind a program's options, those options' values and as many words of its own. */
function afterOptions(words: readonly Traced[], valued: readonly string[], own: number): readonly Traced[] {
  let left = own;
  for (let at = 0; at < words.length; at += 1) {
    const word = shown(words[at] ?? []);
    if (word === "--") return left > 0 ? afterOwn(words.slice(at + 1), left) : words.slice(at + 1);
    if (valued.includes(word)) at += 1;
    else if (!word.startsWith("-")) {
      if (left === 0) return words.slice(at);
      left -= 1;
    }
  }
  return [];
}

function afterOwn(words: readonly Traced[], own: number): readonly Traced[] {
  return words.slice(own);
}

/** "/usr/local/bin/python3.11" → "python"; "php-fpm8.2" → "php-fpm"; null where the word is not known. */
export function programName(word: Traced | undefined): string | null {
  const text = word ? textOf(word) : null;
  if (text === null || text === "") return null;
  const base = text.replace(/\/+$/, "").replace(/^.*\//, "");
  return /^(?:python|ruby|php-fpm|php|uwsgi)[\d.]+$/.test(base) ? base.replace(/[\d.]+$/, "") : base.replace(/:$/, "");
}

export function isBystander(name: string): boolean {
  return (
    INITS.test(name) || SHELLS.test(name) || WRAPPERS.has(name) || /^(?:ps|sleep|cat|tail|npm|yarn|pnpm)$/.test(name)
  );
}
