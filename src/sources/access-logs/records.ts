import { NOTHING } from "./lines.ts";
import type { Log } from "./questions.ts";

/** A line of a log by the names of its fields, as CloudWatch Logs delivers it where the delivery's format is JSON. */
export type LogRecord = ReadonlyMap<string, string>;

/*
 * Such an object is written as the line that the load balancer writes to S3, and counted by the same code: it cannot tell
 * other rows than a file.
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

/** What a delivery calls a field that the log has no word for: "client:port" is address and port. */
const NAMES: { readonly [field: string]: readonly string[] } = {
  client: ["client_port"],
  target: ["target_port"],
  request: ["request_line", "request"],
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
  return NAMES[field]?.map((name) => record.get(name)).find(Boolean) ?? (record.get(field) || NOTHING);
}
