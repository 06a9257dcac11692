import type { PodsMadeUp } from "../model/pods-made-up.ts";
import type { Answer, Question } from "../model/question.ts";
import type { Span } from "../model/time.ts";
import { descriptorOf } from "../sources/descriptor-of.ts";
import { type Planned, usuallyWatched, type Watched } from "../sources/placeholders.ts";
import type { Source } from "../sources/port.ts";

/**
 * Answers with placeholders instead of the outside, so that the playbook itself says what it would ask: each name that a
 * real answer would give stands as "<name>" in the questions that follow from it. The made-up alarm has one episode and
 * its load balancer two target groups, one of them slow, which leads down every step.
 */
export class PlanSource implements Source {
  readonly asked: Question[] = [];
  readonly #planned: Planned;

  constructor(
    alarm: string,
    window: Span,
    watched: Watched = usuallyWatched("TargetResponseTime"),
    pods: PodsMadeUp = {},
  ) {
    this.#planned = { alarm, window, watched, pods };
  }

  async ask(question: Question): Promise<Answer> {
    this.asked.push(question);
    const page = descriptorOf(question.source).placeholder(question, this.#planned);
    if (page !== null) return { status: "answered", pages: [page] };
    return { status: "failed", failure: { kind: "not-recorded", message: "a plan reads nothing" } };
  }
}
