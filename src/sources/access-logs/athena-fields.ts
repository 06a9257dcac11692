import { BUCKETS } from "../../model/histogram.ts";
import { AGENT_FAMILIES, DEPTH, ID_SEGMENTS, OTHER_AGENT } from "./folded.ts";
import { NOTHING } from "./lines.ts";
import { type Cut, SIZE_CLASSES } from "./questions.ts";

/*
 * What lines.ts and folded.ts make of a line, in SQL: expressions over the columns of a table of access logs as the Athena
 * User Guide makes it. Patterns, families, classes and limits are theirs, and stand only there.
 */

/** A text in SQL. Athena's engine knows no escapes in it but the doubled quote (Trino, String literals). */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

type Fields = readonly (readonly [name: string, expression: string])[];
type Keys = { readonly [cut in Cut]?: string };

const NONE = text(NOTHING);
const NEWLINE = "chr(10)";
const MINUTE = ["minute", "substr(time, 1, 16) || ':00Z'"] as const;
const TIMED = "regexp_like(time, '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}.*Z$')";
/** What only requests have. */
const NOT_MADE: Fields = [
  ["made", "0"],
  ["gave_up", "0"],
];

/** Nothing that was logged is no text. */
const orNone = (column: string) => `coalesce(nullif(CAST(${column} AS varchar), ''), ${NONE})`;
const seconds = (column: string) => `CAST(${column} AS double)`;
/** Whole milliseconds; -1 where there are none. */
const milliseconds = (column: string) =>
  `CASE WHEN ${seconds(column)} < 0 THEN -1 ELSE TRY_CAST(round(${seconds(column)} * 1000) AS bigint) END`;
/** No request takes a day: it is some other number. */
const isTime = (column: string) =>
  `(${seconds(column)} = -1 OR (${seconds(column)} >= 0 AND ${seconds(column)} <= 86400))`;

/** Where a line may have none: "-", which no number is, or nothing. */
const noneOr = (column: string, otherwise: string, none: string) =>
  `CASE WHEN ${orNone(column)} = ${NONE} THEN ${none} ELSE ${otherwise} END`;
const timeOrNone = (column: string) =>
  noneOr(column, milliseconds(column).replaceAll(seconds(column), `TRY_${seconds(column)}`), "-1");
const isTimeOrNone = (column: string) =>
  noneOr(column, isTime(column).replaceAll(seconds(column), `TRY_${seconds(column)}`), "true");

/** Of every line of the table. `reason`: the column that holds error_reason, or null. */
export function lineFields(reason: string | null): Fields {
  return [
    MINUTE,
    [
      "grp",
      `CASE WHEN strpos(target_group_arn, 'targetgroup/') > 0 THEN substr(target_group_arn, strpos(target_group_arn, 'targetgroup/')) ELSE ${NONE} END`,
    ],
    [
      "target",
      `coalesce(nullif(coalesce(target_ip, '') || coalesce(':' || CAST(target_port AS varchar), ''), ''), ${NONE})`,
    ],
    ["client", orNone("client_ip")],
    ["request_ms", milliseconds("request_processing_time")],
    ["ms", milliseconds("target_processing_time")],
    ["response_ms", milliseconds("response_processing_time")],
    ["status", "TRY_CAST(elb_status_code AS integer)"],
    ["target_status", "TRY_CAST(target_status_code AS integer)"],
    ["method", "CASE WHEN regexp_like(request_verb, '^[A-Z]{3,7}$') THEN request_verb ELSE 'other' END"],
    [
      "rest",
      "CASE WHEN strpos(request_url, '://') > 0 THEN substr(request_url, strpos(request_url, '://') + 3) ELSE request_url END",
    ],
    ["agent", agentFamily("lower(user_agent)")],
    ["size", sizeClass("received_bytes")],
    ["type_name", orNone('"type"')],
    ["rule", orNone("matched_rule_priority")],
    ["own_reason", reason === null ? NONE : orNone(reason)],
    ["action", "regexp_extract(coalesce(actions_executed, ''), '[^,]*$')"],
    ["is_line", isLine()],
  ];
}

/** See bucketOf(): no whole millisecond lies near a bound. */
const BUCKET = [
  "bucket",
  `CASE WHEN ms < 0 THEN -1 ELSE CAST(least(${BUCKETS - 1}, greatest(0, floor(2 * log2(ms + 0.5)))) AS integer) END`,
] as const;

