import { type Epoch, epoch } from "../../model/time.ts";
import { Fields } from "./fields.ts";

/** Of a field that says nothing. */
export const NOTHING = "-";

/** One request, as the access log has it. Times are in milliseconds, -1 where the log has it; sizes in bytes. */
export interface RequestLine {
  /** "http", "https", "h2", "grpcs", "ws", "wss"; there may be more. */
  readonly type: string;
  /** When the load balancer answered; of a WebSocket, when it ended. */
  readonly time: Epoch;
  /** "app/name/id" */
  readonly loadBalancer: string;
  readonly client: string;
  /** IP:port, or "-" where it was sent nowhere, or to Lambda. */
  readonly target: string;
  readonly requestTime: number;
  readonly targetTime: number;
  readonly responseTime: number;
  /** Of the answer to the client; null where there was none. */
  readonly status: number | null;
  /** Of the target's answer; null where it gave none. */
  readonly targetStatus: number | null;
  readonly received: number;
  readonly sent: number;
  readonly method: string;
  /** As it was asked for, with protocol, host, port and query. */
  readonly url: string;
  readonly agent: string;
  /** The target group's ARN, or "-". */
  readonly group: string;
  readonly domain: string;
  /** "0" is the default rule; "-1": none matched, because of an error; "-": none was evaluated. */
  readonly rule: string;
  /** "waf,forward" */
  readonly actions: string;
  readonly reason: string;
  readonly classification: string;
}

/** One connection, as the connection log has it. */
export interface ConnectionLine {
  readonly time: Epoch;
  readonly client: string;
  readonly listenerPort: string;
  readonly protocol: string;
  readonly cipher: string;
  /** Milliseconds; -1 where there was no handshake. */
  readonly handshake: number;
  /** "Success", "Failed:ClientCertExpired", …; "-" where nothing was verified. */
  readonly verifyStatus: string;
}

/** One health check, as the health-check log has it. */
export interface CheckLine {
  readonly time: Epoch;
  /** Milliseconds. */
  readonly latency: number;
  /** IP:port; of Lambda its ARN. */
  readonly target: string;
  /** The target group's name. */
  readonly group: string;
  readonly passed: boolean;
  /** What the target answered, or "-". */
  readonly statusCode: string;
  /** "Timeout", "ResponseCodeMismatch", …; "-" where it passed. */
  readonly reason: string;
}

/**
 * The fields of an access log in order (User Guide for Application Load Balancers, Access log entries); what comes behind
 * them is not read, so that a new field costs nothing:
 *
 * type time elb client:port target:port request_processing_time target_processing_time response_processing_time
 * elb_status_code target_status_code received_bytes sent_bytes "request" "user_agent" ssl_cipher ssl_protocol
 * target_group_arn "trace_id" "domain_name" "chosen_cert_arn" matched_rule_priority request_creation_time
 * "actions_executed" "redirect_url" "error_reason" "target:port_list" "target_status_code_list" "classification"
 * "classification_reason" conn_trace_id "transformed_host" "transformed_uri" "request_transform_status" node address
 */
const REQUEST_FIELDS = 28;
/** Older logs end behind the trace id. */
const FEWEST_REQUEST_FIELDS = 17;

const REQUEST = new Fields(REQUEST_FIELDS);

/** Whether the target group stands in its place: a quote in what a client sent may have shifted the fields. */
function isRequest(line: string, escapes: boolean): boolean {
  if (!REQUEST.cut(line, escapes) || REQUEST.count < FEWEST_REQUEST_FIELDS) return false;
  const group = REQUEST.text(16);
  return group === NOTHING || group.startsWith("arn:");
}

