import type { Consent } from "../model/consent.ts";
import type { Failure, Question } from "../model/question.ts";
import type { Marks } from "../redaction/marks.ts";
import type { Mask } from "../redaction/rules.ts";
import type { AwsOptions } from "./aws/aws.ts";
import type { Planned } from "./placeholders.ts";
import type { Source } from "./port.ts";

/** The IAM policies that are needed only where logs are read, by their files under policies/; see permissions.ts. */
export const OPTIONAL_POLICIES = ["logs-s3", "logs-insights", "logs-athena", "logs-athena-find"] as const;
export type OptionalPolicy = (typeof OPTIONAL_POLICIES)[number];
/** What a person must have agreed to before anything is asked that such a policy grants. */
export const POLICY_CONSENTS: { readonly [policy in OptionalPolicy]?: Consent } = {
  "logs-insights": "insights",
  "logs-athena": "athena",
  "logs-athena-find": "athena",
};

/** What must be allowed so that a question can be answered. `policy`: the one that grants it, where it is not the main one. */
export type Permission =
  | { readonly kind: "iam"; readonly action: string; readonly policy?: OptionalPolicy }
  | { readonly kind: "rbac"; readonly group: string; readonly resource: string; readonly verbs: readonly string[] };

/** A ClusterRole that lbdoctor ships (policies/clusterrole.yaml). */
export interface ShippedRole {
  readonly name: string;
  /** For whoever binds it. */
  readonly comment: string;
  /** It grants what these operations of the source need. */
  readonly operations: readonly string[];
  /** It is needed only where the person agrees to this. */
  readonly consent?: Consent;
}

/** How AWS, a cluster and a Prometheus are reached, as the AWS CLI and kubectl have it. */
export interface SourceOptions extends Pick<AwsOptions, "region" | "profile" | "environment"> {
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly prometheusUrl?: string | undefined;
  readonly allowExec: boolean;
  /** A folder with log files of the load balancer, instead of where it writes them. */
  readonly logs?: string | undefined;
  /** A table of Athena with its access log. */
  readonly athena?: string | undefined;
  /** The workgroup in which Athena's queries run, where it is not "primary". */
  readonly athenaWorkgroup?: string | undefined;
  /** What costs money or runs something, and is agreed to. */
  readonly allow?: readonly Consent[] | undefined;
}

/** What a source has at hand when it opens. */
export interface Opener {
  readonly options: SourceOptions;
  /** Limits, stop and tally, which every source obeys, and the AWS login. */
  readonly aws: AwsOptions;
  /** Another source whose login this one shares; each is opened once. */
  opened<Opened extends Source>(other: SourceDescriptor<Opened>): Promise<Opened>;
}

/** What a check of `doctor` found. */
export type Checked =
  | { readonly state: "ok" | "note"; readonly says: string }
  | { readonly state: "failed"; readonly failure: Failure };

/** One line of `doctor`. */
export interface SourceCheck<Opened extends Source> {
  /** "may read alarms" */
  readonly name: string;
  /** Without it nothing can be found out at all: doctor answers 5, not 3. */
  readonly vital?: boolean;
  /** May throw a Told. */
  check(ask: Source["ask"], opened: () => Promise<Opened>): Promise<Checked>;
}

/** What is billed for, and the most that one costs. */
export interface Price {
  readonly unit: string;
  readonly usd: number;
}

/**
 * All that lbdoctor knows of a source, in one place. Permissions, commands, gaps, the tally, the plan, recordings, masking,
 * `doctor` and the live sources walk the list of them (descriptors.ts).
 */
export interface SourceDescriptor<Opened extends Source = Source> {
  /** As it stands in questions, recordings, gaps and the JSON document. */
  readonly id: string;
  /** In a sentence: "the cluster's API". */
  readonly title: string;
  /** Where requests go to, in their count: "the cluster". */
  readonly place: string;
  /** What it bills for beside requests, and the most that one costs: "CloudWatch metrics". */
  readonly price?: Price;
  /** The same where it is billed for something else: told only where it is. */
  readonly otherPrices?: readonly Price[];
  /** Whether it is one of AWS's own APIs. Without any answer of these nothing can be found out (exit code 5). */
  readonly isAws: boolean;
  /** Every operation that can be asked. All of them read; a test goes through them. */
  readonly operations: readonly string[];
  /** One question of every kind that is ever asked, with placeholders for names: what the policies are made from. */
  kinds(): readonly Question[];
  /** The permissions that one question needs. */
  permissions(question: Question): readonly Permission[];
  readonly roles: readonly ShippedRole[];
  /** What a person would type to see the same answer, quoted for a POSIX shell. */
  command(question: Question): string;
  /** One short command that shows the main part of it, without what only a program reads. Absent: the command itself. */
  short?(question: Question): string;
  /** What is kept of the answer to a question when it arrives; everything else becomes a mark. */
  mask(question: Question, marks: Marks): Mask;
  /** What a redacted recording has to know of its answers; their forms (addresses, ids, mail) are the same everywhere. */
  readonly redaction?: {
    /** Whether what is asked for are hosts, so that the names of the objects in the answer are a host's. */
    readonly namesHosts?: (question: Question) => boolean;
    /** Members that hold figures and no names. */
    readonly figures?: readonly string[];
  };
  /** The question in a few words, for gaps and progress. */
  describe(question: Question): string;
  /** What `plan` takes for its answer: one page, in which names that only an answer can tell stand as "<name>". */
  placeholder(question: Question, planned: Planned): unknown;
  /** What a person can do where it is not there, or does not know who asks; for other failures see words.ts. */
  readonly remedies: { readonly unreachable: string; readonly unauthenticated: string };
  /** The lines of `doctor`, in order. */
  readonly checks: readonly SourceCheck<Opened>[];
  /** Opens it live. Its adapter is imported only here, so that nobody else waits for it to load. May throw a Told. */
  open(opener: Opener): Promise<Opened>;
  /** What takes seconds and depends on no answer, so that it begins beside the first question. */
  early?(opener: Opener): Promise<unknown>;
}

/** Nothing bears this name: it asks whether one may ask, and gets an empty answer. */
export const NOBODY = "lbdoctor-doctor";

/** A check whether one may ask this. `missing` says what it means at this source that there is no such thing. */
export function mayAsk(
  name: string,
  question: () => Question,
  missing: (failure: Failure) => Checked,
): SourceCheck<Source> {
  return {
    name,
    async check(ask) {
      const answer = await ask(question());
      if (answer.status === "answered") return { state: "ok", says: "yes" };
      return answer.failure.kind === "missing" ? missing(answer.failure) : { state: "failed", failure: answer.failure };
    },
  };
}
