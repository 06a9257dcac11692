import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Answer, Question, SourceName } from "../model/question.ts";
import { onArrival } from "../redaction/arrival.ts";
import { Marks } from "../redaction/marks.ts";
import type { Opener, SourceDescriptor, SourceOptions } from "./descriptor.ts";
import { descriptorOf } from "./descriptor-of.ts";
import { SOURCES } from "./descriptors.ts";
import { failed, hasNoWay, Told } from "./failure.ts";
import { LIMITS, type Limits } from "./limits.ts";
import type { Source } from "./port.ts";
import { Tally } from "./tally.ts";

export interface LiveOptions extends SourceOptions {
  /** Ends everything that is under way. */
  readonly stop?: AbortSignal | undefined;
  readonly limits?: Limits;
}

/** Milliseconds in which the first questions get on their way before anything else is loaded; see LiveSource. */
const HEAD_START = 20;

/**
 * AWS, the cluster and Prometheus as they are now. Each adapter is loaded when it is first used. The login to the cluster
 * and the search for Prometheus take seconds and depend on no answer, so they begin beside the first question: just after
 * it has left, since loading what they need keeps the process busy for longer than sending it takes. Nobody gets an answer
 * before it is masked; see redaction/arrival.ts.
 */
export class LiveSource implements Source {
  readonly tally: Tally;
  /** What stands in the place of text that nothing understands. The salt lives as long as this process. */
  readonly marks: Marks;
  readonly #options: LiveOptions;
  readonly #opener: Opener;
  readonly #opened = new Map<SourceName, Promise<Source>>();
  #awsAnswered = false;
  #begun = false;

  constructor(options: LiveOptions, tally = new Tally(), marks = new Marks(randomBytes(32).toString("hex"))) {
    this.tally = tally;
    this.marks = marks;
    this.#options = options;
    const { region, profile, environment, stop, limits = LIMITS } = options;
    // Every question that is under way listens to it; Node warns of more than ten.
    if (stop) setMaxListeners(0, stop);
    const waiting = (sentence: string) => this.#waiting(sentence);
    const aws = { region, profile, environment, limits, stop, tally: this.tally, waiting };
    this.#opener = { options, aws, opened: this.opened };
  }

  #waiting: (sentence: string) => void = () => {};

  onWait(told: (sentence: string) => void): void {
    this.#waiting = told;
  }

  /** Opens a source at its first use, and gives the same again. Throws a Told where its settings cannot be used. */
  readonly opened = <Opened extends Source>(descriptor: SourceDescriptor<Opened>): Promise<Opened> => {
    const known = this.#opened.get(descriptor.id) as Promise<Opened> | undefined;
    const made = known ?? descriptor.open(this.#opener);
    this.#opened.set(descriptor.id, made);
    return made;
  };

  /** Logs in again, and looks for Prometheus again; the requests are counted on. */
  anew(): LiveSource {
    return new LiveSource(this.#options, this.tally, this.marks);
  }

  async ask(question: Question): Promise<Answer> {
    try {
      const source = await this.opened(descriptorOf(question.source));
      const answer = source.ask(question);
      this.#begin();
      return onArrival(question, this.#inContext(question.source, await answer), this.marks);
    } catch (error) {
      // Settings that cannot be used, met while an adapter was made: a CA file that is not there, for example.
      if (!(error instanceof Told)) throw error;
      return failed(error.failure);
    }
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const early = () => {
      // Whoever asks later meets the same error, and tells it.
      for (const source of SOURCES) source.early?.(this.#opener).catch(() => {});
    };
    setTimeout(early, HEAD_START);
  }

  /** Tells a network without a way to the cluster from one that is down: the first is mostly a VPN that is off. */
  #inContext(source: SourceName, answer: Answer): Answer {
    const aws = descriptorOf(source).isAws;
    if (answer.status === "answered") this.#awsAnswered ||= aws;
    if (answer.status === "answered" || aws || !this.#awsAnswered) return answer;
    // Not where something answers, if only with a refusal: then there is a way.
    if (!hasNoWay(answer.failure)) return answer;
    const { kind, message } = answer.failure;
    return failed({
      kind,
      message: `${message}; AWS answers, so this network has no route to it: is the VPN connected?`,
    });
  }
}
