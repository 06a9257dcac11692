import { type Asked, inSeconds, Told } from "./failure.ts";

/**
 * Runs something against a deadline. It ends in time even if what runs does not listen to its signal: a credential
 * process that hangs, a body that trickles.
 */
export async function withDeadline<T>(
  milliseconds: number,
  stop: AbortSignal | undefined,
  asked: Asked,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let cancel: (reason: Error) => void = () => {};
  const cancelled = new Promise<never>((_, reject) => {
    cancel = (reason) => {
      controller.abort(reason);
      reject(reason);
    };
  });
  const late = () =>
    cancel(new Told("timeout", `${asked.name} gave no whole answer within ${inSeconds(milliseconds)}`));
  const stopped = () => cancel(new Told("timeout", "interrupted before the answer came"));
  const timer = setTimeout(late, milliseconds);
  stop?.addEventListener("abort", stopped, { once: true });
  if (stop?.aborted) stopped();
  try {
    return await Promise.race([run(controller.signal), cancelled]);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener("abort", stopped);
  }
}
