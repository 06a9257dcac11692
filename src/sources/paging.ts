import type { Answer, Failure } from "../model/question.ts";
import { type Asked, failed, Told } from "./failure.ts";
import { moreTime, withDeadline } from "./http/deadline.ts";
import type { Limits } from "./limits.ts";
import { Size } from "./size.ts";

/** One page, and the token of the next one where there is more. */
export interface Page {
  readonly page: unknown;
  readonly next?: string | undefined;
}

export interface Paging {
  readonly limits: Limits;
  readonly stop?: AbortSignal | undefined;
  readonly asked: Asked;
  /** Reads the page of a token; the first page without one. */
  readonly read: (token: string | undefined, signal: AbortSignal) => Promise<Page>;
  /** What an error of `read` means. */
  readonly explain: (error: unknown) => Failure;
}

/** The server no longer knows the token of a page: pages of now would not fit those that came before. */
export class Expired extends Told {}

/**
 * Reads page after page to the end, and once more from the beginning where a token has expired on the way. What goes
 * wrong after the first page keeps the pages that came, and says so.
 */
export async function readPages({ limits, stop, asked, read, explain }: Paging): Promise<Answer> {
  let pages: unknown[] = [];
  /** Of an attempt whose token has expired: they are the answer if the next one comes less far. */
  let earlier: unknown[] = [];
  let cut: Failure | null = null;
  let size = new Size();
  try {
    await withDeadline(
      limits.question,
      stop,
      asked,
      async (signal) => {
        let seen = new Set<string>();
        let token: string | undefined;
        do {
          let got: Page;
          try {
            got = await read(token, signal);
          } catch (error) {
            if (!(error instanceof Expired) || earlier.length > 0) throw error;
            [earlier, pages, seen, token, size] = [pages, [], new Set(), undefined, new Size()];
            continue;
          }
          // The deadline may have passed while the page was read; the answer has been given then.
          if (signal.aborted) return;
          size.add(got.page);
          pages.push(got.page);
          // A list that grows is on its way.
          moreTime(signal, limits.question);
          token = got.next;
          if (token === undefined) return;
          cut = endless(token, seen, pages.length, limits.pages, asked);
          seen.add(token);
        } while (cut === null);
      },
      limits.whole,
    );
  } catch (error) {
    const failure = explain(error);
    if (pages.length < earlier.length) pages = earlier;
    if (pages.length === 0) return failed(failure);
    cut = failure;
  }
  return { status: "answered", pages: [...pages], ...(cut && { cut }) };
}

function endless(token: string, seen: Set<string>, pages: number, most: number, { name }: Asked): Failure | null {
  if (seen.has(token))
    return { kind: "malformed", message: `${name} leads from one page of results back to an earlier one` };
  if (pages >= most) return { kind: "malformed", message: `${name} has more than ${most} pages` };
  return null;
}
