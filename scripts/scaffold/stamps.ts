import { camel, capital, words } from "./names.ts";
import { sourceStamp } from "./source.ts";

/** The kinds of units that can be stamped. */
export const KINDS = ["playbook", "cause", "factor", "fix", "evidence", "signal", "source", "writer"] as const;
export type Kind = (typeof KINDS)[number];

/** What is stamped for one unit. Paths are from the top of the project. */
export interface Stamp {
  readonly files: { readonly [path: string]: string };
  /** What nobody but the author can decide, one line each. */
  readonly left: readonly string[];
}

/** The files of a new unit, which compile and pass the fast tests, and what is left to decide about it. */
export function stamp(kind: Kind, id: string): Stamp {
  return STAMPS[kind](id);
}

const STAMPS: { readonly [kind in Kind]: (id: string) => Stamp } = {
  playbook: (id) => ({
    files: {
      [`playbooks/alarms/${id}/playbook.ts`]: `import { definePlaybook } from "../../../src/playbook.ts";

/** Alarms on … */
export default definePlaybook({
  id: "${id}",
  judges: "${words(id)}",
  takes: () => false,
  steps: [],
  causes: [],
  factors: [],
  fixes: [],
});
`,
    },
    left: [
      "takes(alarm): which namespace, metric and dimensions are its own; until then it takes none",
      "its first step, alarmHistory({…}), in a file beside playbooks/evidence/alarm-history/collect.ts: what traffic it rests on, and what is counted beside it",
      `its evidence, causes, factors and fixes, in order: npm run new <kind> <id> -- --playbook ${id}`,
    ],
  }),
  cause: (id) => ({
    files: {
      [`playbooks/causes/${id}/cause.ts`]: `import { defineCause } from "../../../src/playbook.ts";

/** What is wrong, and where that is known from. What decides: … */
export default defineCause({
  cause: "${id}",
  title: "${words(id)}",
  claim: "…",
  specific: [],
  rejects: [],
  needs: [],
  supports: [],
  uses: {},
  words: () => ({}),
});
`,
      [`playbooks/causes/${id}/page.md`]: page(
        id,
        "Which signals show it and which rule it out, with their thresholds.",
      ),
      [`playbooks/causes/${id}/decisions.ts`]: `import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
`,
    },
    left: [
      "specific: the signals that it shows and its neighbours do not; without one it is never confirmed",
      "rejects, needs, supports, and the words of the verdict",
      "what tells it from each other cause of the playbook, or indistinguishable: {…}; test/verdicts/decisions.test.ts fails until then and names the pairs",
      "its decision table (decisions.ts; what several causes share stands in of-one-service.decisions.ts) and its page, and an incident whose truth is known",
      "then: npm run matrix, npm run schema, npm run mutants, and its line in the README",
    ],
  }),
  factor: (id) => ({
    files: {
      [`playbooks/factors/${id}/factor.ts`]: `import { defineFactor } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";

/** What made the incident longer, louder or harder to see, and where that is known from. */
export default defineFactor({
  factor: "${id}",
  needs: { alarm: alarmFact },
  find: () => null,
});
`,
      [`playbooks/factors/${id}/page.md`]: page(id, "From which facts, with every threshold and its reason."),
    },
    left: [
      "needs and find: the facts that show it, and its one clause with figures; until then it is never found",
      "its page; then npm run schema",
    ],
  }),
  fix: (id) => ({
    files: {
      [`playbooks/fixes/${id}/fix.ts`]: `import { defineFix } from "../../../src/playbook.ts";

/** What is changed, and why that ends the alarm. */
export default defineFix({
  id: "${id}",
  for: [],
  propose: () => null,
});
`,
    },
    left: [
      "for: the causes that it ends; propose: change, command, risk, verification and rollback",
      "what it does to the alarm, in the simulator: test/fixes",
    ],
  }),
  evidence: (id) => ({
    files: {
      [`playbooks/evidence/${id}/collect.ts`]: `import { defineStep } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { ${camel(id)}Fact } from "./fact.ts";

/** What is asked, and what it tells. */
export default defineStep({
  id: "${id}",
  title: "${words(id)}",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [${camel(id)}Fact],
  async run({ facts: { alarm }, lack }) {
    lack({
      source: "cloudwatch",
      kind: "missing",
      what: \`${words(id)} of \${alarm.name}: nothing is asked yet\`,
      remedy: "ask, parse, give and find in playbooks/evidence/${id}/collect.ts",
    });
  },
});
`,
      [`playbooks/evidence/${id}/fact.ts`]: `import { fact } from "../../../src/playbook.ts";

/** What is known, with units; what was not read is null, never a default. */
export interface ${capital(camel(id))} {
  readonly value: number | null;
}

export const ${camel(id)}Fact = fact<${capital(camel(id))}>("${camel(id)}", "${words(id)}");
`,
    },
    left: [
      "fact.ts: the shape of the fact and how a person calls it",
      "collect.ts: its questions, what it gives and finds; until then it tells a gap",
    ],
  }),
  source: sourceStamp,
  signal: (id) => ({
    files: {
      [`playbooks/signals/${id}.ts`]: `import { defineSignal, unknown } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";

/** What it looks at, and why that decides. */
export default defineSignal({
  id: "${id}",
  question: "${capital(words(id))}?",
  needs: { episodes: episodesFact },
  uses: {},
  read: () => unknown("nothing is compared yet"),
});
`,
      [`test/signals/rows/${id}.ts`]: `import { episodes } from "../facts.ts";
import type { Row } from "../row.ts";

export default [["nothing is compared yet", episodes(), "unknown"]] satisfies readonly Row[];
`,
    },
    left: [
      "the question, the facts that it needs, and each threshold as a named constant with its reason and source",
      "rows on both sides of each threshold; npm run mutants says which are missing",
      `a cause that reads it: import ${camel(id)} from "../../signals/${id}.ts"; and is(${camel(id)}, "yes")`,
    ],
  }),
  writer: (id) => ({
    files: {
      [`src/output/writers/${id}/writer.ts`]: `import type { Writer } from "../writer.ts";

export default {
  id: "${id}",
  title: "${words(id)}",
  media: "text/plain",
  extension: "${id}.txt",
  isDocument: false,
  takes: [],
  load: async () => (await import("./write.ts")).write,
} satisfies Writer;
`,
      [`src/output/writers/${id}/write.ts`]: `import { oneLine } from "../../../model/visible.ts";
import { verdictOf } from "../../verdict.ts";
import type { Write } from "../writer.ts";

/** For whom it is, and what it tells. */
export const write: Write = (session) => ({ text: \`\${oneLine(verdictOf(session).headline)}\\n\`, beside: [] });
`,
    },
    left: [
      "writer.ts: its title for the help, its media type and ending, what it takes, and whether postmortem writes it to a file",
      "write.ts: what it tells; every text of the session is hostile, so escape it where it is written",
      "test/output/writers.test.ts holds it to what every writer must do; add what a viewer of its kind of text would obey",
    ],
  }),
};

/** A page with the parts that every page has. */
function page(id: string, judged: string): string {
  return `# ${id}

One sentence: what it is.

## What it is

How it comes about.

## How it shows

- What one sees first.

## How lbdoctor judges it

${judged}

## What it is confused with

- Its neighbours, and what differs.

## What to do

1. What ends it.
`;
}
