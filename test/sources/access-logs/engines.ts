import { Random } from "../../../simulator/random.ts";
import type { Log } from "../../../src/sources/access-logs/questions.ts";
import { BROKEN, MIXED, requestText } from "./lines.ts";

/*
 * Logs that every engine must tell the same rows of, and what they are as objects.
 */

const START = Date.parse("2026-06-26T08:00:00Z") / 1000;
export const SPANS = [
  { start: START, end: START + 300 },
  { start: START + 1200, end: START + 1500 },
] as const;

/** Columns of a table of access logs that are read. */
export const COLUMNS =
  "type time elb client_ip client_port target_ip target_port request_processing_time target_processing_time response_processing_time elb_status_code target_status_code received_bytes sent_bytes request_verb request_url request_proto user_agent target_group_arn matched_rule_priority actions_executed lambda_error_reason".split(
    " ",
  );

/** Columns of tables of the other two logs, as their lines have them. */
export const CONNECTION_COLUMNS =
  "time client_ip client_port listener_port tls_protocol tls_cipher tls_handshake_latency leaf_client_cert_subject leaf_client_cert_validity leaf_client_cert_serial_number tls_verify_status conn_trace_id".split(
    " ",
  );
export const CHECK_COLUMNS = "type time latency target_addr target_group_id status status_code reason_code".split(" ");

/** Lines of both spans, on their bounds, and hostile ones. */
export const LINES: readonly string[] = [
  ...MIXED,
  ...BROKEN,
  requestText({ time: "2026-06-26T08:00:00.000000Z" }),
  requestText({ time: "2026-06-26T08:04:59.999999Z", times: "0.001 0.300 0.000" }),
  requestText({ time: "2026-06-26T08:05:00.000000Z" }),
  requestText({ time: "2026-06-26T08:20:00.000001Z", status: "503 503" }),
  requestText({
    time: "2026-06-26T08:24:59.000000Z",
    request: "GET https://x.example.com:443/'||(SELECT 1)--/a HTTP/1.1",
  }),
  requestText({
    request: "- http://10.0.0.9:80- -",
    status: "400 -",
    target: "-",
    times: "-1 -1 -1",
    group: "-",
    rule: "-",
    actions: "-",
  }),
  requestText({ target: "[2001:db8::9]:8080", client: "[2001:db8:0:0::8]:44100" }),
  requestText({ tail: '"-" "-" TID_1 "-" "-" "-" 10.0.0.9 one-more "and another"' }),
];

/** Lines of more targets, paths, clients and agents than are told, with ties among them; the same for a seed. */
export function manyLines(count: number, seed: number): string[] {
  const random = new Random(seed);
  const one = <T>(of: readonly T[]): T => random.pick(of);
  const few = (most: number) => Math.floor(most * random.next() ** 2);
  return Array.from({ length: count }, () => {
    const second = SPANS[few(2)]?.start ?? START;
    const time = new Date((second + random.integer(0, 299)) * 1000).toISOString().replace("Z", "123Z");
    const target = `10.0.${few(20)}.${few(20)}:8080`;
    const took = (0.001 * few(90_000)).toFixed(3);
    const path = Array.from({ length: 1 + few(8) }, () => `${one(SEGMENTS)}${one(["", "-x", few(9)])}`).join("/");
    const lost = one([false, false, false, true]);
    return requestText({
      type: one(["http", "https", "h2", "grpcs", "ws", "wss", "later"]),
      time,
      client: `203.0.${few(9)}.${few(250)}:${1024 + few(9000)}`,
      target: lost ? one(["-", target]) : target,
      times: lost ? one(["-1 -1 -1", `0.001 ${took} -1`]) : `0.001 ${took} 0.000`,
      status: lost
        ? one(["502 -", "503 -", "504 -", "460 -", "464 -", "400 -"])
        : one(["200 200", "404 404", "500 500"]),
      received: few(20_000_000),
      request: `${one(["GET", "POST", "PUT", "FOO-BAR", "PROPFIND"])} https://x.example.com:443/${path}${one(["", "?q=1", ";a", "/"])} HTTP/1.1`,
      agent: one(AGENTS),
      group: one(GROUPS),
      rule: one(["0", "1", "12", "50000", "-1", "-"]),
      actions: one(["forward", "waf,forward", "waf,fixed-response", "authenticate", "-"]),
      reason: one(["-", "-", "WAFFailureException", "LambdaTimeout"]),
    });
  });
}
const SEGMENTS = ["api", "v1", "orders", "8412", "9b2f-11", "a1b", "%2e%2e", "a'b", "x".repeat(40), "Ünïcode"] as const;
const AGENTS = [
  "curl/8.6.0",
  "Mozilla/5.0 Chrome/126.0",
  "Mozilla/5.0 Firefox/1",
  "kube-probe/1.30",
  "Googlebot/2.1",
  "-",
  "who'knows",
] as const;
const GROUPS = [
  "-",
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067",
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/pay/0123456789abcdef",
] as const;

