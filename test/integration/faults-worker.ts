import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, type Question, questionKey } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { Marks } from "../../src/redaction/marks.ts";
import { LIMITS, type Limits } from "../../src/sources/limits.ts";
import { LiveSource } from "../../src/sources/live.ts";
import type { Source } from "../../src/sources/port.ts";
import { Tally } from "../../src/sources/tally.ts";
import type { Fault } from "../loopback/faults.ts";
import { startLoopback } from "../loopback/server.ts";
import { COLUMNS, type Column, canMeet, faultOf, isSpoiled, kindsOf, PLACES, type Place } from "./faults-columns.ts";
import { INCIDENT_NAMES, investigated, type Online, online, remembering, WorldSource, worldOf } from "./worlds.ts";

/*
 * A share of the fault matrix, in a process of its own: the AWS SDK takes its endpoints from the process's environment.
 * Forked by faults.test.ts with its number and the number of all; sends each cell as a message.
 *
 * Every question asks a server through the real clients, and meets the fault there. What the other questions are answered
 * is the same in all cells: it was asked in the same way, once. One cell of each column is asked anew as a whole, so that
 * the clients meet the fault in the midst of an investigation.
 */

/** Where an answer or an error comes, however busy the machine is. */
const PATIENT: Limits = { ...LIMITS, question: 60_000, throttled: 60_000, request: 30_000, connect: 10_000 };
/** A lost request is repeated in time. */
const REPEATING: Limits = { ...PATIENT, request: 1_500 };
const LIMITED: readonly Column[] = ["throttled", "throttled-for-long"];
/** Where none ever comes: short, since all the others wait for it. */
const QUICK: Limits = { ...LIMITS, question: 4_000, throttled: 4_000, request: 1_500, connect: 1_000 };
const HOPELESS: readonly Column[] = ["silent", "trickle", ...LIMITED];
const NOBODY = "http://127.0.0.1:9";

export interface Cell {
  readonly column: Column;
  readonly outcome: "answered" | "gap" | "unseen";
  readonly right: boolean;
  readonly cause: string | null;
  /** Whether the answer is another than without the fault. */
  readonly changed: boolean;
  readonly problem: string | null;
}

/** The matrix of an incident. The main one meets everything, the others answers that are well-formed and wrong. */
class Matrix {
  readonly #marks = new Marks("faults");
  /** What goes wrong now, and with which question; with all of them where none is named. */
  #now: { readonly column: Column; readonly only: string | null } | null = null;
  /** The keys of the questions that met it. */
  readonly #met = new Set<string>();
  /** The source of each question that came to a server, by its key. */
  readonly #sources = new Map<string, string>();

  constructor(readonly incident: Incident) {}

