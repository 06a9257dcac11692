import type { Failure } from "../../model/question.ts";
import { type Asked, inSeconds, Told } from "../failure.ts";

/** What went wrong last under the signal of a deadline, and is being tried again. */
const troubles = new WeakMap<AbortSignal, Failure>();

/** Says why something is tried again: where the deadline comes first, that is what stood in the way. */
export function tryingAgain(signal: AbortSignal, failure: Failure): void {
  troubles.set(signal, failure);
}

/** Says that an attempt has succeeded: what comes late after it has another reason. */
export function goingOn(signal: AbortSignal): void {
  troubles.delete(signal);
}

/** How a deadline is put off, by its signal. */
const moving = new WeakMap<AbortSignal, (milliseconds: number) => void>();

/** Puts a deadline off: it is at least so far from now, as long as all of it stays within its limit. */
export function moreTime(signal: AbortSignal, milliseconds: number): void {
  moving.get(signal)?.(milliseconds);
}

/**
 * Runs something against a deadline, which moreTime() may put off until `whole` milliseconds after the beginning. It ends
 * in time even if what runs does not listen to its signal: a credential process that hangs, a body that trickles.
 */
export async function withDeadline<T>(
  milliseconds: number,
  stop: AbortSignal | undefined,
  asked: Asked,
  run: (signal: AbortSignal) => Promise<T>,
  whole = milliseconds,
): Promise<T> {
  const started = performance.now();
  const controller = new AbortController();
  let cancel: (reason: Error) => void = () => {};
  const cancelled = new Promise<never>((_, reject) => {
    cancel = (reason) => {
      controller.abort(reason);
      reject(reason);
    };
  });
  const late = () => {
    const within = `within ${inSeconds(Math.round(end - started))}`;
    const trouble = troubles.get(controller.signal);
    if (trouble) cancel(new Told(trouble.kind, `${trouble.message}; trying again did not help ${within}`, trouble));
    else cancel(new Told("timeout", `${asked.name} gave no complete answer ${within}`));
  };
  const stopped = () => cancel(new Told("timeout", "interrupted before the answer came"));
  let end = started + milliseconds;
  let timer = setTimeout(late, milliseconds);
  moving.set(controller.signal, (more) => {
    const later = Math.min(performance.now() + more, started + whole);
    if (later <= end) return;
    end = later;
    clearTimeout(timer);
    timer = setTimeout(late, end - performance.now());
  });
  stop?.addEventListener("abort", stopped, { once: true });
  if (stop?.aborted) stopped();
  try {
    return await Promise.race([run(controller.signal), cancelled]);
  } finally {
    moving.delete(controller.signal);
    clearTimeout(timer);
    stop?.removeEventListener("abort", stopped);
  }
}
