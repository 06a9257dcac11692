import type { Answer, Failure } from "../model/question.ts";
import { withDeadline } from "./deadline.ts";
import { type Asked, failed } from "./failure.ts";
import type { Limits } from "./limits.ts";

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

/** Reads page after page to the end. What goes wrong after the first page keeps the pages that came, and says so. */
export async function readPages({ limits, stop, asked, read, explain }: Paging): Promise<Answer> {
  const pages: unknown[] = [];
  let cut: Failure | null = null;
  try {
    await withDeadline(limits.question, stop, asked, async (signal) => {
      const seen = new Set<string>();
      let token: string | undefined;
      do {
        const { page, next } = await read(token, signal);
        // The deadline may have passed while the page was read; the answer has been given then.
        if (signal.aborted) return;
        pages.push(page);
        token = next;
        if (token === undefined) return;
        cut = endless(token, seen, pages.length, limits.pages, asked);
        seen.add(token);
      } while (cut === null);
    });
  } catch (error) {
    const failure = explain(error);
    if (pages.length === 0) return failed(failure);
    cut = failure;
  }
  return { status: "answered", pages: [...pages], ...(cut && { cut }) };
}

function endless(token: string, seen: Set<string>, pages: number, most: number, { name }: Asked): Failure | null {
  if (seen.has(token)) return { kind: "malformed", message: `${name} leads from one page back to an earlier one` };
  if (pages >= most) return { kind: "malformed", message: `${name} has more than ${most} pages` };
  return null;
}
