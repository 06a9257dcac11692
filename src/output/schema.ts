import * as z from "zod";
import { CHANGE_KINDS, TOUCHED } from "../model/facts/changes.ts";
import { GAP_KINDS } from "../model/finding.ts";
import { STATUSES } from "../model/judgement.ts";
import { OUTCOMES } from "../model/session.ts";
import { CAUSES, FACTORS } from "../model/vocabulary.ts";

/*
 * The document that `--json` prints. This schema gives its type to json.ts and, by `npm run schema`, the JSON Schema that
 * ships with the package; the command line never loads it. Fields may be added; none is renamed or removed within a
 * schema version.
 */

const time = z.string().meta({ format: "date-time", description: "ISO 8601, UTC" });
const seconds = z.number().describe("seconds");
const words = z.string();
const cause = z.enum(CAUSES);
const factor = z.enum(FACTORS);
const findingId = z.string().describe("the id of a finding");
const alarmState = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);

const alarm = z
  .object({
    name: words,
    arn: words.nullable(),
    description: words.nullable(),
    namespace: words.nullable(),
    metric: words.nullable(),
    dimensions: z.record(z.string(), z.string()).nullable(),
    statistic: words.nullable(),
    threshold: z.number().nullable(),
    comparison: words.nullable(),
    period: seconds.nullable(),
    evaluationPeriods: z.int().nullable(),
    datapointsToAlarm: z.int().nullable(),
    treatMissingData: z.enum(["missing", "ignore", "breaching", "notBreaching"]).nullable(),
    state: alarmState.nullable(),
    stateSince: time.nullable().describe("the same as since"),
    since: time.nullable().describe("since when it is in that state"),
    unit: z
      .enum(["s", "ms", "count", "share", "%", "hosts", "connections", "B"])
      .nullable()
      .describe("the unit of its metric and threshold; null where it is not known"),
    composite: words.nullable().describe("the composite alarm that was asked for, where this one is beneath it"),
    expression: words.nullable().describe("the metric-math expression that chooses the periods which are judged"),
  })
  .describe("the alarm; everything but its name is null where it could not be read");

const episode = z.object({
  id: z.int().positive(),
  alarmAt: time,
  okAt: time.nullable().describe("null while the alarm is in ALARM"),
  worst: z.number().nullable().describe("the highest value of the alarm's statistic"),
  requests: z.number().nullable().describe("requests in the breaching datapoints"),
});

const change = z.object({
  id: z.int().positive(),
  at: time,
  until: time.describe("the last of the calls that are folded in it; the same as at where it is one"),
  count: z.int().positive().describe("how many calls are folded in it"),
  kind: z.enum(CHANGE_KINDS),
  from: z.enum(["cloudtrail", "alarm-history", "kubernetes"]),
  call: words.nullable().describe("the API's name of it, such as ModifyRule"),
  by: z
    .object({
      kind: z.enum(["user", "role", "service", "root", "other"]),
      name: words.nullable(),
      session: words.nullable().describe("the name of a role's session"),
    })
    .nullable()
    .describe("who made it; null where that is not recorded"),
  what: words,
  settings: z.array(
    z.object({
      name: words,
      before: words.nullable().optional().describe("absent where it is not known; null where it was not there"),
      after: words.nullable().describe("null where it is not there any more"),
    }),
  ),
  touches: z.array(z.object({ kind: z.enum(TOUCHED), id: words })),
  reaches: z.enum(["yes", "no", "maybe"]).describe("whether it can affect what the alarm is about"),
  because: words.describe("why it is the trigger, or innocent, or open"),
});

const changes = z.object({
  read: z.object({ start: time, end: time }).nullable().describe("what CloudTrail was read for; null: it could not be"),
  missing: z.array(words).describe("lookups that failed or whose older events are missing"),
  changePoints: z.array(time).nullable().describe("where the judged metric changed; null: too short to say"),
  list: z.array(change),
});