export const CONNECTIONS: readonly string[] = [
  '2026-06-26T08:01:02.345678Z 203.0.113.7 36280 443 TLSv1.3 TLS_AES_128_GCM_SHA256 4.036 "-" - - - TID_1',
  '2026-06-26T08:01:03.345678Z 203.0.113.7 36281 443 TLSv1.3 TLS_AES_128_GCM_SHA256 - "-" - - Failed:ClientCertExpired TID_2',
  '2026-06-26T08:21:03.345678Z 2001:db8::7 36281 443 TLSv1.2 - 0.011 "CN=a \\"b\\" c" - - Success TID_3',
  '2026-06-26T09:21:03.345678Z 203.0.113.9 36281 443 TLSv1.2 - 0.011 "-" - - Success TID_4',
  "no connection",
];

export const CHECKS: readonly string[] = [
  "http 2026-06-26T08:01:02.345678Z 0.019 10.0.3.7:8080 shop PASS 200 -",
  "http 2026-06-26T08:02:02.345678Z 5.001 10.0.3.7:8080 shop FAIL - Timeout",
  "http 2026-06-26T08:22:02.345678Z - 10.0.3.8:8080 shop FAIL 503 ResponseCodeMismatch",
  "http 2026-06-26T10:22:02.345678Z - 10.0.3.8:8080 shop FAIL 503 ResponseCodeMismatch",
  "no check",
];

const BEGINS: { readonly [log in Log]: string } = {
  requests: "",
  connections: "conn_log.",
  checks: "health_check_log_",
};

/** The key of a file of the first span. */
export function keyOf(log: Log, end = "20260626T0805Z"): string {
  return `AWSLogs/123456789012/elasticloadbalancing/eu-central-1/2026/06/26/${BEGINS[log]}123456789012_elasticloadbalancing_eu-central-1_app.shop.50dc6c495c0c9188_${end}_10.0.0.9_4xk2d1.log.gz`;
}

/** The record fields of a delivery, as CloudWatch Logs names them. */
const NAMES: { readonly [log in Log]: readonly string[] } = {
  requests:
    "type time elb client:port target:port request_processing_time target_processing_time response_processing_time elb_status_code target_status_code received_bytes sent_bytes request_line user_agent ssl_cipher ssl_protocol target_group_arn trace_id domain_name chosen_cert_arn matched_rule_priority request_creation_time actions_executed redirect_url error_reason target:port_list target_status_code_list classification classification_reason conn_trace_id".split(
      " ",
    ),
  connections: CONNECTION_COLUMNS,
  checks: CHECK_COLUMNS,
};

/** A line as the object that is delivered of it; what is no line stays as it is. */
export function objectOf(log: Log, line: string): string {
  const values = [...line.matchAll(/"((?:\\.|[^"\\])*)"(?= |$)|(\S+)/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('\\"', '"') ?? bare,
  );
  const names = NAMES[log];
  if (values.length < names.length - 1) return line;
  return JSON.stringify(Object.fromEntries(names.map((name, at) => [name, values[at] ?? "-"])));
}
