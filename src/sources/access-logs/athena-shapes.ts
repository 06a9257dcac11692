import {
  CHECK_FIELDS,
  CHECK_KEYS,
  CONNECTION_FIELDS,
  CONNECTION_KEYS,
  FOLDED_FIELDS,
  KEYS,
  lineFields,
  TIMED_FIELDS,
  text,
} from "./athena-fields.ts";
import { fileBegins, partsOf } from "./object-key.ts";
import type { Cut, Log } from "./questions.ts";

type Fields = readonly (readonly [name: string, expression: string])[];

/** How the lines of one log are counted in SQL. */
interface Shape {
  /** Columns without which they cannot be counted. */
  readonly columns: readonly string[];
  readonly fields: Fields;
  /** Of every line with the fields above. */
  readonly folded: Fields;
  readonly keys: { readonly [cut in Cut]?: string };
  /** The cut that holds only some of the lines, and which. */
  readonly only: { readonly cut: Cut; readonly where: string };
  /** Which of the table's lines are the load balancer's within the spans; those that the table's pattern cannot read are told. */
  readonly linesOf: (loadBalancer: string, within: string) => string;
}

/** The columns that are counted, as the Athena User Guide names them (Create the table for ALB access logs). */
const NEEDED = [
  "type",
  "time",
  "elb",
  "client_ip",
  "client_port",
  "target_ip",
  "target_port",
  "request_processing_time",
  "target_processing_time",
  "response_processing_time",
  "elb_status_code",
  "target_status_code",
  "received_bytes",
  "sent_bytes",
  "request_verb",
  "request_url",
  "request_proto",
  "user_agent",
  "target_group_arn",
  "matched_rule_priority",
  "actions_executed",
] as const;
/** Why the load balancer answered so; the guide's name, and that which others use. A table may lack it. */
const REASONS = ["lambda_error_reason", "error_reason"] as const;

/** The columns of a table of connection logs that are counted (Athena User Guide, Create the table for ALB connection logs). */
const OF_CONNECTIONS = [
  "time",
  "client_ip",
  "listener_port",
  "tls_protocol",
  "tls_handshake_latency",
  "tls_verify_status",
] as const;
/** The fields of a health-check log, by the names that the load balancer's User Guide has (Health check log entries). */
const OF_CHECKS = [
  "time",
  "latency",
  "target_addr",
  "target_group_id",
  "status",
  "status_code",
  "reason_code",
] as const;

/** `names`: the columns of the table, in small letters. */
export function shapeOf(log: Log, names: ReadonlySet<string>): Shape {
  switch (log) {
    case "requests":
      return {
        columns: NEEDED,
        fields: lineFields(REASONS.find((one) => names.has(one)) ?? null),
        folded: FOLDED_FIELDS,
        keys: KEYS,
        only: { cut: "made", where: "made_itself" },
        linesOf: (loadBalancer, within) =>
          `((elb = ${text(partsOf(loadBalancer).id)} AND (${within})) OR time IS NULL)`,
      };
    case "connections":
      return ofFiles(log, OF_CONNECTIONS, CONNECTION_FIELDS, CONNECTION_KEYS);
    case "checks":
      return ofFiles(log, OF_CHECKS, CHECK_FIELDS, CHECK_KEYS);
  }
}

/** A log whose lines do not name the load balancer: that does the file (Athena User Guide, Getting the file locations). */
function ofFiles(log: Log, columns: readonly string[], fields: Fields, keys: Shape["keys"]): Shape {
  return {
    columns,
    fields,
    folded: TIMED_FIELDS,
    keys,
    only: { cut: "failure", where: "failed = 1" },
    linesOf: (loadBalancer, within) =>
      `strpos("$path", ${text(`/${fileBegins(log, loadBalancer)}`)}) > 0 AND ((${within}) OR time IS NULL)`,
  };
}
