import { shellLine } from "../../model/shell.ts";
import { folderOf } from "./object-key.ts";
import type { LogPlace } from "./questions.ts";
import type { TableName } from "./table-name.ts";

/** The pattern of the Athena User Guide (Create the table for ALB access logs using partition projection). */
const PATTERN =
  '([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) (.*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^"]*)" ([-.0-9]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^ ]*)" "([^\\\\s]+?)" "([^\\\\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)? ?( .*)?';

const COLUMNS =
  "type string, time string, elb string, client_ip string, client_port int, target_ip string, target_port int, request_processing_time double, target_processing_time double, response_processing_time double, elb_status_code int, target_status_code string, received_bytes bigint, sent_bytes bigint, request_verb string, request_url string, request_proto string, user_agent string, ssl_cipher string, ssl_protocol string, target_group_arn string, trace_id string, domain_name string, chosen_cert_arn string, matched_rule_priority string, request_creation_time string, actions_executed string, redirect_url string, lambda_error_reason string, target_port_list string, target_status_code_list string, classification string, classification_reason string, conn_trace_id string";

/** The command that makes a table of a load balancer's access log, by days, for a person to run: nothing here runs it. */
export function createTable(name: TableName, loadBalancer: string, place: LogPlace): string {
  const { catalog, database, table } = name;
  const location = `s3://${place.bucket ?? "BUCKET"}/${folderOf(loadBalancer, place)}`;
  const properties = {
    "projection.enabled": "true",
    "projection.day.type": "date",
    "projection.day.range": "2024/01/01,NOW",
    "projection.day.format": "yyyy/MM/dd",
    "projection.day.interval": "1",
    "projection.day.interval.unit": "DAYS",
    "storage.location.template": `${location}\${day}`,
  };
  const statement = [
    `CREATE EXTERNAL TABLE \`${table}\` (${COLUMNS})`,
    "PARTITIONED BY (day string)",
    "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'",
    `WITH SERDEPROPERTIES ('serialization.format' = '1', 'input.regex' = ${text(PATTERN)})`,
    `LOCATION ${text(location)}`,
    `TBLPROPERTIES (${Object.entries(properties)
      .map(([key, value]) => `${text(key)} = ${text(value)}`)
      .join(", ")})`,
  ].join(" ");
  const context = `Catalog=${catalog},Database=${database}`;
  return shellLine(
    "aws",
    "athena",
    "start-query-execution",
    "--query-execution-context",
    context,
    "--query-string",
    statement,
  );
}

/** A text in a statement of Hive, which knows no quote in it but the escaped. */
function text(value: string): string {
  return `'${value.replaceAll("'", "\\'")}'`;
}