/** Of every line with the fields above. */
export const FOLDED_FIELDS: Fields = [
  ["path", `CASE WHEN strpos(rest, '/') = 0 THEN '/' ELSE ${deepest(pathTemplate("rest"))} END`],
  ["failed", "CASE WHEN target_status BETWEEN 500 AND 599 THEN 1 ELSE 0 END"],
  ["made", "CASE WHEN target_status IS NULL AND status >= 500 THEN 1 ELSE 0 END"],
  ["gave_up", "CASE WHEN target_status IS NULL AND status = 460 THEN 1 ELSE 0 END"],
  ["made_itself", "target_status IS NULL AND coalesce(status, 0) >= 400"],
  [
    "signature",
    `CASE WHEN request_ms < 0 THEN '-1' ELSE '0' END || ' ' || CASE WHEN ms < 0 THEN '-1' ELSE CAST(CAST(floor(ms / 1000.0) AS bigint) AS varchar) END || ' ' || CASE WHEN response_ms < 0 THEN '-1' ELSE '0' END || ' ' || coalesce(CAST(status AS varchar), ${NONE}) || ' ' || ${NONE}`,
  ],
  [
    "reason",
    `CASE WHEN own_reason <> ${NONE} THEN own_reason WHEN action IN ('forward', '') THEN ${NONE} ELSE action END`,
  ],
  BUCKET,
];

/** The key of each cut, its parts apart as keyOf() has them. */
export const KEYS: Keys = {
  all: "''",
  minute: "minute",
  target: "target",
  path: `method || ${NEWLINE} || path`,
  "target-path": `target || ${NEWLINE} || method || ${NEWLINE} || path`,
  rule: "rule",
  client: "client",
  agent: "agent",
  size: "size",
  type: "type_name",
  made: `signature || ${NEWLINE} || target || ${NEWLINE} || reason`,
};

/** Of a log whose lines hold all that is counted. */
export const TIMED_FIELDS: Fields = [BUCKET];

/** See connectionLine(). */
export const CONNECTION_FIELDS: Fields = [
  MINUTE,
  ["grp", NONE],
  ["client", orNone("client_ip")],
  ["ms", timeOrNone("tls_handshake_latency")],
  ["failed", "CASE WHEN strpos(coalesce(tls_verify_status, ''), 'Failed') = 1 THEN 1 ELSE 0 END"],
  ...NOT_MADE,
  ["verified", orNone("tls_verify_status")],
  ["port", orNone("listener_port")],
  ["protocol", orNone("tls_protocol")],
  [
    "is_line",
    `coalesce(${TIMED} AND ${isTimeOrNone("tls_handshake_latency")} AND regexp_like(CAST(listener_port AS varchar), '^[0-9]{1,5}$'), false)`,
  ],
];
export const CONNECTION_KEYS: Keys = {
  all: "''",
  minute: "minute",
  client: "client",
  failure: `verified || ${NEWLINE} || port || ${NEWLINE} || protocol`,
};

/** See checkLine(). */
export const CHECK_FIELDS: Fields = [
  MINUTE,
  ["grp", orNone("target_group_id")],
  ["target", orNone("target_addr")],
  ["ms", timeOrNone("latency")],
  ["failed", "CASE WHEN upper(status) = 'FAIL' THEN 1 ELSE 0 END"],
  ...NOT_MADE,
  ["code", orNone("status_code")],
  ["reason", orNone("reason_code")],
  ["is_line", `coalesce(${TIMED} AND ${isTimeOrNone("latency")} AND upper(status) IN ('PASS', 'FAIL'), false)`],
];
export const CHECK_KEYS: Keys = {
  all: "''",
  minute: "minute",
  target: "target",
  failure: `target || ${NEWLINE} || code || ${NEWLINE} || reason`,
};

/** See requestLine(). */
function isLine(): string {
  const conditions = [
    TIMED,
    isTime("request_processing_time"),
    isTime("target_processing_time"),
    isTime("response_processing_time"),
    isStatus("elb_status_code"),
    isStatus("target_status_code"),
    "received_bytes >= 0",
    "sent_bytes >= 0",
    `(target_group_arn = ${NONE} OR strpos(target_group_arn, 'arn:') = 1)`,
  ];
  return `coalesce(${conditions.join(" AND ")}, false)`;
}

function isStatus(column: string): string {
  return `(${orNone(column)} = ${NONE} OR TRY_CAST(${column} AS integer) BETWEEN 100 AND 999)`;
}

function pathTemplate(rest: string): string {
  const path = `regexp_extract(substr(${rest}, strpos(${rest}, '/')), '^[^?#;]*')`;
  return ID_SEGMENTS.reduce((folded, segment) => `regexp_replace(${folded}, ${text(segment)}, '/*')`, path);
}

function deepest(path: string): string {
  return `coalesce(nullif(regexp_extract(${path}, '^(/[^/]*){${DEPTH}}'), ''), ${path})`;
}

function agentFamily(agent: string): string {
  const families = AGENT_FAMILIES.map(
    ([sign, family]) => `WHEN strpos(${agent}, ${text(sign)}) > 0 THEN ${text(family)}`,
  );
  return `CASE WHEN coalesce(${agent}, '') IN ('', ${NONE}) THEN ${NONE} ${families.join(" ")} ELSE ${text(OTHER_AGENT)} END`;
}

function sizeClass(received: string): string {
  const classes = SIZE_CLASSES.map(([most, name]) => [most, text(name)] as const);
  const whens = classes
    .filter(([most]) => Number.isFinite(most))
    .map(([most, name]) => `WHEN ${received} <= ${most} THEN ${name}`);
  return `CASE ${whens.join(" ")} ELSE ${classes.at(-1)?.[1]} END`;
}
