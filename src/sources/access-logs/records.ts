import { NOTHING } from "./lines.ts";
import type { Log } from "./questions.ts";

/** A line of a log by the names of its fields: a row of a table, or a JSON object in a log group. */
export type LogRecord = ReadonlyMap<string, string>;

/*
 * CloudWatch Logs delivers lines as text or as JSON objects, and a table of Athena has columns. All of them are written as
 * the line that the load balancer writes to S3, and counted by the same code: the engines cannot tell different rows.
 */

/** The fields of each log in order, as far as they are counted, and which of them stand in quotes. */
const FIELDS: { readonly [log in Log]: readonly string[] } = {
  requests: [
    "type",
    "time",
    "elb",
    "client",
    "target",
    "request_processing_time",
    "target_processing_time",
    "response_processing_time",
    "elb_status_code",
    "target_status_code",
    "received_bytes",
    "sent_bytes",
    '"request',
    '"user_agent',
    "ssl_cipher",
    "ssl_protocol",
    "target_group_arn",
    '"trace_id',
    '"domain_name',
    '"chosen_cert_arn',
    "matched_rule_priority",
    "request_creation_time",
    '"actions_executed',
    '"redirect_url',
    '"error_reason',
    '"target_list',
    '"target_status_code_list',
    '"classification',
  ],
  connections: [
    "time",
    "client_ip",
    "client_port",
    "listener_port",
    "tls_protocol",
    "tls_cipher",
    "tls_handshake_latency",
    '"leaf_client_cert_subject',
    "leaf_client_cert_validity",
    "leaf_client_cert_serial_number",
    "tls_verify_status",
  ],
  checks: ["type", "time", "latency", "target_addr", "target_group_id", "status", "status_code", "reason_code"],
};

/** The members of a JSON object as a record; null where it is none. */
export function recordOf(message: string): LogRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const members = Object.entries(value).flatMap(([name, one]) =>
    typeof one === "string" || typeof one === "number" ? [[name.replaceAll(":", "_"), String(one)] as const] : [],
  );
  return new Map(members);
}

/** The record as the line of the log that it was made from. What is missing is "-", as in the log itself. */
export function lineOf(log: Log, record: LogRecord): string {
  return FIELDS[log]
    .map((field) => {
      const isQuoted = field.startsWith('"');
      const value = textOf(isQuoted ? field.slice(1) : field, record);
      // One line, and no field more than there are.
      return isQuoted ? `"${value.replace(/(?<!\\)"/g, '\\"').replace(/[\r\n]/g, " ")}"` : value.replace(/\s/g, "_");
    })
    .join(" ");
}

function textOf(field: string, record: LogRecord): string {
  const text = (name: string) => record.get(name) ?? "";
  const told = () => {
    switch (field) {
      // The names of a delivery to CloudWatch Logs are those of the log ("client:port"); tables have address and port apart.
      case "client":
      case "target":
        return record.has(`${field}_ip`) ? endpoint(text(`${field}_ip`), text(`${field}_port`)) : text(`${field}_port`);
      case "request":
        if (record.has("request_url")) return `${text("request_verb")} ${text("request_url")} ${text("request_proto")}`;
        return text("request") || text("request_line");
      case "error_reason":
        // So the table of the Athena User Guide names it, since it was first for Lambda only.
        return text("error_reason") || text("lambda_error_reason");
      default:
        return text(field);
    }
  };
  const value = told();
  // A column of fractions has the log's -1 as -1.0.
  return value === "" ? NOTHING : value === "-1.0" ? "-1" : value;
}

function endpoint(address: string, port: string): string {
  return port === "" ? address : `${address}:${port}`;
}