/** Null where it is no line of an access log. */
export function requestLine(line: string): RequestLine | null {
  if (!isRequest(line, true) && !isRequest(line, false)) return null;
  const fields = REQUEST;
  const time = timeOf(fields.text(1));
  const loadBalancer = fields.text(2);
  const requestTime = milliseconds(fields, 5);
  const targetTime = milliseconds(fields, 6);
  const responseTime = milliseconds(fields, 7);
  const status = statusOf(fields, 8);
  const targetStatus = statusOf(fields, 9);
  const received = fields.number(10);
  const sent = fields.number(11);
  if (time === null || requestTime === null || targetTime === null || responseTime === null) return null;
  if (status === undefined || targetStatus === undefined || !(received >= 0) || !(sent >= 0)) return null;
  if (!loadBalancer.includes("/")) return null;
  const request = fields.text(12);
  const space = request.indexOf(" ");
  const last = request.lastIndexOf(" ");
  return {
    type: fields.text(0),
    time,
    loadBalancer,
    client: addressOf(fields.text(3)),
    target: fields.text(4),
    requestTime,
    targetTime,
    responseTime,
    status,
    targetStatus,
    received,
    sent,
    method: space === -1 ? NOTHING : request.slice(0, space),
    url: request.slice(space + 1, last > space ? last : undefined),
    agent: fields.text(13),
    group: fields.text(16),
    domain: fields.text(18, NOTHING),
    rule: fields.text(20, NOTHING),
    actions: fields.text(22, NOTHING),
    reason: fields.text(24, NOTHING),
    classification: fields.text(27, NOTHING),
  };
}

const CONNECTION = new Fields(11);

/**
 * Null where it is no line of a connection log: timestamp client_ip client_port listener_port tls_protocol tls_cipher
 * tls_handshake_latency "leaf_client_cert_subject" leaf_client_cert_validity leaf_client_cert_serial_number
 * tls_verify_status conn_trace_id (Connection log entries).
 */
export function connectionLine(line: string): ConnectionLine | null {
  const fields = CONNECTION;
  if (!fields.cut(line) || fields.count < 7) return null;
  const time = timeOf(fields.text(0));
  const listenerPort = fields.text(3);
  const handshake = fields.text(6) === NOTHING ? -1 : milliseconds(fields, 6);
  if (time === null || handshake === null || !/^\d{1,5}$/.test(listenerPort)) return null;
  return {
    time,
    client: plainAddress(fields.text(1)),
    listenerPort,
    protocol: fields.text(4),
    cipher: fields.text(5),
    handshake,
    verifyStatus: fields.text(10, NOTHING),
  };
}

const CHECK = new Fields(8);

/**
 * Null where it is no line of a health-check log: type time latency target_addr target_group_id status status_code
 * reason_code (Health check log entries).
 */
export function checkLine(line: string): CheckLine | null {
  const fields = CHECK;
  if (!fields.cut(line) || fields.count < 6) return null;
  const time = timeOf(fields.text(1));
  const latency = fields.text(2) === NOTHING ? -1 : milliseconds(fields, 2);
  const status = fields.text(5);
  if (time === null || latency === null || !/^(PASS|FAIL)$/i.test(status)) return null;
  return {
    time,
    latency,
    target: fields.text(3),
    group: fields.text(4),
    passed: status.toUpperCase() === "PASS",
    statusCode: fields.text(6, NOTHING),
    reason: fields.text(7, NOTHING),
  };
}

/** "2026-06-26T08:00:00.186641Z", in whole seconds; null where it is no time. Lines of one second are many. */
let last: { readonly text: string; readonly time: Epoch } = { text: "", time: 0 };
function timeOf(text: string): Epoch | null {
  const second = text.slice(0, 19);
  if (second === last.text) return last.time;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(second) || !text.endsWith("Z")) return null;
  try {
    const time = epoch(`${second}Z`);
    last = { text: Buffer.from(second).toString(), time };
    return time;
  } catch {
    return null;
  }
}

/** Seconds as the log writes them, in whole milliseconds; -1 for any negative; null where it is no number. */
function milliseconds(fields: Fields, index: number): number | null {
  const found = fields.number(index, 3);
  if (found === -1000) return -1;
  // No request takes a day: it is some other number.
  return found >= 0 && found <= 86_400_000 ? Math.round(found) : null;
}

/** A status, null for "-", undefined where it is neither. */
function statusOf(fields: Fields, index: number): number | null | undefined {
  const status = fields.number(index);
  if (Number.isInteger(status) && status >= 100 && status <= 999) return status;
  return fields.text(index) === NOTHING ? null : undefined;
}

/** "192.168.131.39:2817" → "192.168.131.39"; what stands behind the last colon is the port. */
function addressOf(client: string): string {
  const colon = client.lastIndexOf(":");
  return plainAddress(colon === -1 ? client : client.slice(0, colon));
}

export function plainAddress(address: string): string {
  return address.startsWith("[") ? address.slice(1, -1) : address;
}