  async run(): Promise<void> {
    const world = worldOf(this.incident);
    const source = remembering(new WorldSource(world));
    const wire = await online({ source, fault: (question, attempt) => this.#fault(question, attempt) });
    const places = await placesOf(wire, source);
    const healthy = remembering(this.#clients(places.right, LIMITS));
    const { exchanges, verdict } = await investigated(world, healthy);
    const questions = exchanges.map(({ question }) => question);
    const right = verdict?.rootCause ?? null;
    for (const column of this.incident === "worker-ceiling" ? COLUMNS : COLUMNS.filter(isSpoiled)) {
      const asked = questions.filter((question) => canMeet(question, column));
      const isMine = columns++ % shares === share;
      if (!isMine) continue;
      const place = places[isPlace(column) ? column : "right"];
      Object.assign(process.env, { AWS_ENDPOINT_URL: place.awsUrl });
      const limits = HOPELESS.includes(column) ? QUICK : column === "silent-once" ? REPEATING : PATIENT;
      const live = this.#clients(place, limits);
      // They log in and find Prometheus before anything goes wrong.
      if (place === places.right) await Promise.all(firstOfEach(questions).map((question) => live.ask(question)));
      this.#begin(column, null, wire);
      const answers = await answersOf(asked, live, column);
      for (const [index, question] of asked.entries()) {
        const answer = answers[index] as Answer;
        const changed = JSON.stringify(answer) !== JSON.stringify(await healthy.ask(question));
        const session = await investigated(world, replacing(healthy, question, answer));
        process.send?.(judged(session, { question, column, right, changed, met: this.#hasMet(question, column) }));
      }
      const question = asked[columns % asked.length] as Question;
      this.#begin(column, questionKey(question), wire);
      if (place === places.right) {
        const session = await investigated(world, this.#clients(place, limits));
        const met = this.#hasMet(question, column);
        process.send?.(judged(session, { question, column, right, changed: false, met }));
      }
      this.#now = null;
    }
    await wire.close();
  }

  #begin(column: Column, only: string | null, { loopback }: Online): void {
    this.#now = { column, only };
    this.#met.clear();
    loopback.forget();
  }

  #hasMet(question: Question, column: Column): boolean {
    if (isPlace(column) || this.#met.has(questionKey(question))) return true;
    // Of a service that answers nothing but that it is limited, what waits its turn behind others may never be sent.
    return LIMITED.includes(column) && [...this.#met].some((key) => this.#sources.get(key) === question.source);
  }

  #fault(question: Question, attempt: number): Fault | null {
    if (this.#now === null) return null;
    const { column, only } = this.#now;
    const key = questionKey(question);
    const fault = only === null || only === key ? faultOf(column, attempt) : null;
    if (fault !== null) this.#met.add(key);
    this.#sources.set(key, question.source);
    return fault;
  }

  #clients({ kubeconfig, prometheusUrl }: Where, limits: Limits): LiveSource {
    const options = { kubeconfig, prometheusUrl, allowExec: true, environment: {}, limits };
    return new LiveSource(options, new Tally(), this.#marks);
  }
}

type Incident = (typeof INCIDENT_NAMES)[number];

interface Where {
  readonly awsUrl: string;
  readonly kubeconfig: string;
  readonly prometheusUrl?: string;
}

/** Where the clients are sent: to the loopback, to a port without a listener, to the loopback by a name nobody vouches for. */
async function placesOf({ loopback, kubeconfig, folder }: Online, source: Source) {
  const gone = await startLoopback({ source });
  const at = (name: string, config: string): string => {
    writeFileSync(join(folder, name), config);
    return join(folder, name);
  };
  const places = {
    right: { awsUrl: loopback.awsUrl, kubeconfig },
    refused: { awsUrl: NOBODY, kubeconfig: at("gone", gone.kubeconfig), prometheusUrl: NOBODY },
    untrusted: {
      awsUrl: loopback.secureAwsUrl,
      // The authority of another cluster.
      kubeconfig: at("untrusted", gone.kubeconfig.replace(gone.kubeUrl, loopback.kubeUrl)),
    },
  } satisfies { readonly [place: string]: Where };
  await gone.close();
  return places;
}

function isPlace(column: Column): column is Place {
  return (PLACES as readonly string[]).includes(column);
}

function firstOfEach(questions: readonly Question[]): Question[] {
  return questions.filter((one, index) => questions.findIndex(({ source }) => source === one.source) === index);
}

/** All at once; but many answers of 200 MB at once hold up each other. */
async function answersOf(asked: readonly Question[], live: Source, column: Column): Promise<Answer[]> {
  if (column !== "huge") return Promise.all(asked.map((question) => live.ask(question)));
  const answers: Answer[] = [];
  for (const question of asked) answers.push(await live.ask(question));
  return answers;
}

/** The same answers, but for one question. */
function replacing(source: Source, question: Question, answer: Answer): Source {
  const key = questionKey(question);
  return { ask: async (asked) => (questionKey(asked) === key ? answer : source.ask(asked)) };
}

interface Met {
  readonly question: Question;
  readonly column: Column;
  /** The cause that is named without the fault. */
  readonly right: string | null;
  readonly changed: boolean;
  readonly met: boolean;
}

function judged(session: Session, { question, column, right, changed, met }: Met): Cell {
  const cause = session.verdict?.rootCause ?? null;
  const key = questionKey(question);
  const gap = session.gaps.find(({ id }) => id === key);
  const asked = session.exchanges.some((one) => one.key === key);
  const kinds = kindsOf(question, column);
  const where = `${question.source} ${question.operation} ${JSON.stringify(question.input).slice(0, 90)} × ${column}`;
  const defect = session.gaps.find(({ kind }) => kind === "defect");
  const problems = [
    ...(cause !== null && cause !== right ? [`established ${cause}`] : []),
    ...(session.outcome === null ? ["did not end"] : []),
    ...(defect ? [`a defect: ${defect.what}`] : []),
    ...(!asked ? ["was not asked"] : []),
    ...(!met ? ["did not meet it"] : []),
    ...(kinds?.length === 0 && gap ? [`${gap.kind} gap: ${gap.what}`] : []),
    ...(kinds?.length === 0 && cause !== right ? ["the cause was not found"] : []),
    ...(kinds && kinds.length > 0 && !gap ? ["left no gap"] : []),
    ...(kinds && kinds.length > 0 && gap && !kinds.some((kind) => kind === gap.kind)
      ? [`gap of kind ${gap.kind}: ${gap.what}`]
      : []),
  ];
  return {
    column,
    right: cause === right,
    outcome: gap ? "gap" : asked ? "answered" : "unseen",
    cause,
    changed,
    problem: problems.length > 0 ? `${where}: ${problems.join("; ")}` : null,
  };
}

const [share, shares] = process.argv.slice(2).map(Number) as [number, number];
let columns = 0;
for (const incident of INCIDENT_NAMES) await new Matrix(incident).run();
process.disconnect?.();