const verdict = z.object({
  rootCause: cause.nullable().describe("null where no cause is established"),
  confidence: z.enum(["confirmed", "likely", "none"]),
  headline: words,
  summary: words.describe("one paragraph, from the cause to the alarm"),
  service: z.object({ namespace: words, name: words }).nullable(),
  factors: z.array(factor),
  explains: z.object({ episodes: z.int().nonnegative(), of: z.int().nonnegative() }),
});

const hypothesis = z.object({
  cause,
  title: words,
  claim: words,
  status: z.enum(STATUSES),
  because: words.describe("the deciding finding, or what is missing"),
  evidence: z.array(findingId).describe("the deciding one first"),
  explains: z
    .array(z.int().positive())
    .describe("ids of the episodes that it explains; of an undetermined one, those that it would explain"),
  apartFrom: z
    .partialRecord(cause, words)
    .describe(
      "by cause, the signal that separates this one from it; a similar cause that no signal separates is left out",
    ),
});

const measure = z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.number())]);
const finding = z.object({
  id: findingId,
  step: words,
  statement: words,
  measures: z
    .record(z.string(), measure)
    .describe("durations in seconds, CPU in cores, memory in bytes, shares from 0 to 1"),
  reproduce: z.array(words).describe("the exact commands that reproduce it"),
  short: words
    .optional()
    .describe("one short command that shows its main figure; for Prometheus the query, for its own page"),
});

const fix = z.object({
  id: words,
  kind: z
    .enum(["prevent", "mitigate", "detect"])
    .optional()
    .describe("what it is as an action item; prevent where it is absent"),
  for: z.array(cause),
  title: words,
  why: words,
  risk: words,
  changes: z.array(
    z.object({
      target: words,
      patch: words,
      command: words,
      lines: z.array(words).optional().describe('what changes, as lines of a diff: "- cpu: 1500m", "+ cpu: 2000m"'),
      diff: words.optional().describe("with --manifests: a unified diff, its paths relative to that folder"),
      manifest: words.optional().describe("with --manifests: where the object is there, or why there is no diff"),
    }),
  ),
  preconditions: z.array(words),
  verify: z.array(words),
  rollback: z.array(words),
  arithmetic: z.array(words).optional().describe("the figures behind it"),
  notOffered: z
    .array(z.object({ id: words, title: words, because: words, evidence: z.array(findingId) }))
    .optional()
    .describe("what else one might try, and why that would not end the alarm"),
});

const gap = (sources: readonly string[]) =>
  z.object({
    source: z.enum([...sources, "lbdoctor"]),
    kind: z.enum(GAP_KINDS),
    what: words,
    consequence: words.describe("which steps and hypotheses that leaves open"),
    remedy: words,
  });

const source = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fixture"), fixture: words, description: words }),
  z.object({
    kind: z.literal("live"),
    region: words.nullable(),
    account: words.nullable(),
    context: words.nullable(),
  }),
]);

/** `sources`: the ids of the sources that there are. */
export const documentSchema = (sources: readonly string[]) =>
  z
    .object({
      schemaVersion: z.literal(1),
      session: words.describe("the id of the session"),
      version: words.describe("lbdoctor's version"),
      outcome: z.enum(OUTCOMES),
      source,
      now: time.describe("the moment of the investigation"),
      window: z.object({ start: time, end: time }),
      alarm,
      episodes: z.array(episode).nullable().describe("null where they could not be read"),
      verdict,
      hypotheses: z.array(hypothesis),
      factors: z.array(z.object({ factor, statement: words, evidence: z.array(findingId) })),
      findings: z.array(finding),
      changes: changes.nullable().describe("null where changes were not looked for"),
      fixes: z.array(fix),
      gaps: z.array(gap(sources)),
      steps: z.array(
        z.object({
          id: words,
          title: words,
          state: z.enum(["waiting", "running", "done", "skipped"]),
          note: words.nullable(),
        }),
      ),
    })
    .meta({ title: "The result of an lbdoctor investigation" });

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;
export type InvestigationDocument = Frozen<z.infer<ReturnType<typeof documentSchema>>>;
