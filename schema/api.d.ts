/** How `lbdoctor investigate` is told where to look; the same names as its options. */
export interface InvestigateOptions {
  /** A folder with a recording, instead of AWS, the cluster and Prometheus. */
  readonly fixture?: string;
  /** Where the window starts: a time like 2026-06-26T08:00Z, or a duration before now like "2h". */
  readonly since?: string;
  /** How long the window is: "90m", "6h", "2d". */
  readonly window?: string;
  /** What is off by default; see `lbdoctor investigate --help`. */
  readonly allow?: readonly ("exec" | "athena" | "insights")[];
  readonly region?: string;
  readonly profile?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly prometheusUrl?: string;
  /** A folder with log files of the load balancer, instead of the bucket that it writes them to. */
  readonly logs?: string;
  /** A table of Amazon Athena with its access log, queried where `allow` has "athena"; else found by its location. */
  readonly athena?: string;
  /** The workgroup in which Athena's queries run, where it is not "primary". */
  readonly athenaWorkgroup?: string;
  /** Ends everything that is under way; what was not read by then is a gap. */
  readonly signal?: AbortSignal;
}

/** The document that `--json` prints: investigation.schema.json, beside this file, describes all of it. */
export interface InvestigationDocument {
  readonly schemaVersion: 1;
  /** The id of the session. */
  readonly session: string;
  /** lbdoctor's version. */
  readonly version: string;
  readonly outcome:
    | "established"
    | "likely"
    | "open"
    | "unsupported-alarm"
    | "no-alarm"
    | "unread"
    | "defect"
    | "interrupted";
  /** The moment of the investigation, ISO 8601. */
  readonly now: string;
  readonly window: { readonly start: string; readonly end: string };
  readonly hypotheses: readonly {
    readonly cause: string;
    readonly title: string;
    readonly claim: string;
    readonly status: string;
    readonly because: string;
    /** Ids of findings, the deciding one first. */
    readonly evidence: readonly string[];
  }[];
  readonly findings: readonly {
    readonly id: string;
    readonly step: string;
    readonly statement: string;
    /** Durations in seconds, CPU in cores, memory in bytes, shares from 0 to 1. */
    readonly measures: { readonly [name: string]: unknown };
    /** The exact commands that show it. */
    readonly reproduce: readonly string[];
  }[];
  readonly gaps: readonly {
    readonly source: string;
    readonly kind: string;
    readonly what: string;
    readonly consequence: string;
    readonly remedy: string;
  }[];
  readonly [field: string]: unknown;
}

/**
 * Investigates an alarm, given by its name, its ARN or its link in the console. Prints nothing and keeps no session.
 * Rejects where options or recording cannot be used; what cannot be read of AWS or the cluster is a gap in the document.
 */
export function investigate(alarm: string, options?: InvestigateOptions): Promise<InvestigationDocument>;
