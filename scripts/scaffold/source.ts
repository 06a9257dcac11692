import { camel, capital, words } from "./names.ts";
import type { Stamp } from "./stamps.ts";

/**
 * A new source: its descriptor, its questions with their parsers and a test of them, and its live adapter. It asks nobody
 * yet, and nothing asks it: it has no kinds of questions, so that no policy and no check of doctor changes.
 */
export function sourceStamp(id: string): Stamp {
  const name = capital(camel(id));
  return {
    files: {
      [`src/sources/${id}/descriptor.ts`]: descriptor(id, name),
      [`src/sources/${id}/questions.ts`]: questions(id, name),
      [`src/sources/${id}/live.ts`]: live(id, name),
      [`test/parsers/${id}.test.ts`]: test(id, name),
    },
    left: [
      "questions.ts: what is asked, and what of the answer is read, with units and sizes",
      "descriptor.ts: operations and their kinds, IAM actions or RBAC rules, the command that a person would type, what is kept of the texts (mask), remedies, the checks of doctor; one of AWS's APIs says less with awsDescriptor (src/sources/aws/service.ts)",
      "live.ts: the request; over src/sources/http/wire.ts it has our limits and repetitions, AWS's APIs have theirs from AwsSource",
      "its answers in simulator/source.ts, and in test/loopback/server.ts where it has a wire of its own",
      "then: npx vitest run test/sources/live/permissions.test.ts -u, which writes the policies, and evidence that asks it: npm run new evidence <id>",
    ],
  };
}

/** The id as the name of its descriptor: "slow-dns" is SLOW_DNS. */
export function constant(id: string): string {
  return id.replaceAll("-", "_").toUpperCase();
}

function descriptor(id: string, name: string): string {
  return `import { shellLine } from "../../model/shell.ts";
import { strictMask } from "../../redaction/rules.ts";
import type { SourceDescriptor } from "../descriptor.ts";
import type { Live${name} } from "./live.ts";

const ID = "${id}";

/** What it knows that no other source does, and which of its versions answer so. */
export const ${constant(id)}: SourceDescriptor<Live${name}> = {
  id: ID,
  title: "${words(id)}",
  place: "${words(id)}",
  isAws: false,
  operations: ["read"],
  kinds: () => [],
  permissions: () => [],
  roles: [],
  command: ({ operation, input }) => shellLine(ID, operation, String(input.name)),
  mask: strictMask,
  describe: ({ operation, input }) => \`\${operation} \${String(input.name)}\`,
  placeholder: () => ({ items: [] }),
  remedies: {
    unreachable: "check that ${words(id)} can be reached, then run it again",
    unauthenticated: "log in to ${words(id)} again",
  },
  checks: [],
  async open({ aws: { limits, stop, tally } }) {
    const { Live${name} } = await import("./live.ts");
    return new Live${name}({ limits, stop, tally });
  },
};
`;
}

function questions(id: string, name: string): string {
  return `import type { Typed } from "../../model/question.ts";
import { number, pagedItems, name as text } from "../parse.ts";
import * as z from "../zod.ts";

const item = z.object({ name: text, value: number });

/** One of its items. Units; what was not read is null, never a default. */
export type ${name}Item = z.infer<typeof item>;

/** What is asked, and where the vendor documents the answer. */
export function read${name}(name: string): Typed<${name}Item[]> {
  return {
    question: { source: "${id}", operation: "read", input: { name } },
    parse: (pages) => pagedItems(item, pages, "items"),
  };
}
`;
}

function live(id: string, name: string): string {
  return `import type { Answer, Question } from "../../model/question.ts";
import { failed, failureOf, Told } from "../failure.ts";
import { withDeadline } from "../http/deadline.ts";
import type { Limits } from "../limits.ts";
import type { Source } from "../port.ts";
import type { Tally } from "../tally.ts";

export interface ${name}Options {
  readonly limits: Limits;
  readonly stop?: AbortSignal | undefined;
  readonly tally: Tally;
}

/** Who is asked, for sentences. */
const ASKED = { source: "${id}", name: "${words(id)}" };

/** Answers its questions from ${words(id)} itself. Every operation here reads. */
export class Live${name} implements Source {
  readonly #options: ${name}Options;

  constructor(options: ${name}Options) {
    this.#options = options;
  }

  async ask(question: Question): Promise<Answer> {
    const { limits, stop } = this.#options;
    try {
      const page = await withDeadline(limits.question, stop, ASKED, (signal) => this.#page(question, signal));
      return { status: "answered", pages: [page] };
    } catch (error) {
      return failed(failureOf(error, ASKED));
    }
  }

  async #page({ operation }: Question, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    this.#options.tally.count(ASKED.source);
    throw new Told("missing", \`\${ASKED.name} is not asked for \${operation} yet\`);
  }
}
`;
}

function test(id: string, name: string): string {
  return `import { describe, expect, it } from "vitest";
import { read${name} } from "../../src/sources/${id}/questions.ts";

describe("${words(id)}", () => {
  it("reads what is there, and nothing into what is not", () => {
    const page = { items: [{ name: "a", value: 1.5 }, { name: "b" }] };
    expect(read${name}("x").parse([page]).value).toEqual([
      { name: "a", value: 1.5 },
      { name: "b", value: null },
    ]);
  });
  it("leaves out an item that does not fit, and refuses what is not a list", () => {
    const { value, flaws } = read${name}("x").parse([{ items: [{ name: {} }, { name: "b", value: 2 }] }]);
    expect(value).toEqual([{ name: "b", value: 2 }]);
    expect(flaws).toHaveLength(1);
    expect(() => read${name}("x").parse([{ items: "none" }])).toThrow("not a list");
  });
});
`;
}
