import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FailureKind, type Question, questionKey } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import type { Cause } from "../../src/model/vocabulary.ts";
import { LIMITS } from "../../src/sources/limits.ts";
import type { Source } from "../../src/sources/port.ts";
import { FAULTS, type Fault } from "../loopback/faults.ts";
import { startLoopback } from "../loopback/server.ts";
import { investigated, online, remembering, WorldSource, worldOf } from "./worlds.ts";

/*
 * A share of the fault matrix, in a process of its own: the AWS SDK takes its endpoints from the process's environment.
 * Forked by faults.test.ts with its number and the number of all; sends each cell as a message.
 */

/** Nobody listens, throttled only once, and the loopback's own faults (200 MB has a test of its own). */
const COLUMNS = ["refused", "throttled-once", ...FAULTS.filter((fault) => fault !== "huge")] as const;
export type Column = (typeof COLUMNS)[number];

/** The kinds that tell the truth about a fault. */
const KINDS: { readonly [C in Column]: readonly FailureKind[] } = {
  refused: ["unreachable"],
  "throttled-once": [],
  reset: ["unreachable"],
  silent: ["timeout"],
  trickle: ["timeout"],
  forbidden: ["forbidden"],
  expired: ["unauthenticated"],
  throttled: ["throttled"],
  "html-500": ["malformed"],
  "empty-body": ["malformed", "missing"],
  cut: ["malformed"],
  "wrong-types": ["malformed", "missing"],
  "empty-list": ["malformed", "missing"],
};

/** Short, since some 400 investigations wait for it. Long enough for the pauses between four attempts. */
const QUICK = { ...LIMITS, question: 5_000, throttled: 5_000, request: 2_000, connect: 1_000 };
const PATIENT = { ...QUICK, question: 8_000, throttled: 8_000 };
const NOBODY = "http://127.0.0.1:9";
const EXPECTED: Cause = "worker-concurrency-ceiling";

export interface Cell {
  readonly column: Column;
  readonly outcome: "answered" | "gap" | "unseen";
  readonly right: boolean;
  readonly cause: string | null;
  readonly problem: string | null;
}

const world = worldOf("worker-ceiling");
const source = remembering(new WorldSource(world));
let fault: (question: Question, attempt: number) => Fault | null = () => null;

const [share, shares] = process.argv.slice(2).map(Number) as [number, number];
const wire = await online({ source, fault: (question, attempt) => fault(question, attempt) });
const gone = await startLoopback({ source });
const deadKubeconfig = join(wire.folder, "gone");
writeFileSync(deadKubeconfig, gone.kubeconfig);
await gone.close();
const questions = (await investigated(world, source)).exchanges.map(({ question }) => question);
const work = questions.flatMap((question) => COLUMNS.map((column) => ({ question, column })));
process.send?.({ columns: COLUMNS, all: work.length });
for (const { question, column } of work.filter((_, index) => index % shares === share))
  process.send?.(await cellOf(question, column));
await wire.close();
process.disconnect?.();

async function cellOf(question: Question, column: Column): Promise<Cell> {
  const key = questionKey(question);
  const isThis = (asked: Question) => questionKey(asked) === key;
  fault = (asked, attempt) => {
    if (!isThis(asked) || column === "refused") return null;
    if (column === "throttled-once") return attempt === 1 ? "throttled" : null;
    return column;
  };
  wire.loopback.forget();
  const limits = column.startsWith("throttled") ? PATIENT : QUICK;
  const live = wire.live({ limits });
  if (column !== "refused") return judged(await investigated(world, live), question, column);
  const refused = await refusedAnswer(question);
  const asking: Source = { ask: async (one) => (isThis(one) ? refused : live.ask(one)) };
  return judged(await investigated(world, asking), question, column);
}

/** The answer of live adapters where nobody listens. */
async function refusedAnswer(question: Question) {
  const url = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = NOBODY;
  try {
    return await wire.live({ limits: QUICK, kubeconfig: deadKubeconfig, prometheusUrl: NOBODY }).ask(question);
  } finally {
    process.env.AWS_ENDPOINT_URL = url;
  }
}

/** An exec has no body that could be cut or empty: its connection breaks. */
function kindsOf({ operation }: Question, column: Column): readonly FailureKind[] {
  return operation === "exec" && (column === "cut" || column === "empty-body") ? ["unreachable"] : KINDS[column];
}

function judged(session: Session, question: Question, column: Column): Cell {
  const cause = session.verdict?.rootCause ?? null;
  const key = questionKey(question);
  const gap = session.gaps.find(({ id }) => id === key);
  const asked = session.exchanges.some((one) => one.key === key);
  const where = `${question.source} ${question.operation} ${JSON.stringify(question.input).slice(0, 90)} × ${column}`;
  const problems = [
    ...(cause !== null && cause !== EXPECTED ? [`${where}: established ${cause}`] : []),
    ...(session.outcome === null ? [`${where}: did not end`] : []),
    ...(!asked ? [`${where}: was not asked`] : []),
    ...(KINDS[column].length === 0 && gap ? [`${where}: ${gap.kind} gap: ${gap.what}`] : []),
    ...(gap && KINDS[column].length > 0 && !kindsOf(question, column).some((kind) => kind === gap.kind)
      ? [`${where}: gap of kind ${gap.kind}: ${gap.what}`]
      : []),
    // An empty list may be the truth; whether something of the wrong type is missed depends on what is read of it.
    ...(!gap && !["throttled-once", "empty-list", "wrong-types"].includes(column) ? [`${where}: left no gap`] : []),
  ];
  return {
    column,
    right: cause === EXPECTED,
    outcome: gap ? "gap" : asked ? "answered" : "unseen",
    cause,
    problem: problems.join("; ") || null,
  };
}
