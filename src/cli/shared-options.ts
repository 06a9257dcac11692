import { type Command, InvalidArgumentError, Option } from "commander";
import type { Writer } from "../output/writers/writer.ts";
import { isWorkgroup, tableName } from "../sources/access-logs/table-name.ts";

/** One of the writers, each with what it gives. */
export function formatOption(writers: readonly Writer[]): Option {
  const told = writers.map(({ id, title }) => `${id}: ${title}`).join("; ");
  return new Option("--format <format>", told).choices(writers.map(({ id }) => id));
}

/** The options that name AWS, a cluster and a Prometheus, as the AWS CLI and kubectl have them. */
export function live(command: Command): Command {
  return command
    .option("--region <region>", "as in the AWS CLI")
    .option("--profile <profile>", "as in the AWS CLI")
    .option("--context <context>", "as in kubectl")
    .option("--kubeconfig <file>", "as in kubectl")
    .option("--prometheus-url <url>", "use this Prometheus instead of the one found in the cluster ($PROMETHEUS_URL)")
    .option("--logs <dir>", "read the load balancer's log files from this folder instead of from their bucket")
    .option(
      "--athena <table>",
      "an Amazon Athena table with its access log (database.table), queried with --allow athena; else found by its location",
      tableGiven,
    )
    .option("--athena-workgroup <name>", "the workgroup in which Athena's queries run (primary)", workgroupGiven);
}

function workgroupGiven(text: string): string {
  if (!isWorkgroup(text)) throw new InvalidArgumentError("A workgroup is named by letters, digits, '.', '_' and '-'.");
  return text;
}

function tableGiven(text: string): string {
  if (tableName(text) === null) throw new InvalidArgumentError("A table is named like database.table.");
  return text;
}

/** Which stretch of time is looked at. */
export function windowed(command: Command): Command {
  return command
    .option(
      "--since <when>",
      "where the window starts: a time like 2026-06-26T08:00Z, or a duration before now like 2h",
    )
    .option("--window <duration>", "how long the window is, like 90m, 6h or 2d; it ends now, or starts at --since");
}
