import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Failure } from "../../model/question.ts";
import { Told } from "../failure.ts";
import { mustEnd } from "../under-way.ts";

/** Milliseconds between looks at a query that runs: it takes seconds, and each look is a request. */
const LOOKS = [250, 500, 1_000, 2_000] as const;

/** Milliseconds that stopping a query may take: somebody has pressed Ctrl-C. */
export const STOPPING = 2_000;

/** A query that is under way: how to look at it, and how to end it where nobody waits for it any more. */
export interface Running<T> {
  /** Null while it runs. Throws a Told where it failed. */
  readonly look: () => Promise<T | null>;
  readonly stop: () => Promise<unknown>;
}

/** Waits until a query has ended. Where it is cancelled, or looking fails, the query is stopped too: it costs money. */
export function ended<T>(running: Running<T>, signal: AbortSignal): Promise<T> {
  return mustEnd(waited(running, signal));
}

async function waited<T>({ look, stop }: Running<T>, signal: AbortSignal): Promise<T> {
  try {
    for (let looks = 0; ; looks += 1) {
      signal.throwIfAborted();
      const found = await look();
      if (found !== null) return found;
      await sleep(LOOKS[Math.min(looks, LOOKS.length - 1)], undefined, { signal });
    }
  } catch (error) {
    // Who ended it says why.
    const reason: unknown = signal.aborted ? signal.reason : error;
    // Whether that succeeds changes nothing of what is told.
    await stop().catch(() => {});
    throw reason;
  }
}

/** The pages of an answer that is whole. Throws a Told where it is not. */
export function pagesOf(answer: Answer): readonly unknown[] {
  const told = (failure: Failure) => new Told(failure.kind, failure.message, failure);
  if (answer.status === "failed") throw told(answer.failure);
  if (answer.cut) throw told(answer.cut);
  return answer.pages;
}
